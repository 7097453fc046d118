"""Sparse weights of linear models, in a file that loads fast and cannot execute.

A model is a mapping: feature (a string) -> row, the (label index, weight) pairs that are
not zero.  The file is zlib-compressed: a line of JSON (free fields), the features, one a
line, an empty line, then three arrays: row lengths (bytes), the distinct pairs (label:
byte, weight: signed 16 bits, little-endian), and for every entry the number of its pair.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from importlib import resources
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = tuple[tuple[int, int], ...]
"""(label index, weight) pairs."""


def pack(header: Mapping[str, Any], rows: Mapping[str, Row]) -> bytes:
    """The bytes of a model file; the header must be JSON without line breaks in strings."""
    table = sorted({pair for row in rows.values() for pair in row})
    if len(table) > 1 << 16:
        raise ValueError(f"{len(table)} distinct weights: quantise to at most 65536")
    number = {pair: k for k, pair in enumerate(table)}
    features = sorted(rows)
    if any("\n" in feature or not feature for feature in features):
        raise ValueError("a feature is empty or holds a line break")
    head = json.dumps({**header, "features": len(features), "pairs": len(table)})
    body = "\n".join([head, *features, "", ""]).encode()
    body += bytes(len(rows[feature]) for feature in features)
    body += bytes(label for label, _ in table)
    body += _little(array("h", [weight for _, weight in table]))
    body += _little(array("H", [number[pair] for feature in features for pair in rows[feature]]))
    return zlib.compress(body, 9)


def unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, Row]]:
    """Header and rows of a model file."""
    body = zlib.decompress(packed)
    line = body.index(b"\n")
    header: dict[str, Any] = json.loads(body[:line])
    end = body.index(b"\n\n")
    features = body[line + 1 : end].decode().split("\n")
    count, pairs = header.pop("features"), header.pop("pairs")
    at = end + 2
    lengths, at = body[at : at + count], at + count
    labels, at = body[at : at + pairs], at + pairs
    table = list(zip(labels, _array("h", body[at : at + 2 * pairs]), strict=True))
    entries = list(map(table.__getitem__, _array("H", body[at + 2 * pairs :])))
    ends = list(accumulate(lengths))
    rows = [tuple(entries[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    return header, dict(zip(features, rows, strict=True))


def load(name: str) -> tuple[dict[str, Any], dict[str, Row]]:
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
