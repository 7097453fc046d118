"""Marks over a text, nested or crossing, woven into well-formed HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotetrack.formats.report.element import Html, element, escape
from quotetrack.text.segment import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True, frozen=True)
class Mark:
    """A stretch of the text, end exclusive, with the tags around it."""

    start: int
    end: int
    opening: Html
    closing: Html
    after: Html = Html("")  # noqa: RUF009  Html is a str: immutable
    """Stands once, behind the last piece."""


def weave(text: str, marks: Sequence[Mark]) -> Html:
    """The text as paragraphs, each mark around its characters.

    Where two marks cross, or a mark runs over paragraphs, it is closed and opened again:
    the tags nest, and every character appears once, in order.
    """
    ordered = sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end))
    woven: list[Html] = []
    following, running = 0, list[Mark]()
    for start, end, bound in _paragraphs(text):
        while following < len(ordered) and ordered[following].start < end:
            running.append(ordered[following])
            following += 1
        running = [m for m in running if m.end > start]
        woven.append(element("p", _paragraph(text, start, end, bound, running), dir="auto"))
    return Html("\n".join(woven))


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each, and where the next one starts."""
    found = paragraphs(text)
    following = [start for start, _ in found[1:]] + [len(text)]
    for (start, end), bound in zip(found, following[: len(found)], strict=True):
        yield start, end, bound


def _paragraph(text: str, start: int, end: int, bound: int, marks: Sequence[Mark]) -> Html:
    """One paragraph; the marks touch it, in order of their starts; the next starts at ``bound``."""
    edges = sorted(
        {start, end}
        | {m.start for m in marks if m.start > start}
        | {m.end for m in marks if m.end < end}
    )
    parts: list[str] = []
    open_: list[Mark] = []
    following = 0
    for place, until in zip(edges, [*edges[1:], end], strict=True):
        again = _close(open_, place, parts)
        while following < len(marks) and marks[following].start <= place:
            again.append(marks[following])
            following += 1
        # the one that ends last stands outermost, so that fewest must be split
        for mark in sorted(again, key=lambda m: -m.end):
            parts.append(mark.opening)
            open_.append(mark)
        parts.append(escape(text[place:until]))
        if until == end:
            break
    for mark in reversed(open_):
        parts.append(mark.closing)
        if mark.end <= bound:
            parts.append(mark.after)
    return Html("".join(parts))


def _close(open_: list[Mark], place: int, parts: list[str]) -> list[Mark]:
    """Close what ends here, and what stands inside it; the latter is to be opened again."""
    first = next((k for k, mark in enumerate(open_) if mark.end <= place), len(open_))
    again: list[Mark] = []
    for mark in reversed(open_[first:]):
        parts.append(mark.closing)
        if mark.end <= place:
            parts.append(mark.after)
        else:
            again.append(mark)
    del open_[first:]
    return again[::-1]
