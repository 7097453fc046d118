"""A tagged layout as the rules read it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from quotetrack.text.layout import Layout, Quotation

TokenRange = tuple[int, int]
"""Tokens of the layout, end exclusive."""

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
"""Tags of words that can head a predicate."""

CONJUNCTIONS = frozenset(("and", "but", "or", "yet", "so"))
DASHES = frozenset(("—", "--", "–", "―"))


@dataclass(slots=True, frozen=True)
class Reading:
    """Parallel lists, one entry a token of the layout."""

    layout: Layout
    tags: Sequence[str]
    lower: list[str]
    quotations: Sequence[Quotation]
    inside: list[int]
    """Index of the innermost quotation around the token, its marks included; -1: none."""
    opens: list[int]
    """Index of the quotation that the token opens (one of its pieces); -1: none."""
    closes: list[int]
    """Index of the quotation whose piece ends with the token; -1: none."""

    def region(self, i: int) -> TokenRange:
        """The tokens that can stand in one clause with token i.

        Its sentence, cut to the quotation that it stands in, marks left out.
        """
        sentence = self.layout.sentences[self.layout.sentence_of[i]]
        first, last = sentence.first, sentence.last
        if (around := self.inside[i]) < 0:
            return first, last
        start, end = next(
            piece
            for piece in self.quotations[around].pieces
            if piece[0] <= self.layout.starts[i] < piece[1]
        )
        while first < i and self.layout.starts[first] <= start:
            first += 1
        while (
            last > i + 1
            and self.layout.ends[last - 1] >= end
            and (self.layout.ends[last - 1] > end or self.closes[last - 1] >= 0)
        ):
            last -= 1
        return first, last


def prepare(layout: Layout, tags: Sequence[str], quotations: Sequence[Quotation]) -> Reading:
    """A layout as the rules read it.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token, Penn Treebank style.
        quotations: The text's quotations.
    """
    n, starts, ends = len(layout.words), layout.starts, layout.ends
    inside, opens, closes = [-1] * n, [-1] * n, [-1] * n
    for index, quotation in enumerate(quotations):  # outer before inner
        for start, end in quotation.pieces:
            first, last = bisect_left(starts, start), bisect_left(ends, end)
            if starts[first : first + 1] != [start] or ends[last : last + 1] != [end]:
                continue  # a mark glued to a word
            opens[first] = index
            closes[last] = index
            for i in range(first, last + 1):
                inside[i] = index
    lower = [word.lower() for word in layout.words]
    if "’" in layout.text:
        lower = [word.replace("’", "'") for word in lower]
    return Reading(layout, tags, lower, quotations, inside, opens, closes)
