"""A sentence as the argument tagger sees it from one of its cues."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_PUNCTUATION = frozenset((",", ".", ":", "Q", "-LRB-", "-RRB-", "``", "''"))
_LEFT_OF_PHRASE = frozenset(("NN", "PR", "JJ", "DT", "CD", "PO", "WP"))
_NOT_IN_RIGHT = frozenset(("WP",))

Situation = tuple[str, int, int, int, int, int, str, int, int, bool, bool, bool]
"""Side of the cue (L, C, R); punctuation marks, verbs, nouns, subordinators and other
cues between; inside quotation marks or not, for token and cue; segments apart; verbs in
the token's segment; in the noun phrase left of the cue, right of it, its last word."""


@dataclass(slots=True, frozen=True)
class Clauses:
    """A sentence cut at its punctuation."""

    segment: list[int]
    """For every token the segment that it lies in."""
    has_verb: list[int]
    """For every token whether there are no, one or more verbs in its segment."""
    subordinators: list[int]
    """How many stand before token i."""


def clauses(view: View) -> Clauses:
    """The segments of a sentence."""
    segment: list[int] = []
    verbs = [0]
    for tag in view.tags:
        if tag in _PUNCTUATION:
            verbs.append(0)
        segment.append(len(verbs) - 1)
        if tag[0] == "V" or tag == "MD":
            verbs[-1] = min(verbs[-1] + 1, 2)
    subordinators = data.words("subordinators.txt")
    return Clauses(
        segment,
        [verbs[k] for k in segment],
        list(accumulate((word in subordinators for word in view.words), initial=0)),
    )


@dataclass(slots=True, frozen=True)
class Frame:
    """A sentence and one cue of it, ``first`` to ``last`` (view indices)."""

    view: View
    clauses: Clauses
    first: int
    last: int
    cue: str
    """Stem of the cue's head."""
    cue_tag: str
    cue_group: str
    next_word: str
    next_tag: str
    previous_word: str
    around: str
    place: str
    left: tuple[int, int]
    right: tuple[int, int]
    others_before: list[int]
    other_at: frozenset[int]
    rule: list[str]
    """What the rules say of each token (S, C, -), with this cue; empty: not their cue."""

    def situations(self, low: int, high: int) -> list[Situation]:
        """How the tokens ``low:high`` stand to the cue."""
        first, last = self.first, self.last
        found = self._situations("L", low, min(first, high), 1, first)
        for i in range(max(low, first), min(last, high)):
            found += self._situations("C", i, i + 1, 0, i)
        return found + self._situations("R", max(low, last), high, 0, last)

    def _situations(self, side: str, low: int, high: int, ahead: int, edge: int) -> list[Situation]:
        """Those on one side; between token i and the cue stand ``i + ahead`` to ``edge``."""
        view, (left, left_end), (right, right_end) = self.view, self.left, self.right
        subordinators, others = self.clauses.subordinators, self.others_before
        commas, verbs, nouns = view.commas, view.verbs, view.nouns
        sign = 1 if side == "L" else -1
        bounds = slice(low + ahead, high + ahead)
        cue_quoted = "Q" if view.quoted[self.first] else "o"
        quotes = ("o" + cue_quoted, "Q" + cue_quoted)
        here = self.clauses.segment[self.first]
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
                right <= i < right_end,
                i == left_end - 1,
            )
            for i, c, v, n, s, o, quoted, segment, has_verb in zip(
                range(low, high),
                commas[bounds],
                verbs[bounds],
                nouns[bounds],
                subordinators[bounds],
                others[bounds],
                view.quoted[low:high],
                self.clauses.segment[low:high],
                self.clauses.has_verb[low:high],
                strict=True,
            )
        ]


def _phrase_left(view: View, end: int) -> tuple[int, int]:
    """The noun phrase that ends before the cue, adverbs and auxiliaries between skipped."""
    words, tags = view.words, view.tags
    auxiliaries, links = data.words("auxiliaries.txt"), data.words("phrase_links.txt")
    while end > 0 and (tags[end - 1] in {"RB", "MD"} or words[end - 1] in auxiliaries):
        end -= 1
    begin = end
    while begin > 0 and (tags[begin - 1][:2] in _LEFT_OF_PHRASE or words[begin - 1] in links):
        begin -= 1
    return begin, end


def _phrase_right(view: View, begin: int) -> tuple[int, int]:
    """The noun phrase that begins after the cue."""
    words, tags = view.words, view.tags
    links = data.words("phrase_links.txt")
    allowed = _LEFT_OF_PHRASE - _NOT_IN_RIGHT
    end = begin
    while end < len(words) and (tags[end][:2] in allowed or words[end] in links):
        end += 1
    return begin, end


def frame(
    view: View,
    first: int,
    last: int,
    cues: Collection[tuple[int, int]],
    classes: WordClasses,
    cut: Clauses | None = None,
) -> Frame:
    """What all tokens share for the cue ``first:last``.

    Args:
        view: The sentence.
        first: First token of the cue (view index).
        last: The token after it.
        cues: All cues of the sentence.
        classes: Habits and manners of verbs.
        cut: The sentence's clauses, where they are at hand.
    """
    words, tags, quoted = view.words, view.tags, view.quoted
    n = len(words)
    head = last - 1
    if tags[first][:2] == "VB":
        head = max((k for k in range(first, last) if tags[k][:2] == "VB"), default=head)
    other = [0] * n
    for begin, _ in cues:
        if begin != first:
            other[begin] += 1
    return Frame(
        view,
        cut or clauses(view),
        first,
        last,
        view.stems[head],
        tags[first],
        classes.habit(view.stems[head]) + classes.manner(words[head]),
        words[last] if last < n else "</s>",
        tags[last] if last < n else "</s>",
        words[first - 1] if first else "<s>",
        ("Q" if first and quoted[first - 1] else "o")
        + (tags[first - 1] if first else "<s>")
        + ("Q" if last < n and quoted[last] else "o"),
        "S" if first == 0 else "E" if last >= n - 1 else "M",
        _phrase_left(view, first),
        _phrase_right(view, last),
        list(accumulate(other, initial=0)),
        frozenset(k for b, e in cues if (b, e) != (first, last) for k in range(b, e)),
        next((view.rule_labels[k] for k in range(first, last) if k in view.rule_labels), []),
    )
