"""A sentence in chunks: runs of tokens that an argument rarely begins or ends within.

Labelling chunks instead of tokens ("the old bridge", "has been closed", "of the council")
takes half the steps and lets the model look further.  Which neighbours hold together was
counted in the training text, by their tags and, for frequent words, by the words themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import sub
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotetrack.attribution.view import View

_PUNCTUATION = frozenset((",", ".", ":", "Q", "-LRB-", "-RRB-", "``", "''"))
_VERBS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "PRP$"))
FIELD = 20
"""Bits of a count in `Chunks.between`: more than a sentence has tokens."""
COUNT = (1 << FIELD) - 1
_VERB, _NOUN, _SUBORDINATOR = (1 << FIELD * k for k in (1, 2, 3))
OTHER_CUE = 1 << FIELD * 4
_COUNTED = (
    dict.fromkeys(_PUNCTUATION, 1) | dict.fromkeys(_VERBS, _VERB) | dict.fromkeys(_NOUNS, _NOUN)
)
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


@dataclass(slots=True)
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
    marks: str
    """Q for every chunk that is quoted, o for the others, and an o at both ends."""
    between: list[int]
    """Punctuation marks, verbs, nouns and subordinators before the chunk, each count in a field
    of its own, so that one subtraction tells what lies between two; the last entry is for the
    sentence's end."""
    stands: list[int]
    """Stretch between punctuation marks in which the chunk begins, whether it is quoted (one
    bit), and the verbs in that stretch, up to 2 (two bits)."""

    def spread(self, labels: str) -> str:
        """Labels of the chunks as labels of the tokens."""
        sizes = map(sub, self.starts[1:], self.starts)
        return "".join(
            [label + label.lower() * (size - 1) for label, size in zip(labels, sizes, strict=False)]
        )


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
    tags, words, quoted = view.tags, view.words, view.quoted
    first, ends = starts[:-1], [k - 1 for k in starts[1:]]
    subordinators, counted = data.words("subordinators.txt"), _COUNTED.get
    before = list(
        accumulate(
            [
                counted(tag, 0) + _SUBORDINATOR * (word in subordinators)
                for tag, word in zip(tags, words, strict=True)
            ],
            initial=0,
        )
    )
    marks = [k for k, tag in enumerate(tags) if tag in _PUNCTUATION]
    verbs = [before[k] // _VERB & COUNT for k in (0, *marks, len(tags))]
    in_segment = [min(behind - ahead, 2) for ahead, behind in pairwise(verbs)]
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
        [quoted[k] for k in first],
        "o" + "".join(["Q" if quoted[k] else "o" for k in first]) + "o",
        [before[k] for k in starts],
        [
            (segment := before[k + 1] & COUNT) << 3 | quoted[k] << 2 | in_segment[segment]
            for k in first
        ],
    )
