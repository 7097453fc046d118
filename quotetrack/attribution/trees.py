"""Boosted decision trees in pure Python: a probability from a handful of numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from functools import partial
from itertools import accumulate
from operator import and_, getitem, itemgetter
from struct import Struct
from typing import TYPE_CHECKING, Any

from quotetrack.text.weights import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Node = tuple[int, float, int, int]
"""Index of the number looked at (-1: a leaf), threshold or value, where to go if the
number is at most that, where to go otherwise."""
Test = tuple[list[float], list[int]]
"""Thresholds of a number, and the leaves left above the first k of them."""
_Flags = Kept[tuple[float, ...], int]
_FIELDS = {16: "H", 32: "I", 64: "Q"}
"""Bits a tree, as many as the largest has leaves, and how such fields are unpacked."""


class Trees:
    """Gradient boosting of the log-odds (Friedman 2001).

    All trees are walked at once (QuickScorer, Lucchese et al. 2015): every leaf has a bit,
    leaves in order; a number that exceeds a node's threshold strikes out the leaves on the
    node's left; in the end the lowest bit of each tree is the leaf that one comes to.

    Args:
        base: Log-odds before any tree.
        trees: Lists of nodes, the root first.
        flags: Groups of numbers that take few values.  What a group strikes out is kept.
    """

    def __init__(
        self, base: float, trees: Sequence[Sequence[Node]], flags: Sequence[slice] = ()
    ) -> None:
        self._base = base
        self._leaves: list[dict[int, float]] = []
        """For each tree, the values of its leaves by their bits."""
        struck: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self._all = 0
        most = max((sum(node[0] < 0 for node in tree) for tree in trees), default=0)
        if most > max(_FIELDS):
            raise ValueError(f"a tree has {most} leaves, more than {max(_FIELDS)}")
        field = next(bits for bits in _FIELDS if most <= bits)
        for number, tree in enumerate(trees):
            order: list[int] = []  # leaves from left to right
            spans: dict[int, tuple[int, int]] = {}
            _walk(tree, 0, order, spans)
            self._leaves.append({1 << k: tree[leaf][1] for k, leaf in enumerate(order)})
            shift = number * field
            self._all |= (1 << len(order)) - 1 << shift
            for node, (first, last) in spans.items():
                index, threshold, _, _ = tree[node]
                struck[index].append((threshold, (1 << last) - (1 << first) << shift))
        self._ones = sum(1 << number * field for number in range(len(trees)))
        tests: dict[int, Test] = {}
        for index, strikes in sorted(struck.items()):
            strikes.sort()
            remaining = accumulate((self._all & ~bits for _, bits in strikes), and_)
            thresholds = [threshold for threshold, _ in strikes]
            tests[index] = thresholds, [self._all, *remaining]
        self._flags: list[tuple[Callable[[Sequence[float]], tuple[float, ...]], _Flags]] = []
        for group in flags:
            asked = [index for index in sorted(tests) if group.start <= index < group.stop]
            if len(asked) > 1:  # of a single index, itemgetter makes no tuple
                kept = _Flags(partial(_left, self._all, [tests.pop(index) for index in asked]))
                self._flags.append((itemgetter(*asked), kept))
        self._tests = [(index, *test) for index, test in tests.items()]
        self._fields = Struct(f"<{len(trees)}{_FIELDS[field]}")

    @classmethod
    def from_lists(cls, packed: dict[str, Any], flags: Sequence[slice] = ()) -> Trees:
        """From JSON: {"base": …, "trees": [[[feature, value, left, right], …], …]}."""
        return cls(packed["base"], packed["trees"], flags)

    def probability(self, numbers: Sequence[float]) -> float:
        """Probability of the positive class."""
        left = self._all
        for flags_of, kept in self._flags:
            left &= kept[flags_of(numbers)]
        for index, thresholds, remaining in self._tests:
            left &= remaining[bisect_left(thresholds, numbers[index])]
        lowest = left & ~(left - self._ones)
        fields = self._fields.unpack(lowest.to_bytes(self._fields.size, "little"))
        return 1 / (1 + math.exp(-sum(map(getitem, self._leaves, fields), self._base)))


def _left(leaves: int, tests: Sequence[Test], numbers: Sequence[float]) -> int:
    """The leaves that are left after a number for each test."""
    for number, (thresholds, remaining) in zip(numbers, tests, strict=True):
        leaves &= remaining[bisect_left(thresholds, number)]
    return leaves


def _walk(
    tree: Sequence[Node], node: int, leaves: list[int], spans: dict[int, tuple[int, int]]
) -> None:
    """List the leaves below a node in order, and for the nodes the range of those on the left."""
    index, _, left, right = tree[node]
    if index < 0:
        leaves.append(node)
        return
    first = len(leaves)
    _walk(tree, left, leaves, spans)
    spans[node] = (first, len(leaves))
    _walk(tree, right, leaves, spans)
