"""Whether "pounds" are money or a weight: the magnitude and the words around tell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from quotetrack.claims.number_words import Number

_AROUND = 60
"""Characters before and after that are looked at."""
_MARGIN = 8
_MILLION = 1_000_000
_OF_SOMETHING = re.compile(r"\s+of\s+(?!the\b|its\b|their\b|his\b|her\b|our\b|public\b|debt)[a-z]")
_WEIGHS = re.compile(r"\b(?:weigh|weight|heavi|lift|payload)\w*\W", re.IGNORECASE)
_OF_A_THING = re.compile(r"[-\s]pound(?:ers?)?[-\s][a-z]")


@cache
def _money() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in data.lines("money_words.txt"))
    return re.compile(rf"£|\b(?:{words})\b", re.IGNORECASE)


def is_mass(text: str, number: Number, end: int) -> bool:
    """Whether the pounds that follow a number, up to ``end``, are a weight."""
    if _OF_SOMETHING.match(text, end) or _OF_A_THING.match(text, number.end):
        return True
    if _WEIGHS.search(text, max(0, number.start - 30), number.start):
        return True
    alone = len(text) - (end - number.start) < _MARGIN
    if number.value >= _MILLION or (alone and text.strip() == text[number.start : end]):
        return False
    before = max(0, number.start - _AROUND)
    return _money().search(text, before, end + _AROUND) is None
