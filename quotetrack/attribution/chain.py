"""Linear-chain models in pure Python: best labels and label probabilities.

Conditional random fields (Lafferty, McCallum and Pereira 2001) as trained by CRFsuite;
here are only the dynamic programmes over weights read from a file.  They are written out
label by label: loops over so few labels cost three times as much.

The first label is that of tokens outside of everything; the others are measured against
it, so that its own scores are always 0.
"""

from __future__ import annotations

import math
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.weights import Lanes

_NEVER = -(1 << 40)
"""The score of what cannot be."""


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
        nothing = (0,) * len(labels)
        self._around = {
            (before, behind): tuple(map(add, into, out_of))
            for before, into in enumerate((nothing, *transitions), -1)
            for behind, out_of in enumerate((nothing, *self.incoming), -1)
        }
        """Labels before and behind, -1 for none -> what their transitions add to each label."""

    def best(self, states: Sequence[Sequence[int]]) -> list[int]:
        """The most probable sequence of five labels (Viterbi).

        The labels are outside, begin and inside of one role, begin and inside of another;
        nothing is inside that has not begun.

        Args:
            states: Scores of the labels, for each token.
        """
        (
            (oo, ob, _, oc, _),
            (bo, bb, bi, bc, _),
            (io, ib, ii, ic, _),
            (co, cb, _, cc, cd),
            (do, db, _, dc, dd),
        ) = self.transitions
        after: list[tuple[int, int, int, int, int]] = []
        o, b, _, c, _ = states[0]
        i = d = _NEVER
        for k in range(1, len(states)):
            _, b_here, i_here, c_here, d_here = states[k]
            to_o, from_o = o + oo, 0
            if (score := b + bo) > to_o:
                to_o, from_o = score, 1
            if (score := i + io) > to_o:
                to_o, from_o = score, 2
            if (score := c + co) > to_o:
                to_o, from_o = score, 3
            if (score := d + do) > to_o:
                to_o, from_o = score, 4
            to_b, from_b = o + ob, 0
            if (score := b + bb) > to_b:
                to_b, from_b = score, 1
            if (score := i + ib) > to_b:
                to_b, from_b = score, 2
            if (score := c + cb) > to_b:
                to_b, from_b = score, 3
            if (score := d + db) > to_b:
                to_b, from_b = score, 4
            to_i, from_i = b + bi, 1
            if (score := i + ii) > to_i:
                to_i, from_i = score, 2
            to_c, from_c = o + oc, 0
            if (score := b + bc) > to_c:
                to_c, from_c = score, 1
            if (score := i + ic) > to_c:
                to_c, from_c = score, 2
            if (score := c + cc) > to_c:
                to_c, from_c = score, 3
            if (score := d + dc) > to_c:
                to_c, from_c = score, 4
            to_d, from_d = c + cd, 3
            if (score := d + dd) > to_d:
                to_d, from_d = score, 4
            after.append((from_o, from_b, from_i, from_c, from_d))
            o, b, i, c, d = to_o, to_b + b_here, to_i + i_here, to_c + c_here, to_d + d_here
        last = (o, b, i, c, d)
        label = last.index(max(last))
        path = [label]
        for before in reversed(after):
            label = before[label]
            path.append(label)
        path.reverse()
        return path

    def marginals(self, states: Sequence[Sequence[int]]) -> list[tuple[float, float, float]]:
        """For each token the probability of each of three labels (forward-backward, rescaled).

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

    def certainty(self, states: Sequence[Sequence[int]], path: Sequence[int]) -> list[float]:
        """For each token the probability of its label of five, given those of its neighbours.

        The factors of the pseudo-likelihood (Besag 1975): cheaper than `marginals`, and as
        good a sign of doubt.  Tokens outside are not asked: 1.
        """
        scale, exp, around, last = self.scale, math.exp, self._around, len(path) - 1
        found = [1.0] * len(path)
        for i, own in enumerate(path):
            if own:
                before, behind = (path[i - 1] if i else -1), (path[i + 1] if i < last else -1)
                o, b, inside, c, d = map(add, states[i], around[before, behind])
                most = (o, b, inside, c, d)[own]
                try:
                    found[i] = 1 / (
                        exp(scale * (o - most))
                        + exp(scale * (b - most))
                        + exp(scale * (inside - most))
                        + exp(scale * (c - most))
                        + exp(scale * (d - most))
                    )
                except OverflowError:  # another label is all but certain
                    found[i] = 0.0
        return found
