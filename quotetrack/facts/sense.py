"""What words mean to a comparison: denials, opposites, figures, fillers, names.

Everything here looks at comparable words (see `tokens`) alone, not at a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from quotetrack import data
from quotetrack.facts.tokens import units
from quotetrack.text.stems import stem

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
_DERIVED = frozenset(("s", "n", "an", "ns", "ans", "es", "ese"))


@cache
def _phrases(name: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in data.lines(name))


@cache
def _contractions() -> dict[str, tuple[str, ...]]:
    return {first: tuple(rest) for first, *rest in map(str.split, data.lines("contractions.txt"))}


@cache
def _negators() -> frozenset[str]:
    return frozenset(word for word in data.words("negators.txt") if word.isalpha())


@cache
def _sides() -> dict[str, frozenset[tuple[int, int]]]:
    """Stem -> (line, side) of the list of opposites."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, line in enumerate(data.lines("directions.txt")):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                found.setdefault(stem(word), set()).add((number, side))
    return {word: frozenset(places) for word, places in found.items()}


@cache
def titles() -> frozenset[str]:
    return frozenset(line.split()[0].rstrip(".") for line in data.lines("titles.txt"))


def expand(keys: Sequence[str]) -> list[str]:
    """The words with contractions written out: "didnt" gives "did", "not"."""
    out: list[str] = []
    for key in keys:
        if key in _contractions():
            out.extend(_contractions()[key])
        elif key.endswith("nt") and len(key) > 4 and key[:-2] in _negators():
            out.extend((key[:-2], "not"))
        else:
            out.append(key)
    return out


def without_fillers(keys: Sequence[str]) -> list[str]:
    """The words less those that speakers only lean on."""
    fillers = _phrases("fillers.txt")
    out: list[str] = []
    i = 0
    while i < len(keys):
        size = next((n for n in (4, 3, 2, 1) if tuple(keys[i : i + n]) in fillers), 0)
        if not size:
            out.append(keys[i])
        i += size or 1
    return out


def opposed(quoted: Sequence[str], source: Sequence[str]) -> bool:
    """Whether a word of one stretch and a word of the other stand on opposite sides."""
    sides = _sides()
    left = {place for key in quoted for place in sides.get(stem(key), ())}
    right = {place for key in source for place in sides.get(stem(key), ())}
    turned = {line for line, side in left if any(line == n and side != s for n, s in right)}
    agreed = {line for line, side in left if (line, side) in right}
    return bool(turned - agreed)


def negations(keys: Sequence[str]) -> int:
    """How many words of the stretch deny."""
    return sum(key in _negators() for key in expand(keys))


def affix_negation(quoted: Sequence[str], source: Sequence[str]) -> bool:
    for a in quoted:
        for b in source:
            long, short = (a, b) if len(a) > len(b) else (b, a)
            if len(short) < 4 or long == short:
                continue
            if any(long.startswith(p) and stem(long[len(p) :]) == stem(short) for p in _PREFIXES):
                return True
            base = long.removesuffix("less").removesuffix("ful")
            if base != long and short in {f"{base}less", f"{base}ful"}:
                return True
    return False


@cache
def amounts() -> frozenset[str]:
    return data.words("match_amounts.txt")


@cache
def given_names() -> frozenset[str]:
    return frozenset(line.split()[0].capitalize() for line in data.lines("given_names.txt"))


@cache
def lower_words() -> frozenset[str]:
    """Words that are no name even with a capital."""
    single = {words[0] for words in _phrases("fillers.txt") if len(words) == 1}
    return frozenset(
        {*data.words("match_pronouns.txt"), *_contractions(), *_negators(), *single}
        | {"the", "and", "but", "if", "when", "for", "in", "on", "at", "of", "to", "by", "as"}
    )


def figures(keys: Sequence[str], places: Sequence[int]) -> Counter[str]:
    """The figures among some words, with what scales, measures and bounds them."""
    found: Counter[str] = Counter()
    measures: Counter[str] = Counter()
    for i in places:
        key = keys[i]
        if key[0] == "#" or key in amounts():
            found[key] += 1
        elif key in units():
            measures[f"@{units()[key]}"] += 1
        elif key in data.words("approximators.txt") and i + 1 < len(keys) and keys[i + 1][0] == "#":
            found[key] += 1
    # A measure without a figure ("day by day") is a word like others.
    return found + measures if found else found


def same_figures(quoted: Counter[str], source: Counter[str]) -> bool:
    """Whether the figures agree; "one" or an ordinal on one side alone is often no figure."""
    if quoted == source:
        return True
    alone = quoted or source
    return not (quoted and source) and all(
        key == "#1" or (key[0] == "#" and key.endswith(("st", "nd", "rd", "th"))) for key in alone
    )


def same_name(a: str, b: str) -> bool:
    """The same name in another form or spelling: "Qaddafi" and "Gadhafi"."""
    if a == b or stem(a) == stem(b):
        return True
    long, short = (a, b) if len(a) > len(b) else (b, a)
    if len(short) > 3 and long.startswith(short) and long[len(short) :] in _DERIVED:
        return True
    return len(short) > 3 and _sound(a) == _sound(b)


@cache
def _sound_table() -> dict[int, str]:
    return str.maketrans(
        {"q": "k", "g": "k", "c": "k", "z": "s", "v": "f", "w": "f", "y": "i", "j": "i"}
    )


def _sound(name: str) -> tuple[str, int]:
    """The consonants, doubled and like-sounding ones as one, and the number of vowel groups."""
    folded = name.translate(_sound_table())
    consonants = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouh]", "", folded))
    return consonants, len(re.findall(r"[aeiou]+", folded))
