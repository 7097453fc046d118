"""Amounts: a number with its sign, its currency or unit, and the smaller units after it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from quotetrack import data
from quotetrack.claims.number_words import Number, and_fraction, meaning, word_after
from quotetrack.claims.numbers import number_at
from quotetrack.claims.pounds import is_mass
from quotetrack.claims.units import (
    POUND_OF_MASS,
    Unit,
    may_end_sign,
    sign,
    sign_pattern,
    unit_after,
    unit_of_share,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_MINUS = re.compile(
    r"(?:(?<![\w.)\s–-])[-−]|(?<=[\s(])[-−–]|(?<!plus or )\b(?:minus|negative)\s+)$", re.IGNORECASE
)
_REACH = 18
"""Characters before a number in which its sign and its currency stand."""
_AROUND = 60
"""Characters around a number in which a word tells that it is a temperature."""
_LOSS_BEFORE = re.compile(
    r"(?:\b(?:is|was|were|of|to|at|loss|income|earnings|profit|flow|result|ebitda)|[:|\t])\s*\($",
    re.IGNORECASE,
)
_BELOW_ZERO = re.compile(r"\s+below\s+zero\b", re.IGNORECASE)
_FILLER = re.compile(
    r"(?:-plus|-odd|\s?\+|\s(?:more|or\s(?:more|so)|full|long|straight|whole|consecutive|extra"
    r"|additional|further|different))\s(?=[a-z])"
)
_QUARTER = re.compile(r"quarter(?=[\s-])", re.IGNORECASE)
_NEXT = re.compile(r",?\s+(?:and\s+)?")
_FEET_MARKS = re.compile(
    r"(\d)['’′]\s?(\d{1,2})(?:[\"”″]|(?=\s))|([4-7])-foot-(\d{1,2})(?!\w)"
    r"|([3-9])\s?ft\s?(\d{1,2})\s?in\b"
)
_FEW = re.compile(r"\b(?:several|few|many|some)\s+$", re.IGNORECASE)
_ELIDED_END = re.compile(r"[.,;:!?)]|\s+(?:more|extra)\b|\s*$")
_ARTICLE = re.compile(r"an?(?=[\s-])", re.IGNORECASE)
_TEN, _HUNDRED = 10, 100


class Amount(NamedTuple):
    """A number as it is written with what belongs to it."""

    start: int
    end: int
    value: Decimal
    """In the unit as written: cents for "50 cents"; the sign included."""
    unit: Unit | None
    number: Number
    currency: Unit | None = None
    """The sign or code that stands before the number."""


@cache
def _parts() -> Mapping[str, tuple[str, Decimal]]:
    """Unit -> the smaller unit it is divided into, and how many of it."""
    found = {}
    for line in data.lines("unit_parts.txt"):
        unit, part, many = line.split()
        found[unit] = (part, Decimal(many))
    return found


def amount_at(text: str, start: int, done: int) -> Amount | None:
    """The amount whose number, or article, begins at the offset; what ends at ``done`` is read."""
    marks = _feet_and_inches(text, start)
    if marks is not None:
        return marks
    begin, currency = currency_before(text, start, done)
    number = number_at(text, start, money=currency is not None)
    if number is None:
        return _one_of(text, start, done)
    after = unit_of(text, number)
    if currency is None and after is None:
        begin, currency = _name_before(text, start, done)
    if _is_vague(text, number):
        return None
    begin, negative = _sign_before(text, begin, done)
    unit, end, number = _unit(text, number, currency, after)
    amount = Amount(begin, end, number.value, unit, number, currency)
    if unit is not None:
        amount = _with_parts(text, amount)
        if unit.dimension in {"temperature", "angle"} and (below := _BELOW_ZERO.match(text, end)):
            amount, negative = amount._replace(end=below.end()), not negative
    amount = _accounted(text, amount)
    return amount._replace(value=-amount.value) if negative else amount


def currency_before(text: str, start: int, done: int) -> tuple[int, Unit | None]:
    """The sign or code right before a number, and where it begins."""
    last = start - text[start - 1 : start].isspace()
    if not may_end_sign(text, last):
        return start, None
    for match in sign_pattern().finditer(text, max(done, start - _REACH), start):
        gap = text[match.end() : start]
        if not gap.strip() and len(gap) <= 1:
            return match.start(), sign(match[0])
    return start, None


@cache
def _names_before() -> re.Pattern[str]:
    names = "|".join(data.lines("currency_words_before.txt"))
    return re.compile(rf"(?<!\bthe\s)(?<!\ba\s)\b({names})\s$", re.IGNORECASE)


def _name_before(text: str, start: int, done: int) -> tuple[int, Unit | None]:
    """ "rupees 500": the name of a currency right before a number without a unit."""
    match = _names_before().search(text, max(done, start - _REACH), start)
    if match is None or not text[start].isdigit():
        return start, None
    named = unit_after(f" {match[1]}", 0, digits=True)
    return (match.start(), named[0]) if named else (start, None)


def _sign_before(text: str, begin: int, done: int) -> tuple[int, bool]:
    """Where the amount begins with its minus, and whether it has one."""
    match = _MINUS.search(text, max(done, begin - _REACH), begin)
    if match is None:
        return begin, False
    dash = match[0].strip() in "-–−"
    joins = dash and done > 0 and done >= begin - 3  # a dash between two figures
    return (begin, False) if joins else (match.start(), True)


def unit_of(text: str, number: Number) -> tuple[Unit, int] | None:
    """The unit that follows a number, and where it ends."""
    start, end = number.start, number.end
    digits = text[end - 1].isnumeric() or text[start].isnumeric()
    after = unit_after(text, end, digits=digits)
    if after is None and (filler := _FILLER.match(text, end)):
        after = unit_after(text, filler.end() - 1, digits=False)  # "20-plus years"
    if after is None and number.sort == "words" and text[start:end].endswith("r"):
        share = unit_of_share(text, end)  # "two and a quarter of hours"
        after = share if share and share[0].dimension == "time" else None
    if after is not None and after[0].dimension == "temperature":
        bare = text[number.end : after[1]].strip(" -") in {"C", "F", "K"}
        return None if bare and not _is_temperature(text, number, after[1]) else after
    if after is not None and after[0].name == "GBP" and after[0].assumed:
        return (POUND_OF_MASS, after[1]) if is_mass(text, number, after[1]) else after
    return after


@cache
def _temperature_words() -> re.Pattern[str]:
    words = "|".join(data.lines("temperature_words.txt"))
    return re.compile(rf"[°º]|\b(?:{words})", re.IGNORECASE)


def _is_temperature(text: str, number: Number, end: int) -> bool:
    """Whether a bare "C" or "F" after a number is of degrees: words or a minus tell."""
    if text[end : end + 1] == "-":
        return False
    if "." in text[number.start : number.end] and text[number.end : end] == "C":
        return True
    begin = max(0, number.start - _AROUND)
    if _temperature_words().search(text, begin, end + _AROUND):
        return True
    return _MINUS.search(text, max(0, number.start - _REACH), number.start) is not None


def _unit(
    text: str, number: Number, currency: Unit | None, after: tuple[Unit, int] | None
) -> tuple[Unit | None, int, Number]:
    """The unit of a number, where it ends, and the number with a magnitude behind its unit."""
    end = number.end
    if currency is not None:
        if after is not None and after[0].name == currency.name and after[0].factor == 1:
            end = after[1]
        return currency, end, number
    if after is None:
        return None, end, number
    unit, end = after
    if unit.dimension == "money" and number.scale == 1 and text[end - 1].isupper():
        word, stop = word_after(text, end)  # "75 USD million"
        factor, sort = meaning(word)
        if sort == "big" and not word.endswith("s"):
            return unit, stop, number._replace(value=number.value * factor, scale=factor)
    return unit, end, number


def _is_vague(text: str, number: Number) -> bool:
    """ "several hundred": a magnitude of which nobody says how many."""
    if number.sort != "words" or number.value < _HUNDRED:
        return False
    first = meaning(text[number.start : number.end].split(maxsplit=1)[0].lower().partition("-")[0])
    vague = first[1] in {"hundred", "big", "dozen"}
    return vague and _FEW.search(text, max(0, number.start - 9), number.start) is not None


def _with_parts(text: str, amount: Amount) -> Amount:
    """ "5 feet 2 inches", "3 dollars and 4 cents", "2 years, 3 months": in the smallest unit."""
    while (longer := _with_part(text, amount)) is not None:
        amount = longer
    return amount


def _with_part(text: str, amount: Amount) -> Amount | None:
    unit = amount.unit
    if unit is None or unit.factor != 1:
        return None
    money = unit.dimension == "money"
    share = and_fraction(text, amount.end) if unit.dimension == "time" else None
    if share is not None and unit_after(text, share[1], digits=False) is None:
        return amount._replace(end=share[1], value=amount.value + share[0])
    if unit.name not in _parts() and not money:
        return None
    match = _NEXT.match(text, amount.end)
    number = number_at(text, match.end()) if match else None
    if number is None or number.sort == "fraction":
        return None
    after = unit_after(text, number.end, digits=text[number.start].isdigit())
    if after is None:
        return _with_elided_cents(text, amount, number) if money else None
    smaller, end = after
    if money:
        if smaller.dimension != "money" or smaller.factor >= 1:
            return None
        return amount._replace(end=end, value=amount.value + number.value * smaller.factor)
    steps = _steps(unit.name, smaller.name)
    if steps is None or smaller.factor != 1:
        return None
    return amount._replace(end=end, value=amount.value * steps + number.value, unit=smaller)


def _steps(unit: str, smaller: str) -> Decimal | None:
    """How many of the smaller unit the unit has; None: it is no part of it."""
    many = Decimal(1)
    while unit in _parts():
        unit, step = _parts()[unit]
        many *= step
        if unit == smaller:
            return many
    return None


def _with_elided_cents(text: str, amount: Amount, number: Number) -> Amount | None:
    """ "15 dollars 50", "thirteen dollars forty-five"."""
    if amount.currency is not None or not _TEN <= number.value < _HUNDRED:
        return None
    if number.value % 1 or not _ELIDED_END.match(text, number.end):
        return None
    return amount._replace(end=number.end, value=amount.value + number.value / _HUNDRED)


def _feet_and_inches(text: str, start: int) -> Amount | None:
    """5'10", 6-foot-2: in inches."""
    match = _FEET_MARKS.match(text, start)
    if match is None:
        return None
    feet, inches = (Decimal(part) for part in match.groups() if part)
    number = Number(start, match.end(), feet * 12 + inches, Decimal(1), "digits")
    return Amount(start, match.end(), number.value, Unit("inch", "length"), number)


def _accounted(text: str, amount: Amount) -> Amount:
    """ "net income of ($4.2 million)": parentheses for a minus."""
    money = amount.unit is not None and amount.unit.dimension == "money"
    if not money or text[amount.start - 1 : amount.start] != "(" or amount.start == 0:
        return amount
    if text[amount.end : amount.end + 1] != ")":
        return amount
    if not _LOSS_BEFORE.search(text, max(0, amount.start - 16), amount.start):
        return amount
    return amount._replace(start=amount.start - 1, end=amount.end + 1, value=-amount.value)


def _one_of(text: str, start: int, done: int) -> Amount | None:
    """ "a mile", "an hour and a half": one of a measure, said as a figure is."""
    quarter = _QUARTER.match(text, start)
    if quarter is not None:
        return _quarter_of(text, start, quarter.end())
    match = _ARTICLE.match(text, start)
    after = unit_after(text, match.end(), digits=False) if match else None
    if after is None:
        return None
    if done and not text[done:start].strip(" \u00a0"):
        return None  # "$3 a gallon"
    unit, end = after
    if unit.name == "GBP" and unit.assumed:
        unit = POUND_OF_MASS
    number = Number(start, end, Decimal(1), None, "words")
    amount = Amount(start, end, Decimal(1), unit, number)
    longer = _with_parts(text, amount)
    if longer.end > end or unit.name in data.words("units_with_article.txt"):
        return longer
    return amount if unit.dimension == "time" and _is_measured(text, start, end) else None


def _quarter_of(text: str, start: int, end: int) -> Amount | None:
    """ "a quarter-mile track", said without its article."""
    after = unit_after(text, end, digits=False)
    if after is None or after[0].dimension not in {"length", "volume", "mass"}:
        return None
    number = Number(start, end, _A_QUARTER, None, "words")
    return Amount(start, after[1], _A_QUARTER, after[0], number)


_A_QUARTER = Decimal("0.25")
_MEASURED = re.compile(
    r"\b(?:(?:more|less)\s+than|nearly|almost|at\s+least|about|over|under|roughly|up\s+to)\s+$",
    re.IGNORECASE,
)
_LASTED = re.compile(r"\b(?:for|spent|took|lasted|lasts|whole)\s+$", re.IGNORECASE)
_NO_LENGTH = re.compile(r"\s+(?:ago|later|earlier|before|after|from|since|when|old)\b|-")


def _is_measured(text: str, start: int, end: int) -> bool:
    """ "more than a year", "for a decade"; but "about a year ago" and "for a day trip"."""
    if _NO_LENGTH.match(text, end):
        return False
    if _MEASURED.search(text, max(0, start - 12), start):
        return True
    long = text[start:end].lower().endswith(("decade", "century"))
    return long and _LASTED.search(text, max(0, start - 8), start) is not None
