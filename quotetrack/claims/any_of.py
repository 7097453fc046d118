"""Patterns of many words that pass over most of a text quickly."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Lower-case words as alternatives of a pattern in any case, longer ones first.

    They are grouped by their first letters: where none of these stands, the engine does not
    try each word, as it must where case does not count.
    """
    ordered = sorted(words, key=lambda word: (word[0], -len(word), word))
    return "|".join(
        f"{_either_case(first)}(?i:{'|'.join(re.escape(word[1:]) for word in group)})"
        for first, group in groupby(ordered, itemgetter(0))
    )


def _either_case(letter: str) -> str:
    upper = letter.upper()
    return f"[{letter}{upper}]" if letter.isalpha() and len(upper) == 1 else re.escape(letter)
