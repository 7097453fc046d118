"""Patterns of many words that pass over most of a text quickly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def lower_case(text: str) -> str:
    """The text in lower case, character for character."""
    return text.replace("İ", "ı").lower()  # "İ" alone would grow


def any_of(words: Iterable[str]) -> str:
    """Lower-case words as alternatives of a pattern in any case, longer ones first.

    They are grouped by their first letters: where none of these stands, the engine does not
    try each word, as it must where case does not count.
    """
    return "|".join(
        f"{_either_case(letter)}(?i:{any_as_written(rests)})"
        for letter, rests in _by_first_letter(words).items()
    )


def any_as_written(words: Iterable[str]) -> str:
    """The same, of words as they stand, grouped by each letter in turn."""
    return "|".join(
        re.escape(letter) + (f"(?:{any_as_written(rests)})" if rests[1:] else re.escape(rests[0]))
        for letter, rests in _by_first_letter(words).items()
    )


def _by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """First letter -> the rests of the words; longer words come before those they begin with."""
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words), reverse=True):
        rests.setdefault(word[:1], []).append(word[1:])
    return rests


def _either_case(letter: str) -> str:
    upper = letter.upper()
    return f"[{letter}{upper}]" if letter.isalpha() and len(upper) == 1 else re.escape(letter)
