"""What a sentence says that its subject is: "Ana Duarte was elected mayor"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.speakers.naming import Name

_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no"))
_HELPERS = frozenset(("is", "was", "has", "had", "been", "were", "are"))
_CHARGE = frozenset(("NN", "CD", "VBG", "NNS"))
_MOST = 6
"""Tokens of the verb group."""


@cache
def _role_verbs() -> dict[str, bool]:
    """Verb -> whether "as" must follow."""
    lines = (line.split() for line in data.lines("role_verbs.txt"))
    return {line[0]: len(line) > 1 for line in lines}


def verb_of(words: Sequence[str], name: Name, stop: int) -> int:
    """Where the verb of a name stands: behind an age and "who"."""
    k = name.last
    if k + 2 < stop and words[k] == "," and words[k + 1].isdigit() and words[k + 2] == ",":
        k += 3
    elif k + 1 < stop and words[k] == "," and words[k + 1] == "who":
        k += 1
    if k < stop and words[k] == "who":
        k += 1
    return k


def role_begins(words: Sequence[str], tags: Sequence[str], name: Name, stop: int) -> int | None:
    """Where the phrase begins that says what somebody is; None: nothing does."""
    known = _role_verbs()
    k = verb_of(words, name, stop)
    begins = None
    for at in range(k, min(stop - 1, k + _MOST)):
        word = words[at].lower()
        if word in known:
            if known[word] and words[at + 1] != "as":
                return None
            begins = at + 1
        elif word in _NEGATIONS or not (word in _HELPERS or tags[at] == "RB" or word == "as"):
            break
        elif word == "as":
            begins = at + 1
    return None if begins is None or words[begins].lower() in _NEGATIONS else begins


def is_accused(words: Sequence[str], tags: Sequence[str], name: Name, stop: int) -> bool:
    """Whether a court deals with somebody: "was charged", "denies fraud", "indicted …"."""
    verbs = data.words("accused_verbs.txt")
    if name.first and words[name.first - 1] in verbs and tags[name.first - 1] == "VBD":
        return True
    k = verb_of(words, name, stop)
    while k + 1 < stop and (words[k] in _HELPERS or tags[k] == "RB"):
        k += 1
        if words[k] in verbs:
            return True
    if k + 1 >= stop:
        return False
    return words[k] in {"pleaded", "pleads"} or (words[k] == "denies" and tags[k + 1] in _CHARGE)
