"""Times counted from the day of publication, or from a time named before.

Each function reads at word i and gives the expression and the index after it, or None.
"""

from __future__ import annotations

from dataclasses import replace

from quotetrack.claims.time_compounds import Anaphor
from quotetrack.claims.time_dates import (
    WEEKDAY_KINDS,
    Found,
    dated_weekday,
    day_at,
    holiday,
    month_at,
)
from quotetrack.claims.time_expressions import CalendarDate, Holiday, PartOfYear, Unit
from quotetrack.claims.time_reckoning import Amount, Window
from quotetrack.claims.time_words import NUMBER, Words, beside

_LOOSE = {"few": (2, 5), "several": (3, 7), "some": (2, 5)}
_COMING = frozenset(("coming", "upcoming"))
_SEASON_MONTHS = 3
_SEVERAL = 2
"""The least that can be counted of the last or the next of something."""
_LONGEST = 4
"""Digits of a count."""


def amount_at(words: Words, i: int) -> tuple[Amount, int] | None:
    """As in "three weeks", "a year", "a couple of days", "2 years and 1 month"."""
    found: list[tuple[int, int, str]] = []
    end = i
    while len(found) < 3:
        entry = _count_and_unit(words, end)
        if entry is None:
            break
        low, high, unit, end = entry
        found.append((low, high, unit))
        follows = end + 1 if words.word(end) in {"and", ","} else end
        if _count_and_unit(words, follows) is None:
            break
        end = follows
    return (tuple(found), end) if found else None


def _count_and_unit(words: Words, i: int) -> tuple[int, int, str, int] | None:
    count = count_at(words, i)
    if count is None:
        return None
    low, high, j = count
    if words.kind(j) == "unit" and words.near(j - 1):
        unit = words.value(j)
        if unit not in {"half", "quarter"}:
            return low, high, unit, j + 1
    return None


def count_at(words: Words, i: int) -> tuple[int, int, int] | None:
    """Least, most, and the index after: 3, three, twenty-one, a, a few, a couple of."""
    kind = words.kind(i)
    if kind == "article":
        if words.word(i + 1) == "couple" or words.kind(i + 1) == "vague":
            return count_at(words, i + 1)
        return (1, 1, i + 1) if words.kind(i + 1) == "unit" else None
    if kind == NUMBER:
        if len(words.lower[i]) > _LONGEST or not words.plain(i) or words.word(i - 1) == "'":
            return None
        number = int(words.lower[i])
        return number, number, i + 1
    if kind == "vague":
        low, high = _LOOSE[words.word(i)]
        return low, high, i + 1
    if kind == "tens":
        j = i + 2 if words.word(i + 1) == "-" else i + 1
        ones = words.number(j) if words.kind(j) == "number" and j < len(words) else 0
        if 0 < ones < 10:
            return words.number(i) + ones, words.number(i) + ones, j + 1
        return words.number(i), words.number(i), i + 1
    if kind == "number":
        j = i + 2 if words.word(i) == "couple" and words.word(i + 1) == "of" else i + 1
        return words.number(i), words.number(i), j
    return None


def deictic(words: Words, i: int) -> Found | None:
    """As in "today", "yesterday"; a capital inside a sentence is a newspaper or a programme."""
    before = words.word(i - 1)
    inside = before.isalpha() and words.near(i - 1)
    if inside and words.capital(i):
        return None
    return Unit("day", words.number(i)), i + 1


def relative(words: Words, i: int) -> Found | None:
    """As in "last week", "this past Friday", "the next three years", "that day"."""
    word, sign, j = words.word(i), words.number(i), i + 1
    if word in {"following", *_COMING} and words.word(i - 1) not in beside("before_coming"):
        return None  # A preposition or a verb: "Following Monday's vote", "coming Friday".
    if word == "this" and words.word(j) in {"past", *_COMING}:
        word, sign, j = words.word(j), words.number(j), j + 1
    if words.kind(j) == "fiscal" and words.word(j) != "fy":
        j += 1
    kind = words.kind(j)
    if not kind or not words.near(j - 1):
        return None
    if word == "that" and words.word(i - 1) in {"after", "before"} and kind != "unit":
        return None
    if kind in {NUMBER, "number", "vague", "tens"} and sign:
        return _window(words, j, sign)
    if kind == "unit":
        return _unit(words, i, j, word, sign)
    if kind == "daypart":
        if words.word(j + 1) in beside("whose_night"):
            return None
        if word in {"that", "same", "following", "next", "previous"}:
            return Anaphor("day", sign), j + 1
        return (Unit("day", sign), j + 1) if word in {"last", "this"} else None
    if kind in WEEKDAY_KINDS:
        return _weekday(words, i, j, word, sign)
    named = holiday(words, j, guided=True)
    if named is not None:
        if isinstance(named[0], Holiday) and named[0].year is None and word not in {"that", "same"}:
            return replace(named[0], word=word), named[1]
        return named
    if kind == "season" and word not in {"past", "same"}:
        if word == "that":
            return Anaphor("season", 0), j + 1
        return season_of_year(words.number(j), word), j + 1
    month = month_at(words, j)
    if month is not None and words.capital(j):
        if word in {"that", "same"}:
            return None
        day = day_at(words, month[1])
        if day is not None and words.near(month[1] - 1):
            return CalendarDate(None, month[0], day[0], word=word), day[1]
        return CalendarDate(None, month[0], word=word), month[1]
    return None


def season_of_year(number: int, word: str | None = None) -> PartOfYear:
    """Winter (0) begins in the December before."""
    return PartOfYear(_SEASON_MONTHS * number, 3, "season", word)


def _window(words: Words, j: int, sign: int) -> Found | None:
    count = count_at(words, j)
    if count is None:
        return None
    low, high, k = count
    if words.kind(k) == "relative":
        k += 1
    business = words.word(k) in {"business", "working"} and words.word(k + 1) == "days"
    if business:
        return Window(((low, high, "business_day"),), sign), k + 2
    if words.kind(k) != "unit" or words.value(k) in {"half", "weekend"} or high < _SEVERAL:
        return None
    amount = [(low, high, words.value(k))]
    more = amount_at(words, k + 2) if words.word(k + 1) == "and" else None
    if more is not None and words.word(more[1]) != "ago":
        more_of_it = amount_at(words, more[1] + 1) if words.word(more[1]) == "and" else None
        last = more_of_it or more
        if words.word(last[1]) != "ago":
            amount += more[0] + (more_of_it[0] if more_of_it else ())
            return Window(tuple(amount), sign), last[1]
    return Window(tuple(amount), sign), k + 1


def counted_relative(words: Words, i: int) -> Found | None:
    """As in "the 5 upcoming years", "the 10 previous weeks"."""
    count = count_at(words, i)
    if count is None or words.kind(count[2]) != "relative" or count[1] < _SEVERAL:
        return None
    sign = words.number(count[2])
    j = count[2] + 1
    if not words.word(j).endswith("s"):
        return None  # "sales rose by 12 last month"
    if not sign or words.kind(j) != "unit" or words.value(j) in {"half", "weekend", "quarter"}:
        return None
    return Window(((count[0], count[1], words.value(j)),), sign), j + 1


def _unit(words: Words, i: int, j: int, word: str, sign: int) -> Found | None:
    unit = words.value(j)
    if words.word(j)[-1] == "s" and words.word(j) != "s":
        # "last years" counts nothing; "the past months" has no length.
        return None
    the = words.word(i - 1) == "the"
    stretch = the and words.word(i - 2) in beside("stretch")
    if unit == "half" or (unit == "century" and word == "past"):
        return None
    if unit == "day":
        if word in {"that", "same", "previous", "following"} or (the and word == "next"):
            return Anaphor("day", sign), j + 1
        return None
    if word in {"that", "same"}:
        return Anaphor(unit, 0), j + 1
    if word in {"previous", "following"}:
        return Anaphor(unit, sign), j + 1
    if word == "past" or (stretch and word in {"last", "next"} and unit != "quarter"):
        if unit == "weekend":
            return Unit(unit, sign), j + 1
        return Window(((1, 1, unit),), sign), j + 1
    if the and word == "next" and unit in {"week", "month", "year"}:
        return Anaphor(unit, 1), j + 1
    return Unit(unit, sign), j + 1


def _weekday(words: Words, i: int, j: int, word: str, sign: int) -> Found | None:
    weekday = words.number(j)
    if word in {"that", "same"} or (word == "following" and words.word(i - 1) == "the"):
        return Anaphor("day", sign, weekday), j + 1
    dated = dated_weekday(words, j, j + 1)
    if dated is not None:
        return dated
    return CalendarDate(None, None, None, weekday, word), j + 1
