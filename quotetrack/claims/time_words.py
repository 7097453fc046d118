"""The words that times are made of, and a text cut into them."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from quotetrack import data
from quotetrack.claims.any_of import lower_case

_WORD = re.compile(r"((?=\S)(?:[a-z]++(?=[ ,.])|[^\W\d_]++|[0-9]++|\S))")
"""A word, most of them told by their first alternative, a run of digits or a mark."""
_PHRASE_PARTS = re.compile(r"[^\W\d_]++|[0-9]++|[^\s\w]")
NUMBER = "digits"
OTHER = ""
HOLIDAY = "holiday"


@cache
def lexicon() -> dict[str, tuple[str, str]]:
    """Word -> what it is, and its value."""
    found: dict[str, tuple[str, str]] = {}
    for line in data.lines("time_words.txt"):
        word, kind, value = line.split()
        found[word] = (kind, value)
    return found


@cache
def beside(what: str) -> frozenset[str]:
    """The words that stand beside times in one way: data/en/time_beside.txt."""
    pairs = (line.split() for line in data.lines("time_beside.txt"))
    return frozenset(word for word, kind in pairs if kind == what)


@cache
def holidays() -> dict[str, tuple[tuple[tuple[str, ...], str, bool], ...]]:
    """First word -> (the other words, rule, counts only with a word before it)."""
    found: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for line in data.lines("holidays.txt"):
        name, _, rule = line.lstrip("~").partition(" = ")
        first, *rest = _PHRASE_PARTS.findall(name)
        found.setdefault(first, []).append((tuple(rest), rule, line[0] == "~"))
    return {word: tuple(sorted(names, key=lambda n: -len(n[0]))) for word, names in found.items()}


@cache
def kinds() -> dict[str, str]:
    """Word -> what it is; the first words of holidays that are nothing else too."""
    found = dict.fromkeys(holidays(), HOLIDAY)
    found.update((word, kind) for word, (kind, _) in lexicon().items())
    return found


class Words:
    """A text as words, runs of digits and single marks.

    Attributes:
        text: The text.
        lower: The words in lower case, typographic apostrophes made straight.
        starts: Where they begin.
        ends: Where they end.
        depth: How many times the one being read stands in; the grammar counts.
    """

    __slots__ = ("_known", "depth", "ends", "lower", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        plain = lower_case(text).replace("’", "'").replace("‘", "'")
        parts = _WORD.split(plain)
        edges = list(accumulate(map(len, parts)))
        self.lower, self.starts, self.ends = parts[1::2], edges[:-1:2], edges[1::2]
        self._known = kinds()

    def __len__(self) -> int:
        return len(self.lower)

    def places(self, wanted: frozenset[str]) -> list[int]:
        """Where these words and digits stand."""
        return [i for i, word in enumerate(self.lower) if word in wanted or ":" > word >= "0"]

    def word(self, i: int) -> str:
        """The lower-case word at i; "" outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def kind(self, i: int) -> str:
        """What the word at i is to a time ("month", "unit", "digits" …), "" for the rest."""
        if not 0 <= i < len(self.lower):
            return OTHER
        word = self.lower[i]
        return self._known.get(word) or (NUMBER if "0" <= word < ":" else OTHER)

    def value(self, i: int) -> str:
        """The value of a word that the lexicon knows."""
        return lexicon()[self.lower[i]][1]

    def number(self, i: int) -> int:
        """The value of a word that the lexicon knows, as a number."""
        return int(lexicon()[self.lower[i]][1])

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.starts) and self.text[self.starts[i]].isupper()

    def joined(self, i: int) -> bool:
        """Whether nothing stands between word i and the next."""
        return 0 <= i < len(self.starts) - 1 and self.ends[i] == self.starts[i + 1]

    def near(self, i: int) -> bool:
        """Whether only blanks on one line (at most two) stand between word i and the next."""
        if not 0 <= i < len(self.starts) - 1:
            return False
        gap = self.text[self.ends[i] : self.starts[i + 1]]
        return len(gap) <= 2 and "\n" not in gap

    def plain(self, i: int) -> bool:
        """Whether digits at i stand alone: no part of 1,200 or 3.5 or $12 or a code."""
        text, start, end = self.text, self.starts[i], self.ends[i]
        before, after = text[start - 1 : start], text[end : end + 1]
        if before and (before.isalnum() or before in "$€£¥#+_&=%"):
            return False
        if before in (".", ",", ":") and before and text[start - 2 : start - 1].isdigit():
            return False
        if after and (after in "%$€£¥_°" or after.isalnum()):
            return False
        return not (after in (".", ",", ":") and after and text[end + 1 : end + 2].isdigit())
