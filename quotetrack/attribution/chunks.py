"""A sentence in chunks: runs of tokens that an argument rarely begins or ends within.

Labelling chunks instead of tokens ("the old bridge", "has been closed", "of the council")
takes half the steps and lets the model look further.  Which neighbours hold together was
counted in the training text, by their tags and, for frequent words, by the words themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotetrack.attribution.view import View

_PUNCTUATION = frozenset((",", ".", ":", "Q", "-LRB-", "-RRB-", "``", "''"))
_KEPT = 1 << 14

Pair = tuple[str, str, str, str]
"""Tags and words of two neighbours; the word of a rare one is empty."""


def general(pair: Pair) -> tuple[Pair, ...]:
    """The pair and what it is a case of, the most special first."""
    left, right, word, next_word = pair
    return (pair, (left, right, "", next_word), (left, right, word, ""), (left, right, "", ""))


class Glue(dict[Pair, bool]):
    """Pair of neighbours -> whether they stay together.

    Args:
        decided: The pairs that have an answer of their own.
        frequent: Words that are told apart.
    """

    def __init__(self, decided: Mapping[Pair, bool], frequent: Iterable[str]) -> None:
        super().__init__()
        self._decided = decided
        self.known = {word: word for word in frequent}

    def __missing__(self, pair: Pair) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        for key in general(pair):
            if key in self._decided:
                found = self[pair] = self._decided[key]
                return found
        self[pair] = False
        return False


@dataclass(slots=True, frozen=True)
class Chunks:
    """The chunks of a sentence: parallel lists, one entry a chunk."""

    view: View
    starts: list[int]
    """The first token of each, and the number of tokens."""
    of: list[int]
    """For every token its chunk, and the number of chunks."""
    openings: list[str]
    """First words."""
    opening_tags: list[str]
    words: list[str]
    """Last words."""
    tags: list[str]
    quoted: list[bool]
    commas: list[int]
    """Punctuation marks before the chunk; the last entry is for the sentence's end.  So are
    verbs, nouns and subordinators."""
    verbs: list[int]
    nouns: list[int]
    subordinators: list[int]
    segment: list[int]
    """Stretch between punctuation marks in which the chunk begins."""
    has_verb: list[int]
    """Whether there are no, one or more verbs in that stretch."""

    def spread(self, labels: Sequence[str]) -> list[str]:
        """Labels of the chunks as labels of the tokens."""
        found: list[str] = []
        for label, (start, end) in zip(labels, pairwise(self.starts), strict=True):
            found.append(label)
            if end - start > 1:
                found += [label.replace("B-", "I-")] * (end - start - 1)
        return found


def chunks(view: View, glue: Glue, cues: Iterable[tuple[int, int]]) -> Chunks:
    """Cut a sentence, at the edges of the cues and of what the rules found in any case.

    Args:
        view: The sentence.
        glue: What holds together.
        cues: Ranges of tokens.
    """
    tags, words = view.tags, view.words
    known = glue.known.get
    frequent = [known(word, "") for word in words]
    together = [glue[pair] for pair in zip(tags, tags[1:], frequent, frequent[1:], strict=False)]
    edges = {edge for cue in cues for edge in cue}
    for labels in view.rule_labels.values():
        edges.update(k for k, (a, b) in enumerate(pairwise(labels), 1) if a != b)
    if view.any_quoted:
        edges.update(k for k, (a, b) in enumerate(pairwise(view.quoted), 1) if a != b)
    starts = [0]
    starts += [k for k, stays in enumerate(together, 1) if not stays or k in edges]
    return _chunks(view, [*starts, len(words)])


def _chunks(view: View, starts: list[int]) -> Chunks:
    tags, words = view.tags, view.words
    first, ends = starts[:-1], [k - 1 for k in starts[1:]]
    segment: list[int] = []
    in_segment = [0]
    for tag in tags:
        if tag in _PUNCTUATION:
            in_segment.append(0)
        segment.append(len(in_segment) - 1)
        if tag[0] == "V" or tag == "MD":
            in_segment[-1] = min(in_segment[-1] + 1, 2)
    subordinators = data.words("subordinators.txt")
    before = list(accumulate((word in subordinators for word in words), initial=0))
    of: list[int] = []
    for number, (start, end) in enumerate(pairwise(starts)):
        of += [number] * (end - start)
    of.append(len(first))
    return Chunks(
        view,
        starts,
        of,
        [words[k] for k in first],
        [tags[k] for k in first],
        [words[k] for k in ends],
        [tags[k] for k in ends],
        [view.quoted[k] for k in first],
        [view.commas[k] for k in starts],
        [view.verbs[k] for k in starts],
        [view.nouns[k] for k in starts],
        [before[k] for k in starts],
        [segment[k] for k in first],
        [in_segment[segment[k]] for k in first],
    )
