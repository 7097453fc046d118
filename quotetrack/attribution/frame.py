"""A sentence as the argument tagger sees it from one of its cues."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from quotetrack import data
from quotetrack.attribution.chunks import COUNT, FIELD, OTHER_CUE
from quotetrack.text.weights import Kept

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotetrack.attribution.chunks import Chunks
    from quotetrack.attribution.wordclass import WordClasses

_LEFT_OF_PHRASE = frozenset(("NN", "PR", "JJ", "DT", "CD", "PO", "WP"))


class Situation(NamedTuple):
    """How a chunk stands to the cue."""

    side: str
    """L, C or R of the cue."""
    comma: int
    """Punctuation marks between, up to 3; so with verbs, subordinators, nouns, other cues."""
    verb: int
    quotes: str
    """Inside quotation marks (Q) or not (o): the chunk, the cue."""
    sub: int
    noun: int
    others: int
    apart: int
    """Segments from the cue's to the chunk's, 9 if more than 4."""
    verbs: int
    """In the chunk's segment, up to 2."""
    in_left: bool
    """In the noun phrase left of the cue."""
    subject: bool
    """The last word of that phrase."""


SIDES = "LCR"
_QUOTES = ("oo", "Qo", "oQ", "QQ")
CLAUSE = (1 << 6) - 1
MARKS = (1 << 8) - 1
"""The bits of a code for side, comma and verb; for these and quotes."""


def decode(code: int) -> Situation:
    """The situation that a number of `Frame.situations` stands for."""
    return Situation(
        SIDES[code & 3],
        code >> 2 & 3,
        code >> 4 & 3,
        _QUOTES[code >> 6 & 3],
        code >> 8 & 3,
        code >> 10 & 3,
        code >> 12 & 3,
        apart - 4 if (apart := code >> 14 & 15) < 9 else 9,
        code >> 18 & 3,
        bool(code >> 20 & 1),
        bool(code >> 21 & 1),
    )


@dataclass(slots=True)
class Frame:
    """A sentence in chunks and one cue of it, ``first`` to ``last`` (numbers of chunks)."""

    chunks: Chunks
    first: int
    last: int
    cue: str
    """Stem of the cue's head."""
    cue_group: str
    next_word: str
    next_tag: str
    around: str
    left: tuple[int, int]
    between: list[int]
    """As that of the chunks, with the other cues counted too."""
    other_at: frozenset[int]
    rule: list[str]
    """What the rules say of each chunk (S, C, -), with this cue; empty: not their cue."""

    def situations(self, low: int, high: int) -> list[int]:
        """How the chunks ``low:high``, the cue among them, stand to it: see `decode`.

        Whole numbers, since tables are asked for them all the time, and tuples of so many parts
        take long to look up.
        """
        first, last, between, stands = self.first, self.last, self.between, self.chunks.stands
        ahead, behind = between[first], between[last]
        spans = [ahead - k for k in between[low + 1 : first + 1]]
        spans += [0] * (last - first)
        spans += [k - behind for k in between[last:high]]
        here, quoted = stands[first] & ~7, (stands[first] & 4) << 5
        sides = [quoted] * (first - low) + [quoted | 1] * (last - first)
        sides += [quoted | 2] * (high - last)
        counts, place = _counts, _place
        found = [
            side | counts[span] | place[at - here]
            for side, span, at in zip(sides, spans, stands[low:high], strict=True)
        ]
        left, left_end = self.left
        for i in range(max(left, low), left_end):
            found[i - low] |= 1 << 20
        if low < left_end:
            found[left_end - 1 - low] |= 1 << 21
        return found


def _in_code(counts: int) -> int:
    """Counts of what lies between as bits of a situation's code, none above its limit."""
    comma, verb, noun, sub, other = (counts >> FIELD * k & COUNT for k in range(5))
    return (
        min(comma, 3) << 2
        | min(verb, 2) << 4
        | min(sub, 2) << 8
        | min(noun, 3) << 10
        | min(other, 2) << 12
    )


def _place_in_code(at: int) -> int:
    """Where a chunk stands (see `Chunks.stands`), in segments from the cue's."""
    apart = at >> 3
    return (apart + 4 if -5 < apart < 5 else 9) << 14 | (at & 4) << 4 | (at & 3) << 18


_counts: Kept[int, int] = Kept(_in_code)
_place: Kept[int, int] = Kept(_place_in_code)


def _phrase_left(cut: Chunks, end: int) -> tuple[int, int]:
    """The noun phrase that ends before the cue, adverbs and auxiliaries between skipped."""
    words, tags = cut.words, cut.tags
    auxiliaries, links = data.words("auxiliaries.txt"), data.words("phrase_links.txt")
    while end > 0 and (tags[end - 1] in {"RB", "MD"} or words[end - 1] in auxiliaries):
        end -= 1
    begin = end
    while begin > 0 and (tags[begin - 1][:2] in _LEFT_OF_PHRASE or words[begin - 1] in links):
        begin -= 1
    return begin, end


def frame(
    cut: Chunks,
    first: int,
    last: int,
    cues: Collection[tuple[int, int]],
    classes: WordClasses,
) -> Frame:
    """What all chunks share for the cue ``first:last``.

    Args:
        cut: The sentence, cut at the edges of its cues.
        first: First token of the cue (view index).
        last: The token after it.
        cues: All cues of the sentence.
        classes: Habits and manners of verbs.
    """
    view = cut.view
    words, tags, quoted = view.words, view.tags, view.quoted
    n = len(words)
    head = last - 1
    if tags[first][:2] == "VB":
        head = max((k for k in range(first, last) if tags[k][:2] == "VB"), default=head)
    begin, end = cut.of[first], cut.of[last]
    others = [(cut.of[a], cut.of[b]) for a, b in cues if (a, b) != (first, last)]
    between = cut.between
    if others:
        other = [0] * len(between)
        for a, _ in others:
            if a != begin:
                other[a + 1] += OTHER_CUE
        between = [*map(add, between, accumulate(other))]
    rule = next((view.rule_labels[k] for k in range(first, last) if k in view.rule_labels), [])
    return Frame(
        cut,
        begin,
        end,
        view.stems[head],
        classes.habit(view.stems[head]) + classes.manner(words[head]),
        words[last] if last < n else "</s>",
        tags[last] if last < n else "</s>",
        ("Q" if first and quoted[first - 1] else "o")
        + (tags[first - 1] if first else "<s>")
        + ("Q" if last < n and quoted[last] else "o"),
        _phrase_left(cut, begin),
        between,
        frozenset(k for a, b in others for k in range(a, b)),
        [rule[k] for k in cut.starts[:-1]] if rule else [],
    )
