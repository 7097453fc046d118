"""Units and currencies: from the words beside a number to a name and a dimension."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from quotetrack import data
from quotetrack.claims.any_of import any_as_written, any_of

_HUNDREDTH = Decimal("0.01")
_CODE_SCALES = {"M": Decimal(10) ** 6, "K": Decimal(1000), "k": Decimal(1000)}
"""Before a currency's code, as annual reports have it: "30 MUSD"."""
_CODE = 3
"""Letters of an ISO 4217 code."""
_GAP = r"\s{0,2}(?:[-‐‑]\s?)?"


class Unit(NamedTuple):
    """What a number counts or measures."""

    name: str
    """ISO 4217 code for money, else a singular English name."""
    dimension: str
    factor: Decimal = Decimal(1)
    """Of the unit named: 0.01 for cents."""
    assumed: bool = False
    """The word or sign is shared by several: the commonest is meant."""


COUNT = Unit("count", "count")
PERCENT = Unit("percent", "ratio")
PERCENTAGE_POINT = Unit("percentage_point", "ratio")
TIMES = Unit("times", "ratio")
POUND_OF_MASS = Unit("pound-mass", "mass")


@cache
def _currencies() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Signs and codes as they stand; names in lower case, singular and plural."""
    signs: dict[str, Unit] = {}
    names: dict[str, Unit] = {}
    for line in data.lines("currencies.txt"):
        code, symbols, words, parts = (part.strip() for part in line.split("|"))
        unit = Unit(code, "money")
        if len(code) == _CODE:
            signs[code] = unit
            names[code.lower()] = unit
            for letter, factor in _CODE_SCALES.items():
                signs[letter + code] = unit._replace(factor=factor)
        for symbol in symbols.split():
            signs.setdefault(symbol, Unit(code, "money", assumed=symbol == "$"))
        for factor, listed in ((Decimal(1), words), (_HUNDREDTH, parts)):
            for word in filter(None, (w.strip() for w in listed.split(","))):
                name, _, many = word.rstrip("*").partition("/")
                share = 1 / Decimal(many) if many else factor
                named = Unit(code, "money", share, assumed=word.endswith("*"))
                for form in _forms(name):
                    names.setdefault(form, named)
    return signs, names


def _forms(name: str) -> tuple[str, ...]:
    """The singular and the plural of a currency's name."""
    return (name, name + "s", *([name[:-1] + "ies"] if name[-1] == "y" else []))


@cache
def _measures() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Names in lower case; abbreviations as they stand."""
    names: dict[str, Unit] = {}
    short: dict[str, Unit] = {}
    for line in data.lines("units.txt"):
        name, dimension, written, abbreviations = (part.strip() for part in line.split("|"))
        factor, _, of = name.partition(" ")
        unit = Unit(of, dimension, Decimal(factor)) if factor.isdigit() else Unit(name, dimension)
        for form in filter(None, (w.strip() for w in written.split(","))):
            names.setdefault(form, unit)
        for form in abbreviations.split():
            short.setdefault(form.replace("_", " "), unit)
    return names, short


@cache
def _sign_ends() -> frozenset[str]:
    """The last two characters of the signs and codes, or their only one, in lower case."""
    signs, _ = _currencies()
    return frozenset(sign[-2:].lower() for sign in (*signs, "$"))


def may_end_sign(text: str, end: int) -> bool:
    """Whether a currency sign or code may end at the offset."""
    last = text[max(0, end - 2) : end].lower()
    return last in _sign_ends() or last[-1:] in _sign_ends()


@cache
def sign_pattern() -> re.Pattern[str]:
    """A currency sign or code that stands before its number."""
    signs, _ = _currencies()
    worded = [s for s in signs if s[0].isalpha()]
    marks = [s for s in signs if not s[0].isalpha()]
    spaced = [
        rf"(?:{re.escape(s[:-1])}|{re.escape(s[:-1].lower())})\s\$"
        for s in worded
        if s[-1] == "$" and len(s) > 2
    ]
    lower = [s.lower() for s in worded if s[-1] == "$" or (len(s) == _CODE and s.isupper())]
    codes = any_as_written([*worded, *lower])
    return re.compile(rf"(?<![\w$])(?:{codes}|{'|'.join(spaced)}|c\s\$)|{any_as_written(marks)}")


def sign(text: str) -> Unit:
    """The currency of a sign or code found by `sign_pattern`."""
    signs, _ = _currencies()
    text = text.replace(" ", "")
    return signs.get(text) or signs.get(text.upper()) or signs[text[:-1].capitalize() + "$"]


@cache
def _after_pattern() -> re.Pattern[str]:
    """A unit that follows its number; groups: gap, written out, short."""
    signs, money = _currencies()
    names, short = _measures()
    words, marks = any_of({*money, *names}), any_as_written([*short, *signs])
    return re.compile(rf"(?P<gap>{_GAP})(?:(?P<word>{words})(?!\w)|(?P<short>{marks})(?!\w|\$))")


@cache
def _article_pattern() -> re.Pattern[str]:
    """ "of an", "of a", "of", "an" between a share and its unit."""
    return re.compile(r"\s+(?:of\s+)?(?:an?\s+|one\s+)?")


def unit_of_share(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit a share is of: "half an hour", "two-thirds of a mile", "a quarter of hour"."""
    found = unit_after(text, at, digits=False)
    if found is None:
        between = _article_pattern().match(text, at)
        found = unit_after(text, between.end() - 1, digits=False) if between else None
    return found


def unit_after(text: str, at: int, *, digits: bool) -> tuple[Unit, int] | None:
    """The unit that follows a number ending at the offset, and where it ends.

    Abbreviations count after digits only; those of one letter only where they are glued to
    them or stand alone.
    """
    match = _after_pattern().match(text, at)
    if match is None:
        return _in_parentheses(text, at) if digits else None
    unit = _written_out(match, digits=digits) if match["word"] else _short(text, match)
    if unit is None or (match["short"] and not digits and not _is_said(match)):
        return None
    return unit, match.end() - _ends_sentence(text, match)


def _in_parentheses(text: str, at: int) -> tuple[Unit, int] | None:
    """ "20 (kg)", as in tables."""
    match = _PARENTHESES.match(text, at)
    unit = _measures()[1].get(match[1]) if match else None
    return (unit, match.end()) if match and unit else None


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop of an abbreviation is (also) that of its sentence."""
    return match[0].endswith(".") and _NEW_SENTENCE.match(text, match.end()) is not None


def _is_said(match: re.Match[str]) -> bool:
    """Whether an abbreviation can follow a number in words: "ten km", "twenty MUSD"."""
    form = match["short"]
    return match["gap"] == " " and form.isalpha() and len(form) > 1 and form != "in"


def _written_out(match: re.Match[str], *, digits: bool) -> Unit | None:
    word = match["word"].lower()
    if not match["gap"] and not digits:
        return None
    title = match["word"] != word and not match["word"].isupper()
    if title and word in data.words("unit_names_shared.txt"):
        return None
    if len(word) == 1 and match["gap"]:
        return None
    names, _ = _measures()
    _, money = _currencies()
    return names.get(word) or money.get(word)


def _short(text: str, match: re.Match[str]) -> Unit | None:
    form, gap, end = match["short"], match["gap"], match.end()
    signs, _ = _currencies()
    _, short = _measures()
    unit = short.get(form) or signs.get(form)
    if gap.strip() and len(form) < 2:
        return None
    if gap and len(form) == 1 and form.isalpha() and not _standing_alone(text, end):
        return None
    if form in _INCHES and not _is_inch(text, match):
        return None
    if unit is not None and unit.dimension == "money" and text[end : end + 2].strip()[:1].isdigit():
        return None if form in signs and not form.isalpha() else unit
    return unit


_NEW_SENTENCE = re.compile(r"\s*(?:$|\n)|\s+[“\"‘]?[A-Z]")
_PARENTHESES = re.compile(r"\s?\(([^\W\d_]{1,3}|%)\)")
_INCHES = frozenset(("in", "in.", '"'))
_ENDS_OR_SIZED = re.compile(
    r"\s(?:thick|long|wide|tall|deep|high|across|of\s(?:rain|snow))|\s?[x×)]|[.,]?\s*$"
)


def _is_inch(text: str, match: re.Match[str]) -> bool:
    """Whether "in" measures, and a mark after digits closes no quotation on its line."""
    if match["short"] == "in." and not match["gap"]:
        return True
    if match["short"] != '"':
        stop = match.end() - match["short"].endswith(".")
        return _ENDS_OR_SIZED.match(text, stop) is not None
    if match["gap"]:
        return False
    begin = max(0, match.start() - 200)
    line = max(text.rfind("\n", begin, match.start()) + 1, begin)
    return text.count('"', line, match.start()) % 2 == 0


_STANDS_ALONE = re.compile(
    r"\s{0,2}(?!\w)|\s(?:of|and|or|to|x|per|by|in|on|at|tall|high|long|wide|deep|apart|away|above|below"
    r"|outside|today|during|over)\b"
)


def _standing_alone(text: str, end: int) -> bool:
    """Whether nothing that could be read on follows a one-letter unit."""
    return _STANDS_ALONE.match(text, end) is not None
