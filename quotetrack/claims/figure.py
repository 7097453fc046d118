"""A figure while it is being read, and the public object made of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from quotetrack.models import Quantity, Span, made

if TYPE_CHECKING:
    from quotetrack.claims.units import Unit
    from quotetrack.models import Change, Qualifier

_EXACT_TO = Decimal(10) ** 27


class Figure(NamedTuple):
    """A quantity before it becomes public; fields as in `quotetrack.Quantity`."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    dimension: str
    qualifier: Qualifier = "exact"
    assumed: bool = False
    precision: Decimal | None = None
    per: str | None = None
    of: str | None = None
    change: Change | None = None


def single(
    start: int, end: int, value: Decimal, unit: Unit, precision: Decimal | None = None
) -> Figure:
    """The figure of one value, given in the unit as written (cents, decades)."""
    return Figure(
        start=start,
        end=end,
        value=plain(value * unit.factor),
        low=None,
        high=None,
        unit=unit.name,
        dimension=unit.dimension,
        assumed=unit.assumed,
        precision=None if precision is None else plain(precision * unit.factor),
    )


def between(
    start: int,
    end: int,
    low: Decimal,
    high: Decimal,
    unit: Unit,
    precision: Decimal | None = None,
) -> Figure:
    """The figure of a range, given in the unit as written; ``low`` may be the higher end."""
    ends = sorted((plain(low * unit.factor), plain(high * unit.factor)))
    return Figure(
        start=start,
        end=end,
        value=None,
        low=ends[0],
        high=ends[1],
        unit=unit.name,
        dimension=unit.dimension,
        assumed=unit.assumed,
        precision=None if precision is None else plain(precision * unit.factor),
    )


def plain(value: Decimal) -> Decimal:
    """Without zeros after the point and without an exponent."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < _EXACT_TO else value
    return value.normalize()


def to_quantity(figure: Figure, text: str) -> Quantity:
    """The public object of a figure of the text."""
    return made(
        Quantity,
        span=made(Span, start=figure.start, end=figure.end, text=text[figure.start : figure.end]),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        dimension=figure.dimension,
        qualifier=figure.qualifier,
        assumed=figure.assumed,
        precision=figure.precision,
        per=figure.per,
        of=figure.of,
        change=figure.change,
    )
