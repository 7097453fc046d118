"""Known figures from CSV or JSON Lines."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from quotetrack.claims.quantities import find_quantities
from quotetrack.claims.times import find_times
from quotetrack.formats.documents import Origin, Problem, ReadError
from quotetrack.formats.encodings import decode
from quotetrack.models import Change, Fact, Qualifier, Quantity, Span, TimeRef

_SEPARATORS = str.maketrans("", "", ",_ \u00a0\u202f'’")
_LINES = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A cell read as a figure."""

    value: Decimal
    precision: Decimal | None
    of_text: Quantity | None
    """The quantity where the cell holds words ("8.6 billion USD"), else None."""


def read_facts(path: str | os.PathLike[str]) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    """The facts of a file, and the rows that are none, each with file, line and reason.

    A CSV file (comma, semicolon or tab) has a header; a JSON Lines file has an object a
    line.  Columns or keys, of which ``subject`` and ``value`` (or ``low``, ``high``) are
    needed:

    - ``subject``: what the figure measures, in words;
    - ``value``, ``low``, ``high``: numbers ("8600000000", "8,600,000,000") or figures in
      words ("$8.6 billion"), whose unit counts where the column ``unit`` is empty;
    - ``unit``: as `Quantity.unit`, or "%", "$", "km"; empty: a count;
    - ``as_of``: "2023", "2023-04", "2023-04-30", "Q2 2023";
    - ``source``: a URL or title; empty: the name of the file;
    - ``qualifier``: as `Quantity.qualifier`; ``per``; ``change``: rise or fall.

    A line that holds a `Fact` as JSON is read too.

    Raises:
        OSError: The file cannot be read.
    """
    file = os.fspath(path)
    stat = Path(file).stat()
    return _read(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read(
    file: str,
    changed: int,  # noqa: ARG001  (part of the key: a file that changed is read again)
    size: int,  # noqa: ARG001
) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    try:
        text, _ = decode(Path(file).read_bytes())
    except ReadError as error:
        return (), (Problem(Origin(file), str(error)),)
    lines = Path(file).suffix.lower() in _LINES or text.lstrip("\ufeff \r\n").startswith("{")
    rows = _json_rows(text) if lines else _csv_rows(text)
    facts: list[Fact] = []
    problems: list[Problem] = []
    for line, row in rows:
        try:
            if isinstance(row, ReadError):
                raise row
            facts.append(_fact(row, Path(file).name))
        except ReadError as error:
            problems.append(Problem(Origin(file, line), str(error)))
    return tuple(facts), tuple(problems)


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, object] | ReadError]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip("\ufeff \r\t"):
            continue
        try:
            row = json.loads(line.strip("\ufeff"), parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            yield number, ReadError(f"not valid JSON: {error}")
            continue
        yield number, row if isinstance(row, dict) else ReadError("expected a JSON object")


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, object] | ReadError]]:
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, ReadError(f"not valid CSV: {error}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip().lower() for cell in cells]
            if "subject" not in header:
                yield reader.line_num, ReadError("the header has no column 'subject'")
                return
            continue
        if len(cells) > len(header):
            yield reader.line_num, ReadError(f"{len(cells)} cells, the header has {len(header)}")
            continue
        yield reader.line_num, dict(zip(header, cells, strict=False))


def _fact(row: Mapping[str, object], file: str) -> Fact:
    if isinstance(row.get("quantity"), dict):
        try:
            return Fact.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise ReadError(f"{where}: {first['msg']}") from None
    subject, source = _cell(row, "subject"), _cell(row, "source") or file
    if not subject:
        raise ReadError("the subject is empty")
    return Fact(
        subject=subject, quantity=_quantity(row), as_of=_as_of(_cell(row, "as_of")), source=source
    )


def _cell(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ReadError(f"{name} is no text or number: {str(value)[:40]!r}")
    return str(value).strip()


def _quantity(row: Mapping[str, object]) -> Quantity:
    figures = {
        name: _number(name, cell) for name in ("value", "low", "high") if (cell := _cell(row, name))
    }
    if "value" in figures and len(figures) > 1:
        raise ReadError("a value and a range: give one of them")
    if not figures:
        raise ReadError("no value, low or high")
    numbers = {name: figure.value for name, figure in figures.items()}
    if "low" in numbers and "high" in numbers and numbers["low"] > numbers["high"]:
        raise ReadError(f"low {numbers['low']} is above high {numbers['high']}")
    first = next(iter(figures.values()))
    like = first.of_text
    unit, dimension, of = _unit(_cell(row, "unit"), like)
    text = _cell(row, next(iter(figures)))
    qualifier = _one_of("qualifier", _cell(row, "qualifier"), get_args(Qualifier))
    change = _one_of("change", _cell(row, "change"), get_args(Change))
    if qualifier is None:
        qualifier = like.qualifier if like is not None else "exact"
        if "value" not in numbers and len(numbers) == 1:
            qualifier = "at_least" if "low" in numbers else "up_to"
    if "value" not in numbers and len(numbers) == 1:
        numbers = {"value": first.value}
    precisions = [f.precision for f in figures.values() if f.precision is not None]
    return Quantity.model_validate(
        {
            "span": Span(start=0, end=len(text), text=text),
            **numbers,
            "unit": unit,
            "dimension": dimension,
            "qualifier": qualifier,
            "precision": min(precisions, default=None),
            "per": _cell(row, "per") or (like.per if like is not None else None),
            "of": of,
            "change": change or (like.change if like is not None else None),
        }
    )


def _number(name: str, cell: str) -> _Figure:
    try:
        value = Decimal(cell.replace("−", "-").translate(_SEPARATORS))
        if value.is_finite() and abs(value.adjusted()) < 40:
            exponent = value.as_tuple().exponent
            place = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
            return _Figure(value, place, None)
    except InvalidOperation:
        pass
    found = find_quantities(cell[:200])
    if len(found) != 1 or found[0].value is None:
        raise ReadError(f"{name} is no number: {cell[:40]!r}")
    return _Figure(found[0].value, found[0].precision, found[0])


def _unit(cell: str, like: Quantity | None) -> tuple[str, str, str | None]:
    """Name and dimension of a unit, and what is counted."""
    if not cell:
        return (
            (like.unit, like.dimension, like.of) if like is not None else ("count", "count", None)
        )
    for text in (f"5 {cell.replace('_', ' ')}", f"{cell}5"):
        found = find_quantities(text)
        if len(found) == 1 and found[0].unit != "count":
            return found[0].unit, found[0].dimension, None
    if cell.lower() == "count":
        return "count", "count", None
    return "count", "count", cell


def _one_of(name: str, cell: str, allowed: tuple[str, ...]) -> str | None:
    if not cell:
        return None
    value = cell.lower().replace(" ", "_")
    if value not in allowed:
        raise ReadError(f"{name} {cell[:40]!r} is none of {', '.join(allowed)}")
    return value


def _as_of(cell: str) -> TimeRef | None:
    if not cell:
        return None
    found = [time for time in find_times(cell[:100]) if time.start is not None]
    if len(found) != 1:
        raise ReadError(f"as_of is no date or period: {cell[:40]!r}")
    whole = Span(start=0, end=len(cell), text=cell)
    return found[0].model_copy(update={"span": whole})
