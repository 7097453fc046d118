"""Shares and odds: "a third of", "one in five", "half a mile", "a 2-to-1 vote"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from quotetrack import data
from quotetrack.claims.figure import Figure, plain, single
from quotetrack.claims.number_words import Number
from quotetrack.claims.numbers import number_at
from quotetrack.claims.quantity_context import qualifier_before
from quotetrack.claims.units import COUNT, PERCENT, TIMES, unit_after, unit_of_share

_HUNDREDTH = Decimal("0.01")
"""Place to which a share becomes a percentage: a third is 33.33 percent."""
_ONE_IN = re.compile(r"\s+(?:in every|out of every|of every|out of|in|of)\s+")
_TO_ONE = re.compile(r"\sto\s")
_ODDS = re.compile(r"-(?:to|for)-(?=\w)")
_OF_A_PERCENT = re.compile(r"\s+(?:of\s+)?(?:an?|one|1)\s+(?=percent|per\s+cent)")
_OF = re.compile(r"\s+of\b")
_PERCENT_AFTER = re.compile(r"\s?(?:percent|per cent|%)")
_AS_MUCH = re.compile(r"\sas\s(?:much|many|big|large|long|high|likely|fast|often)\b")
_BARE = re.compile(r"(?!half|an?\b|one\b)[a-z]+th\s", re.IGNORECASE)
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)
_RANK = re.compile(r"an?\s(?!half|quarter)", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s([A-Za-z-]+)")
_MARGIN = 8
"""Characters around a share that is all of its text."""
_TENS = frozenset((10, 100))
_FIRST_YEAR = 1900
_LONGEST_SLICE = 14


@cache
def _slice_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data.lines('slices.txt'))})\s+$", re.IGNORECASE)


def is_slice(text: str, begin: int) -> bool:
    """Whether the words before make the share that begins here a name: "the top 1 percent"."""
    return _slice_words().search(text, max(0, begin - _LONGEST_SLICE), begin) is not None


def share_at(text: str, number: Number) -> list[Figure] | None:
    """The share that a number is part of; an empty list: one that is no figure; None: no share."""
    if number.sort == "fraction" or _is_slashed_share(text, number):
        return _fraction(text, number)
    if is_slice(text, number.start) and _PERCENT_AFTER.match(text, number.end):
        return []
    if number.value != number.value.to_integral_value():
        return None
    return _one_in(text, number) or _to_one(text, number) or _odds(text, number)


def _is_slashed_share(text: str, number: Number) -> bool:
    """ "3/4 of the members"."""
    slashed = "/" in text[number.start : number.end] and number.value < 1
    return (
        slashed and _OF.match(text, number.end) is not None and not unit_of_share(text, number.end)
    )


def _fraction(text: str, number: Number) -> list[Figure]:
    start, end = number.start, number.end
    if number.value > 1:  # "three halves"
        return [single(start, end, number.value, COUNT)]
    if len(text) - (end - start) < _MARGIN and text.strip() == text[start:end]:
        return [single(start, end, number.value, COUNT)]
    percent = _OF_A_PERCENT.match(text, end)
    after = unit_after(text, percent.end() - 1, digits=False) if percent else None
    if after is None:
        after = unit_of_share(text, end)
    if after is not None and after[0].dimension != "count":
        return [single(start, after[1], number.value, after[0])]
    if _AS_MUCH.match(text, end):
        return [single(start, end, number.value, TIMES)]  # "half as much as"
    if _is_rank(text, start, end):
        return []
    if _BARE.match(text, start):
        return []  # "the tenth of a series"
    if _THE.search(text, max(0, start - 5), start) and not _OF.match(text, end):
        return []  # "ahead at the half"
    part = text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()
    if part or is_slice(text, start):
        return []  # "half-brother", "the first half"
    return [_percentage(start, end, number.value)]


def _is_rank(text: str, start: int, end: int) -> bool:
    """ "a third bridge": one more; but "a third of", "up by a third", "a third were"."""
    if not _RANK.match(text, start):
        return False
    word = _NEXT_WORD.match(text, end)
    if word is None or word[1].lower() in data.words("phrase_ends.txt"):
        return False
    return qualifier_before(text, start)[0] == "exact"


def _percentage(start: int, end: int, share: Decimal) -> Figure:
    return single(start, end, plain((100 * share).quantize(_HUNDREDTH)), PERCENT)


def _one_in(text: str, number: Number) -> list[Figure] | None:
    """ "one in five", "eight out of 10"; "of" alone with tens ("nine of 10")."""
    match = _ONE_IN.match(text, number.end)
    second = number_at(text, match.end()) if match else None
    if match is None or second is None or not number.value < second.value < _FIRST_YEAR:
        return None
    word = match[0].strip()
    if word == "in" and number.value >= 10:
        return None  # "12 in 2014"
    if word == "of" and second.value not in _TENS:
        return None
    if unit_after(text, second.end, digits=True) is not None:
        return None
    return [_percentage(number.start, second.end, number.value / second.value)]


def _to_one(text: str, number: Number) -> list[Figure] | None:
    """ "outnumbered 4 to 1": so many times."""
    match = _TO_ONE.match(text, number.end)
    second = number_at(text, match.end()) if match else None
    if second is None or second.value != 1 or number.value <= 1:
        return None
    return [single(number.start, second.end, number.value, TIMES)]


def _odds(text: str, number: Number) -> list[Figure] | None:
    """ "a 2-to-1 vote": two counts."""
    match = _ODDS.match(text, number.end)
    if match is None:
        return None
    second = number_at(text, match.end())
    if second is None:
        return []
    return [single(n.start, n.end, n.value, COUNT, n.precision) for n in (number, second)]
