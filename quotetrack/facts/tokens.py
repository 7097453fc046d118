"""Words as quotations are compared by: case, marks and apostrophes aside, numbers by value."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from quotetrack import data

_JOINER = "\u00ad\u200b\u200c\u200d\u2060\u0300-\u036f"
_WORD = re.compile(
    r"[$€£¥₹%]"
    r"|(?:(?<![^\s($€£¥₹\"'“‘])[-−](?=[$€£¥₹]?\d))?+"  # a sign belongs to its number
    r"(?:\d{1,3}(?:[, \u00a0\u202f]\d{3})++(?!\d)(?:\.\d++)?|\d++(?:\.\d++)?|(?<!\w)\.\d++)"
    r"[^\W\d_]*+"
    rf"|[^\W\d_][^\W_]*+(?:[{_JOINER}]++[^\W_]*+)*+(?:['’ʼ`][^\W_]++)*+"
)
_NUMBER = re.compile(r"([-−]?)((?:\d|[, \u00a0\u202f](?=\d))*+(?:\.\d++)?)([^\W\d_]*+)")
_SIGNS = frozenset("$€£¥₹")
_DROP = dict.fromkeys(
    [*map(ord, "'’ʼ`"), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, *range(0x300, 0x370)]
)
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "t": 10**12}
_LONGEST_NUMBER = 15
"""Characters beyond which a number is compared as written."""


@dataclass(frozen=True)
class Words:
    """A text as comparable words; the lists run in parallel, one item a word."""

    text: str
    keys: list[str]
    """What is compared: "dont", "#8600000000"; a number begins with #."""
    starts: list[int]
    ends: list[int]
    units: dict[int, str]
    """Word index of a number -> the unit beside it: "$", "%", "mile"."""

    def __len__(self) -> int:
        return len(self.keys)

    def raw(self, i: int) -> str:
        """The word as it stands in the text."""
        return self.text[self.starts[i] : self.ends[i]]

    def gap(self, i: int) -> str:
        """What stands between word i - 1 and word i; at the edges, to the end of the text."""
        left = self.ends[i - 1] if i > 0 else 0
        right = self.starts[i] if i < len(self.starts) else len(self.text)
        return self.text[left:right]

    def slice(self, first: int, last: int) -> str:
        """The text from word ``first`` to word ``last`` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        return f" {' '.join(self.keys)} ", [0, *accumulate(len(key) + 1 for key in self.keys)]

    def occurrences(self, keys: list[str], limit: int = 64) -> list[int]:
        """Where the run of words begins, at most ``limit`` places."""
        joined, offsets = self._joined
        wanted = f" {' '.join(keys)} "
        found: list[int] = []
        at = joined.find(wanted)
        while at >= 0 and len(found) < limit:
            found.append(bisect_right(offsets, at) - 1)
            at = joined.find(wanted, at + 1)
        return found

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Word -> where it stands."""
        found: dict[str, list[int]] = {}
        for i, key in enumerate(self.keys):
            places = found.get(key)
            if places is None:
                found[key] = [i]
            else:
                places.append(i)
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words as written."""
        return frozenset(map(self.raw, range(len(self))))


def key_of(word: str) -> str:
    """The comparable form of a word that is no number."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    return unicodedata.normalize("NFKD", word.casefold()).translate(_DROP) or word


@cache
def _values() -> dict[str, int]:
    """Number word -> value below 100."""
    return {w: int(v) for w, v in map(str.split, data.lines("match_numbers.txt")) if v.isdigit()}


@cache
def _multipliers() -> dict[str, int]:
    return {
        w: int(v[1:]) for w, v in map(str.split, data.lines("match_numbers.txt")) if v[0] == "x"
    }


@cache
def _ordinals() -> dict[str, str]:
    rows = map(str.split, data.lines("match_numbers.txt"))
    return {w: f"#{v}" for w, v in rows if v[-1].isalpha() and v[0] != "x"}


@cache
def units() -> dict[str, str]:
    """Word -> the unit that it means beside a figure."""
    rows = (line.split() for line in data.lines("match_units.txt"))
    return {word: unit for word, unit in rows}  # noqa: C416  (the names say what is what)


def read(text: str) -> Words:
    """Cut a text into comparable words."""
    starts: list[int] = []
    ends: list[int] = []
    raws: list[str] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        raws.append(match[0])
    folded = {raw: key_of(raw) for raw in set(raws)}
    keys = [folded[raw] for raw in raws]
    numeric = {raw for raw, key in folded.items() if _is_numeric(raw, key)}
    if not numeric:
        return Words(text, keys, starts, ends, {})
    return _merge(text, raws, keys, starts, ends, numeric)


@lru_cache(maxsize=16)
def read_source(text: str) -> Words:
    """`read`, remembered for the last few texts."""
    return read(text)


def _is_numeric(raw: str, key: str) -> bool:
    return (
        raw[0] in "$€£¥₹%-−."
        or raw[0].isdecimal()
        or key in _values()
        or key in _multipliers()
        or key in _ordinals()
    )


def _merge(
    text: str,
    raws: list[str],
    keys: list[str],
    starts: list[int],
    ends: list[int],
    numeric: set[str],
) -> Words:
    """Make one word of every number: "8.6 billion", "eighty-seven million"."""
    new = Words(text, [], [], [], {})
    sign: str | None = None
    i, done, count = 0, 0, len(raws)
    for i in (k for k, raw in enumerate(raws) if raw in numeric):
        if i < done:
            continue
        new.keys.extend(keys[done:i])
        new.starts.extend(starts[done:i])
        new.ends.extend(ends[done:i])
        done = i + 1
        raw = raws[i]
        if raw in _SIGNS:
            sign = raw if i + 1 < count and starts[i + 1] == ends[i] else None
            continue
        if raw == "%":
            key, last = "percent", i + 1
        else:
            key, last = _number(text, raws, keys, starts, ends, i, money=sign is not None)
            unit = sign or _unit_after(text, raws, keys, starts, ends, last)
            if unit is not None:
                new.units[len(new.keys)] = unit
        sign, done = None, last
        new.keys.append(key)
        new.starts.append(starts[i])
        new.ends.append(ends[last - 1])
    new.keys.extend(keys[done:])
    new.starts.extend(starts[done:])
    new.ends.extend(ends[done:])
    return new


def _unit_after(
    text: str, raws: list[str], keys: list[str], starts: list[int], ends: list[int], i: int
) -> str | None:
    if i >= len(raws) or text[ends[i - 1] : starts[i]].strip(" \u00a0\u202f-"):
        return None
    if raws[i] == "%" or (keys[i] == "per" and i + 1 < len(keys) and keys[i + 1] == "cent"):
        return "%"
    return units().get(keys[i])


def _joined_by(text: str, left: int, right: int) -> bool:
    """Whether only a blank or a hyphen parts two number words."""
    return right - left <= 2 and not text[left:right].strip(" \t\n\u00a0\u202f-‐‑")


def _number(
    text: str,
    raws: list[str],
    keys: list[str],
    starts: list[int],
    ends: list[int],
    i: int,
    *,
    money: bool,
) -> tuple[str, int]:
    """The key of the number at word i, and the word after it."""
    raw, key = raws[i], keys[i]
    if key in _ordinals():
        return _ordinals()[key], i + 1
    if key in _values():
        value, last = _spelled(text, keys, starts, ends, i)
    elif key in _multipliers():
        value, last = Decimal(_multipliers()[key]), i + 1
    else:
        parsed = _digits(raw, money=money)
        if isinstance(parsed, str):
            return parsed, i + 1
        value, last = parsed, i + 1
    last, value = _scale(text, keys, starts, ends, last, value)
    return f"#{format(value.normalize(), 'f')}", last


def _digits(raw: str, *, money: bool) -> Decimal | str:
    """The value of digits as written, or a key where they are no plain number."""
    match = _NUMBER.match(raw)
    if match is None or len(raw) > _LONGEST_NUMBER:
        return f"#{raw.lower()}"
    sign, digits, suffix = match.groups()
    suffix = suffix.lower()
    try:
        value = Decimal(re.sub(r"[^\d.]", "", digits))
    except InvalidOperation:
        return f"#{raw.lower()}"
    if sign:
        value = -value
    if suffix in _ORDINAL:
        return f"#{format(value, 'f')}{_ordinal_ending(value)}"
    if suffix and (money or suffix in {"bn", "mn", "tn", "k"}) and suffix in _SCALES:
        return value * _SCALES[suffix]
    return f"#{format(value.normalize(), 'f')}{suffix}" if suffix else value


def _ordinal_ending(value: Decimal) -> str:
    """The regular ending, so that a misspelt one does not tell two numbers apart."""
    if value % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(int(value % 10), "th")


def _scale(
    text: str, keys: list[str], starts: list[int], ends: list[int], i: int, value: Decimal
) -> tuple[int, Decimal]:
    while i < len(keys) and keys[i] in _multipliers() and _joined_by(text, ends[i - 1], starts[i]):
        value *= _multipliers()[keys[i]]
        i += 1
    return i, value


def _spelled(
    text: str, keys: list[str], starts: list[int], ends: list[int], i: int
) -> tuple[Decimal, int]:
    """Compose number words: "two hundred and five", "eighty-seven", "nineteen eighty-four"."""
    values, multipliers = _values(), _multipliers()
    total, part, previous = 0, values[keys[i]], values[keys[i]]
    i += 1
    while i < len(keys) and _joined_by(text, ends[i - 1], starts[i]):
        key = keys[i]
        if key == "and":
            after = i + 1 < len(keys) and keys[i + 1] in values
            if not after or previous < 100 or not _joined_by(text, ends[i], starts[i + 1]):
                break
        elif key in multipliers:
            previous = multipliers[key]
            if previous == 100:
                part *= 100
            elif total and previous > total:
                break
            else:
                total, part = total + part * previous, 0
        elif key in values:
            value = values[key]
            if previous >= 100 or (20 <= previous < 100 and value < 10 and previous % 10 == 0):
                part, previous = part + value, value
            elif 10 <= previous < 100 and part == previous and value >= 10:
                part, previous = part * 100 + value, value
            else:
                break
        else:
            break
        i += 1
    return Decimal(total + part), i
