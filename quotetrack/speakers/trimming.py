"""What the stages before took into a source too much, or left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.layout import Layout

_DATELINE = 9
_DASHES = frozenset(("—", "–", "--"))
_FINITE = frozenset(("VBD", "VBZ"))
_RELATIVE = frozenset(("WP", "WDT", "WP$", "WRB"))
_OBJECT = frozenset(("DT", "PRP", "PRP$"))
"""What begins a subject or an object."""
_MARKS = frozenset(("``", "''"))


def after_dateline(words: Sequence[str], quoted: Sequence[int], first: int, last: int) -> int:
    """Where a source begins that the stages before took together with "ROME —"."""
    for k in range(first + 1, min(last - 1, first + _DATELINE)):
        if words[k] in _DASHES and quoted[first] < 0:
            before = words[first:k]
            return k + 1 if all(w[0].isupper() or not w[0].isalpha() for w in before) else first
    return first


def of_the_clause(
    layout: Layout, tags: Sequence[str], at: Sequence[int], first: int, last: int
) -> tuple[int, int]:
    """The subject in "the mill paid a fine, and Ana Duarte", or in "the mill sued Ana Duarte".

    Behind a conjunction the subject of the last clause says it, else that of the first.
    """
    words = layout.words
    naming = data.words("naming_verbs.txt")
    verb = -1
    for k in range(first + 1, last - 1):
        if tags[k - 1] in _MARKS or tags[k] in _RELATIVE or tags[k] in _MARKS or words[k] == "that":
            break
        begins = at[k + 1] >= 0 or tags[k + 1] in _OBJECT
        if words[k] == "but" and words[k - 1] == "," and begins:
            return k + 1, last
        noun = at[k - 1] >= 0 or tags[k - 1][:2] == "NN" or words[k - 1] == ","
        finite = tags[k] in _FINITE or (tags[k] == "VBN" and at[k + 1] >= 0)
        if finite and at[k] < 0 and noun and words[k].isalpha() and words[k] not in naming:
            verb = k
            break
    if verb < 0 or all(index < 0 for index in at[verb:last]):
        return first, last
    for k in range(last - 2, verb, -1):
        if tags[k] == "CC" and words[k - 1] == "," and at[k + 1] >= 0:
            return k + 1, last
    begins = at[verb + 1] >= 0 or tags[verb + 1] in _OBJECT
    return (first, verb) if begins else (first, last)
