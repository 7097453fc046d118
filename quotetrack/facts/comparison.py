"""Two figures held against each other: the verdict, the distance, the words for both."""

from __future__ import annotations

from decimal import Decimal

from quotetrack.facts.intervals import Interval, interval, rounding
from quotetrack.models import CheckVerdict, Quantity


def judge(
    claimed: Quantity, known: Quantity, allowed: Decimal
) -> tuple[CheckVerdict, str, Decimal | None]:
    """How two figures in one unit stand, why in words, and (claimed - known) / known.

    Args:
        claimed: The figure to judge, `signed` beforehand.
        known: The figure to judge it by.
        allowed: Share of the known value by which it may miss and still agree.

    Raises:
        DecimalException: The figures are too large.
    """
    mine, theirs = interval(claimed), interval(known)
    if mine is None or theirs is None:
        return "not_comparable", "a figure has no value", None
    deviation = _deviation(mine, theirs)
    off = _off(deviation, above=mine.middle() > theirs.middle())
    if claimed.change and known.change and claimed.change != known.change:
        return "contradicts", f"a {claimed.change} against a {known.change}", deviation
    if mine.point and theirs.point and mine == theirs:
        return "agrees", "the same", deviation
    if theirs.within(mine):
        return "agrees", "what is known lies within what is claimed", deviation
    if mine.within(theirs):
        if not theirs.bounded:
            return "not_comparable", "the fact is only a bound, and the claim keeps it", None
        return "agrees", "what is claimed lies within what is known", deviation
    if mine.meets(theirs):
        if not (mine.bounded and theirs.bounded):
            return "not_comparable", "both are bounds or ranges that partly agree", None
        return "agrees", "the ranges overlap", deviation
    mine_open, theirs_open = rounding(claimed), rounding(known)
    if mine.widened(mine_open).meets(theirs):
        return "rounding", f"{off}, no more than the claim's rounding", deviation
    if theirs_open > mine_open and mine.bounded and mine.meets(theirs.widened(theirs_open)):
        return "rounding", f"{off}, no more than the fact's rounding", deviation
    room = abs(theirs.middle()) * allowed
    if allowed and mine.widened(room).meets(theirs):
        return "agrees", f"{off}, within the tolerance of {_share(allowed)}", deviation
    return "contradicts", off, deviation


def signed(claimed: Quantity, known: Quantity) -> tuple[Quantity, Quantity]:
    """The figures with the signs of their changes, where a sign or a change is known."""

    def fall(quantity: Quantity) -> bool:
        values = (quantity.value, quantity.low, quantity.high)
        return quantity.change == "fall" and all(v is None or v >= 0 for v in values)

    below = any(v is not None and v < 0 for v in (known.value, known.low))
    if fall(claimed) and (known.change is not None or below):
        claimed = _negative(claimed)
    if fall(known) and (claimed.change is not None or _has_sign(claimed)):
        known = _negative(known)
    return claimed, known


def _has_sign(quantity: Quantity) -> bool:
    return any(v is not None and v < 0 for v in (quantity.value, quantity.low))


_MIRROR = {
    "more_than": "less_than",
    "less_than": "more_than",
    "at_least": "up_to",
    "up_to": "at_least",
}


def _negative(quantity: Quantity) -> Quantity:
    return quantity.model_copy(
        update={
            "value": None if quantity.value is None else -quantity.value,
            "low": None if quantity.high is None else -quantity.high,
            "high": None if quantity.low is None else -quantity.low,
            "qualifier": _MIRROR.get(quantity.qualifier, quantity.qualifier),
        }
    )


def _deviation(mine: Interval, theirs: Interval) -> Decimal | None:
    base = theirs.middle()
    if not base:
        return None
    return round((mine.middle() - base) / base, 6)


def _off(deviation: Decimal | None, *, above: bool) -> str:
    if deviation is None:
        return "the known value is 0"
    if not deviation:
        return "no measurable distance"
    return f"{_share(abs(deviation))} {'above' if above else 'below'} what is known"


def _share(share: Decimal) -> str:
    percent = share * 100
    digits = 0 if percent >= 10 else 1 if percent >= 1 else 2
    return f"{_number(round(percent, digits))} %"


def _number(value: Decimal) -> str:
    plain = value.normalize()
    return f"{plain:,f}"


def unit_name(unit: str) -> str:
    """The unit as a reader writes it."""
    return unit.replace("_", " ")


_QUALIFIERS = {
    "exact": "",
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "up_to": "up to ",
}


def words(quantity: Quantity) -> str:
    """The figure as read: "at least 8,600,000 EUR per year"."""
    if quantity.value is not None:
        value = _number(quantity.value)
    else:
        ends = [_number(v) for v in (quantity.low, quantity.high) if v is not None]
        value = " to ".join(ends)
    if quantity.unit != "count":
        unit = f" {unit_name(quantity.unit)}"
    else:
        unit = f" {quantity.of}" if quantity.of else ""
    rate = f" per {quantity.per}" if quantity.per else ""
    return f"{_QUALIFIERS[quantity.qualifier]}{value}{unit}{rate}"
