"""How far `Quote.confidence` can be trusted: of the quotes at each tenth, how many are right.

    python -m benchmarks.confidence CORPUS [PAGE]

CORPUS is JSON Lines as `benchmarks.accuracy` reads it.  A quote is right when it shares half
of the characters that it or a gold content has, and a character of that gold's source, or
neither has a source.  PAGE gets the table between its two marks; without it, it is printed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import quotetrack

BEGIN, END = "<!-- confidence: benchmarks/confidence.py -->", "<!-- end of confidence -->"
LOWEST = 4
"""Tenths below this are one row."""
HALF = 0.5


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """The table for articles of a corpus, as Markdown."""
    found = [0] * 10
    right = [0] * 10
    for row in rows:
        for confidence, is_right in _judged(row):
            tenth = max(min(int(confidence * 10), 9), LOWEST - 1)
            found[tenth] += 1
            right[tenth] += is_right
    lines = ["| `confidence` | quotes | right, % |", "|---|---|---|"]
    for tenth in range(9, LOWEST - 2, -1):
        if not found[tenth]:
            continue
        name = (
            f"below {LOWEST / 10:g}"
            if tenth < LOWEST
            else f"{tenth / 10:g} to {tenth / 10 + 0.1:g}"
        )
        lines.append(f"| {name} | {found[tenth]:,} | {100 * right[tenth] / found[tenth]:.0f} |")
    return "\n".join(lines)


def _judged(row: Mapping[str, Any]) -> Iterator[tuple[float, bool]]:
    gold = [
        (_characters(given["content"]), _characters(given.get("source") or ()))
        for given in row["attributions"]
        if given.get("content")
    ]
    ignored = _characters(row.get("ignore") or ())
    for quote in quotetrack.parse(row["text"]).quotes:
        content = _characters((span.start, span.end) for span in quote.spans)
        source = _characters([(quote.source.start, quote.source.end)] if quote.source else ())
        if content & ignored:
            continue
        yield (
            quote.confidence,
            any(
                len(content & theirs) >= HALF * len(content | theirs)
                and (bool(source & who) or not (source or who))
                for theirs, who in gold
            ),
        )


def _characters(spans: Iterable[Iterable[int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def main(corpus: str, page: str | None = None) -> None:
    """Print the table, or put it into the page."""
    with Path(corpus).open(encoding="utf-8") as lines:
        made = table(map(json.loads, lines))
    if page is None:
        print(made)
        return
    text = Path(page).read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, ends, after = rest.partition(END)
    if not ends:
        sys.exit(f"{page} needs the lines {BEGIN!r} and {END!r}")
    now = datetime.now(UTC)
    made = f"{BEGIN}\n\nMeasured on {now.day} {now:%B %Y}.\n\n{made}\n\n{END}"
    Path(page).write_text(before + made + after, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
