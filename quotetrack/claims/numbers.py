"""Numbers in digits: "8.6", "1,234", "2.5 million", "3 1/2", "½"; words go to `number_words`.

Values are exact decimals; a fraction without one keeps 28 digits.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from quotetrack import data
from quotetrack.claims.number_words import (
    ONE,
    Number,
    and_fraction,
    meaning,
    number_in_words,
    word_after,
)

_GROUPED = r"\d{1,3}(?:,\d{2,3})++(?!\d)"
_SPACED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})++(?![\d,])"
_DIGITS = re.compile(rf"(?:{_GROUPED}|{_SPACED}|\d++)(?:\.\d++)?+|\.\d++")
_SEPARATORS = re.compile(r"[, \u00a0\u202f]")
_SLASH = re.compile(r"(\d{1,3})\s?[/⁄]\s?(\d{1,3})(?![\d/])")
_LETTERS = re.compile(r"(\s{0,2})([A-Za-z]{1,8})(?!\w)")
_DEGREES = re.compile(r"°[CF]")
"""Shortly before a "K", which then means kelvin: "300 °C (573 K)"."""
_SPACES = re.compile(r"\s{1,3}")
_PLURAL = re.compile(
    r"\s(?!(?:is|was|has|as|this|us|its|his)\b)(?:fewer\b|more\b|less\b|(?:[a-z-]+\s)?(?:[a-z]+s|people|men|women|children))\b"
)
_MOST_DIGITS = 28
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8), "⅒": (1, 10),
}  # fmt: skip


@cache
def _magnitudes() -> dict[str, tuple[Decimal, str]]:
    found = {}
    for line in data.lines("magnitudes.txt"):
        form, factor, where = line.split()
        found[form] = (Decimal(factor), where)
    return found


def number_at(text: str, at: int, *, money: bool = False) -> Number | None:
    """The number that begins at the offset; with ``money``, "m" is a magnitude."""
    char = text[at : at + 1]
    if char.isdigit() or (char == "." and text[at + 1 : at + 2].isdigit()):
        return _in_digits(text, at, money=money)
    if char in VULGAR:
        return Number(at, at + 1, _vulgar(char), None, "digits")
    return number_in_words(text, at)


def _vulgar(char: str) -> Decimal:
    top, bottom = VULGAR[char]
    return Decimal(top) / bottom


def _slash(text: str, at: int) -> tuple[Decimal, int] | None:
    """ "1/2", "3/4": a share of one, and its end."""
    match = _SLASH.match(text, at)
    if match is None or not 0 < int(match[1]) < int(match[2]):
        return None
    return Decimal(match[1]) / int(match[2]), match.end()


def _in_digits(text: str, at: int, *, money: bool) -> Number | None:
    match = _DIGITS.match(text, at)
    if match is None or not _SEPARATORS.sub("", match[0]).isascii():
        return None
    share = _slash(text, at)
    if share is not None:
        return Number(at, share[1], share[0], None, "digits")
    digits = _SEPARATORS.sub("", match[0])
    if len(digits) > _MOST_DIGITS:
        return None  # a serial number, and more than a decimal holds
    value, end = Decimal(digits), match.end()
    precision = ONE.scaleb(-len(digits.partition(".")[2]))
    part = _part_after(text, end) if "." not in digits else None
    if part is not None:
        value, end = value + part[0], part[1]
    factor, end = _magnitude(text, end, money=money, decimals="." in digits)
    later = and_fraction(text, end) if factor != 1 else None
    if later is not None:
        value, end = value + later[0], later[1]
    return Number(at, end, value * factor, precision * factor, "digits", scale=factor)


def _part_after(text: str, end: int) -> tuple[Decimal, int] | None:
    """The share that follows whole digits: "3 1/2", "3½", "3 and a half"."""
    space = _SPACES.match(text, end)
    slash = _slash(text, space.end()) if space else None
    if slash is not None:
        return slash
    if text[end : end + 1] in VULGAR and end < len(text):
        return _vulgar(text[end]), end + 1
    return and_fraction(text, end)


def _magnitude(text: str, end: int, *, money: bool, decimals: bool) -> tuple[Decimal, int]:
    """The factor that follows a number in digits, and where it ends."""
    match = _LETTERS.match(text, end)
    if match and not (match[2] == "K" and _DEGREES.search(text, max(0, end - 30), end)):
        spaced, form = bool(match[1]), match[2]
        if not spaced and meaning(form.lower())[1] == "big":
            return meaning(form.lower())[0], match.end()
        factor, where = _magnitudes().get(form, (ONE, ""))
        if where and _means(
            text, match.end(), where, spaced=spaced, money=money, decimals=decimals
        ):
            return factor, match.end()
    factor = ONE
    while True:
        word, stop = word_after(text, end)
        value, sort = meaning(word)
        if sort not in {"hundred", "big", "dozen"} or factor > 10**30:
            return factor, end
        factor, end = factor * value, stop


def _means(text: str, end: int, where: str, *, spaced: bool, money: bool, decimals: bool) -> bool:
    """Whether letters after digits are a magnitude and not a measure (see magnitudes.txt)."""
    if spaced:
        return where == "anywhere"
    if money or where in {"anywhere", "glued"}:
        return True
    counted = _PLURAL.match(text, end) is not None
    return counted if where == "counted" else where == "decimals" and (decimals or counted)
