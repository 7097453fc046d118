"""Years, decades and centuries; bare years are told from figures: "in 2014", "2014 votes"."""

from __future__ import annotations

from functools import cache

from quotetrack import data
from quotetrack.claims import time_calendar as calendar
from quotetrack.claims.time_compounds import Range
from quotetrack.claims.time_dates import (
    DASHES,
    MONTH_KINDS,
    Found,
    day_at,
    full_year,
    is_ordinal,
    spelled_year,
)
from quotetrack.claims.time_expressions import Fixed
from quotetrack.claims.time_words import NUMBER, Words, beside

_QUOTES = frozenset('"“”')
MODERN = range(1900, 2101)
"""Years that need no preposition before them."""
_SHORT_RANGE = 40
"""Years that "1914-18" can span at most."""


@cache
def _guards() -> dict[str, str]:
    lines = data.lines("time_year_guards.txt")
    return {word: what for line in lines for word, what in [line.split()]}


def of_year(year: int) -> Fixed:
    return Fixed(calendar.of_months(year, 1, 12, "year"))


def lone_year(words: Words, i: int) -> Found | None:
    """A year of four digits, or of two after an apostrophe."""
    year = full_year(words, i)
    if year is None:
        return _short(words, i)
    before, after = _before(words, i), words.word(i + 1)
    if words.word(i - 1) in _QUOTES and after in _QUOTES and words.joined(i):
        return None  # A title.
    if before == "preposition" and words.word(i - 1) in {"around", "about"} and year % 100 == 0:
        return None
    if before == "name" and words.near(i) and words.capital(i + 1) and after.isalpha():
        before = ""  # A headline: "Declared 2016 Candidates".
    if before in {"hedge", "label"} or _is_counted(words, i, before):
        return None
    if words.joined(i - 1) and words.word(i - 1) in DASHES and words.kind(i - 2) == NUMBER:
        return None
    if after in DASHES and words.joined(i) and words.joined(i + 1):
        # "1500-metre", "2015-86"
        return None
    if year in MODERN:
        if before == "name" and not _closes(words, i + 1):
            return None
        return of_year(year), i + 1
    named = words.word(i - 1) == "of" and words.capital(i - 2)
    listed = words.word(i - 1) in {"and", "or"} and full_year(words, i - 2) is not None
    if year > 1500 and (named or listed or _in_brackets(words, i)):
        return (of_year(year), i + 1) if _closes(words, i + 1) else None
    if before == "preposition" and year >= 1400:
        if words.word(i - 1) in {"to", "about", "around", "from", "by", "between"}:
            return (of_year(year), i + 1) if _closes(words, i + 1) and year > 1500 else None
        return of_year(year), i + 1
    return None


def _in_brackets(words: Words, i: int) -> bool:
    """As in "(1704 – 1787)"."""
    return (words.word(i - 1) == "(" and words.word(i + 1) in {")", *DASHES}) or (
        words.word(i + 1) == ")" and words.word(i - 1) in DASHES
    )


def _before(words: Words, i: int) -> str:
    """What the word before tells: a kind of guard, "name" for a capitalised word."""
    if i == 0 or not (words.near(i - 1) or words.joined(i - 1)):
        return ""
    word = words.word(i - 1)
    if word == "." and words.word(i - 2) in {"no", "nos"}:
        return "label"
    told = _guards().get(word, "")
    if told in {"preposition", "determiner", "hedge", "label"}:
        return told
    if words.capital(i - 1) and words.kind(i - 1) not in MONTH_KINDS:
        return "name"
    return ""


def _is_counted(words: Words, i: int, before: str) -> bool:
    """Whether a noun that the number counts follows it."""
    after = words.word(i + 1)
    if not words.near(i) or words.capital(i + 1):
        return False
    if _guards().get(after) == "yearly":
        return False
    if _guards().get(after) == "unit":
        return words.word(i - 1) not in {"in", "since", "during"}
    plural = len(after) > 3 and after.isalpha() and after[-1] == "s" and after[-2] not in "sui"
    # "of 2014 votes", "by 2014 votes", but "the 2014 elections", "in 2014 voters".
    sure = before == "determiner" or words.word(i - 1) in {"in", "since", "during", "late", "early"}
    return plural and not sure and words.kind(i + 1) == ""


def _closes(words: Words, i: int) -> bool:
    """Whether the phrase ends here: no word follows, or one that begins another phrase."""
    after = words.word(i)
    return not after.isalpha() or not words.near(i - 1) or len(after) < 4


def _short(words: Words, i: int) -> Found | None:
    """Two digits after an apostrophe: "since '19", "the class of '68"."""
    if words.kind(i) != NUMBER or len(words.lower[i]) != 2:
        return None
    if words.word(i - 1) != "'" or not words.joined(i - 1) or words.joined(i - 2):
        return None
    if words.joined(i) and (words.word(i + 1).isalnum() or words.word(i + 1) in DASHES | {"%"}):
        return None
    if _guards().get(words.word(i - 2)) != "preposition" and words.word(i - 2) != "of":
        return None
    number = int(words.lower[i])
    return of_year(number + (1900 if number >= 69 else 2000)), i + 1


def prepositional_year(words: Words, i: int) -> Found | None:
    """As in "since nineteen eighty-six", "in two thousand and nine"."""
    if _guards().get(words.word(i - 1)) != "preposition":
        return None
    spelled = spelled_year(words, i)
    if spelled is None or spelled[1] < i + 2 or spelled[0] == 2000:
        return None
    return (of_year(spelled[0]), spelled[1]) if _closes(words, spelled[1]) else None


def named_year(words: Words, i: int) -> Found | None:
    """As in "fiscal 2024", "FY2024", "calendar year 2008", "the year of 2008".

    A fiscal year is given as the calendar year that names it: its own first day differs
    from one company and country to the next.
    """
    j = i
    if words.kind(j) == "fiscal":
        j += 1
        j += words.word(j) == "-"
    if words.word(j) in {"year", "years"}:
        j += 1
        j += words.word(j) == "of"
    elif words.word(i) == "calendar":
        return None
    if j == i:
        return None
    if words.kind(j) == NUMBER and len(words.lower[j]) == 4:
        year = int(words.lower[j])
        if 1900 <= year < 2200:
            return of_year(year), j + 1
    if words.word(i) == "fy" and words.kind(j) == NUMBER and len(words.lower[j]) == 2:
        return of_year(2000 + int(words.lower[j])), j + 1
    spelled = spelled_year(words, j)
    return None if spelled is None else (of_year(spelled[0]), spelled[1])


def decades(words: Words, i: int) -> Found | None:
    """As in "1990s", "'90s", "the 80s", "nineties"."""
    digits = words.lower[i]
    j = i + 1
    if words.word(j) == "'" and words.joined(i) and words.joined(j):
        j += 1
    named = words.kind(i) == "decades"
    if not named and words.word(j) != "s":
        return None
    before = words.word(i - 2) if words.word(i - 1) in DASHES else words.word(i - 1)
    if {words.word(i - 2), words.word(i - 3)} & beside("owner") and len(digits) < 4:
        return None  # An age: "in my early 20s".
    if named:
        if before in beside("before_decade"):
            return Fixed(_decade(words.number(i))), i + 1
        return None
    apart = len(digits) == 4 and words.near(j - 1)
    if not (words.joined(j - 1) or apart) or digits[-1] != "0":
        return None
    if len(digits) == 4:
        return (Fixed(_decade(int(digits))), j + 1) if 1000 <= int(digits) < 2200 else None
    short = len(digits) == 2 and digits >= "20"
    if short and (before in beside("before_decade") or words.word(i - 1) == "'"):
        return Fixed(_decade(1900 + int(digits))), j + 1
    return None


def _decade(year: int) -> calendar.Period:
    """The 1980s; the 1800s are a century, the 2000s a decade."""
    count = 1200 if year % 100 == 0 and year < 2000 else 120
    return calendar.of_months(year, 1, count, "decade")


def century(words: Words, i: int) -> Found | None:
    """As in "the 19th century", "twentieth-century"."""
    found = day_at(words, i)
    if found is None or not is_ordinal(words, i, found[1]):
        return None
    j = found[1] + 1 if words.word(found[1]) == "-" else found[1]
    if words.word(j) != "century" or found[0] > 22:
        return None
    return Fixed(calendar.of_century(found[0])), j + 1


def year_range(words: Words, i: int) -> Found | None:
    """As in "1999-2003", "2014–16", "2014/15"."""
    if words.kind(i) != NUMBER or len(words.lower[i]) != 4 or not words.joined(i):
        return None
    joint = words.word(i + 1)
    if (joint not in DASHES and joint != "/") or not words.joined(i + 1):
        return None
    first, second = int(words.lower[i]), words.word(i + 2)
    if words.kind(i + 2) != NUMBER or len(second) not in {2, 4} or not words.plain(i + 2):
        return None
    if words.joined(i + 2) and words.word(i + 3) in DASHES:
        return None
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if not 1500 <= first < last < 2200 or (len(second) == 2 and last > first + _SHORT_RANGE):
        return None
    start = words.text[words.starts[i] - 1 : words.starts[i]]
    if start and (start.isalnum() or start in "$€£.,#+-"):
        return None
    one, two = (calendar.of_months(y, 1, 12, "year") for y in (first, last))
    return Range(Fixed(one), Fixed(two)), i + 3
