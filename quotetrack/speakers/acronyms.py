"""Long forms that an article abbreviates itself: "the Alliance to Save Our Rivers (ASOR)".

The method of Schwartz and Hearst (2003), kept to the first letters of words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRACKETS = frozenset(("(", "[", "-LRB-"))
_SHORTEST, _LONGEST = 2, 8
_SKIPPED = 2
"""Small words in a row that the letters may leave out ("of the")."""


def long_forms(words: Sequence[str], capitalised: Sequence[int]) -> dict[int, int]:
    """First token of every long form before "(ABC)" -> the token after its last."""
    found: dict[int, int] = {}
    for i in [i - 1 for i in capitalised if words[i - 1] in _BRACKETS]:
        if i > 0:
            letters = words[i + 1].replace(".", "")
            if _SHORTEST <= len(letters) <= _LONGEST and letters.isalpha() and letters.isupper():
                first = _first_word(words, i, letters)
                if first is not None:
                    found[first] = i
    return found


def _first_word(words: Sequence[str], end: int, letters: str) -> int | None:
    k = end
    skipped = 0
    for letter in reversed(letters):
        k -= 1
        while k >= 0 and words[k][0].upper() != letter:
            if words[k][0].isupper() or not words[k].isalpha() or skipped >= _SKIPPED:
                return None
            skipped += 1
            k -= 1
        if k < 0:
            return None
        skipped = 0
    return k if words[k][0].isupper() and end - k > 1 else None
