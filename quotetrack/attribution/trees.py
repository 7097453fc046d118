"""Boosted decision trees in pure Python: a probability from a handful of numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Node = tuple[int, float, int, int]
"""Index of the number looked at (-1: a leaf), threshold or value, where to go if the
number is at most that, where to go otherwise."""


@dataclass(slots=True, frozen=True)
class Trees:
    """Gradient boosting of the log-odds (Friedman 2001)."""

    base: float
    trees: tuple[tuple[Node, ...], ...]

    @classmethod
    def from_lists(cls, packed: dict[str, Any]) -> Trees:
        """From JSON: {"base": …, "trees": [[[feature, value, left, right], …], …]}."""
        return cls(
            packed["base"], tuple(tuple(tuple(node) for node in tree) for tree in packed["trees"])
        )

    def probability(self, numbers: Sequence[float]) -> float:
        """Probability of the positive class."""
        total = self.base
        for tree in self.trees:
            index, value, left, right = tree[0]
            while index >= 0:
                index, value, left, right = tree[left if numbers[index] <= value else right]
            total += value
        return 1 / (1 + math.exp(-total))
