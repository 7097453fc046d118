"""Ranges: "March 2017 to June 2021", "between 1999 and 2003", "26-28 June"."""

from __future__ import annotations

from quotetrack.claims.time_compounds import Nth, Range
from quotetrack.claims.time_dates import DASHES, Found, day_at, day_first, numeric, year_at
from quotetrack.claims.time_distance import Reader
from quotetrack.claims.time_expressions import (
    CalendarDate,
    Expression,
    Fixed,
    Part,
    PartOfYear,
    Unit,
)
from quotetrack.claims.time_words import NUMBER, Words, beside

_DAYS = frozenset((NUMBER, "ordinal", "tens"))
"""Kinds of words that a day of the month can begin with."""


def ranged(words: Words, i: int, found: Found, read: Reader) -> Found | None:
    """The range that begins with a time: "March 2017 to June 2021", "Nov. 19-20"."""
    start, j = found
    if isinstance(start, Range) or j >= len(words):
        return None
    link = words.word(j)
    dash = link in DASHES
    if dash and words.joined(j - 1) != words.joined(j):
        return None
    if link == "and":
        before = words.word(i - 2) if words.word(i - 1) in {"the", "-"} else words.word(i - 1)
        if before != "between":
            return _two_days(words, start, j + 1)
    elif (not dash and words.kind(j) != "connector") or (
        link in {"until", "till"} and words.word(i - 1) != "from"
    ):
        return None
    k = j + 1
    if words.word(k) == "the" and not dash:
        k += 1
    if words.word(k) in {"now", "present"}:
        return Range(start, Unit("day", 0)), k + 1
    full = isinstance(start, CalendarDate) and start.day is not None
    end = numeric(words, k, expected=True) if full and words.kind(k) == NUMBER else None
    end = end or read(words, k)
    if isinstance(start, CalendarDate) and start.month is not None and start.day is not None:
        end = end if end is not None and _dated(end[0]) else _last_day(words, k)
    if end is None or isinstance(end[0], Range):
        return None
    if dash and not (_dated(start) and _dated(end[0])):
        return None
    return Range(start, end[0]), end[1]


def _last_day(words: Words, k: int) -> Found | None:
    """The bare day that ends a range, and its year: "Oct. 7 to 11, 2016"."""
    day = day_at(words, k)
    if day is None:
        return None
    after = words.word(day[1])
    if words.kind(day[1]) == "unit" or after == ":" or after in beside("counted"):
        return None
    year = year_at(words, day[1])
    if year is not None:
        return CalendarDate(year[0], None, day[0]), year[1]
    return CalendarDate(day=day[0]), day[1]


def days_before_month(words: Words, i: int) -> Found | None:
    """As in "3 to 12 of September", "26-28 June 2015", "the ninth till the 17th of April"."""
    if words.kind(i) not in _DAYS:
        return None
    first = day_at(words, i)
    if first is None:
        return None
    j = first[1]
    if words.word(j) not in DASHES and words.kind(j) != "connector":
        return None
    k = j + 2 if words.word(j + 1) == "the" else j + 1
    last = day_first(words, k) if words.kind(k) in _DAYS else None
    if last is None or (words.kind(i) == NUMBER and not _plain_day(words, i)):
        return None
    return Range(CalendarDate(day=first[0]), last[0]), last[1]


def _plain_day(words: Words, i: int) -> bool:
    before = words.text[words.starts[i] - 1 : words.starts[i]]
    return not before or not (before.isalnum() or before in "$€£.,:/#-")


def _two_days(words: Words, start: Expression, k: int) -> Found | None:
    """As in "March 3 and 4"."""
    if not isinstance(start, CalendarDate) or start.month is None or start.day is None:
        return None
    last = _last_day(words, k)
    if last is None or not isinstance(last[0], CalendarDate) or last[0].day != start.day + 1:
        return None
    return Range(start, last[0]), last[1]


def _dated(expression: Expression) -> bool:
    return isinstance(expression, CalendarDate | Fixed | PartOfYear | Unit | Part | Nth)
