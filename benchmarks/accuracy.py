"""How much of a corpus quotetrack finds, and whether that is no less than it was.

    python -m benchmarks.accuracy [CORPUS…] [--json] [--errors N]
    python -m benchmarks.accuracy --check
    python -m benchmarks.accuracy --save [--lower]

A CORPUS is a file of JSON Lines, an article a line: {"id", "text", "title"?, "date"?,
"attributions": [{"content": [[start, end], …], "source": …, "cue": …, "speaker"?: name,
"nested"?: true}], "ignore"?: [[start, end], …]}; or a folder of marked articles (as
tests/articles, which is what stands for none).  Offsets count characters, ends exclusive.
Words inside "ignore" do not count; a nested attribution may be found but need not be.

An attribution is taken for the gold one that shares most words with it, each once:

  exact       the same words
  overlap     at least half of the words that either has
  end to end  that, and a source that shares a word of meaning with the gold source; where
              the gold has no source, none
  name        of the attributions whose speaker is known, those found with that name

Figures count where a span overlaps and value and unit are right, times where a span overlaps
and both days are right.  F1 in percent, names and qualifiers the share that is right.

--check compares with the floors in floors.json, --save raises them to what was measured
less what chance may cost.  No floor goes down unless --lower says that it should.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import quotetrack
from benchmarks import marked
from benchmarks.speakers import same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
OURS = HERE.parent / "tests" / "articles"
KINDS = ("direct", "mixed", "indirect")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_MARKS = re.compile(r"[“«„][^”»\n]*[”»]?|\"[^\"\n]*\"")
_SMALL = re.compile(
    r"an?|the|of|to|in|on|at|by|for|from|with|and|or|his|her|their|its|our|my|your", re.IGNORECASE
)
_ALL_BUT = 0.9
"""Share of words in marks from which a content is a direct quotation."""
_HALF = 0.5
_ENOUGH = 40
"""Cases below which a share says too little to be held to."""
_CHANCE = 2.0
"""Points that a share may lose to a change that pays elsewhere."""

Words = frozenset[int]


@dataclass(frozen=True)
class Found:
    """An attribution of the corpus or of ours, as indices of words."""

    content: Words
    source: Words
    speaker: str | None
    nested: bool
    shown: str


class Text:
    """The words of an article."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = [match.span() for match in _WORD.finditer(text)]
        self._ends = [end for _, end in self._words]

    def words(self, spans: Iterable[Sequence[int]]) -> Words:
        """Indices of the words that the spans touch."""
        found: set[int] = set()
        for start, end in spans:
            at = bisect_left(self._ends, start + 1)
            while at < len(self._words) and self._words[at][0] < end:
                found.add(at)
                at += 1
        return frozenset(found)

    @cached_property
    def _quoted(self) -> Words:
        return self.words(match.span() for match in _MARKS.finditer(self.text))

    def kind(self, content: Words) -> str:
        share = len(content & self._quoted) / len(content)
        return "direct" if share >= _ALL_BUT else "mixed" if share else "indirect"

    def of_meaning(self, words: Words) -> Words:
        large = {w for w in words if not _SMALL.fullmatch(self.text, *self._words[w])}
        return frozenset(large) or words


def corpus(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a file or folder."""
    if path.is_dir():
        yield from map(marked.read, sorted(path.glob("*.txt")))
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                document = json.loads(line)
                document["attributions"], document["text"]
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{path}, line {number}: no annotated article: {error}") from None
            yield document


@dataclass
class Score:
    """What was counted so far: by measure, and what of it."""

    counts: Counter[tuple[str, str]]
    errors: list[str]

    def add(self, document: dict[str, Any]) -> None:
        """Parse a document and compare with it."""
        article = quotetrack.parse(
            document["text"], title=document.get("title"), published=document.get("date")
        )
        self.compare(document, article)

    def compare(self, document: dict[str, Any], article: quotetrack.Article) -> None:
        """Compare a document with what was found in it."""
        self._attributions(document, article)
        if "figures" in document:
            self._figures(document, article)
        if "times" in document:
            self._times(document)

    def _attributions(self, document: dict[str, Any], article: quotetrack.Article) -> None:
        text = Text(document["text"])
        ignored = text.words(document.get("ignore", ()))
        gold = [g for a in document["attributions"] if (g := _gold(text, a)).content]
        ours = [o for q in article.quotes if (o := _ours(text, q, ignored)).content]
        pairs = sorted(
            (
                (len(g.content & o.content) / len(g.content | o.content), i, j)
                for i, g in enumerate(gold)
                for j, o in enumerate(ours)
                if g.content & o.content
            ),
            reverse=True,
        )
        of: dict[int, int] = {}
        for share, i, j in pairs:
            if share >= _HALF and i not in of and j not in of.values():
                of[i] = j
        for i, g in enumerate(gold):
            self._attribution(text, g, ours[of[i]] if i in of else None, document["id"])
        for j, o in enumerate(ours):
            if j not in of.values():
                self._count(("found",), text.kind(o.content))
                self.errors.append(f"{document['id']}: not there: {o.shown}")

    def _attribution(self, text: Text, gold: Found, ours: Found | None, where: str) -> None:
        kind = text.kind(gold.content)
        if gold.nested:
            return  # nor is what was found for it counted
        self._count(("there",), kind)
        if ours is not None:
            kinds = {"gold": kind, "ours": text.kind(ours.content)}
            self._count(("found",), kinds["ours"])
            source = bool(text.of_meaning(gold.source) & ours.source) or not (
                gold.source or ours.source
            )
            right = {"overlap": True, "exact": gold.content == ours.content, "end to end": source}
            for measure, holds in right.items():
                for side, of_kind in kinds.items():
                    if holds:
                        self._count((f"{measure}, {side}",), of_kind)
            if not source:
                self.errors.append(f"{where}: another source: {ours.shown}")
        else:
            self.errors.append(f"{where}: missed: {gold.shown}")
        if gold.speaker:
            groups = ["all", "indirect" if kind == "indirect" else "quoted"]
            name = ours.speaker if ours else None
            holds = name is not None and same(name, [gold.speaker])
            for group in groups:
                self.counts["named", group] += 1
                self.counts["right name", group] += holds
            if name and not holds:
                self.errors.append(f"{where}: {name}, not {gold.speaker}: {gold.shown}")

    def _count(self, measures: tuple[str, ...], kind: str) -> None:
        for measure in measures:
            self.counts[measure, "all"] += 1
            self.counts[measure, kind] += 1

    def _figures(self, document: dict[str, Any], article: quotetrack.Article) -> None:
        ours = [(q, claim) for claim in article.claims for q in claim.quantities]
        self.counts["figures found", "all"] += len(ours)
        self.counts["figures there", "all"] += len(document["figures"])
        for figure in document["figures"]:
            near = [
                (q, claim)
                for q, claim in ours
                if q.span.start < figure["end"] and figure["start"] < q.span.end
            ]
            near.sort(key=lambda one: not _same_figure(one[0], figure))
            shown = document["text"][figure["start"] : figure["end"]]
            if not near or not _same_figure(near[0][0], figure):
                self.errors.append(f"{document['id']}: figure {shown!r}")
                continue
            quantity, claim = near[0]
            ours.remove(near[0])
            self.counts["figures right", "all"] += 1
            self.counts["qualifiers right", "all"] += quantity.qualifier == figure["qualifier"]
            wanted, name = figure.get("speaker"), claim.speaker.name if claim.speaker else None
            holds = name == wanted or bool(name and wanted and same(name, [wanted]))
            self.counts["figure speakers right", "all"] += holds
            if not holds:
                self.errors.append(f"{document['id']}: {shown!r} is {wanted}'s, not {name}'s")

    def _times(self, document: dict[str, Any]) -> None:
        ours = list(quotetrack.find_times(document["text"], document.get("date")))
        self.counts["times found", "all"] += len(ours)
        self.counts["times there", "all"] += len(document["times"])
        for time in document["times"]:
            start, end = time["span"]
            days = (time["start"], time["end"])
            for one in ours:
                near = one.span.start < end and start < one.span.end
                if near and (str(one.start), str(one.end)) == days:
                    ours.remove(one)
                    self.counts["times right", "all"] += 1
                    break
            else:
                self.errors.append(f"{document['id']}: time {document['text'][start:end]!r}")

    def shares(self) -> dict[str, tuple[float, int]]:
        """Measure and group -> percent, and how many cases there are."""
        n = self.counts
        found: dict[str, tuple[float, int]] = {}
        for measure in ("exact", "overlap", "end to end"):
            for kind in ("all", *KINDS):
                precision = _share(n[f"{measure}, ours", kind], n["found", kind])
                recall = _share(n[f"{measure}, gold", kind], n["there", kind])
                found[f"{measure}, {kind}"] = (_f1(precision, recall), n["there", kind])
        for group in ("all", "quoted", "indirect"):
            share = _share(n["right name", group], n["named", group])
            found[f"name, {group}"] = (share, n["named", group])
        for sort in ("figures", "times"):
            right = n[f"{sort} right", "all"]
            f1 = _f1(
                _share(right, n[f"{sort} found", "all"]), _share(right, n[f"{sort} there", "all"])
            )
            found[sort] = (f1, n[f"{sort} there", "all"])
        for part in ("qualifiers", "figure speakers"):
            right = n["figures right", "all"]
            found[f"{part} of figures"] = (_share(n[f"{part} right", "all"], right), right)
        return {key: (100 * share, cases) for key, (share, cases) in found.items() if cases}


def _gold(text: Text, attribution: dict[str, Any]) -> Found:
    content = attribution["content"]
    return Found(
        text.words(content),
        text.words(attribution.get("source", ())),
        attribution.get("speaker"),
        bool(attribution.get("nested")),
        _shown(text.text[start:end] for start, end in content),
    )


def _ours(text: Text, quote: quotetrack.Quote, ignored: Words) -> Found:
    content = text.words((s.start, s.end) for s in quote.spans)
    source = [(quote.source.start, quote.source.end)] if quote.source else []
    return Found(
        content - ignored,
        text.words(source),
        quote.speaker.name if quote.speaker else None,
        nested=False,
        shown=_shown(s.text for s in quote.spans),
    )


def _shown(pieces: Iterable[str]) -> str:
    return " … ".join(pieces).replace("\n", " ")[:100]


def _same_figure(quantity: quotetrack.Quantity, figure: dict[str, str]) -> bool:
    wanted = [Decimal(figure[key]) if key in figure else None for key in ("value", "low", "high")]
    return [quantity.value, quantity.low, quantity.high] == wanted and (
        quantity.unit == figure["unit"]
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(paths: Iterable[Path]) -> Score:
    """Read whole corpora."""
    total = Score(Counter(), [])
    for path in paths:
        for document in corpus(path):
            total.add(document)
    return total


def below(shares: dict[str, tuple[float, int]], floors: dict[str, float]) -> list[str]:
    """What is less than its floor, in words."""
    return [
        f"{key}: {shares.get(key, (0.0, 0))[0]:.1f}, the floor is {floor:.1f}"
        for key, floor in floors.items()
        if shares.get(key, (0.0, 0))[0] < floor
    ]


def raised(
    shares: dict[str, tuple[float, int]], floors: dict[str, float], *, lower: bool
) -> dict[str, float]:
    """The floors after a measurement; with ``lower`` they follow it down as well."""
    new = {
        key: math.floor(10 * (share - _CHANCE)) / 10
        for key, (share, cases) in shares.items()
        if cases >= _ENOUGH and share > _CHANCE
    }
    return new if lower else {key: max(floor, floors.get(key, 0.0)) for key, floor in new.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 1 where something is below its floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="*", type=Path, help="file or folder")
    parser.add_argument("--json", action="store_true", help="the shares as one JSON object")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show so many")
    parser.add_argument("--check", action="store_true", help="against the floors")
    parser.add_argument("--save", action="store_true", help="raise the floors")
    parser.add_argument("--lower", action="store_true", help="with --save: lower them, too")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="their file")
    args = parser.parse_args(arguments)
    if args.corpus and (args.check or args.save):
        parser.error("the floors are those of the project's own articles: name no corpus")
    if args.lower and not args.save:
        parser.error("--lower goes with --save")
    total = score(args.corpus or [OURS])
    shares = total.shares()
    if args.json:
        print(json.dumps({key: round(share, 1) for key, (share, _) in shares.items()}))
    else:
        for key, (share, cases) in shares.items():
            print(f"{key:28}{share:6.1f}  of {cases}")
    for line in total.errors[: args.errors]:
        print("   ", line)
    floors = json.loads(args.floors.read_text(encoding="utf-8")) if args.floors.exists() else {}
    if args.save:
        new = raised(shares, floors, lower=args.lower)
        args.floors.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    elif args.check:
        for line in (lines := below(shares, floors)):
            print(f"below: {line}", file=sys.stderr)
        return bool(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
