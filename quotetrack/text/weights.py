"""Sparse weights of linear models, in a file that loads fast and cannot execute.

A model is a mapping: feature (a string) -> row, the (label index, weight) pairs that are
not zero.  A feature with a space in it belongs to a record, "said w+L" to that of "said":
whoever holds the record needs the rest of the name only.  The file is zlib-compressed: a
line of JSON (free fields and counts), the features without a space, one a line, the names
of the records, one a line, the features of each record, the records apart by form feeds,
an empty line, then little-endian arrays: the lengths of the distinct rows (bytes), the
distinct pairs (label: byte, weight: signed 16 bits), the numbers of the pairs of each
distinct row (16 bits), and for every feature the number of its row (32 bits).

Sums of rows are whole numbers with a lane of 32 bits a label: one of Python's additions
adds the weights of all labels.  Rows and records stay packed until they are first needed.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Hashable
from itertools import accumulate, groupby, repeat
from struct import Struct
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row = tuple[tuple[int, int], ...]
"""(label index, weight) pairs."""
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Total = TypeVar("Total", int, list[str])
"""The lanes of summed rows, to read; the features themselves, to train."""

LANE = 32
"""Bits a label.  A weight has 16, so that sums stay far below half a lane."""
HALF = 1 << (LANE - 1)
NO_ROW = -1
"""Number of the row of features that weigh nothing."""
KEPT = 1 << 14
"""Sums and records kept of each kind, so that memory stays flat however much is read."""


class Lanes:
    """Whole numbers that hold one signed number a lane, the first one lowest."""

    def __init__(self, count: int) -> None:
        self.signs = self.pack([HALF] * count)
        """The highest bit of every lane.

        Added, it makes lanes positive, so that none borrows from the next: it is then set
        in those that were not negative.
        """
        self._bytes = count * LANE // 8
        self._count = count
        self.unpack = self.unpacking(count)
        """The numbers in the lanes."""

    @staticmethod
    def pack(values: Iterable[int]) -> int:
        """One number from many."""
        return sum(value << (LANE * k) for k, value in enumerate(values))

    def unpacking(self, count: int) -> Callable[[int], tuple[int, ...]]:
        """What tells the numbers in so many lanes, the lowest ones."""
        signs, size = self.signs, self._bytes
        split = Struct(f"<{count}i{size - count * LANE // 8}x").unpack

        def unpacked(total: int) -> tuple[int, ...]:
            # (x + half) ^ half is x in two's complement, lane by lane
            return split(((total + signs) ^ signs).to_bytes(size, "little"))

        return unpacked

    def highest(self, lanes: Sequence[int]) -> Callable[[int], int]:
        """What tells the lane with the highest number, the first one if several have it.

        Args:
            lanes: Those to look at, in order.
        """
        signs, size = self.signs, self._bytes
        wanted = ("I" if lane in lanes else "4x" for lane in range(self._count))
        split = Struct("<" + "".join(wanted)).unpack

        def highest_of(total: int) -> int:
            found = split((total + signs).to_bytes(size, "little"))
            return lanes[found.index(max(found))]

        def higher_of_two(total: int) -> int:
            one, other = split((total + signs).to_bytes(size, "little"))
            return lanes[1] if other > one else lanes[0]

        return higher_of_two if len(lanes) == 2 else highest_of


class Record(Protocol[Total]):
    """The features that share the first part of their names."""

    def get(self, name: str, default: Total, /) -> Total:
        """What the feature with this second part adds."""


class Numbers(Protocol):
    """The features of a record, their rows not yet read."""

    def get(self, name: str, default: int, /) -> int:
        """Number of the row of the feature with this second part."""


class Features(Protocol[Total]):
    """What features add up to: weights or lists of names."""

    none: Total
    """What no feature adds up to."""
    records: Mapping[str, Record[Total]]
    """First part of features' names -> those features."""

    rows: Mapping[int, Total]
    """Number of a row -> what the feature adds; of `NO_ROW`, nothing."""

    def numbers(self, record: str, /) -> Numbers:
        """The same features as in `records`: for those who need few of a record's rows."""

    def add(self, features: Iterable[str], /) -> Total:
        """Sum of features whose names have one part."""


class Weights:
    """The rows of a model as sums: whole numbers with a lane a label.

    Args:
        model: From `unpack` or `of`.
        labels: How many there are.
        baseline: A label that the others are measured against, so that its lane stays 0:
            which of them is best, and how probable, depends on differences alone.
    """

    none: int = 0

    def __init__(self, model: Packed, labels: int, baseline: int | None = None) -> None:
        unit = [1 << (LANE * label) for label in range(labels)]
        if baseline is not None:
            unit[baseline] -= sum(unit)
        self._number = model.numbers.get
        self._in_record = model.record
        self.rows: Mapping[int, int] = _Rows(model.rows, unit)
        self.records: Mapping[str, Record[int]] = _Records(model, self.rows)
        self.lanes = Lanes(labels)

    def numbers(self, record: str) -> Numbers:
        """The features of a record, their rows not yet read."""
        return dict(self._in_record(record))

    def add(self, features: Iterable[str]) -> int:
        """The lanes of the summed rows."""
        total, rows = 0, self.rows
        for row in map(self._number, features):
            if row is not None:
                total += rows[row]
        return total


class Names:
    """The features themselves, for training: the same code collects and reads them."""

    def __init__(self) -> None:
        self.none: list[str] = []
        self.records: Mapping[str, Record[list[str]]] = _NamedRecords()
        self._named: dict[int, list[str]] = {NO_ROW: []}
        self.rows: Mapping[int, list[str]] = self._named

    def numbers(self, record: str) -> Numbers:
        """The features of a record, numbered as they are asked for."""
        return _NamedNumbers(record, self._named)

    @staticmethod
    def add(features: Iterable[str], /) -> list[str]:
        """The features, listed."""
        return list(features)


class _NamedRecords(dict[str, "_NamedRecord"]):
    def __missing__(self, name: str) -> _NamedRecord:
        return _NamedRecord(name)


class _NamedRecord:
    def __init__(self, name: str) -> None:
        self._name = name

    def get(self, name: str, _default: list[str], /) -> list[str]:
        return [f"{self._name} {name}"]


class _NamedNumbers:
    def __init__(self, record: str, rows: dict[int, list[str]]) -> None:
        self._record = record
        self._rows = rows
        self._numbers: dict[str, int] = {}

    def get(self, name: str, _default: int, /) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self._rows)
            self._rows[len(self._rows)] = [f"{self._record} {name}"]
        return self._numbers[name]


class Packed:
    """A model as it lies in memory before anything is asked of it."""

    def __init__(
        self,
        numbers: dict[str, int],
        records: dict[str, int],
        blocks: Sequence[str],
        begins: Sequence[int],
        numbers_in_records: Sequence[int],
        rows: PackedRows,
    ) -> None:
        self.numbers = numbers
        """Feature without a record -> number of its row."""
        self.records = records
        """Record -> its place in the next two."""
        self.blocks = blocks
        """The features of each record, one a line."""
        self.begins = begins
        """Where the numbers of each record's rows begin in the next."""
        self.numbers_in_records = numbers_in_records
        self.rows = rows

    def record(self, name: str) -> Iterable[tuple[str, int]]:
        """The features of a record, each with the number of its row."""
        place = self.records.get(name)
        if place is None:
            return ()
        names, begin = self.blocks[place].split("\n"), self.begins[place]
        return zip(names, self.numbers_in_records[begin : begin + len(names)], strict=True)


class PackedRows(NamedTuple):
    """The rows of a model, not yet taken apart: most texts need few of them."""

    begins: Sequence[int]
    """Where each row begins in `pairs`, and where the last one ends."""
    pairs: Sequence[int]
    """Numbers of the pairs of all rows."""
    labels: bytes
    weights: Sequence[int]
    """With `labels`: the pairs."""


class _Pairs(dict[int, int]):
    """Number of a pair -> its weight in the lane of its label."""

    def __init__(self, rows: PackedRows, unit: Sequence[int]) -> None:
        super().__init__()
        self._rows = rows
        self._unit = unit

    def __missing__(self, pair: int) -> int:
        found = self[pair] = self._rows.weights[pair] * self._unit[self._rows.labels[pair]]
        return found


class _Rows(dict[int, int]):
    """Number of a row -> its lanes."""

    def __init__(self, rows: PackedRows, unit: Sequence[int]) -> None:
        super().__init__({NO_ROW: 0})
        self._packed = rows
        self._lanes_of = _Pairs(rows, unit).__getitem__

    def __missing__(self, number: int) -> int:
        begins = self._packed.begins
        pairs = self._packed.pairs[begins[number] : begins[number + 1]]
        total = self[number] = sum(map(self._lanes_of, pairs))
        return total


class _Records(dict[str, dict[str, int]]):
    """Name -> record; of the unknown, an empty one."""

    def __init__(self, model: Packed, rows: Mapping[int, int]) -> None:
        super().__init__()
        self._in_record = model.record
        self._rows = rows

    def __missing__(self, name: str) -> dict[str, int]:
        if len(self) >= KEPT:
            self.clear()
        rows = self._rows
        found = self[name] = {name: rows[number] for name, number in self._in_record(name)}
        return found


class Kept(dict[Key, Value], Generic[Key, Value]):
    """A function's results for the keys met."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[[Key], Value]) -> None:
        self._function: Callable[[Key], Value] = function

    def __missing__(self, key: Key) -> Value:
        if len(self) >= KEPT:
            self.clear()
        found = self[key] = self._function(key)
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
        if len(self) >= KEPT:
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
    if any("\n" in feature or "\f" in feature or not feature for feature in rows):
        raise ValueError("a feature is empty or holds a line break")
    number = {pair: k for k, pair in enumerate(pairs)}
    number_of_row = {row: k for k, row in enumerate(distinct)}
    single = sorted(feature for feature in rows if " " not in feature)
    parted = sorted(feature.split(" ", 1) for feature in rows if " " in feature)
    records = {name: [f for _, f in group] for name, group in groupby(parted, lambda f: f[0])}
    counts = {
        "features": len(single),
        "records": len(records),
        "rows": len(distinct),
        "pairs": len(pairs),
    }
    lines = [json.dumps({**header, **counts}), *single, *records]
    blocks = "\f".join("\n".join(names) for names in records.values())
    body = "\n".join([*lines, blocks, "", ""]).encode()
    body += bytes(map(len, distinct))
    body += bytes(label for label, _ in pairs)
    body += _little(array("h", [weight for _, weight in pairs]))
    body += _little(array("H", [number[pair] for row in distinct for pair in row]))
    features = [*single, *(" ".join(parts) for parts in parted)]
    body += _little(array("I", [number_of_row[rows[feature]] for feature in features]))
    return zlib.compress(body, 9)


def unpack(packed: bytes) -> tuple[dict[str, Any], Packed]:
    """Header and rows of a model file."""
    body = zlib.decompress(packed)
    line = body.index(b"\n")
    header: dict[str, Any] = json.loads(body[:line])
    singles, records, count, pairs = map(header.pop, ("features", "records", "rows", "pairs"))
    end = body.index(b"\n\n")
    lines = body[line + 1 : end].decode().split("\n", singles + records)
    blocks = tuple(lines.pop().split("\f")) if records else ()
    at = end + 2
    lengths, at = body[at : at + count], at + count
    # arrays and tuples, not lists: the garbage collector looks through lists again and again
    begins = array("I", accumulate(lengths, initial=0))
    labels, at = body[at : at + pairs], at + pairs
    weights, at = _array("h", body[at : at + 2 * pairs]), at + 2 * pairs
    first_number = at + 2 * begins[-1]
    rows = PackedRows(begins, _array("H", body[at:first_number]), labels, weights)
    numbers = _array("I", body[first_number:])
    sizes = (breaks + 1 for breaks in map(str.count, blocks, repeat("\n")))
    return header, Packed(
        dict(zip(lines[:singles], numbers, strict=False)),
        dict(zip(lines[singles:], range(records), strict=True)),
        blocks,
        array("I", accumulate(sizes, initial=0)),
        numbers[singles:],
        rows,
    )


def load(name: str) -> tuple[dict[str, Any], Packed]:
    """The model file of this name that comes with the package."""
    return unpack(data.read(name))


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
