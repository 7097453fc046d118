"""Dates, years, decades and centuries as they are written.

Each function reads at word i and gives the expression and the index after it, or None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from quotetrack.claims.time_compounds import WeekendOf
from quotetrack.claims.time_expressions import CalendarDate, Expression, Holiday
from quotetrack.claims.time_words import NUMBER, Words, beside, holidays

Found = tuple[Expression, int]

MONTH_KINDS = frozenset(("month", "month_word", "month_short"))
WEEKDAY_KINDS = frozenset(("weekday", "weekday_short"))
DASHES = frozenset("-–—~‑")
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_YEAR_FIRST = re.compile(
    r"([0-9]{4})([-/. ])([0-9]{1,2}|[A-Za-z]{3,9})\2([0-9]{1,2}|[A-Za-z]{3,9})"
    r"(?![0-9A-Za-z]|-[A-Za-z])"
)
_YEAR_LAST = re.compile(
    r"([0-9]{1,2})(?:([/-])([0-9]{1,2}|[A-Za-z]{3,9})\2([0-9]{4})"
    r"|/([0-9]{1,2})/([0-9]{2})|\.([0-9]{1,2})\.([0-9]{4}))(?![0-9])"
)
_NO_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?![0-9/])")
_NUMERIC_RANGE = re.compile(r"[0-9]{1,2}/[0-9]{1,2} ?[-–] ?[0-9]{1,2}/[0-9]{1,2}(?![0-9])")
_YEAR_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(?![0-9-])")
_JOINTS = frozenset("-/. ")
"""Between the parts of a date in digits."""
_NO_DAY = frozenset("%:$°")
_ATTACKS = (9, 11)
"""9/11 is an event, not a day of the coming or the last September."""


def day_at(words: Words, i: int) -> tuple[int, int] | None:
    """A day of the month: 7, 7th, seventh, twenty-third."""
    kind = words.kind(i)
    if kind == NUMBER:
        if len(words.lower[i]) > 2 or not 1 <= int(words.lower[i]) <= 31:
            return None
        number = int(words.lower[i])
        if words.joined(i) and words.word(i + 1) in _SUFFIXES:
            return number, i + 2
        # A figure with a decimal or a thousand more is no day.
        if words.text[words.ends[i] : words.ends[i] + 1] in {".", ","} and words.joined(i + 1):
            if words.kind(i + 2) == NUMBER and len(words.lower[i + 2]) < 4:
                return None
        elif words.joined(i) and (words.word(i + 1) in _NO_DAY or words.word(i + 1).isalpha()):
            return None
        return number, i + 1
    if kind == "ordinal":
        return words.number(i), i + 1
    if kind == "tens" and words.number(i) <= 30:
        j = i + 2 if words.word(i + 1) == "-" else i + 1
        if words.kind(j) == "ordinal" and words.number(j) < 10:
            return words.number(i) + words.number(j), j + 1
    return None


def is_ordinal(words: Words, i: int, after: int) -> bool:
    """Whether the day at i, which ends before ``after``, is written as an ordinal."""
    return words.kind(i) != NUMBER or after == i + 2


def month_at(words: Words, i: int) -> tuple[int, int] | None:
    """A month's name, an abbreviation with its full stop."""
    kind = words.kind(i)
    if kind not in MONTH_KINDS:
        return None
    if kind == "month_short" and words.word(i + 1) == "." and words.joined(i):
        return words.number(i), i + 2
    return words.number(i), i + 1


def full_year(words: Words, i: int) -> int | None:
    """Four digits that stand alone and can be a year."""
    if words.kind(i) != NUMBER or len(words.lower[i]) != 4 or not words.plain(i):
        return None
    year = int(words.lower[i])
    return year if 1000 <= year < 2200 else None


def year_at(words: Words, i: int) -> tuple[int, int] | None:
    """A year after a month or a season: 2009, '09, of 2009, two thousand and nine."""
    if words.word(i) in {",", "of", "in"}:
        comma = words.word(i) == ","
        i += 1
        if not comma and words.word(i) == "the" and words.word(i + 1) == "year":
            i += 2
    year = full_year(words, i)
    if year is not None:
        return year, i + 1
    if words.word(i) == "'" and words.joined(i) and _two_digits(words, i + 1):
        return _short_year(int(words.lower[i + 1])), i + 2
    if words.word(i - 1) == "of" and _two_digits(words, i) and words.plain(i):
        number = int(words.lower[i])
        return (_short_year(number), i + 1) if number > 31 else None
    return spelled_year(words, i)


def _two_digits(words: Words, i: int) -> bool:
    return words.kind(i) == NUMBER and len(words.lower[i]) == 2


def _short_year(number: int) -> int:
    """Two digits as POSIX reads them: 69 to 99 are the 1900s."""
    return number + (1900 if number >= 69 else 2000)


def spelled_year(words: Words, i: int) -> tuple[int, int] | None:
    """As in "nineteen eighty-six", "two thousand and nine", "twenty sixteen"."""
    first = words.word(i)
    if first == "two" and words.word(i + 1) == "thousand":
        j = i + 3 if words.word(i + 2) == "and" else i + 2
        rest = _below_hundred(words, j)
        return (2000 + rest[0], rest[1]) if rest is not None else (2000, i + 2)
    if first in {"nineteen", "twenty"}:
        rest = _below_hundred(words, i + 1)
        if rest is not None and rest[0] >= 10:
            return 100 * (19 if first == "nineteen" else 20) + rest[0], rest[1]
    return None


def _below_hundred(words: Words, i: int) -> tuple[int, int] | None:
    if words.kind(i) == "number" and words.word(i) != "couple":
        return words.number(i), i + 1
    if words.kind(i) != "tens":
        return None
    j = i + 2 if words.word(i + 1) == "-" else i + 1
    if words.kind(j) == "number" and words.number(j) < 10:
        return words.number(i) + words.number(j), j + 1
    return words.number(i), i + 1


def month_first(words: Words, i: int) -> Found | None:
    """As in "May 9", "Jan. 12, 2016", "June of 2010", "Sep-23-2020", "October"."""
    found = month_at(words, i)
    if found is None:
        return None
    month, j = found
    at = j + 1 if words.word(j) in {"-", "/"} and words.joined(j - 1) and words.joined(j) else j
    if words.near(j - 1):
        the = words.word(at) == "the" and words.kind(at + 1) in {"ordinal", "tens", NUMBER}
        day = day_at(words, at + the)
        if day is not None and (not the or is_ordinal(words, at + 1, day[1])):
            year = _dashed_year(words, day[1]) or year_at(words, day[1])
            if year is not None:
                return CalendarDate(year[0], month, day[0]), year[1]
            if not (words.word(i - 1) == "in" and day[1] == at + 1 and _counts(words, day[1])):
                return CalendarDate(None, month, day[0]), day[1]
        year = year_at(words, at) if day is None else None
        if year is not None:
            return CalendarDate(year[0], month), year[1]
    return CalendarDate(_year_of_list(words, j), month), j


def _counts(words: Words, i: int) -> bool:
    """Whether a plural in lower case follows: "in March 12 people"."""
    word = words.word(i)
    plural = word in beside("counted") or (len(word) > 3 and word[-1] == "s")
    return words.near(i - 1) and plural and not words.capital(i)


def _dashed_year(words: Words, i: int) -> tuple[int, int] | None:
    if words.word(i) in {"-", "/"} and words.joined(i - 1) and words.joined(i):
        year = full_year(words, i + 1)
        return None if year is None else (year, i + 2)
    return None


def _year_of_list(words: Words, j: int) -> int | None:
    """The year that "March and April 2012" gives to March."""
    for _ in range(3):
        if words.word(j) not in {"and", "or", ","}:
            return None
        following = month_at(words, j + 1)
        if following is None:
            return None
        j = following[1]
        year = full_year(words, j + 1 if words.word(j) == "of" else j)
        if year is not None:
            return year
    return None


def day_first(words: Words, i: int) -> Found | None:
    """As in "12 January 2016", "the 4th of July", "twenty-third day of September"."""
    found = day_at(words, i)
    if found is None and words.kind(i) in {"number", "tens"}:
        found = _below_hundred(words, i)
        if found is None or full_year(words, found[1] + 1) is None:
            found = found if found and spelled_year(words, found[1] + 1) else None
    if found is None or not 1 <= found[0] <= 31 or words.word(i - 1) in {"$", "€", "£"}:
        return None
    day, j = found
    if words.word(j) == "day" and words.word(j + 1) == "of":
        j += 2
    elif words.word(j) == "of" or (words.word(j) in {"-", "/"} and words.joined(j)):
        j += 1
    if not words.near(j - 1) and not words.joined(j - 1):
        return None
    month = month_at(words, j)
    ordinary = words.kind(j) == "month_word" and not words.capital(j)
    if month is None or (ordinary and words.word(j - 1) != "of"):
        return None
    year = _dashed_year(words, month[1]) or year_at(words, month[1])
    if year is not None:
        return CalendarDate(year[0], month[0], day), year[1]
    return CalendarDate(None, month[0], day), month[1]


def numeric(words: Words, i: int, *, expected: bool = False) -> Found | None:
    """As in "2018-09-23", "01/22/2016", "23/Sep/2020"; "10/7" after "on" and the like."""
    text, start = words.text, words.starts[i]
    before = text[start - 1 : start]
    if before and (before.isalnum() or before in "$€£.,:/#"):
        return None
    if text[words.ends[i] : words.ends[i] + 1] not in _JOINTS:
        return None
    found = _YEAR_FIRST.match(text, start)
    if found:
        year, _, second, third = found.groups()
        month, day = _month_day(second, third)
        return _dated(words, int(year), month, day, found.end())
    found = _YEAR_LAST.match(text, start)
    if found:
        one, _, two, year, short_two, short_year, dot_two, dot_year = found.groups()
        month, day = _month_day(one, two or short_two or dot_two)
        number = _short_year(int(short_year)) if short_year else int(year or dot_year)
        return _dated(words, number, month, day, found.end())
    found = _NO_YEAR.match(text, start)
    if found and (expected or _NUMERIC_RANGE.match(text, start) or _expects_date(words, i)):
        month, day = _month_day(*found.groups())
        dated = _dated(words, None, month, day, found.end())
        if dated is not None and (month, day) != _ATTACKS:
            year_after = year_at(words, dated[1]) if words.word(dated[1]) == "," else None
            if year_after is not None:
                return CalendarDate(year_after[0], month, day), year_after[1]
            return dated
    found = _YEAR_MONTH.match(text, start)
    if found and 1 <= int(found[2]) <= 12 and int(found[2]) <= int(found[1][2:]):
        return _dated(words, int(found[1]), int(found[2]), None, found.end())
    return None


def _month_day(one: str, two: str) -> tuple[int, int]:
    """Month first, as in the US, unless it can only be the day."""
    for name, number in ((one, two), (two, one)):
        if name.isalpha():
            month = _month_name(name)
            return (month, int(number)) if month and number.isdigit() else (0, 0)
    return (int(two), int(one)) if int(one) > 12 else (int(one), int(two))


def _month_name(name: str) -> int:
    found = month_at(Words(name), 0)
    return 0 if found is None else found[0]


def _dated(words: Words, year: int | None, month: int, day: int | None, end: int) -> Found | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return CalendarDate(year, month, day), bisect_left(words.ends, end) + 1


def _expects_date(words: Words, i: int) -> bool:
    before = words.word(i - 1)
    return (
        before in beside("before_date")
        or words.kind(i - 1) in WEEKDAY_KINDS
        or (before == "," and words.kind(i - 2) in WEEKDAY_KINDS)
    )


def dated_weekday(words: Words, i: int, j: int) -> Found | None:
    """The date after the weekday at i: "Tuesday, Jan. 15", "Monday 21", "Fri 7/6"."""
    at = j + 1 if words.word(j) in {",", "-", "the"} else j
    if not (words.near(j - 1) or words.joined(j - 1)):
        return None
    dated = None
    if words.kind(at) in MONTH_KINDS:
        dated = month_first(words, at)
    elif words.kind(at) in {NUMBER, "ordinal", "tens"}:
        dated = numeric(words, at, expected=True) or day_first(words, at)
        dated = dated or _day_alone(words, at)
    if dated is None or not isinstance(dated[0], CalendarDate) or dated[0].day is None:
        return None
    return replace(dated[0], weekday=words.number(i)), dated[1]


def _day_alone(words: Words, i: int) -> Found | None:
    """The day after a weekday: "Monday 21", "Wednesday the thirty-first"."""
    day = day_at(words, i)
    if day is None:
        return None
    if not is_ordinal(words, i, day[1]):
        after = words.word(day[1])
        if after.isalpha() or after in DASHES or after in {":", "/"}:
            return None
    elif words.kind(day[1]) in {"unit", "daypart"} or words.word(i - 1) == ",":
        return None
    return CalendarDate(day=day[0]), day[1]


def holiday(words: Words, i: int, *, guided: bool = False) -> Found | None:
    """A day with a name, and the year after it; ``guided``: "last" or the like before it."""
    for rest, rule, careful in holidays().get(words.word(i), ()):
        end = i + 1 + len(rest)
        if tuple(words.lower[i + 1 : end]) != rest:
            continue
        if words.word(end) == "weekend":
            year = year_at(words, end + 1)
            named = Holiday(rule, None if year is None else year[0])
            return WeekendOf(named), end + 1 if year is None else year[1]
        year = year_at(words, end)
        if year is None and careful and not guided and not _named_as_time(words, i, end):
            return None
        return (Holiday(rule), end) if year is None else (Holiday(rule, year[0]), year[1])
    return None


def _named_as_time(words: Words, i: int, end: int) -> bool:
    if words.word(i - 1) not in beside("before_holiday"):
        return False
    following = words.word(end)
    # "at Christmas parties": a noun follows; "by Christmas the firm": something else does.
    noun = words.near(end - 1) and following.isalpha() and len(following) > 3
    return not noun or words.kind(end) != ""
