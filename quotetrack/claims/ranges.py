"""Two numbers that belong together: a range ("5-10 percent"), a change, a score ("52-48")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.claims.amounts import Amount, unit_of
from quotetrack.claims.figure import Figure, between, single
from quotetrack.claims.numbers import number_at
from quotetrack.claims.quantity_context import change_before, qualifier_words
from quotetrack.claims.units import COUNT, PERCENT, Unit, sign, sign_pattern

if TYPE_CHECKING:
    from quotetrack.claims.number_words import Number

_DASHES = "-–—‒−"
_JOINER = re.compile(rf"-?\s(?:to|and|or|through)\s|\s?[{_DASHES}]\s?|\s?(?:±|\+/-)\s?")
_INTRODUCED = re.compile(r"\b(between|from)\s+$", re.IGNORECASE)
_THOUSAND = Decimal(1000)
_YEARS = range(1000, 2101)
_ALL = 100
"""Percent: what two shares of a vote add up to."""
_NEAR = 24
"""Characters before two numbers in which a word tells that they are a score."""
_NEAR_PERCENT = 60


@dataclass(slots=True, frozen=True)
class _Second:
    """The other end: its number, unit and end, and what joins the two."""

    number: Number
    unit: Unit | None
    end: int
    joiner: str

    @property
    def dashed(self) -> bool:
        return self.joiner in _DASHES


@cache
def _score_words(*, strong: bool = False) -> re.Pattern[str]:
    words = [line for line in data.lines("score_words.txt") if not (strong and line[-1] == "*")]
    return re.compile(rf"\b(?:{'|'.join(word.rstrip(' *') for word in words)})\b", re.IGNORECASE)


def pair_at(text: str, first: Amount, done: int) -> tuple[list[Figure], int] | None:
    """The figures of two numbers that belong together, and where what introduces them begins.

    A range is one figure, a score two; None: the amount stands alone.
    """
    second = _second(text, first)
    if second is None:
        return None
    introduced = _INTRODUCED.search(text, max(done, first.start - 9), first.start)
    word = introduced[1].lower() if introduced else ""
    if not _is_one_sort(first.unit, second.unit):
        return None
    if _is_score(text, first, second, word):
        unit, number = first.unit or second.unit or COUNT, second.number
        return [
            single(first.start, first.end, first.value, unit, first.number.precision),
            single(number.start, second.end, number.value, unit, number.precision),
        ], first.start
    if not _is_range(first, second, word) or _is_level(text, first, second, word):
        return None
    low, high = _spread(first, second)
    if low > high and word != "from":
        return None
    if _is_years(first, second, text):
        return [], first.start
    figure = _range(first, second, low, high)
    start = introduced.start() if introduced else first.start
    if word == "from" and not _spans(text, start):
        return [figure._replace(change="rise" if high >= low else "fall")], start
    return [figure], start


def _second(text: str, first: Amount) -> _Second | None:
    for at in dict.fromkeys((first.end, first.number.end)):
        match = _JOINER.match(text, at)
        second = _read_second(text, match, first) if match else None
        if second is not None:
            return second
    return None


def _read_second(text: str, match: re.Match[str], first: Amount) -> _Second | None:
    begin = match.end()
    joiner = match[0].strip().lstrip("-").strip().lower() or "-"
    if joiner == "and":
        begin = qualifier_words(text, begin)  # "between 2 and about 7"
    unit = None
    mark = sign_pattern().match(text, begin)
    if mark:
        unit = sign(mark[0])
        begin = mark.end() + (text[mark.end() : mark.end() + 1] == " ")
    money = first.currency is not None or unit is not None
    number = number_at(text, begin, money=money)
    if number is None or number.sort == "fraction":
        return None
    end = number.end
    after = unit_of(text, number)
    if unit is None and after is not None:
        unit, end = after
    return _Second(number, unit, end, joiner)


def _is_one_sort(one: Unit | None, other: Unit | None) -> bool:
    return one is None or other is None or (one.name, one.factor) == (other.name, other.factor)


def _is_score(text: str, first: Amount, second: _Second, word: str) -> bool:
    """ "won 52-48", "leads by 43 percent to 46 percent": two figures."""
    if word:
        return False
    low, high, start = first.value, second.number.value, first.start
    if first.unit is None and second.unit is None:
        if not second.dashed:
            return False
        near = _score_words().search(text, max(0, start - _NEAR), start)
        return (
            low >= high
            or low + high == _ALL
            or bool(near or _score_words().match(text, second.end + 1))
        )
    shares = (first.unit or PERCENT) == PERCENT == second.unit
    if second.joiner != "to" or not shares:
        return False
    near = _score_words(strong=True).search(text, max(0, start - _NEAR_PERCENT), start)
    return low > high or near is not None


def _is_range(first: Amount, second: _Second, word: str) -> bool:
    low, high = first.value, second.number.value
    both = first.unit is not None and second.unit is not None
    if second.joiner == "and":
        return word == "between" or (word == "from" and both)
    if second.joiner == "or":
        return high - low == 1 or (first.unit is None and second.unit is not None and high > low)
    if second.joiner in {"to", "through"} and not word:
        return low <= high if first.unit is None else second.unit is not None
    return True


def _spans(text: str, start: int) -> bool:
    """ "prices range from $25 to $150": no change."""
    return _range_words().search(text, max(0, start - _NEAR), start) is not None


@cache
def _range_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data.lines('range_words.txt'))})\s$", re.IGNORECASE)


def _is_level(text: str, first: Amount, second: _Second, word: str) -> bool:
    """ "rose 5 cents to 45 cents": by the first, to the second."""
    if word or second.joiner != "to" or first.unit is None:
        return False
    return change_before(text, first.start) is not None


def _spread(first: Amount, second: _Second) -> tuple[Decimal, Decimal]:
    """The two ends; the magnitude of the second also holds for the first ("$2-3bn")."""
    low, high = first.value, second.number.value
    if second.joiner in {"±", "+/-"}:
        return low - high, low + high
    scale = second.number.scale
    if second.number.sort == "words" and high >= _THOUSAND:
        scale = _THOUSAND ** ((len(str(int(high))) - 1) // 3)
    if first.number.scale == 1 and abs(low) < _THOUSAND <= scale and abs(low) * scale <= high:
        low *= scale
    return low, high


def _range(first: Amount, second: _Second, low: Decimal, high: Decimal) -> Figure:
    unit = first.unit or second.unit or COUNT
    return between(first.start, second.end, low, high, unit, second.number.precision)


def _is_years(first: Amount, second: _Second, text: str) -> bool:
    """ "1999-2003", "2013-14"."""
    if first.unit is not None or second.unit is not None:
        return False
    low, high = first.value, second.number.value
    if first.number.sort != "digits" or "," in text[first.start : second.end]:
        return False
    if low not in _YEARS:
        return False
    return high in _YEARS or high < 100
