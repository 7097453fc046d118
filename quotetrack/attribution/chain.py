"""Linear-chain models in pure Python: best labels and label probabilities.

Conditional random fields (Lafferty, McCallum and Pereira 2001) as trained by CRFsuite;
here are only the dynamic programmes over weights read from a file.

The first label is that of tokens outside of everything.  The others are measured against
it, so that the score of a token is one whole number with a lane for each of the others
(see `quotetrack.text.weights`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quotetrack.text.weights import Lanes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.weights import Weights


class Chain:
    """A model of label sequences.

    Args:
        labels: Names of the labels; the first is the outside.
        weights: Whole numbers; ``scale`` turns their sums into log-potentials.
        transitions: ``transitions[previous][label]``.
        scale: Size of a step.
    """

    def __init__(
        self,
        labels: tuple[str, ...],
        weights: Weights,
        transitions: tuple[tuple[int, ...], ...],
        scale: float,
    ) -> None:
        self.labels = labels
        self.transitions = transitions
        self.incoming = tuple(zip(*transitions, strict=True))
        """``incoming[label][previous]``: the transitions, turned."""
        self.scale = scale
        self.lanes = Lanes(len(labels) - 1)
        self.total = weights.adder(len(labels), baseline=0)
        """Features -> the lanes of their summed weights: the score of a token, or a part."""
        self._factors, self._factors_in = (
            tuple(tuple(math.exp(scale * weight) for weight in row) for row in table)
            for table in (self.transitions, self.incoming)
        )
        outside = transitions[0]
        self._gain = tuple(
            max(0, *(there - here for there, here in zip(row, outside, strict=True)))
            for row in transitions
        )
        """For each label, the most that it can gain on the outside at the next token."""
        self._quiet = self.lanes.signs + self.lanes.pack(
            outside[label] - outside[0] + self._gain[label] for label in range(1, len(labels))
        )

    def scores(self, state: int) -> list[int]:
        """The scores of all labels at a token."""
        return [0, *self.lanes.unpack(state)]

    def best(self, states: Sequence[int]) -> list[int]:
        """The most probable sequence of label indices (Viterbi).

        After a token where nothing but the outside can belong to the best sequence, the
        search begins anew; the further tokens where that holds cost one comparison.
        """
        path = [0] * len(states)
        incoming, outside, gain = self.incoming, self.transitions[0], self._gain
        quiet, signs, scores = self._quiet, self.lanes.signs, self.scores
        score: list[int] | None = None  # None: outside for certain
        back: list[list[int]] = []
        for i, state in enumerate(states):
            if score is not None:
                pointers, following = [], []
                for own, into in zip(scores(state), incoming, strict=True):
                    options = [s + t for s, t in zip(score, into, strict=True)]
                    top = max(options)
                    pointers.append(options.index(top))
                    following.append(top + own)
                back.append(pointers)
                score = following
            elif i == 0:
                score = scores(state)
            elif (state + quiet) & signs:
                score = [s + t for s, t in zip(scores(state), outside, strict=True)]
            else:
                continue
            if all(s + g < score[0] for s, g in zip(score[1:], gain[1:], strict=True)):
                _trace(path, i, 0, back)
                score, back = None, []
        if score is not None:
            _trace(path, len(states) - 1, score.index(max(score)), back)
        return path

    def marginals(self, states: Sequence[Sequence[int]]) -> list[list[float]]:
        """For each token the probability of each label (forward-backward, rescaled).

        Args:
            states: Scores of all labels, for each token.
        """
        if not states:
            return []
        scale, count = self.scale, range(len(self.labels))
        into, out_of = self._factors_in, self._factors
        potentials = []
        for state in states:
            top = max(state)
            potentials.append([math.exp(scale * (s - top)) for s in state])
        alpha = _normalised(potentials[0])
        forward = [alpha]
        for potential in potentials[1:]:
            alpha = _normalised(
                [
                    potential[y] * sum([a * t for a, t in zip(alpha, into[y], strict=True)])
                    for y in count
                ]
            )
            forward.append(alpha)
        beta = [1.0 for _ in count]
        result = [forward[-1]]
        for k in range(len(states) - 2, -1, -1):
            weighted = [p * b for p, b in zip(potentials[k + 1], beta, strict=True)]
            beta = _normalised(
                [sum([t * w for t, w in zip(out_of[y], weighted, strict=True)]) for y in count]
            )
            result.append(_normalised([a * b for a, b in zip(forward[k], beta, strict=True)]))
        result.reverse()
        return result

    def certainty(self, states: Sequence[int], path: Sequence[int]) -> list[float]:
        """For each token the probability of its label, given those of its neighbours.

        The factors of the pseudo-likelihood (Besag 1975): cheaper than `marginals`, and as
        good a sign of doubt.  Tokens outside are not asked: 1.
        """
        scale, last = self.scale, len(path) - 1
        found = []
        for i, (state, own) in enumerate(zip(states, path, strict=True)):
            if own == 0:
                found.append(1.0)
                continue
            scores = self.scores(state)
            if i:
                scores = [s + t for s, t in zip(scores, self.transitions[path[i - 1]], strict=True)]
            if i < last:
                scores = [s + t for s, t in zip(scores, self.incoming[path[i + 1]], strict=True)]
            mine = scores[own]
            found.append(1 / sum([math.exp(min(scale * (s - mine), 50.0)) for s in scores]))
        return found


def _trace(path: list[int], last: int, label: int, back: Sequence[Sequence[int]]) -> None:
    """Enter the labels that lead to ``label`` at token ``last``."""
    path[last] = label
    for k, pointers in enumerate(reversed(back)):
        label = pointers[label]
        path[last - 1 - k] = label


def _normalised(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
