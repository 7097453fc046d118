"""Figures as intervals: what a value, its qualifier and its precision leave open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import cache

from quotetrack import data
from quotetrack.models import Quantity

_LOOSE = Decimal("0.05")
"""Share of the value that "about", or words without digits ("a third"), leave open."""
_ROUGHEST = Decimal("0.1")
"""Share of the value that the zeros at the end of an "about" leave open at most."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a figure may mean; None: without bound on that side."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    """The lower bound itself is left out ("more than")."""
    high_open: bool = False

    @property
    def point(self) -> bool:
        """Whether it is a single value."""
        return self.low is not None and self.low == self.high

    @property
    def bounded(self) -> bool:
        """Whether it has both ends."""
        return self.low is not None and self.high is not None

    def middle(self) -> Decimal:
        """The value to measure deviations from: the middle, or the one bound."""
        if self.low is None or self.high is None:
            return self.low if self.low is not None else self.high or Decimal(0)
        return (self.low + self.high) / 2

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return not (self._below(other) or other._below(self))

    def _below(self, other: Interval) -> bool:
        if self.high is None or other.low is None:
            return False
        apart = self.high_open or other.low_open
        return self.high < other.low or (apart and self.high == other.low)

    def within(self, other: Interval) -> bool:
        """Whether every value of this one is a value of the other."""
        return _inner(
            self.low, other.low, 1, a_open=self.low_open, b_open=other.low_open
        ) and _inner(self.high, other.high, -1, a_open=self.high_open, b_open=other.high_open)

    def widened(self, by: Decimal) -> Interval:
        """Both ends moved outwards; open ends stay open."""
        return Interval(
            None if self.low is None else self.low - by,
            None if self.high is None else self.high + by,
            self.low_open and not by,
            self.high_open and not by,
        )


def _inner(a: Decimal | None, b: Decimal | None, sign: int, *, a_open: bool, b_open: bool) -> bool:
    """Whether end ``a`` lies inside end ``b``; ``sign`` is 1 for low ends, -1 for high ends."""
    if b is None:
        return True
    if a is None:
        return False
    return sign * (a - b) > 0 or (a == b and (a_open or not b_open))


def interval(quantity: Quantity) -> Interval | None:
    """What the figure says, its qualifier counted, its rounding not; None: no value."""
    low = quantity.value if quantity.value is not None else quantity.low
    high = quantity.value if quantity.value is not None else quantity.high
    if (low is None and high is None) or not all(v is None or v.is_finite() for v in (low, high)):
        return None
    match quantity.qualifier:
        case "more_than":
            return Interval(low if low is not None else high, None, low_open=True)
        case "at_least":
            return Interval(low if low is not None else high, None)
        case "less_than":
            return Interval(None, high if high is not None else low, high_open=True)
        case "up_to":
            return Interval(None, high if high is not None else low)
        case _:
            return Interval(low, high)


def rounding(quantity: Quantity) -> Decimal:
    """How far the true value may lie from the one given by rounding alone, in `unit`.

    Half the place of the last digit shown; "about" also leaves the zeros at the end open
    (10 percent at most), at least 5 percent; words without digits leave 5 percent open.
    """
    values = [abs(v) for v in (quantity.value, quantity.low, quantity.high) if v is not None]
    size = max(values, default=Decimal(0))
    if quantity.precision is None:
        return size * _LOOSE
    shown = abs(quantity.precision) / 2
    if quantity.qualifier == "about":
        return max(shown, size * _LOOSE, min(_place(size) / 2, size * _ROUGHEST))
    return shown if quantity.qualifier == "exact" else Decimal(0)


def _place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 100 for 1500."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and value else Decimal(0)


@cache
def _conversions() -> dict[str, tuple[Decimal, str]]:
    found: dict[str, tuple[Decimal, str]] = {}
    for line in data.lines("conversions.txt"):
        unit, factor, base = (part.strip() for part in line.split("|"))
        found[unit] = Decimal(factor), base
    return found


def factor(unit: str, into: str) -> Decimal | None:
    """How many of ``into`` one ``unit`` is; None: they measure different things."""
    if unit == into:
        return Decimal(1)
    one, other = _conversions().get(unit), _conversions().get(into)
    if one is None or other is None or one[1] != other[1]:
        return None
    return one[0] / other[0]


def scaled(quantity: Quantity, into: str) -> Quantity | None:
    """The quantity in another unit; None: it cannot be, or the result is no number."""
    by = factor(quantity.unit, into)
    if by is None or by == 1:
        return quantity if by == 1 else None
    try:
        values = {
            name: None if value is None else value * by
            for name, value in (
                ("value", quantity.value),
                ("low", quantity.low),
                ("high", quantity.high),
                ("precision", quantity.precision),
            )
        }
    except DecimalException:
        return None
    return quantity.model_copy(update={**values, "unit": into})
