"""Linear-chain models in pure Python: best labels and label probabilities.

Conditional random fields (Lafferty, McCallum and Pereira 2001) as trained by CRFsuite;
here are only the dynamic programmes over weights read from a file.

The score of a token is one whole number with a lane a label (see
`quotetrack.text.weights`).  The first label is that of tokens outside of everything; the
others are measured against it, so that its own scores are always 0.
"""

from __future__ import annotations

import math
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotetrack.text.weights import Lanes


class Chain:
    """A model of label sequences.

    Args:
        labels: Names of the labels; the first is the outside.
        lanes: Of the scores; there may be more than labels.
        transitions: ``transitions[previous][label]``.
        scale: Turns scores into log-potentials.
    """

    def __init__(
        self,
        labels: tuple[str, ...],
        lanes: Lanes,
        transitions: tuple[tuple[int, ...], ...],
        scale: float,
    ) -> None:
        self.labels = labels
        self.transitions = transitions
        self.incoming = tuple(zip(*transitions, strict=True))
        """``incoming[label][previous]``: the transitions, turned."""
        self.scale = scale
        self.lanes = lanes
        self._factors, self._factors_in = (
            tuple(tuple(math.exp(scale * weight) for weight in row) for row in table)
            for table in (self.transitions, self.incoming)
        )
        self._gains = tuple(
            tuple(
                max(0, *(there - here for there, here in zip(row, best, strict=True)))
                for row in transitions
            )
            for best in transitions
        )
        """``gains[best][label]``: the most that a label can gain on the best at the next token."""
        outside, gains = transitions[0], self._gains[0]
        self._quiet = lanes.signs + lanes.pack(
            outside[label] - outside[0] + gains[label] if label else -1
            for label in range(len(labels))
        )
        self._powers = [math.exp(-scale * k) for k in range(round(40 / scale))]
        """``exp(-scale * k)`` until it no longer counts."""

    def best(self, states: Sequence[int]) -> list[int]:
        """The most probable sequence of label indices (Viterbi).

        A label so far behind the best one that no transition can make it up again is given
        up, so that mostly one or two are left; while that is the outside alone, a token
        costs one comparison.
        """
        transitions, gains = self.transitions, self._gains
        quiet, signs, unpack = self._quiet, self.lanes.signs, self.lanes.unpack
        path = [0] * len(states)
        left = [0]  # labels that may still be in the best sequence, and their scores
        scores = [0]
        kept = [(left, scores)]
        for i, state in enumerate(states):
            if i == 0:
                following = list(unpack(state))
            elif len(left) > 1:
                arriving = [
                    [score + t for t in transitions[label]]
                    for label, score in zip(left, scores, strict=True)
                ]
                following = list(map(add, map(max, *arriving), unpack(state)))
            elif left[0] or (state + quiet) & signs:
                following = list(map(add, transitions[left[0]], unpack(state)))
            else:
                kept.append((left, scores))
                continue
            top = max(following)
            gain = gains[following.index(top)]
            left = [k for k, score in enumerate(following) if score + gain[k] >= top]
            scores = [following[k] - top for k in left]
            kept.append((left, scores))
        label = left[scores.index(max(scores))]
        for i in range(len(states) - 1, -1, -1):
            path[i] = label
            left, scores = kept[i]
            if len(left) == 1:
                label = left[0]
            else:
                into = self.incoming[label]
                options = [score + into[k] for k, score in zip(left, scores, strict=True)]
                label = left[options.index(max(options))]
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
        powers, unpack, last = self._powers, self.lanes.unpack, len(path) - 1
        found = []
        for i, (state, own) in enumerate(zip(states, path, strict=True)):
            if own == 0:
                found.append(1.0)
                continue
            scores: Iterable[int] = unpack(state)
            if i:
                scores = map(add, scores, self.transitions[path[i - 1]])
            if i < last:
                scores = map(add, scores, self.incoming[path[i + 1]])
            scores = list(scores)
            top = max(scores)
            behind = [top - score for score in scores]
            total = sum([powers[k] for k in behind if k < len(powers)])
            found.append(powers[behind[own]] / total if behind[own] < len(powers) else 0.0)
        return found


def _normalised(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
