"""Sparse weights of linear models, in a file that loads fast and cannot execute.

A model is a mapping: feature (a string) -> row, the (label index, weight) pairs that are
not zero.  The file is zlib-compressed: a line of JSON (free fields), the features, one a
line, an empty line, then little-endian arrays: the lengths of the distinct rows (bytes),
the distinct pairs (label: byte, weight: signed 16 bits), the numbers of the pairs of each
distinct row (16 bits), and for every feature the number of its row (32 bits).

Sums of rows are whole numbers with a lane of 32 bits a label: one of Python's additions
adds the weights of all labels.  A row becomes such a number when it is first needed.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Hashable
from importlib import resources
from itertools import accumulate
from struct import Struct
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row = tuple[tuple[int, int], ...]
"""(label index, weight) pairs."""
Key = TypeVar("Key", bound=Hashable)
Total = TypeVar("Total", int, list[str])
"""The lanes of summed rows, to read; the features themselves, to train."""

LANE = 32
"""Bits a label.  A weight has 16, so that sums stay far below half a lane."""
_KEPT = 1 << 14
"""Sums kept of each kind of key, so that memory stays flat however much is read."""


class Lanes:
    """Whole numbers that hold one signed number a lane, the first one lowest."""

    def __init__(self, count: int) -> None:
        self.signs = self.pack([1 << (LANE - 1)] * count)
        """The highest bit of every lane.

        Added, it makes lanes positive, so that none borrows from the next: it is then set
        in those that were not negative.
        """
        self._bytes = count * LANE // 8
        self._split = Struct(f"<{count}i").unpack

    @staticmethod
    def pack(values: Iterable[int]) -> int:
        """One number from many."""
        return sum(value << (LANE * k) for k, value in enumerate(values))

    def unpack(self, total: int) -> tuple[int, ...]:
        """The numbers in the lanes."""
        signs = self.signs
        # (x + half) ^ half is x in two's complement, lane by lane
        found: tuple[int, ...] = self._split(
            ((total + signs) ^ signs).to_bytes(self._bytes, "little")
        )
        return found


class Weights:
    """The rows of a model, by feature.

    Args:
        numbers: Feature -> number of its row.
        rows: The distinct rows.
    """

    def __init__(self, numbers: Mapping[str, int], rows: Sequence[Row]) -> None:
        self._numbers = numbers
        self._rows = rows

    @classmethod
    def of(cls, rows: Mapping[str, Row]) -> Weights:
        """From rows as training makes them."""
        distinct = {row: k for k, row in enumerate(dict.fromkeys(rows.values()))}
        return cls({feature: distinct[row] for feature, row in rows.items()}, list(distinct))

    def __len__(self) -> int:
        return len(self._numbers)

    def adder(self, labels: int, baseline: int | None = None) -> Callable[[Iterable[str]], int]:
        """A function from features to the lanes of their summed rows.

        Args:
            labels: How many there are.
            baseline: A label that has no lane, because the others are measured against it:
                which of them is best, and how probable, depends on differences alone.
        """
        lanes = [label for label in range(labels) if label != baseline]
        unit = {label: 1 << (LANE * k) for k, label in enumerate(lanes)}
        if baseline is not None:
            unit[baseline] = -sum(unit.values())
        number, packed = self._numbers.get, _PackedRows(self._rows, unit)

        def total(features: Iterable[str]) -> int:
            found = 0
            for row in map(number, features):
                if row is not None:
                    found += packed[row]
            return found

        return total


class _PackedRows(dict[int, int]):
    """Number of a row -> its lanes."""

    def __init__(self, rows: Sequence[Row], unit: Mapping[int, int]) -> None:
        super().__init__()
        self._rows = rows
        self._unit = unit

    def __missing__(self, row: int) -> int:
        found = 0
        for label, weight in self._rows[row]:
            if label in self._unit:
                found += weight * self._unit[label]
        self[row] = found
        return found


class Sums(dict[Key, Total], Generic[Key, Total]):
    """What the features add up to that a key alone decides, kept for the keys met.

    Features come in groups by what they depend on, so that the score of a token is the
    sum of a few entries, most of them met before.

    Args:
        add: What to make of features: their summed rows, or a list of them.
        features: The features of a key; its parts are the arguments.
    """

    def __init__(
        self, add: Callable[[Iterable[str]], Total], features: Callable[..., Iterable[str]]
    ) -> None:
        super().__init__()
        self._add: Callable[[Iterable[str]], Total] = add
        self._features = features

    def __missing__(self, key: Key) -> Total:
        if len(self) >= _KEPT:
            self.clear()
        parts = key if isinstance(key, tuple) else (key,)
        total = self[key] = self._add(self._features(*parts))
        return total


def pack(header: Mapping[str, Any], rows: Mapping[str, Row]) -> bytes:
    """The bytes of a model file; the header must be JSON without line breaks in strings."""
    distinct = sorted(set(rows.values()))
    pairs = sorted({pair for row in distinct for pair in row})
    if len(pairs) > 1 << 16:
        raise ValueError(f"{len(pairs)} distinct weights: quantise to at most 65536")
    number = {pair: k for k, pair in enumerate(pairs)}
    number_of_row = {row: k for k, row in enumerate(distinct)}
    features = sorted(rows)
    if any("\n" in feature or not feature for feature in features):
        raise ValueError("a feature is empty or holds a line break")
    counts = {"features": len(features), "rows": len(distinct), "pairs": len(pairs)}
    body = "\n".join([json.dumps({**header, **counts}), *features, "", ""]).encode()
    body += bytes(map(len, distinct))
    body += bytes(label for label, _ in pairs)
    body += _little(array("h", [weight for _, weight in pairs]))
    body += _little(array("H", [number[pair] for row in distinct for pair in row]))
    body += _little(array("I", [number_of_row[rows[feature]] for feature in features]))
    return zlib.compress(body, 9)


def unpack(packed: bytes) -> tuple[dict[str, Any], Weights]:
    """Header and weights of a model file."""
    body = zlib.decompress(packed)
    line = body.index(b"\n")
    header: dict[str, Any] = json.loads(body[:line])
    end = body.index(b"\n\n")
    features = body[line + 1 : end].decode().split("\n")
    count, pairs = header.pop("rows"), header.pop("pairs")
    at = end + 2
    lengths, at = body[at : at + count], at + count
    labels, at = body[at : at + pairs], at + pairs
    table = list(zip(labels, _array("h", body[at : at + 2 * pairs]), strict=True))
    at += 2 * pairs
    first_feature = len(body) - 4 * header.pop("features")
    entries = list(map(table.__getitem__, _array("H", body[at:first_feature])))
    ends = list(accumulate(lengths))
    rows = [tuple(entries[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    return header, Weights(
        dict(zip(features, _array("I", body[first_feature:]), strict=True)), rows
    )


def load(name: str) -> tuple[dict[str, Any], Weights]:
    """The model file of this name that comes with the package."""
    return unpack(resources.files("quotetrack.data").joinpath("en", name).read_bytes())


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _array(typecode: str, packed: bytes) -> Sequence[int]:
    values = array(typecode)
    values.frombytes(packed)
    if sys.byteorder == "big":
        values.byteswap()
    return values
