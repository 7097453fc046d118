"""Linear-chain models in pure Python: best labels and label probabilities.

Conditional random fields (Lafferty, McCallum and Pereira 2001) as trained by CRFsuite;
here are only the dynamic programmes over weights read from a file.

The score of a token is one whole number with a lane a label (see
`quotetrack.text.weights`).  The first label is that of tokens outside of everything; the
others are measured against it, so that its own scores are always 0.
"""

from __future__ import annotations

import math
from itertools import combinations
from operator import add
from typing import TYPE_CHECKING

from quotetrack.text.weights import ALL, HALF, LANE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotetrack.text.weights import Lanes


_KEPT = 1 << 13
"""Sums of transitions kept."""


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
        self._factors = [[math.exp(scale * weight) for weight in row] for row in transitions]
        # gains[best][label]: the most that a label can gain on the best one at the next token
        gains = tuple(
            tuple(
                max(0, *(there - here for there, here in zip(row, best, strict=True)))
                for row in transitions
            )
            for best in transitions
        )
        self._arriving = _Arriving(transitions, lanes)
        count = range(len(labels))
        self._margins = tuple(
            lanes.signs + lanes.pack(-1 if label == best else gain[label] for label in count)
            for best, gain in enumerate(gains)
        )
        """What sets the signs of the labels that may yet catch up with the best one."""
        self._with_signs = {
            sum(1 << LANE * (k + 1) - 1 for k in some): some
            for size in range(len(labels) + 1)
            for some in combinations(count, size)
        }
        """Set signs -> those labels."""
        self._powers = [math.exp(-scale * k) for k in range(round(40 / scale))]
        """``exp(-scale * k)`` until it no longer counts."""

    def best(self, states: Sequence[int]) -> list[int]:
        """The most probable sequence of label indices (Viterbi).

        A label so far behind the best one that no transition can make it up again is given
        up, so that mostly one is left; while it stays the only one, all labels are added up
        and compared at once, lane by lane.
        """
        arriving, margins, with_signs = self._arriving, self._margins, self._with_signs
        signs, ones, unpack = self.lanes.signs, self.lanes.ones, self.lanes.unpack
        left: tuple[int, ...] = (0,)  # labels that may still be in the best sequence
        scores: tuple[int, ...] = (0,)  # theirs, the best one's being 0
        kept = [(left, scores)]
        for i, state in enumerate(states):
            total = state + arriving[left, scores] if i else state
            if len(left) == 1:
                label = left[0]
                top = (total + signs >> LANE * label) % ALL - HALF
                if not (total + margins[label] - top * ones) & signs:
                    kept.append(kept[-1])
                    continue
            following = unpack(total)
            top = max(following)
            best = following.index(top)
            others = (total + margins[best] - top * ones) & signs
            left = with_signs[others | 1 << LANE * (best + 1) - 1]
            scores = tuple([following[k] - top for k in left]) if others else (0,)
            kept.append((left, scores))
        path = [0] * len(states)
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

    def marginals(self, states: Sequence[Sequence[int]]) -> list[tuple[float, float, float]]:
        """For each token the probability of each of three labels (forward-backward, rescaled).

        Written out, because loops over three labels cost three times as much.

        Args:
            states: Scores of the labels, for each token.
        """
        scale, exp = self.scale, math.exp
        (aa, ab, ac), (ba, bb, bc), (ca, cb, cc) = self._factors
        forward: list[tuple[float, float, float]] = []
        potentials: list[tuple[float, float, float]] = []
        a = b = c = 0.0
        for i, (x, y, z) in enumerate(states):
            top = max(x, y, z)
            p, q, r = exp(scale * (x - top)), exp(scale * (y - top)), exp(scale * (z - top))
            potentials.append((p, q, r))
            if i:
                a, b, c = (
                    p * (a * aa + b * ba + c * ca),
                    q * (a * ab + b * bb + c * cb),
                    r * (a * ac + b * bc + c * cc),
                )
            else:
                a, b, c = p, q, r
            total = a + b + c
            a, b, c = a / total, b / total, c / total
            forward.append((a, b, c))
        u = v = w = 1.0
        result = forward[-1:]
        for i in range(len(states) - 2, -1, -1):
            p, q, r = potentials[i + 1]
            p, q, r = p * u, q * v, r * w
            u, v, w = aa * p + ab * q + ac * r, ba * p + bb * q + bc * r, ca * p + cb * q + cc * r
            total = u + v + w
            u, v, w = u / total, v / total, w / total
            a, b, c = forward[i]
            a, b, c = a * u, b * v, c * w
            total = a + b + c
            result.append((a / total, b / total, c / total))
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


class _Arriving(dict[tuple[tuple[int, ...], tuple[int, ...]], int]):
    """Labels and their scores -> the best score that each label can have next, as lanes."""

    def __init__(self, transitions: Sequence[Sequence[int]], lanes: Lanes) -> None:
        super().__init__()
        self._transitions = transitions
        self._lanes = lanes

    def __missing__(self, key: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
        if len(self) >= _KEPT:
            self.clear()
        rows = [
            [score + t for t in self._transitions[label]] for label, score in zip(*key, strict=True)
        ]
        found = self[key] = self._lanes.pack(map(max, zip(*rows, strict=True)))
        return found
