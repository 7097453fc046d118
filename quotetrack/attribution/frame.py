"""A sentence as the argument tagger sees it from one of its cues."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotetrack.attribution.chunks import Chunks
    from quotetrack.attribution.wordclass import WordClasses

_LEFT_OF_PHRASE = frozenset(("NN", "PR", "JJ", "DT", "CD", "PO", "WP"))

Situation = tuple[str, int, int, int, int, int, str, int, int, bool, bool]
"""Side of the cue (L, C, R); punctuation marks, verbs, nouns, subordinators and other
cues between; inside quotation marks or not, for chunk and cue; segments apart; verbs in
the chunk's segment; in the noun phrase left of the cue, right of it, its last word."""


@dataclass(slots=True, frozen=True)
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
    others_before: list[int]
    other_at: frozenset[int]
    rule: list[str]
    """What the rules say of each chunk (S, C, -), with this cue; empty: not their cue."""

    def situations(self, low: int, high: int) -> list[Situation]:
        """How the chunks ``low:high`` stand to the cue."""
        first, last = self.first, self.last
        found = self._situations("L", low, min(first, high), 1, first)
        for i in range(max(low, first), min(last, high)):
            found += self._situations("C", i, i + 1, 0, i)
        return found + self._situations("R", max(low, last), high, 0, last)

    def _situations(self, side: str, low: int, high: int, ahead: int, edge: int) -> list[Situation]:
        """Those on one side; between chunk i and the cue stand ``i + ahead`` to ``edge``."""
        cut, (left, left_end) = self.chunks, self.left
        subordinators, others = cut.subordinators, self.others_before
        commas, verbs, nouns = cut.commas, cut.verbs, cut.nouns
        sign = 1 if side == "L" else -1
        bounds = slice(low + ahead, high + ahead)
        cue_quoted = "Q" if cut.quoted[self.first] else "o"
        quotes = ("o" + cue_quoted, "Q" + cue_quoted)
        here = cut.segment[self.first]
        return [
            (
                side,
                comma if (comma := sign * (commas[edge] - c)) < 3 else 3,
                verb if (verb := sign * (verbs[edge] - v)) < 2 else 2,
                noun if (noun := sign * (nouns[edge] - n)) < 3 else 3,
                sub if (sub := sign * (subordinators[edge] - s)) < 2 else 2,
                other if (other := sign * (others[edge] - o)) < 2 else 2,
                quotes[quoted],
                apart if -5 < (apart := segment - here) < 5 else 9,
                has_verb,
                left <= i < left_end,
                i == left_end - 1,
            )
            for i, c, v, n, s, o, quoted, segment, has_verb in zip(
                range(low, high),
                commas[bounds],
                verbs[bounds],
                nouns[bounds],
                subordinators[bounds],
                others[bounds],
                cut.quoted[low:high],
                cut.segment[low:high],
                cut.has_verb[low:high],
                strict=True,
            )
        ]


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
    other = [0] * (len(cut.starts) - 1)
    for a, _ in others:
        if a != begin:
            other[a] += 1
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
        list(accumulate(other, initial=0)),
        frozenset(k for a, b in others for k in range(a, b)),
        [rule[k] for k in cut.starts[:-1]] if rule else [],
    )
