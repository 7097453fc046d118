"""Points: of percent beside percentages and polls, else of an index or a game."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.claims.units import PERCENTAGE_POINT

if TYPE_CHECKING:
    from quotetrack.claims.amounts import Amount

_POINTS = re.compile(r"[\s-]points?(?!\w)")
_HALF_A_POINT = re.compile(r"\sa(?:\spercentage)?\spoint(?!\w)")
_OF_A_POLL = re.compile(r"\d\s?%|percent|\bpolls?\b|\bmargin of|\bsurvey", re.IGNORECASE)
_MOST_POINTS = 100


def in_points(text: str, amount: Amount) -> Amount:
    """ "up seven points" beside percentages or a poll is in percentage points."""
    end = amount.number.end
    match = (_HALF_A_POINT if amount.number.sort == "fraction" else _POINTS).match(text, end)
    if amount.value > _MOST_POINTS or (match and _is_index(text, amount)):
        return amount
    if match and _OF_A_POLL.search(text, max(0, end - 300), end + 200):
        return amount._replace(unit=PERCENTAGE_POINT, end=match.end())
    return amount


@cache
def _index_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data.lines('index_words.txt'))})\b", re.IGNORECASE)


def _is_index(text: str, amount: Amount) -> bool:
    """Whether the points are those of a stock index or a game."""
    return _index_words().search(text, max(0, amount.start - 80), amount.start) is not None
