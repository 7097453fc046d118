"""Months, weekdays, seasons and quarters by name: told from people, verbs and papers.

Each function reads at word i and gives the expression and the index after it, or None.
"""

from __future__ import annotations

from quotetrack.claims.time_dates import (
    DASHES,
    MONTH_KINDS,
    Found,
    dated_weekday,
    is_ordinal,
    month_first,
    year_at,
)
from quotetrack.claims.time_expressions import CalendarDate, Fixed, PartOfYear
from quotetrack.claims.time_relative import season_of_year
from quotetrack.claims.time_words import NUMBER, Words, beside


def month(words: Words, i: int) -> Found | None:
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
    if name and before not in beside("before_month"):
        # "Theresa May", "Women's March"; but "In March".
        return False
    part = before == "-" and words.word(i - 2) in {"mid", "early", "late"}
    guided = part or (before in beside("before_month") and close) or ranged
    if kind == "month_short":
        return guided or end == i + 2
    named = words.capital(end) and after.isalpha() and words.near(end - 1)
    if kind == "month_word":
        joined_months = before in {"and", "or", "to"} and words.kind(i - 2) in MONTH_KINDS
        verb = not named and after in beside("after_name")
        return (guided or joined_months) and not verb and not (named and before in {"by", "to"})
    return not named or bool(words.kind(end)) or (guided and before not in beside("before_name"))


def _to_month(words: Words, j: int) -> bool:
    """Whether a range goes on to another month: "Jan-Feb 2017", "May to July"."""
    link = words.word(j)
    linked = link in {"to", "through"} or (link in DASHES and words.joined(j))
    return linked and words.kind(j + 1) in MONTH_KINDS


def weekday(words: Words, i: int) -> Found | None:
    weekday = words.number(i)
    if words.word(i - 1) in beside("recurring"):
        return None
    if words.capital(i + 1) and words.word(i + 1) in beside("paper"):
        return None
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
    guided = words.word(i - 1) in beside("before_weekday")
    if short and words.word(i) in {"mon", "sat", "sun", "wed"} and not guided:
        return None
    before = words.word(i - 1)
    if words.capital(i - 1) and before in beside("event"):
        return None
    return CalendarDate(weekday=weekday), j


def season(words: Words, i: int) -> Found | None:
    """As in "spring 2016", "the summer of '68", "in the fall"."""
    part = season_of_year(words.number(i))
    year = year_at(words, i + 1)
    if year is not None and words.near(i):
        return Fixed(part.of(year[0])), year[1]
    before = words.word(i - 2) if words.word(i - 1) == "the" else words.word(i - 1)
    if before not in beside("before_season") or words.word(i + 1) == "of":
        return None
    after = words.word(i + 1)
    if words.near(i) and after.isalpha() and not words.kind(i + 1):
        # "In summer camps" there is none, in "since winter began" there is.
        loose = words.word(i - 1) in {"the", "since"} and after[-1] != "s"
        return (part, i + 1) if loose else None
    return part, i + 1


def quarter_code(words: Words, i: int) -> Found | None:
    """As in "Q3", "q3 2019"; "H1" only with its year."""
    code = _code(words, i)
    if code is None:
        return None
    year = year_at(words, code[1])
    if year is not None and words.near(code[1] - 1):
        return Fixed(code[0].of(year[0])), year[1]
    return code if words.word(i) == "q" and words.capital(i) else None


def part_after_year(words: Words, i: int, year: int) -> Found | None:
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
