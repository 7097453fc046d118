"""Datelines: where, and for which agency, a news story was filed ("SPLIT, Croatia (AP) — ")."""

from __future__ import annotations

from collections.abc import Sequence

_DASHES = frozenset(("—", "–", "--", "-"))
_INSIDE = frozenset((",", "/", "(", ")", ".", "and", "of", "de", "al"))
_OPENERS = frozenset(("“", "‘", '"', "'", "''", "``", "«", "„"))
_LONGEST = 18
"""Tokens."""
_SHORTEST_TOWN = 3
"""Letters of a first word in capitals."""


def dateline_length(words: Sequence[str]) -> int:
    """Tokens of the dateline that a paragraph begins with, its dash included; 0: there is none.

    A town in capitals, or any before an agency in brackets, then a dash and a sentence.
    """
    dash = 0
    for i, word in enumerate(words[:_LONGEST]):
        if word in _DASHES:
            dash = i
            break
        if not (word[0].isupper() or word[0].isdigit() or word in _INSIDE):
            return 0
    if not dash or dash + 1 >= len(words):
        return 0
    in_capitals = words[0].isupper() and len(words[0]) >= _SHORTEST_TOWN
    if not in_capitals and words[dash - 1] != ")":
        return 0
    following = words[dash + 1]
    begins = following in _OPENERS or following[0].isupper() or following[0].isdigit()
    return dash + 1 if begins else 0
