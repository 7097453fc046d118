"""Numbers in digits and words: "8.6", "1,234", "two and a half million", "three quarters".

Values are exact decimals; a fraction without one keeps 28 digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from quotetrack import data

Sort = Literal["digits", "words", "fraction"]

_DIGITS = re.compile(
    r"(?:\d{1,3}(?:,\d{2,3})++(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})++(?![\d,])|\d++)(?:\.\d++)?+|\.\d++"
)
_SLASH = re.compile(r"(\d{1,3})\s?[/⁄]\s?(\d{1,3})(?![\d/])")
_WORD = re.compile(r"[^\W\d_]++(?:\.(?=\s|$))?+")
_GLUED = re.compile(r"(?:thousand|million|billion|trillion)(?!\w)", re.IGNORECASE)
_GAP = re.compile(r"(?:\s{1,3}[-‐‑–]\s|\s{1,3}|[-‐‑–])")
_POINT = re.compile(r"\s+point(?=(?:\s+[a-z-]+)+)", re.IGNORECASE)
_SPACES = re.compile(r"\s{1,3}")
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8), "⅒": (1, 10),
}  # fmt: skip
_ONE = Decimal(1)


@dataclass(slots=True, frozen=True)
class Number:
    """A number in the text, its magnitude included."""

    start: int
    end: int
    value: Decimal
    precision: Decimal | None
    """Place value of the last digit shown; None: words."""
    sort: Sort
    """fraction: a share of one ("two-thirds"), that nothing multiplies."""
    rough: bool = False
    """"a couple", "dozens": no exact count."""


@cache
def _words() -> dict[str, tuple[Decimal, str]]:
    found = {}
    for line in data.lines("number_words.txt"):
        word, value, sort = line.split()
        found[word] = (Decimal(value), sort)
    return found


@cache
def _magnitudes() -> dict[str, tuple[Decimal, bool]]:
    found = {}
    for line in data.lines("magnitudes.txt"):
        form, factor, spaced = line.split()
        found[form] = (Decimal(factor), spaced == "yes")
    return found


@cache
def first_words() -> frozenset[str]:
    """Words that a number in words can begin with, lower case."""
    return frozenset(w for w, (_, sort) in _words().items()) | {"a", "an"}


def number_at(text: str, at: int, *, money: bool = False) -> Number | None:
    """The number that begins at the offset; with ``money``, "m" is a magnitude."""
    char = text[at : at + 1]
    if char.isdigit() or (char == "." and text[at + 1 : at + 2].isdigit()):
        return _in_digits(text, at, money=money)
    if char in _VULGAR:
        top, bottom = _VULGAR[char]
        return Number(at, at + 1, Decimal(top) / bottom, None, "digits")
    return _in_words(text, at)


def _in_digits(text: str, at: int, *, money: bool) -> Number | None:
    slash = _SLASH.match(text, at)
    if slash and int(slash[2]) and int(slash[1]) < int(slash[2]):
        return Number(at, slash.end(), Decimal(slash[1]) / int(slash[2]), None, "digits")
    match = _DIGITS.match(text, at)
    if match is None or not match[0].isascii():
        return None
    digits = re.sub(r"[, \u00a0\u202f]", "", match[0])
    value = Decimal(digits)
    precision = _ONE.scaleb(-len(digits.partition(".")[2]))
    if precision == 1 and len(digits) > 3 and not digits.strip("0")[1:]:
        precision = _ONE  # a round number in digits is taken at its word
    end = match.end()
    following = _SPACES.match(text, end)
    after = following.end() if following else end
    slash = _SLASH.match(text, after)
    if slash and int(slash[2]) and int(slash[1]) < int(slash[2]) and "." not in digits:
        value += Decimal(slash[1]) / int(slash[2])
        end = slash.end()
    elif text[end : end + 1] in _VULGAR:
        top, bottom = _VULGAR[text[end]]
        value += Decimal(top) / bottom
        end += 1
    else:
        half = _and_fraction(text, end)
        if half:
            value += half[0]
            end = half[1]
    factor, end = _magnitude(text, end, money=money)
    later = _and_fraction(text, end) if factor != 1 else None
    if later:
        value += later[0]
        end = later[1]
    return Number(at, end, value * factor, precision * factor, "digits")


def _and_fraction(text: str, at: int) -> tuple[Decimal, int] | None:
    """ "and a half", "and three quarters" after a whole number."""
    word, end = _word_after(text, at)
    if word != "and":
        return None
    top = _ONE
    word, end = _word_after(text, end)
    value, sort = _words().get(word, (_ONE, ""))
    if word in {"a", "an"} or sort == "unit":
        top = value if sort == "unit" else _ONE
        word, end = _word_after(text, end)
        value, sort = _words().get(word, (_ONE, ""))
    if sort != "fraction":
        return None
    return top / value, end


def _magnitude(text: str, end: int, *, money: bool) -> tuple[Decimal, int]:
    """The factor that follows a number in digits, and where it ends."""
    factor = _ONE
    glued = _GLUED.match(text, end)
    if glued:
        return _words()[glued[0].lower()][0], glued.end()
    match = re.compile(r"[A-Za-z]{1,3}(?![\w])").match(text, end)
    if match and match[0] in _magnitudes() and _attached(text, match, money=money):
        return _magnitudes()[match[0]][0], match.end()
    while True:
        word, stop = _word_after(text, end)
        value, sort = _words().get(word, (_ONE, ""))
        if sort in {"hundred", "big", "dozen"}:
            factor *= value
            end = stop
            continue
        if factor == 1:
            space = _SPACES.match(text, end)
            match = re.compile(r"[A-Za-z]{2,3}(?!\w)").match(text, space.end()) if space else None
            if match and match[0] in _magnitudes() and _magnitudes()[match[0]][1]:
                return _magnitudes()[match[0]][0], match.end()
        return factor, end


def _attached(text: str, match: re.Match[str], *, money: bool) -> bool:
    """Whether letters glued to digits are a magnitude and not a measure."""
    return money or match[0] in {"k", "K", "M", "B", "bn", "mn", "tn", "mln", "MM"}


def _word_after(text: str, at: int) -> tuple[str, int]:
    """The next word in lower case, past a space or hyphen, and its end."""
    gap = _GAP.match(text, at)
    if gap is None:
        return "", at
    word = _WORD.match(text, gap.end())
    return (word[0].lower().rstrip("."), word.end() - word[0].endswith(".")) if word else ("", at)


def _in_words(text: str, at: int) -> Number | None:
    """A number in words: "one hundred and five thousand", "half a million", "a dozen"."""
    match = _WORD.match(text, at)
    if match is None:
        return None
    dotted = match[0].endswith(".")
    word, end = match[0].lower().rstrip("."), match.end() - dotted
    known = _words()
    if word in {"a", "an"}:
        nxt, stop = _word_after(text, end)
        if nxt in {"couple", "pair"}:
            return _couple(text, at, stop, nxt)
        value, sort = known.get(nxt, (_ONE, ""))
        if sort not in {"hundred", "big", "dozen", "fraction"} or nxt.endswith("s"):
            return None
        word, end = nxt, stop
    value, sort = known.get(word, (_ONE, ""))
    if not sort:
        return None
    if sort == "fraction":
        share = _fraction(text, at, end, _ONE, value)
        bare = text[at : at + 2].lower() not in {"a ", "an"} and word != "half"
        return None if bare and (share.sort == "fraction" or word != "quarter") else share
    if word.endswith("s") and sort in {"hundred", "big", "dozen"}:
        return None  # "thousands of": no number
    rough = False
    total, group = Decimal(0), Decimal(0)
    begun = False
    while True:
        if sort == "unit" or sort == "ten":
            group += value
        elif sort in {"hundred", "dozen"}:
            if sort == "dozen" and group > 100 and group % 100:
                group += (group % 100) * (value - 1)
            else:
                group = (group or _ONE) * value
        elif sort == "big":
            if total and value > _least(total) and not group:
                total *= value
            else:
                total += (group or _ONE) * value
                group = Decimal(0)
        begun = True
        nxt, stop = _word_after(text, end)
        joined = False
        if nxt == "and":
            fraction = _and_fraction(text, end)
            if fraction:
                whole = total + group
                if sort == "big" and fraction[0] < 1:
                    later, beyond = _word_after(text, fraction[1])
                    if _words().get(later, (_ONE, ""))[1] != "big":
                        return Number(at, fraction[1], whole + fraction[0] * value, None, "words")
                return _with_fraction(text, at, whole, fraction)
            after, further = _word_after(text, stop)
            if sort in {"hundred", "big"} and known.get(after, (_ONE, ""))[1] in {
                "unit",
                "ten",
                "hundred",
            }:
                nxt, stop, joined = after, further, True
            elif sort in {"hundred", "big"} and after in {"a", "an"}:
                later, beyond = _word_after(text, further)
                if known.get(later, (_ONE, ""))[1] in {"hundred", "big"}:
                    nxt, stop, joined = later, beyond, True
        new, new_sort = known.get(nxt, (_ONE, ""))
        if not new_sort or not begun:
            break
        if new_sort == "fraction":
            if (sort in {"unit", "ten"} and nxt.endswith("s")) or (group == 1 and not total):
                return _fraction(text, at, stop, total + group, new)
            break
        fits = {
            "unit": sort in {"hundred", "big"} or (sort == "ten" and new < 10 and new > 0),
            "ten": sort in {"hundred", "big"},
            "hundred": sort in {"unit", "ten"},
            "dozen": sort in {"unit", "ten", "hundred"},
            "big": True,
        }[new_sort]
        if not (fits or joined):
            break
        value, sort, end = new, new_sort, stop
    decimals = _decimals(text, end)
    if decimals is not None:
        return _scaled(text, at, total + group + decimals[0], decimals[1])
    return Number(at, end, total + group, None, "words", rough)


def _decimals(text: str, end: int) -> tuple[Decimal, int] | None:
    """ "point two", "point zero eight", "point seventy-one"."""
    match = _POINT.match(text, end)
    if match is None:
        return None
    digits = ""
    at = match.end()
    while True:
        word, stop = _word_after(text, at)
        value, sort = _words().get(word, (_ONE, ""))
        if (
            sort == "unit"
            and len(digits) >= 2
            and digits[-1] == "0"
            and at > 0
            and text[at : at + 1] == "-"
        ):
            digits = digits[:-1] + str(value)
        elif sort in {"unit", "ten"}:
            digits += str(value)
        else:
            break
        at = stop
    return (Decimal("0." + digits), at) if digits else None


def _scaled(text: str, at: int, value: Decimal, end: int) -> Number:
    """A number in words with decimals, and the magnitude after it."""
    word, stop = _word_after(text, end)
    factor, sort = _words().get(word, (_ONE, ""))
    if sort in {"hundred", "big"}:
        return Number(at, stop, value * factor, None, "words")
    return Number(at, end, value, None, "words")


def _least(total: Decimal) -> Decimal:
    """The place value of the last digit that is not zero."""
    digits = str(int(total))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _with_fraction(text: str, at: int, whole: Decimal, fraction: tuple[Decimal, int]) -> Number:
    value, end = whole + fraction[0], fraction[1]
    word, stop = _word_after(text, end)
    factor, sort = _words().get(word, (_ONE, ""))
    if sort == "big":
        scaled = (whole + fraction[0]) * factor if whole < 1000 else whole + fraction[0] * factor
        return Number(at, stop, scaled, None, "words")
    return Number(at, end, value, None, "words")


def _fraction(text: str, at: int, end: int, top: Decimal, bottom: Decimal) -> Number:
    """A share; "half a million" and "two thirds of a million" are counts."""
    value = top / bottom
    word, stop = _word_after(text, end)
    if word == "of":
        after, further = _word_after(text, stop)
        if after not in {"a", "an", "one"}:
            return Number(at, end, value, None, "fraction")
        word, stop = after, further
    if word in {"a", "an", "one"}:
        word, stop = _word_after(text, stop)
    factor, sort = _words().get(word, (_ONE, ""))
    if sort in {"big", "hundred", "dozen"} and not word.endswith("s"):
        return Number(at, stop, value * factor, None, "words")
    return Number(at, end, value, None, "fraction")


def _couple(text: str, at: int, end: int, noun: str) -> Number | None:
    """ "a couple of", "a pair of", "a couple dozen"."""
    word, stop = _word_after(text, end)
    if word == "of":
        return Number(at, end, Decimal(2), None, "words", rough=False)
    factor, sort = _words().get(word, (_ONE, ""))
    if sort in {"dozen", "hundred", "big"}:
        return Number(at, stop, 2 * factor, None, "words", rough=True)
    if noun == "couple" and word and not word.isspace():
        return None  # "a couple from Leeds"
    return Number(at, end, Decimal(2), None, "words")
