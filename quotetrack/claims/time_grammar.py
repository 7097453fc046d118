"""Read the longest time that begins at a word: dispatch by the word, then what may follow."""

from __future__ import annotations

from dataclasses import replace

from quotetrack.claims.time_compounds import (
    DateInYear,
    DayInMonth,
    InYear,
    Nth,
    NthWeekday,
    Range,
    SamePeriod,
    WeekendOf,
    WeekNumber,
    WeekOf,
)
from quotetrack.claims.time_dates import (
    DASHES,
    MONTH_KINDS,
    WEEKDAY_KINDS,
    Found,
    century,
    dated_weekday,
    day_at,
    day_first,
    decades,
    full_year,
    holiday,
    is_ordinal,
    month_first,
    numeric,
    year_at,
    year_range,
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
from quotetrack.claims.time_relative import (
    count_at,
    counted_relative,
    deictic,
    relative,
    season_of_year,
)
from quotetrack.claims.time_words import HOLIDAY, NUMBER, Words
from quotetrack.claims.time_years import lone_year, named_year, prepositional_year

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
_DEEPEST = 4
"""Times inside times: "the first week of the second month of next year"."""


def read(words: Words, i: int) -> Found | None:
    """The longest time that begins at word i, and the index after it."""
    if words.kind(i) == "now":
        return _ranged(words, i, (Unit("day", 0), i + 1))
    found = simple(words, i)
    if found is None:
        return _days_before_month(words, i)
    return _ranged(words, i, found) or _days_before_month(words, i) or found


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
        return _month(words, i)
    if kind in WEEKDAY_KINDS:
        return _weekday(words, i)
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
            return _season(words, i)
        case "overnight":
            return (Overnight(), i + 1) if words.word(i + 1) != "-" else None
        case "fiscal":
            return named_year(words, i)
        case "q":
            return _quarter_code(words, i)
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
        case "number" | "vague" | "article":
            return (
                prepositional_year(words, i)
                or day_first(words, i)
                or distance(words, i, simple)
                or counted_relative(words, i)
            )
    return None


def _digits(words: Words, i: int) -> Found | None:
    if len(words.lower[i]) > 4:
        return None
    found = numeric(words, i) or year_range(words, i) or day_first(words, i)
    found = found or century(words, i) or decades(words, i) or _ordinal(words, i)
    if found is not None:
        return found
    year = full_year(words, i)
    coded = None if year is None else _part_after_year(words, i + 1, year)
    found = coded or lone_year(words, i)
    if found is not None:
        return found
    return distance(words, i, simple) or counted_relative(words, i)


def _part_after_year(words: Words, i: int, year: int) -> Found | None:
    """As in "2017 q1", "2019-H2"."""
    code = _code(words, i + 1 if words.word(i) == "-" else i)
    return None if code is None else (Fixed(code[0].of(year)), code[1])


def _code(words: Words, i: int) -> tuple[PartOfYear, int] | None:
    if words.kind(i) != "q" or not words.joined(i) or words.kind(i + 1) != NUMBER:
        return None
    if not words.plain(i + 1) and words.text[words.ends[i + 1] :][:1].isalnum():
        return None
    months, number = words.number(i), words.lower[i + 1]
    if number not in {"1", "2", "3", "4"} or (months == 6 and number > "2"):
        return None
    return PartOfYear(months * (int(number) - 1) + 1, months, "quarter"), i + 2


def _quarter_code(words: Words, i: int) -> Found | None:
    """As in "Q3", "q3 2019"; "H1" only with its year."""
    code = _code(words, i)
    if code is None:
        return None
    year = year_at(words, code[1])
    if year is not None and words.near(code[1] - 1):
        return Fixed(code[0].of(year[0])), year[1]
    return code if words.word(i) == "q" and words.capital(i) else None


def _month(words: Words, i: int) -> Found | None:
    found = month_first(words, i)
    if found is None:
        return None
    expression, end = found
    assert isinstance(expression, CalendarDate)
    if expression.day is not None or expression.year is not None:
        careful = words.kind(i) == "month_word" and not words.capital(i)
        if careful and expression.year is None and not is_ordinal(words, i + 1, end):
            return None
        return found
    return found if _bare_month(words, i, end) else None


def _bare_month(words: Words, i: int, end: int) -> bool:
    """Whether a month without day and year is one, not a name, a verb or a part of a word."""
    kind, before, after = words.kind(i), words.word(i - 1), words.word(end)
    if not words.capital(i):
        ends = not (after.isalpha() and words.near(end - 1)) or len(after) < 4
        return kind == "month" or (ends and before in {"in", "mid", "early", "late"})
    if words.joined(i - 1) and (before.isalnum() or before in {"_", "/", "@", "#"}):
        return False
    close = words.near(i - 1)
    ranged = _to_month(words, end)
    name = (
        close and not ranged and words.capital(i - 1) and before.isalpha() and not words.kind(i - 1)
    )
    if name and before not in _BEFORE_MONTH:
        # "Theresa May", "Women's March"; but "In March".
        return False
    guided = (before in _BEFORE_MONTH and close) or ranged
    if kind == "month_short":
        return guided or end == i + 2
    named = words.capital(end) and after.isalpha() and words.near(end - 1)
    if kind == "month_word":
        joined_months = before in {"and", "or", "to"} and words.kind(i - 2) in MONTH_KINDS
        verb = not named and after in _AFTER_NAME
        return (guided or joined_months) and not verb and not (named and before in {"by", "to"})
    return not named or bool(words.kind(end)) or (guided and before not in _BEFORE_NAME)


_BEFORE_MONTH = frozenset(
    (
        *("in", "of", "since", "by", "from", "until", "till", "through", "before", "after"),
        *("during", "last", "next", "this", "early", "mid", "late", "to", "between", "on"),
        *("and", "the", "a", "an"),
    )
)


def _to_month(words: Words, j: int) -> bool:
    """Whether a range goes on to another month: "Jan-Feb 2017", "May to July"."""
    link = words.word(j)
    linked = link in {"to", "through"} or (link in DASHES and words.joined(j))
    return linked and words.kind(j + 1) in MONTH_KINDS


_BEFORE_NAME = frozenset(("and", "by", "of", "to", "from", "the", "a", "an", "on", "between"))
_AFTER_NAME = frozenset(("said", "says", "has", "will", "would", "on", "for", "told"))


def _weekday(words: Words, i: int) -> Found | None:
    weekday = words.number(i)
    short = words.kind(i) == "weekday_short"
    if words.joined(i - 1) and (words.word(i - 1).isalnum() or words.word(i - 1) in {"@", "#"}):
        return None
    j = i + 1
    if short and words.word(j) == "." and words.joined(i):
        j += 1
    dated = dated_weekday(words, i, j)
    if dated is not None:
        return dated
    if not words.capital(i):
        return (CalendarDate(weekday=weekday), j) if not short else None
    guided = words.word(i - 1) in {"on", "by", "until", "since", "next", "last", "this", "from"}
    if short and words.word(i) in {"mon", "sat", "sun", "wed"} and not guided:
        return None
    before = words.word(i - 1)
    if words.capital(i - 1) and before in {"black", "super", "casual", "bloody", "good", "easter"}:
        return None
    return CalendarDate(weekday=weekday), j


def _season(words: Words, i: int) -> Found | None:
    """As in "spring 2016", "the summer of '68", "in the fall"."""
    part = season_of_year(words.number(i))
    year = year_at(words, i + 1)
    if year is not None and words.near(i):
        return Fixed(part.of(year[0])), year[1]
    before = words.word(i - 2) if words.word(i - 1) == "the" else words.word(i - 1)
    if before not in _BEFORE_SEASON or words.word(i + 1) == "of":
        return None
    after = words.word(i + 1)
    if words.near(i) and after.isalpha() and not words.kind(i + 1):
        # "In summer camps" there is none, in "since winter began" there is.
        loose = words.word(i - 1) in {"the", "since"} and after[-1] != "s"
        return (part, i + 1) if loose else None
    return part, i + 1


_BEFORE_SEASON = frozenset(
    ("in", "since", "by", "until", "during", "over", "through", "early", "late", "mid")
)


def _ordinal(words: Words, i: int) -> Found | None:
    """As in "the third quarter", "first week of 2015", "first Monday in May", "19th century"."""
    found = century(words, i)
    if found is not None:
        return found
    day = day_at(words, i)
    if day is None or not is_ordinal(words, i, day[1]):
        return None
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
    if words.word(end) not in {"of", "this", "last", "next", "in", "the"}:
        return found
    whole = _whole(words, end)
    if whole is None or not isinstance(whole[0], Unit):
        return found
    unit = whole[0].unit
    if isinstance(expression, CalendarDate):
        if unit == "year" and expression.month is not None:
            return DateInYear(expression, whole[0]), whole[1]
        if unit == "week" and expression.weekday is not None and expression.day is None:
            return NthWeekday(1, expression.weekday, whole[0]), whole[1]
    elif unit == "year" and isinstance(expression, PartOfYear):
        return InYear(expression, whole[0]), whole[1]
    elif unit == "year" and isinstance(expression, Holiday):
        word = {-1: "last", 0: "this", 1: "next"}[whole[0].count]
        return replace(expression, word=word), whole[1]
    return found


def _ranged(words: Words, i: int, found: Found) -> Found | None:
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
            return None
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
    end = end or (simple(words, k) if words.kind(k) in STARTERS else None)
    if isinstance(start, CalendarDate) and start.month is not None and start.day is not None:
        end = end if end is not None and _dated(end[0]) else _last_day(words, k)
    if end is None or isinstance(end[0], Range):
        return None
    if dash and not (_dated(start) and _dated(end[0])):
        return None
    return Range(start, end[0]), end[1]


def _dated(expression: Expression) -> bool:
    return isinstance(expression, CalendarDate | Fixed | PartOfYear | Unit | Part | Nth)


def _last_day(words: Words, k: int) -> Found | None:
    """The bare day that ends a range, and its year: "Oct. 7 to 11, 2016"."""
    day = day_at(words, k)
    if day is None:
        return None
    after = words.word(day[1])
    if words.kind(day[1]) == "unit" or after in {"percent", "people", "million", "billion", ":"}:
        return None
    year = year_at(words, day[1])
    if year is not None:
        return CalendarDate(year[0], None, day[0]), year[1]
    return CalendarDate(day=day[0]), day[1]


def _days_before_month(words: Words, i: int) -> Found | None:
    """As in "3 to 12 of September", "26-28 June 2015", "the ninth till the 17th of April"."""
    if words.kind(i) not in {NUMBER, "ordinal", "tens"}:
        return None
    first = day_at(words, i)
    if first is None:
        return None
    j = first[1]
    if words.word(j) not in DASHES and words.kind(j) != "connector":
        return None
    k = j + 2 if words.word(j + 1) == "the" else j + 1
    last = day_first(words, k) if words.kind(k) in {NUMBER, "ordinal", "tens"} else None
    if last is None or (words.kind(i) == NUMBER and not _plain_day(words, i)):
        return None
    return Range(CalendarDate(day=first[0]), last[0]), last[1]


def _plain_day(words: Words, i: int) -> bool:
    before = words.text[words.starts[i] - 1 : words.starts[i]]
    return not before or not (before.isalnum() or before in "$€£.,:/#-")
