"""Units and currencies: from the words beside a number to a name and a dimension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from quotetrack import data

_HUNDREDTH = Decimal("0.01")


@dataclass(slots=True, frozen=True)
class Unit:
    """What a number counts or measures."""

    name: str
    """ISO 4217 code for money, else a singular English name."""
    dimension: str
    factor: Decimal = Decimal(1)
    """Of the unit named: 0.01 for cents."""
    assumed: bool = False
    """The word or sign is shared by several: the commonest is meant."""


@cache
def _currencies() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Signs and codes as they stand; names in lower case, singular and plural."""
    signs: dict[str, Unit] = {}
    names: dict[str, Unit] = {}
    for line in data.lines("currencies.txt"):
        code, symbols, words, hundredths = (part.strip() for part in line.split("|"))
        unit = Unit(code, "money")
        if len(code) == 3:
            signs[code] = unit
            names[code.lower()] = unit
        for symbol in symbols.split():
            signs.setdefault(symbol, Unit(code, "money", assumed=symbol == "$"))
        for factor, listed in ((Decimal(1), words), (_HUNDREDTH, hundredths)):
            for word in filter(None, (w.strip() for w in listed.split(","))):
                shared = word.endswith("*")
                plain = word.rstrip("*")
                named = Unit(code, "money", factor, assumed=shared)
                for form in (
                    plain,
                    plain + "s",
                    *([plain[:-1] + "ies"] if plain[-1] == "y" else []),
                ):
                    names.setdefault(form, named)
    return signs, names


@cache
def _measures() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Names in lower case; abbreviations as they stand."""
    names: dict[str, Unit] = {}
    short: dict[str, Unit] = {}
    for line in data.lines("units.txt"):
        unit, dimension, written, abbreviations = (part.strip() for part in line.split("|"))
        for form in filter(None, (w.strip() for w in written.split(","))):
            names.setdefault(form, Unit(unit, dimension))
        for form in abbreviations.split():
            short.setdefault(form.replace("_", " "), Unit(unit, dimension))
    return names, short


def _any_of(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f)))


@cache
def sign_pattern() -> re.Pattern[str]:
    """A currency sign or code that stands before its number."""
    signs, _ = _currencies()
    letters = [s for s in signs if s[-1].isalpha() or s[-1] == "."]
    marks = [s for s in signs if s not in letters]
    lower = [f"{s.lower()}" for s in (*marks, *letters) if s[0].isalpha() and s[-1] == "$"]
    return re.compile(
        rf"(?:(?<![\w$])(?:{_any_of(letters)}|{_any_of([*marks, *lower])})|{_any_of([m for m in marks if not m[0].isalpha()])})"
    )


@cache
def _after_pattern() -> re.Pattern[str]:
    """A unit that follows its number; groups: written out, short."""
    _, money = _currencies()
    signs, _ = _currencies()
    names, short = _measures()
    words = _any_of([*money, *names])
    marks = _any_of([s for s in (*short, *signs) if len(s) > 0])
    return re.compile(
        rf"(?P<gap>\s{{0,2}}(?:[-‐‑]\s?)?)(?:(?P<word>(?i:{words}))(?![\w])|(?P<short>{marks})(?![\w]))"
    )


def sign(text: str) -> Unit:
    """The currency of a sign or code found by `sign_pattern`."""
    signs, _ = _currencies()
    return signs.get(text) or signs.get(text.upper()) or signs[text[:-1].capitalize() + "$"]


def unit_after(text: str, at: int, *, digits: bool) -> tuple[Unit, int] | None:
    """The unit that follows a number ending at the offset, and where it ends.

    Short forms of one or two letters count only when they are glued to digits or are
    usual after a space; "m" after a space is no metre in a sentence about money.
    """
    match = _after_pattern().match(text, at)
    if match is None:
        return None
    signs, money = _currencies()
    names, short = _measures()
    gap = match["gap"]
    if match["word"]:
        word = match["word"].lower()
        unit = names.get(word) or money.get(word)
        if unit is None or (not gap and not digits):
            return None
        if word in _AMBIGUOUS and match["word"] != word and not match["word"].isupper():
            return None
        if len(word) <= 2 and word != "hp" and gap:
            return None
        if word in {"pound", "pounds"} and _OF_SOMETHING.match(text, match.end()):
            unit = names["lbs"]
        if word in _IN_YEARS:
            unit = Unit("year", "time", _IN_YEARS[word])
        return unit, match.end()
    form = match["short"]
    unit = short.get(form) or signs.get(form)
    if unit is None or not digits:
        return None
    if gap.strip() and len(form) < 2:
        return None
    if gap and len(form) == 1 and form.isalpha() and not _standing_alone(text, match.end()):
        return None
    if form in {"in.", '"'} and gap:
        return None
    return unit, match.end()


_OF_SOMETHING = re.compile(r"\s+of\s+(?!the\b|its\b|their\b|his\b|her\b|our\b|public\b|debt)[a-z]")
_IN_YEARS = {
    "decade": Decimal(10), "decades": Decimal(10), "century": Decimal(100), "centuries": Decimal(100),
}  # fmt: skip
_AMBIGUOUS = frozenset(("second", "times", "turn", "sol", "pound", "mark", "real"))


def _standing_alone(text: str, end: int) -> bool:
    """Whether nothing that could be read on follows a one-letter unit."""
    rest = text[end : end + 3].lstrip(" ")
    return not rest or not rest[0].isalpha() or rest.startswith("of")
