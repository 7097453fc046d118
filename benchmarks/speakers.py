"""How often a quotation gets the right name, a wrong one, or none.

    python -m benchmarks.speakers CORPUS.jsonl… [--annotated] [--names] [--errors N] [--json]

A corpus has an article a line: {"id", "text", "title"?, "attributions": [{"content": [[start,
end]], "source": [[start, end]], "cue": …, "speaker": name, "speaker_names"?: [name]}]}.  Names
may also lie in a second file beside it, "NAME-annotated.jsonl" ({"id", "speakers": {index of
the attribution: {"name", "aliases"}}}): it is read where it is there.

Of the attributions whose speaker is known: `found` (a quote overlaps half of the words),
then `right`, `wrong` and `none` (no name given) in percent of those found; by kind of source,
place in the article and length of the article.  A wrong name is worse than none.

--names resolves the corpus' own attributions, so that only the names are judged.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import quotetrack
from quotetrack.attribution.attribution import Attribution
from quotetrack.speakers.cast import resolve
from quotetrack.speakers.lexicon import titles
from quotetrack.text.quotemarks import find_quotations
from quotetrack.text.segment import segment
from quotetrack.text.tagger import tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotetrack.attribution.attribution import Range

PRONOUNS = re.compile(r"(?i)(i|he|she|they|we|it|you|who|his|her|their|my|our|this|that|both)\b")
DETERMINERS = {"the", "a", "an", "former"}
LONG, LONGER = 400, 1000
"""Words: an article below the first is short, from the second on long."""
HALF = 0.5


@dataclass(frozen=True)
class Named:
    """An attribution of the corpus with the names that are right for it."""

    content: frozenset[int]
    """Indices of characters that are no blanks."""
    source: str
    cue: Range | None
    pieces: tuple[Range, ...]
    names: tuple[str, ...]
    place: float
    """0 at the beginning of the article, 1 at its end."""


def simple(name: str) -> tuple[str, ...]:
    """The words that tell a name apart: no titles, no articles, lower case."""
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name.lower()))
    return tuple(w for w in words if w not in titles() and w not in DETERMINERS) or tuple(words)


def same(found: str, names: Sequence[str]) -> bool:
    """Whether a name is one of those wanted, or says more or less of the same person."""
    one = simple(found)
    for name in names:
        other = simple(name)
        if one == other:
            return True
        inside = set(one) <= set(other) or set(other) <= set(one)
        if inside and len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
            return True
        if any(one[k : k + len(other)] == other for k in range(len(one))) and len(other) > 1:
            return True
    return False


def kind_of(source: str, names: Sequence[str]) -> str:
    """How the source names its speaker."""
    if not source:
        return "no source"
    if PRONOUNS.match(source) and len(source.split()) <= 2:
        return "pronoun"
    words = set(re.findall(r"\w+", source.lower()))
    for name in names:
        if len(simple(name)) > 1 and words.issuperset(simple(name)):
            return "full name"
    for name in names:
        if simple(name) and words.intersection(simple(name)) and any(map(str.isupper, name)):
            return "part of a name"
    return "description"


def characters(text: str, pieces: Sequence[Sequence[int]]) -> frozenset[int]:
    return frozenset(k for a, b in pieces for k in range(a, b) if not text[k].isspace())


def read(path: Path) -> Iterator[tuple[dict[str, Any], list[tuple[dict[str, Any], list[str]]]]]:
    """Articles of a corpus, each with its attributions that have a name."""
    beside = path.with_name(f"{path.stem}-annotated.jsonl")
    if path.stem == "gold":  # the mission's example calls its files otherwise
        beside = path.with_name("annotated.jsonl")
    lists = {}
    if beside.exists():
        for line in beside.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            lists[row["id"]] = row["speakers"]
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        named = []
        for index, attribution in enumerate(row["attributions"]):
            if lists:
                known = lists.get(row["id"], {}).get(str(index))
                names = [known["name"], *known.get("aliases", ())] if known else []
            else:
                names = [attribution.get("speaker") or "", *attribution.get("speaker_names", ())]
            if attribution.get("speaker_named") is False:
                names = []
            named.append((attribution, [name for name in names if name]))
        if any(names for _, names in named):
            yield row, named


def given(row: dict[str, Any], *, own: bool) -> list[tuple[frozenset[int], str | None, str]]:
    """What quotetrack finds: characters of the content, name, source."""
    text = row["text"]
    if not own:
        article = quotetrack.parse(text, title=row.get("title"))
        return [
            (
                characters(text, [(s.start, s.end) for s in q.spans]),
                q.speaker.name if q.speaker else None,
                q.source.text if q.source else "",
            )
            for q in article.quotes
        ]
    layout = segment(text)
    attributions = [
        Attribution(
            tuple((a, b) for a, b in one["content"]),
            (one["cue"][0][0], one["cue"][-1][1]) if one.get("cue") else None,
            (one["source"][0][0], one["source"][-1][1]) if one.get("source") else None,
            "speech",
            "cue",
            confidence=1.0,
        )
        for one in row["attributions"]
        if one["content"]
    ]
    cast = resolve(layout, tag(layout), find_quotations(layout), attributions, row.get("title"))
    return [
        (
            characters(text, one.content),
            None if k is None else cast.entities[k].name,
            text[one.source[0] : one.source[1]] if one.source else "",
        )
        for one, k in zip(attributions, cast.speaker_of, strict=True)
    ]


def judge(path: Path, counts: Counter[tuple[str, str]], *, own: bool) -> Iterator[str]:
    """Count a corpus into ``counts`` (group, outcome); the wrong names as lines of text."""
    for row, named in read(path):
        text, found = row["text"], given(row, own=own)
        words = len(text.split())
        length = "short" if words < LONG else "middling" if words < LONGER else "long"
        sourced = any(a.get("source") for a, _ in named)
        for attribution, names in named:
            content = characters(text, attribution["content"])
            if not names or not content:
                continue
            best, name, shown = max(
                ((len(content & c) / len(content | c), n, s) for c, n, s in found),
                key=lambda one: one[0],
                default=(0.0, None, ""),
            )
            source = " ".join(text[a:b] for a, b in attribution.get("source", ())) or (
                "" if sourced else shown
            )
            third = ("first third", "middle third", "last third")[
                min(2, 3 * attribution["content"][0][0] // max(1, len(text)))
            ]
            outcome = "missed"
            if best >= HALF:
                outcome = "none" if name is None else "right" if same(name, names) else "wrong"
            for group in ("all", kind_of(source, names), third, f"{length} article"):
                counts[group, outcome] += 1
            if outcome in {"wrong", "none"}:
                said = text[attribution["content"][0][0] :][:70].replace("\n", " ")
                yield f"{row['id'][:30]}  want {names[0]!r}, got {name!r} for {source!r}: {said!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--names", action="store_true", help="resolve the corpus' attributions")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show so many")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    for path in args.corpus:
        counts: Counter[tuple[str, str]] = Counter()
        errors = list(judge(path, counts, own=args.names))
        groups = list(dict.fromkeys(group for group, _ in counts))
        table = {}
        for group in sorted(groups, key=lambda g: (g != "all", "third" in g, "article" in g, g)):
            right, wrong, none, missed = (
                counts[group, outcome] for outcome in ("right", "wrong", "none", "missed")
            )
            there = right + wrong + none
            table[group] = {
                "named": there + missed,
                "found": round(100 * there / (there + missed), 1),
                "right": round(100 * right / max(1, there), 1),
                "wrong": round(100 * wrong / max(1, there), 1),
                "none": round(100 * none / max(1, there), 1),
            }
        if args.json:
            print(json.dumps({"corpus": path.name, **table}))
            continue
        print(f"{path.name:20}{'named':>8}{'found %':>9}{'right %':>9}{'wrong %':>9}{'none %':>8}")
        for group, row in table.items():
            print(
                f"  {group:18}"
                + "".join(f"{row[c]:>{w}}" for c, w in zip(row, (8, 9, 9, 9, 8), strict=True))
            )
        for line in errors[: args.errors]:
            print("   ", line)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
