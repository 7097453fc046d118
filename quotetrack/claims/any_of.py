"""Patterns of many words that pass over most of a text quickly."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def lower_case(text: str) -> str:
    """The text in lower case, character for character."""
    return text.replace("İ", "ı").lower()  # "İ" alone would grow


def any_of(words: Iterable[str]) -> str:
    """Lower-case words as alternatives of a pattern in any case, longer ones first.

    They are grouped by their first letters: where none of these stands, the engine does not
    try each word, as it must where case does not count.
    """
    return "|".join(
        f"{_either_case(first)}(?i:{'|'.join(rests)})" for first, rests in _by_first_letter(words)
    )


def any_as_written(words: Iterable[str]) -> str:
    """The same, of words as they stand."""
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in _by_first_letter(words)
    )


def _by_first_letter(words: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    ordered = sorted(words, key=lambda word: (word[0], -len(word), word))
    for first, group in groupby(ordered, itemgetter(0)):
        yield first, [re.escape(word[1:]) for word in group]


def _either_case(letter: str) -> str:
    upper = letter.upper()
    return f"[{letter}{upper}]" if letter.isalpha() and len(upper) == 1 else re.escape(letter)
