"""Linear-chain models in pure Python: scores, best labels, label probabilities.

Conditional random fields (Lafferty, McCallum and Pereira 2001) as trained by CRFsuite;
here are only the two dynamic programmes over weights read from a file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True, frozen=True)
class Chain:
    """Weights are whole numbers; ``scale`` turns their sums into log-potentials."""

    labels: tuple[str, ...]
    weights: dict[str, tuple[int, ...]]
    """Feature -> weight for each label."""
    transitions: tuple[tuple[int, ...], ...]
    """``transitions[previous][label]``."""
    scale: float

    def states(self, rows: Sequence[Sequence[str]]) -> list[list[int]]:
        """Summed weights of each token (a list of features) for each label."""
        get = self.weights.get
        empty = (0,) * len(self.labels)
        return [
            [sum(column) for column in zip(*[w for f in row if (w := get(f))], strict=True)]
            or list(empty)
            for row in rows
        ]

    def best(self, states: Sequence[Sequence[int]]) -> list[int]:
        """The most probable sequence of label indices (Viterbi)."""
        if not states:
            return []
        incoming = list(zip(*self.transitions, strict=True))
        score = list(states[0])
        back: list[list[int]] = []
        for state in states[1:]:
            pointers, following = [], []
            for own, into in zip(state, incoming, strict=True):
                options = [s + t for s, t in zip(score, into, strict=True)]
                top = max(options)
                pointers.append(options.index(top))
                following.append(top + own)
            back.append(pointers)
            score = following
        label = score.index(max(score))
        path = [label]
        for pointers in reversed(back):
            label = pointers[label]
            path.append(label)
        path.reverse()
        return path

    def marginals(self, states: Sequence[Sequence[int]]) -> list[list[float]]:
        """For each token the probability of each label (forward-backward, rescaled)."""
        if not states:
            return []
        scale, count = self.scale, range(len(self.labels))
        into = [[math.exp(scale * w) for w in row] for row in zip(*self.transitions, strict=True)]
        out_of = [[math.exp(scale * w) for w in row] for row in self.transitions]
        potentials = []
        for state in states:
            top = max(state)
            potentials.append([math.exp(scale * (s - top)) for s in state])
        forward = []
        alpha = potentials[0]
        total = sum(alpha)
        alpha = [a / total for a in alpha]
        forward.append(alpha)
        for potential in potentials[1:]:
            alpha = [
                potential[y] * sum([a * t for a, t in zip(alpha, into[y], strict=True)])
                for y in count
            ]
            total = sum(alpha)
            alpha = [a / total for a in alpha]
            forward.append(alpha)
        beta = [1.0 for _ in count]
        result = [forward[-1]]
        for k in range(len(states) - 2, -1, -1):
            weighted = [p * b for p, b in zip(potentials[k + 1], beta, strict=True)]
            beta = [sum([t * w for t, w in zip(out_of[y], weighted, strict=True)]) for y in count]
            total = sum(beta)
            beta = [b / total for b in beta]
            product = [a * b for a, b in zip(forward[k], beta, strict=True)]
            total = sum(product)
            result.append([p / total for p in product])
        result.reverse()
        return result
