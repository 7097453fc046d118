"""Read the longest time that begins at a word: dispatch by the word, then what may follow."""

from __future__ import annotations

from dataclasses import replace

from quotetrack.claims.time_compounds import (
    Anaphor,
    DateInYear,
    DayInMonth,
    InYear,
    Nth,
    NthWeekday,
    SamePeriod,
    WeekendOf,
    WeekNumber,
    WeekOf,
)
from quotetrack.claims.time_dates import (
    MONTH_KINDS,
    WEEKDAY_KINDS,
    Found,
    day_at,
    day_first,
    full_year,
    holiday,
    is_ordinal,
    numeric,
    year_at,
)
from quotetrack.claims.time_distance import distance, from_amount
from quotetrack.claims.time_expressions import (
    CalendarDate,
    Expression,
    Fixed,
    Holiday,
    Overnight,
    Part,
    PartOfYear,
    Unit,
    Weekend,
)
from quotetrack.claims.time_names import month, part_after_year, quarter_code, season, weekday
from quotetrack.claims.time_ranges import days_before_month, ranged
from quotetrack.claims.time_relative import (
    count_at,
    counted_relative,
    deictic,
    relative,
)
from quotetrack.claims.time_words import HOLIDAY, NUMBER, Words
from quotetrack.claims.time_years import (
    century,
    decades,
    lone_year,
    named_year,
    prepositional_year,
    year_range,
)

STARTERS = frozenset(
    (
        NUMBER,
        HOLIDAY,
        *MONTH_KINDS,
        *WEEKDAY_KINDS,
        *("season", "unit", "number", "tens", "ordinal", "vague", "article", "decades"),
        *("deictic", "now", "overnight", "relative", "part", "comparative", "fiscal", "q"),
    )
)
_LEADING = frozenset(("article", "relative"))
"""Kinds that are nothing without a word of time behind them: "a week", "this Friday"."""
_YEAR_DIGITS, _DAY_DIGITS = 4, 2
_DEEPEST = 4
"""Times inside times: "the first week of the second month of next year"."""


def read(words: Words, i: int) -> Found | None:
    """The longest time that begins at word i, and the index after it."""
    kind = words.kind(i)
    if kind in _LEADING and not words.kind(i + 1):
        return None
    if kind == "now":
        return ranged(words, i, (Unit("day", 0), i + 1), simple)
    found = simple(words, i)
    if found is None:
        return days_before_month(words, i)
    return ranged(words, i, found, simple) or days_before_month(words, i) or found


def simple(words: Words, i: int) -> Found | None:
    """A time that is no range."""
    if words.depth == _DEEPEST:
        return None
    words.depth += 1
    found = _start(words, i)
    found = None if found is None else _within(words, *found)
    words.depth -= 1
    return found


def _start(words: Words, i: int) -> Found | None:
    kind = words.kind(i)
    named = holiday(words, i)
    if named is not None:
        return _holiday_weekend(words, named)
    if kind in MONTH_KINDS:
        return month(words, i)
    if kind in WEEKDAY_KINDS:
        return weekday(words, i)
    match kind:
        case "digits":
            return _digits(words, i)
        case "deictic":
            return deictic(words, i)
        case "relative":
            return _last_of(words, i) or _same_period(words, i) or relative(words, i)
        case "part" | "comparative":
            return _part(words, i)
        case "ordinal":
            return _ordinal(words, i)
        case "season":
            return season(words, i)
        case "overnight":
            return (Overnight(), i + 1) if words.word(i + 1) != "-" else None
        case "fiscal":
            return named_year(words, i)
        case "q":
            return quarter_code(words, i)
        case "unit":
            return _unit(words, i)
        case "decades":
            return decades(words, i)
        case "tens":
            return (
                prepositional_year(words, i)
                or day_first(words, i)
                or _ordinal(words, i)
                or distance(words, i, simple)
            )
        case "vague" | "article":
            return distance(words, i, simple) or counted_relative(words, i)
        case "number":
            return (
                prepositional_year(words, i)
                or day_first(words, i)
                or distance(words, i, simple)
                or counted_relative(words, i)
            )
    return None


def _digits(words: Words, i: int) -> Found | None:
    many = len(words.lower[i])
    if many > _YEAR_DIGITS:
        return None
    found = None
    if many == _YEAR_DIGITS:
        found = numeric(words, i) or year_range(words, i) or decades(words, i) or _year(words, i)
    elif many <= _DAY_DIGITS:
        found = numeric(words, i) or day_first(words, i) or decades(words, i) or _ordinal(words, i)
        found = found or lone_year(words, i)
    if found is not None or words.kind(i + 1) not in {"unit", "relative"}:
        return found
    return distance(words, i, simple) or counted_relative(words, i)


def _year(words: Words, i: int) -> Found | None:
    year = full_year(words, i)
    coded = None if year is None else part_after_year(words, i + 1, year)
    return coded or lone_year(words, i)


def _ordinal(words: Words, i: int) -> Found | None:
    """As in "the third quarter", "first week of 2015", "first Monday in May", "19th century"."""
    day = day_at(words, i)
    if day is None or not is_ordinal(words, i, day[1]):
        return None
    found = century(words, i)
    if found is not None:
        return found
    number, j = day
    at = j + 1 if words.word(j) == "-" else j
    if words.kind(at) == "unit":
        unit = words.value(at)
        if unit in {"quarter", "half"}:
            return _quarter(words, at, number, unit)
        return _of_whole(words, at + 1, number, unit)
    if words.kind(at) in WEEKDAY_KINDS:
        return _weekday_of(words, at, number)
    count = count_at(words, at)
    if number == 1 and count is not None and words.kind(count[2]) == "unit":
        return _first_units(words, count[2], 1, count[1])
    return day_first(words, i) or _the_day(words, i, day)


def _the_day(words: Words, i: int, day: tuple[int, int]) -> Found | None:
    """As in "on the 4th", "the 15th of next month"."""
    whole = _whole(words, day[1])
    if whole is not None and isinstance(whole[0], Unit) and whole[0].unit == "month":
        return DayInMonth(day[0], whole[0]), whole[1]
    guided = words.word(i - 1) == "the" and words.word(i - 2) in {
        "on",
        "of",
        "until",
        "by",
        "since",
    }
    after = words.word(day[1])
    if guided and words.kind(i) == NUMBER and not (after.isalpha() and words.near(day[1] - 1)):
        return CalendarDate(day=day[0]), day[1]
    return None


def _quarter(words: Words, at: int, number: int, unit: str) -> Found | None:
    months = 3 if unit == "quarter" else 6
    if number > 12 // months:
        return None
    part = PartOfYear(months * (number - 1) + 1, months, "quarter")
    year = year_at(words, at + 1)
    if year is not None:
        return Fixed(part.of(year[0])), year[1]
    whole = _whole(words, at + 1) or _fiscal_whole(words, at + 1)
    if whole is not None and whole[0].granularity == "year":
        return InYear(part, whole[0]), whole[1]
    if unit == "half" or (words.word(at + 1) == "of" and words.word(at + 2) in {"a", "the"}):
        return None
    return (part, at + 1) if words.word(at)[-1] != "s" else None


def _fiscal_whole(words: Words, i: int) -> Found | None:
    j = i + 1 if words.word(i) in {"of", "in"} else i
    return named_year(words, j) if words.kind(j) == "fiscal" else None


def _whole(words: Words, i: int) -> Found | None:
    """The time after "of": "of the year", "of last month", "in May 2015"; or without "of"."""
    of = words.word(i) in {"of", "in"}
    j = i + 1 if of else i
    if not words.near(j - 1):
        return None
    if of and words.word(j) == "the" and words.kind(j + 1) == "unit":
        unit = words.value(j + 1)
        if unit in {"week", "month", "year", "quarter", "decade", "century", "weekend", "day"}:
            return Unit(unit, 0), j + 2
        return None
    if words.word(j) == "the" and of:
        j += 1
    if words.kind(j) == "relative":
        return relative(words, j)
    if not of:
        return None
    if words.word(j) == "year" and words.word(j - 1) in {"of", "the"}:
        return named_year(words, j) or (Unit("year", 0), j + 1)
    return simple(words, j)


def _of_whole(words: Words, j: int, number: int, unit: str) -> Found | None:
    whole = _whole(words, j) if words.word(j) in {"of", "in"} else None
    if whole is None or unit in {"century", "weekend"}:
        return None
    return Nth(number, unit, whole[0]), whole[1]


def _weekday_of(words: Words, at: int, number: int) -> Found | None:
    j = at + 1
    if words.kind(j) == "daypart":
        j += 1
    whole = _whole(words, j) if words.word(j) in {"of", "in"} else None
    if whole is None:
        return None
    return NthWeekday(number, words.number(at), whole[0]), whole[1]


def _first_units(words: Words, at: int, number: int, count: int) -> Found | None:
    whole = _whole(words, at + 1) if words.word(at + 1) in {"of", "in"} else None
    if whole is None or words.value(at) in {"half", "weekend"}:
        return None
    return Nth(number, words.value(at), whole[0], count), whole[1]


def _last_of(words: Words, i: int) -> Found | None:
    """As in "the last week of July", "the last Friday in May", "the last three months of 2015"."""
    if words.word(i) not in {"last", "final"}:
        return None
    j = i + 1
    if words.kind(j) in WEEKDAY_KINDS:
        return _weekday_of(words, j, -1)
    if words.kind(j) == "unit":
        return _of_whole(words, j + 1, -1, words.value(j))
    count = count_at(words, j)
    if count is not None and words.kind(count[2]) == "unit":
        return _first_units(words, count[2], -1, count[1])
    return None


def _same_period(words: Words, i: int) -> Found | None:
    """As in "the same period of 2021", "the same month last year"."""
    j = i + 1
    if words.word(i) != "same" or not (words.kind(j) == "period" or words.kind(j) == "unit"):
        return None
    if words.word(j + 1) in {"a", "the", "one"}:
        return None
    whole = _whole(words, j + 1)
    if whole is None or whole[0].granularity != "year":
        return None
    return SamePeriod(whole[0]), whole[1]


def _part(words: Words, i: int) -> Found | None:
    """As in "early 2016", "mid-March", "the end of last year", "later this week"."""
    which = words.value(i)
    j = i + 1
    if words.word(j) in {"part", "half"} and words.word(j + 1) == "of":
        j += 1
    if which in {"start", "middle"} or words.word(i) in {"end", "rest", "remainder"}:
        if words.word(j) != "of":
            return None
    elif words.word(j) == "-" and words.joined(i):
        found = simple(words, j + 1)
        return None if found is None else (Part(which, found[0]), found[1])
    if words.word(j) in {"of", "in", "on"}:
        in_whole = _whole(words, j)
        if in_whole is not None:
            return Part(which, in_whole[0]), in_whole[1]
        j += 1
    if words.word(j) == "the":
        j += 1
    if not words.near(j - 1):
        return None
    if words.word(i) == "end" and words.word(j) == "year":
        return Part(which, Unit("year", 0)), j + 1
    found = simple(words, j)
    return None if found is None else (Part(which, found[0]), found[1])


def _unit(words: Words, i: int) -> Found | None:
    """As in "year 2008", "week of March 5", "week 31", "the weekend", "the day after Easter"."""
    word, after = words.word(i), words.word(i + 1)
    if word == "year":
        found = named_year(words, i)
        if found is not None:
            return found
    if word == "weekend" and words.word(i - 1) == "the" and after != "of":
        return Weekend(), i + 1
    if word == "week":
        if after in {"of", "beginning", "commencing", "starting", "ending"}:
            j = i + 2 + (words.word(i + 2) == "the") + (words.word(i + 2) == "on")
            day = simple(words, j)
            if day is not None and day[0].granularity == "day":
                return WeekOf(day[0], after not in {"of", "ending"}), day[1]
        if words.kind(i + 1) == NUMBER and len(after) <= 2 and 1 <= int(after) <= 53:
            whole = _whole(words, i + 2) if words.word(i + 2) == "of" else None
            if whole is not None and whole[0].granularity == "year":
                return WeekNumber(int(after), whole[0]), whole[1]
            return (WeekNumber(int(after)), i + 2) if words.plain(i + 1) else None
    return from_amount(words, i, i + 1, ((1, 1, words.value(i)),), simple)


def _holiday_weekend(words: Words, found: Found) -> Found:
    if words.word(found[1]) == "weekend":
        return WeekendOf(found[0]), found[1] + 1
    return found


def _within(words: Words, expression: Expression, end: int) -> Found:
    """What narrows a date from behind: "May of last year", "Friday of next week"."""
    found = expression, end
    open_date = isinstance(expression, CalendarDate) and expression.year is None
    if isinstance(expression, Unit) and expression.unit == "week":
        if words.kind(end) in WEEKDAY_KINDS and words.near(end - 1):
            return NthWeekday(1, words.number(end), expression), end + 1
        return found
    if isinstance(expression, Unit) and words.word(end) == "'" and words.word(end + 1) == "s":
        ordinal = _ordinal(words, end + 2) if words.kind(end + 2) == "ordinal" else None
        if ordinal is not None and isinstance(ordinal[0], PartOfYear):
            return InYear(ordinal[0], expression), ordinal[1]
    if not open_date and not isinstance(expression, PartOfYear | Holiday):
        return found
    if words.word(end) not in {"of", "this", "that", "last", "next", "in", "the"}:
        return found
    whole = _whole(words, end)
    if whole is None or not isinstance(whole[0], Unit | Anaphor):
        return found
    unit = whole[0].unit
    if isinstance(expression, CalendarDate):
        if unit == "year" and expression.month is not None:
            return DateInYear(expression, whole[0]), whole[1]
        if unit == "week" and expression.weekday is not None and expression.day is None:
            return NthWeekday(1, expression.weekday, whole[0]), whole[1]
    elif unit == "year" and isinstance(expression, PartOfYear):
        return InYear(expression, whole[0]), whole[1]
    elif unit == "year" and isinstance(expression, Holiday) and isinstance(whole[0], Unit):
        word = {-1: "last", 0: "this", 1: "next"}[whole[0].count]
        return replace(expression, word=word), whole[1]
    return found
