"""How much a sentence calls for checking: a linear model over its words and figures.

Figures ("12 percent", "$3 million", "twice") are taken out of the sentence before its
words are read, and their weights are at least 0, so a figure more never lowers the score.
Trained by ``training/checkworthy.py`` on debates that fact-checkers worked through
(CLEF 2019 CheckThat!, task 1: Atanasova et al., "Overview of the CLEF-2019 CheckThat!
Lab").
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, fsum
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Mapping

MODEL = "checkworthy.json"
MOST = 3
"""Figures counted in a sentence."""
_TOKEN = re.compile(
    r"(?=\S)(?:[A-Za-z]++(?=[ ,.])|[^\W\d_]++(?:['’][^\W\d_]++)?"  # the first for speed
    r"|[0-9][0-9.,]*+%?|[$€£¥](?:[0-9][0-9.,]*+%?)?|[%?])"
)
_MONEY, _PERCENT, _YEAR = "$€£¥", "%", re.compile(r"(?:19|20)[0-9]{2}[.,]?\Z")
_HEDGE = "hedge"
"""Words that go with figures ("more than"): left out wherever they stand, so that a figure
more leaves the other words as they are."""
CONSTANT = "(constant)"
"""Key of what every sentence gets: no word or feature."""
_NAMES = (1, 2, 4)
"""Capitalised words inside a sentence: at least so many."""


def check_worthiness(sentence: str) -> float:
    """How much a sentence calls for checking, 0 to 1.

    A score to rank sentences by, not a probability: the debates it was learned on have
    one checked sentence in 37, and the scale is stretched so that these lie around 0.5.
    The time grows with the length of the sentence.

    Args:
        sentence: Any string.

    Raises:
        TypeError: The argument is no str.
    """
    if not isinstance(sentence, str):
        raise TypeError(f"sentence must be a str, not {type(sentence).__name__}")
    weights = _weights()
    known = [weights[feature] for feature in features(sentence) if feature in weights]
    # exact, so that the order of the set, which differs between processes, has no say
    score = fsum([weights[CONSTANT], *known])
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def features(sentence: str) -> set[str]:
    """What the model sees: figures ("figure …"), words, pairs of words, forms, names."""
    figures: dict[str, int] = {}
    words: list[str] = []
    found: set[str] = set()
    names = 0
    for word, kind, ending, capital in map(_look_up, _TOKEN.findall(sentence)):
        if kind is not None:
            if kind != _HEDGE:
                figures[kind] = figures.get(kind, 0) + 1
        elif word == "?":
            found.add("form ?")
        else:
            if capital and words:
                names += 1
            words.append(word)
            if ending:
                found.add(ending)
    found.update(words)
    found.update([f"{word} {after}" for word, after in pairwise(words)])
    found.update(f"form names {n}" for n in _NAMES if names >= n)
    for kind, count in figures.items():
        found.update(f"figure {kind} {n}" for n in range(1, min(count, MOST) + 1))
    if figures:
        found.add("figure any 1")
    return found


@lru_cache(maxsize=1 << 14)
def _look_up(token: str) -> tuple[str, str | None, str | None, bool]:
    """A token in lower case, the sort of figure it is, its ending, whether it may be a name."""
    word = token.lower().replace("’", "'")
    capital = token[0].isupper() and len(token) > 1 and word[1] != "'"
    return word, _figure(word, _figure_words()), _ending(word), capital


def is_figure(feature: str) -> bool:
    """Whether a feature is one of those whose weights must not be negative."""
    return feature.startswith("figure ") and feature[-1].isdigit()


def _figure(word: str, classes: Mapping[str, str]) -> str | None:
    """The sort of figure that a lower-case token is (part of); None: a word."""
    if word[0] in _MONEY:
        return "money"
    if word[-1] == _PERCENT:
        return "percent"
    if word[0].isdigit():
        return "year" if _YEAR.match(word) else "number"
    return classes.get(word)


def _ending(word: str) -> str | None:
    """Past tense, superlative and comparative, as endings tell them."""
    if len(word) < 4:
        return None
    if word.endswith("ed"):
        return "form -ed"
    if word.endswith("est"):
        return "form -est"
    return "form -er" if word.endswith("er") else None


@cache
def _figure_words() -> dict[str, str]:
    lines = data.lines("checkworthy_figures.txt")
    return {word: kind for line in lines for word, kind in [line.split()]}


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(data.read(MODEL))
    return weights
