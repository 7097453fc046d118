"""Which facts a statement speaks of: weighted overlap of word stems."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from quotetrack import data
from quotetrack.facts.tokens import key_of
from quotetrack.text.stems import stem

_WORD = re.compile(r"[^\W_]++(?:['’][^\W_]++)*+")
_POSSESSIVE = ("'s", "’s")


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    found = (_stem(word) for word in _WORD.findall(text.lower()))
    return [word for word in found if word]


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """The stem of a lower-case word; empty for one that carries no meaning."""
    if word.endswith(_POSSESSIVE):
        word = word[:-2]
    return "" if word in data.words("empty_words.txt") else stem(key_of(word))


def rank(text: str, subjects: Sequence[str]) -> list[float]:
    """How well each subject is spoken of in the text, 0..1.

    The share of a subject's words that the text has, rare words counting more
    (log(1 + N / n) for a word in n of N subjects).
    """
    said = set(stems(text))
    known = [frozenset(stems(subject)) for subject in subjects]
    counts = Counter(word for words in known for word in words)
    weights = {word: math.log(1 + len(known) / n) for word, n in counts.items()}
    ranked: list[float] = []
    for words in known:
        total = sum(weights[word] for word in words)
        shared = sum(weights[word] for word in words & said)
        ranked.append(shared / total if total else 0.0)
    return ranked
