"""Two bounds of one value: "more than 10 and less than 40 miles" is a range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotetrack.claims.quantity_context import qualifier_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotetrack.claims.figure import Figure

_UPPER_BOUND = frozenset(("less_than", "up_to"))
_LOWER_BOUND = frozenset(("more_than", "at_least"))
_LINK = re.compile(r"\s(?:and|but)\s")
_LONGEST_LINK = 48


def joined_bounds(text: str, figures: Iterable[Figure]) -> list[Figure]:
    """Two bounds of one value as a range: "more than 10 and less than 40 miles"."""
    found: list[Figure] = []
    for figure in figures:
        range_ = _between_bounds(text, found[-1], figure) if found else None
        if range_ is None:
            found.append(figure)
        else:
            found[-1] = range_
    return found


def _between_bounds(text: str, one: Figure, other: Figure) -> Figure | None:
    if one.value is None or other.value is None or other.start - one.end > _LONGEST_LINK:
        return None
    low, high = sorted((one, other), key=lambda f: f.qualifier in _UPPER_BOUND)
    if low.qualifier not in _LOWER_BOUND or high.qualifier not in _UPPER_BOUND:
        return None
    link = _LINK.match(text, one.end)
    if link is None or qualifier_words(text, link.end()) != other.start:
        return None
    if low.value is None or high.value is None or low.value >= high.value:
        return None
    if one.unit not in {other.unit, "count"}:
        return None
    return other._replace(
        start=one.start, value=None, low=low.value, high=high.value, qualifier="exact"
    )
