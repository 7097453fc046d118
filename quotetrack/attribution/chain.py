"""Linear-chain models in pure Python: best labels and label probabilities.

Conditional random fields (Lafferty, McCallum and Pereira 2001) as trained by CRFsuite;
here are only the two dynamic programmes over weights read from a file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotetrack.text.weights import Row


@dataclass(slots=True, frozen=True)
class Chain:
    """Weights are whole numbers; ``scale`` turns their sums into log-potentials."""

    labels: tuple[str, ...]
    weights: Mapping[str, Row]
    """Feature -> (label index, weight) pairs."""
    transitions: tuple[tuple[int, ...], ...]
    """``transitions[previous][label]``."""
    scale: float
    incoming: tuple[tuple[int, ...], ...] = field(init=False)
    """``incoming[label][previous]``: the transitions, turned."""
    factors: tuple[tuple[float, ...], ...] = field(init=False)
    """The exponentials of the transitions, and of those turned."""
    factors_in: tuple[tuple[float, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        turned = tuple(zip(*self.transitions, strict=True))
        object.__setattr__(self, "incoming", turned)
        for name, table in (("factors", self.transitions), ("factors_in", turned)):
            exponentials = tuple(tuple(math.exp(self.scale * w) for w in row) for row in table)
            object.__setattr__(self, name, exponentials)

    def score(self, features: Iterable[str]) -> list[int]:
        """Summed weights of some features for each label."""
        scores = [0] * len(self.labels)
        for row in map(self.weights.get, features):
            if row is not None:
                for label, weight in row:
                    scores[label] += weight
        return scores

    def best(self, states: Sequence[Sequence[int]]) -> list[int]:
        """The most probable sequence of label indices (Viterbi)."""
        if not states:
            return []
        incoming = self.incoming
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
        into, out_of = self.factors_in, self.factors
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

    def certainty(self, states: Sequence[Sequence[int]], path: Sequence[int]) -> list[float]:
        """For each token the probability of its label, given those of its neighbours.

        The factors of the pseudo-likelihood (Besag 1975): cheaper than `marginals`, and as
        good a sign of doubt.
        """
        scale, last = self.scale, len(path) - 1
        found = []
        for i, (state, own) in enumerate(zip(states, path, strict=True)):
            scores = list(state)
            if i:
                scores = [s + t for s, t in zip(scores, self.transitions[path[i - 1]], strict=True)]
            if i < last:
                scores = [s + t for s, t in zip(scores, self.incoming[path[i + 1]], strict=True)]
            mine = scores[own]
            found.append(1 / sum([math.exp(min(scale * (s - mine), 50.0)) for s in scores]))
        return found


def _normalised(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
