"""Read the corpora into layouts with gold cues, sources and contents as token labels."""

from __future__ import annotations

import gzip
import json
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks import marked
from quotetrack.attribution.reading import prepare
from quotetrack.attribution.view import View, views
from quotetrack.text.layout import Layout, Quotation
from quotetrack.text.quotemarks import find_quotations
from quotetrack.text.segment import segment
from quotetrack.text.tagger import tag


@dataclass
class Gold:
    """An attribution with a cue, in view indices of its cue's sentence."""

    sentence: int
    first: int
    last: int
    labels: list[str]


@dataclass
class Document:
    id: str
    text: str
    layout: Layout
    quotations: list[Quotation]
    tags: list[str]
    views: list[View]
    gold: list[Gold] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)
    domain: str = "news"


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def own_articles(folder: Path) -> list[dict[str, Any]]:
    """The articles written for training, in the marked format of the tests' articles."""
    return [marked.read(path) for path in sorted(folder.glob("*.txt"))]


def token_range(layout: Layout, start: int, end: int) -> tuple[int, int]:
    """Tokens that overlap the characters ``start:end``."""
    return bisect_right(layout.ends, start), bisect_left(layout.starts, end)


def _labels(row: dict[str, Any], layout: Layout) -> list[Gold]:
    found = []
    for attribution in row["attributions"]:
        if not attribution["cue"] or not attribution["content"]:
            continue
        roles: dict[int, str] = {}
        for key, role in (("content", "C"), ("source", "S"), ("cue", "Q")):
            for start, end in attribution[key]:
                for token in range(*token_range(layout, start, end)):
                    roles[token] = role
        cue = sorted(t for t, role in roles.items() if role == "Q")
        if not cue:
            continue
        index = layout.sentence_of[cue[0]]
        sentence = layout.sentences[index]
        here = [t for t in cue if t < sentence.last]
        labels, previous = [], "O"
        for token in range(sentence.first, sentence.last):
            role = roles.get(token, "O")
            if role in "OQ":
                labels.append("O")
            else:
                labels.append(("I-" if previous == role else "B-") + role)
            previous = role
        found.append(Gold(index, here[0] - sentence.first, here[-1] + 1 - sentence.first, labels))
    return found


def document(row: dict[str, Any], domain: str = "news") -> Document:
    """An article as the stages see it, with what its annotators marked."""
    layout = segment(row["text"])
    quotations = find_quotations(layout)
    tags = tag(layout)
    return Document(
        row["id"],
        row["text"],
        layout,
        quotations,
        tags,
        views(prepare(layout, tags, quotations)),
        _labels(row, layout),
        row,
        domain,
    )
