"""Numbers in words: "one hundred and five", "two and a half million", "three quarters"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from quotetrack import data

Sort = Literal["digits", "words", "fraction"]

_WORD = re.compile(r"[^\W\d_]++(?:\.(?=\s|$))?+")
_GAP = re.compile(r"(?:\s{1,3}[-‐‑–]\s|\s{1,3}|[-‐‑–])")
_COMMA = re.compile(r",\s(?:and\s|&\s)?|\s&\s")
_POINT = re.compile(r"\s+point(?=\s+[a-z])", re.IGNORECASE)
ONE = Decimal(1)
_TENTH = 10
_OF_ONE = re.compile(r"\sof\san?\s", re.IGNORECASE)
_ARTICLES = frozenset(("a", "an"))
_MULTIPLIERS = frozenset(("hundred", "big", "dozen"))
_MOST_WORDS = 40
"""Words that a number in words is read over: no number that means anything is longer."""


class Number(NamedTuple):
    """A number in the text, its magnitude included."""

    start: int
    end: int
    value: Decimal
    precision: Decimal | None
    """Place value of the last digit shown; None: words."""
    sort: Sort
    """fraction: a share of one ("two-thirds"), that nothing multiplies."""
    rough: bool = False
    """"a couple dozen": no exact count."""
    scale: Decimal = ONE
    """The magnitude that stands after digits: 1000000 in "2.5 million"."""


@cache
def _lexicon() -> dict[str, tuple[Decimal, str]]:
    found = {}
    for line in data.lines("number_words.txt"):
        word, value, sort = line.split()
        found[word] = (Decimal(value), sort)
    return found


@cache
def first_words() -> frozenset[str]:
    """Words that a number in words can begin with, lower case; articles apart."""
    return frozenset(_lexicon())


def meaning(word: str) -> tuple[Decimal, str]:
    """Value and sort (unit, ten, hundred, big, dozen, fraction) of a word; sort "": no number."""
    return _lexicon().get(word, (ONE, ""))


def word_after(text: str, at: int) -> tuple[str, int]:
    """The next word in lower case, past a space or hyphen, and its end; "": there is none."""
    gap = _GAP.match(text, at)
    return _word_at(text, gap.end()) if gap else ("", at)


def _word_at(text: str, at: int) -> tuple[str, int]:
    match = _WORD.match(text, at)
    if match is None:
        return "", at
    return match[0].lower().rstrip("."), match.end() - match[0].endswith(".")


def is_plural_magnitude(word: str) -> bool:
    """Whether the word says how many without saying it: "thousands", "dozens"."""
    return word.endswith("s") and meaning(word)[1] in _MULTIPLIERS


def number_in_words(text: str, at: int) -> Number | None:
    """The number in words that begins at the offset."""
    word, end = _word_at(text, at)
    if word in _ARTICLES:
        word, end = word_after(text, end)
        if word in {"couple", "pair"}:
            return _couple(text, at, end, word)
        value, sort = meaning(word)
        if sort not in {*_MULTIPLIERS, "fraction"} or word.endswith("s"):
            return None
        if sort == "fraction":
            return _fraction(text, at, end, ONE, value)
        return _cardinal(text, at, end, value, sort)
    value, sort = meaning(word)
    if not sort or is_plural_magnitude(word):
        return None
    if sort != "fraction":
        return _cardinal(text, at, end, value, sort)
    share = _fraction(text, at, end, ONE, value)
    if word == "half" or (word == "quarter" and share.sort != "fraction"):
        return share  # "a third" is a share, "third" a rank; "quarter of a million"
    if value >= _TENTH and _OF_ONE.match(text, end):
        return share  # "tenth of a second"
    return None


class _Sum:
    """Adds up the words of a cardinal from left to right."""

    __slots__ = ("_group", "_total", "sort")

    def __init__(self, value: Decimal, sort: str) -> None:
        self._total, self._group, self.sort = Decimal(0), Decimal(0), ""
        self.add(value, sort)

    @property
    def value(self) -> Decimal:
        return self._total + self._group

    def fits(self, value: Decimal, sort: str) -> bool:
        """Whether a word can go on from the one before without an "and"."""
        if sort == "unit":
            return self.sort in {"hundred", "big"} or (self.sort == "ten" and 0 < value < 10)
        if sort == "ten":
            return self.sort in {"hundred", "big"}
        if sort == "hundred":
            return self.sort in {"unit", "ten"}
        if sort == "dozen":
            return self.sort in {"unit", "ten", "hundred"}
        return True

    def add(self, value: Decimal, sort: str) -> None:
        if sort in {"unit", "ten"}:
            self._group += value
        elif sort in {"hundred", "dozen"}:
            if sort == "dozen" and self._group > 100 and self._group % 100:
                self._group += (self._group % 100) * (value - 1)
            else:
                self._group = (self._group or ONE) * value
        elif self._total and value > _least(self._total) and not self._group:
            self._total *= value  # "a hundred thousand million"
        else:
            self._total += (self._group or ONE) * value
            self._group = Decimal(0)
        self.sort = sort


def _cardinal(text: str, at: int, end: int, value: Decimal, sort: str) -> Number:
    """A number whose first word has been read, up to ``end``."""
    count = _Sum(value, sort)
    for _ in range(_MOST_WORDS):
        word, stop = word_after(text, end)
        if word == "and" and (fraction := and_fraction(text, end)):
            return _with_fraction(text, at, count, value, fraction)
        new, kind = meaning(word)
        if kind == "fraction":
            several = count.sort in {"unit", "ten"} and word.endswith("s")
            if several or count.value == 1:
                return _fraction(text, at, stop, count.value, new)
            break
        if not kind or not count.fits(new, kind):
            joined = _joined(text, end, word, stop, count.sort)
            if joined is None:
                break
            new, kind, stop = joined
        value, end = new, stop
        count.add(new, kind)
    decimals = _decimals(text, end)
    if decimals is None:
        return Number(at, end, count.value, None, "words")
    return _scaled(text, at, count.value + decimals[0], decimals[1])


def _joined(
    text: str, end: int, word: str, stop: int, sort: str
) -> tuple[Decimal, str, int] | None:
    """The next word of a cardinal past "and", or past a comma between its groups."""
    if sort not in {"hundred", "big"}:
        return None
    if word == "and":
        after, further = word_after(text, stop)
        if after in _ARTICLES:
            after, further = word_after(text, further)
            value, kind = meaning(after)
            return (value, kind, further) if kind in {"hundred", "big"} else None
        value, kind = meaning(after)
        return (value, kind, further) if kind in {"unit", "ten", "hundred"} else None
    comma = _COMMA.match(text, end)
    if comma is None:
        return None
    after, further = _word_at(text, comma.end())
    value, kind = meaning(after)
    if kind not in {"unit", "ten"}:
        return None
    # "three million, two hundred": the next group goes on only where it is one
    grouped = meaning(word_after(text, further)[0])[1] in {"hundred", "big"}
    return (value, kind, further) if grouped or "&" in comma[0] else None


def _decimals(text: str, end: int) -> tuple[Decimal, int] | None:
    """ "point two", "point zero eight", "point seventy-one"."""
    match = _POINT.match(text, end)
    if match is None:
        return None
    digits, at = "", match.end()
    for _ in range(_MOST_WORDS):
        word, stop = word_after(text, at)
        value, sort = meaning(word)
        if sort not in {"unit", "ten"}:
            break
        if sort == "unit" and digits[-1:] == "0" and len(digits) > 1 and text[at] == "-":
            digits = digits[:-1]  # "seventy-one"
        digits += str(value)
        at = stop
    return (Decimal("0." + digits), at) if digits else None


def and_fraction(text: str, at: int) -> tuple[Decimal, int] | None:
    """ "and a half", "and three quarters" after a whole number: the share and its end."""
    word, end = word_after(text, at)
    if word != "and":
        return None
    top = ONE
    word, end = word_after(text, end)
    value, sort = meaning(word)
    if word in _ARTICLES or sort in {"unit", "ten"}:
        top = ONE if word in _ARTICLES else value
        tens = sort == "ten"
        word, end = word_after(text, end)
        value, sort = meaning(word)
        if tens and sort == "unit":  # "and fifty-four hundredths"
            top += value
            word, end = word_after(text, end)
            value, sort = meaning(word)
    return (top / value, end) if sort == "fraction" else None


def _least(total: Decimal) -> Decimal:
    """The place value of the last digit that is not zero."""
    digits = str(int(total))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _with_fraction(
    text: str, at: int, count: _Sum, last: Decimal, fraction: tuple[Decimal, int]
) -> Number:
    """ "two and a half", "two million and a half", "two and a half million"."""
    share, end = fraction
    word, stop = word_after(text, end)
    factor, sort = meaning(word)
    if sort == "big":
        whole = count.value
        value = (whole + share) * factor if whole < 1000 else whole + share * factor
        return Number(at, stop, value, None, "words")
    scale = last if count.sort == "big" and share < 1 else ONE
    return Number(at, end, count.value + share * scale, None, "words")


def _scaled(text: str, at: int, value: Decimal, end: int) -> Number:
    """A number in words with decimals, and the magnitude after it."""
    word, stop = word_after(text, end)
    factor, sort = meaning(word)
    if sort in {"hundred", "big"}:
        return Number(at, stop, value * factor, None, "words")
    return Number(at, end, value, None, "words")


def _fraction(text: str, at: int, end: int, top: Decimal, bottom: Decimal) -> Number:
    """A share; "half a million" and "two thirds of a million" are counts."""
    share = Number(at, end, top / bottom, None, "fraction")
    word, stop = word_after(text, end)
    if word == "of":
        word, stop = word_after(text, stop)
        if word not in {*_ARTICLES, "one"}:
            return share
    if word in {*_ARTICLES, "one"}:
        word, stop = word_after(text, stop)
    factor, sort = meaning(word)
    if sort in _MULTIPLIERS and not word.endswith("s"):
        return Number(at, stop, share.value * factor, None, "words")
    return share


def _couple(text: str, at: int, end: int, noun: str) -> Number | None:
    """ "a couple of", "a pair of", "a couple dozen"."""
    word, stop = word_after(text, end)
    factor, sort = meaning(word)
    if sort in _MULTIPLIERS:
        return Number(at, stop, 2 * factor, None, "words", rough=True)
    if noun == "couple" and word and word != "of":
        return None  # "a couple from Leeds"
    return Number(at, end, Decimal(2), None, "words")
