"""Times that are so far from another: "three weeks ago", "two days before Easter"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quotetrack.claims import time_calendar as calendar
from quotetrack.claims.time_calendar import Period
from quotetrack.claims.time_expressions import ONE_DAY, Context, Expression
from quotetrack.models import Granularity

Amount = tuple[tuple[int, int, str], ...]
"""(least, most, unit): "2 years and 1 month"; "a few days" has two bounds."""


def _shifted(day: date, amount: Amount, sign: int, index: int) -> date:
    for low, high, unit in amount:
        day = calendar.shift(day, unit, sign * (high if index else low))
    return day


def amount_granularity(amount: Amount) -> Granularity:
    return calendar.PRECISION.get(amount[-1][2], "day")


@dataclass(slots=True, frozen=True)
class Distance:
    """So far from another time: "three weeks ago", "two days before Easter".

    Days and weeks are reckoned to the day; "two months ago" is a month, "ten years ago" a
    year, unless the other time is a day that the words name.
    """

    amount: Amount
    sign: int
    anchor: Expression | None = None
    """None: the day of publication."""

    @property
    def granularity(self) -> Granularity:
        return "day" if self.anchor is not None else amount_granularity(self.amount)

    def period(self, context: Context) -> Period | None:
        if self.anchor is None:
            if context.published is None:
                return None
            return _reckoned(calendar.of_day(context.published), self.amount, self.sign)
        anchor = self.anchor.period(context)
        if anchor is None:
            return None
        low, high = (_shifted(anchor.first, self.amount, self.sign, k) for k in (0, 1))
        low, high = min(low, high), max(low, high)
        length = anchor.last - anchor.first
        return Period(low, high + length, anchor.granularity)


def _reckoned(anchor: Period, amount: Amount, sign: int) -> Period:
    ends = [_shifted(day, amount, sign, k) for day in (anchor.first, anchor.last) for k in (0, 1)]
    first, last, unit = min(ends), max(ends), amount[-1][2]
    granularity = amount_granularity(amount)
    if unit in calendar.MONTHS and unit not in {"decade", "century"}:
        return Period(
            calendar.containing(first, unit).first,
            calendar.containing(last, unit).last,
            granularity,
        )
    if unit in {"decade", "century"}:
        return Period(
            calendar.containing(first, "year").first,
            calendar.containing(last, "year").last,
            "year",
        )
    return Period(first, last, granularity)


@dataclass(slots=True, frozen=True)
class EndedBy:
    """A stretch by its length and its end: "the three months ended March 31"."""

    amount: Amount
    last: Expression

    @property
    def granularity(self) -> Granularity:
        return self.last.granularity

    def period(self, context: Context) -> Period | None:
        end = self.last.period(context)
        if end is None:
            return None
        first = _shifted(end.last + ONE_DAY, self.amount, -1, 1)
        return Period(first, end.last, end.granularity)


@dataclass(slots=True, frozen=True)
class FromPrevious:
    """So far from the time named before: "three days later", "a year earlier"."""

    amount: Amount
    sign: int

    @property
    def granularity(self) -> Granularity:
        return amount_granularity(self.amount)

    def period(self, context: Context) -> Period | None:
        anchor = context.previous
        if anchor is None and context.published is not None:
            anchor = calendar.of_day(context.published)
        if anchor is None:
            return None
        unit = self.amount[-1][2]
        low, high, _ = self.amount[0]
        part_of_year = anchor.granularity in {"month", "quarter", "season"}
        if unit == "year" and len(self.amount) == 1 and low == high and part_of_year:
            return calendar.moved(anchor, unit, self.sign * low)
        if unit in {"day", "week"} and context.previous_day is not None:
            anchor = context.previous_day
        return _reckoned(anchor, self.amount, self.sign)


@dataclass(slots=True, frozen=True)
class Window:
    """A stretch that ends or begins at publication: "the past three years"."""

    amount: Amount
    sign: int

    @property
    def granularity(self) -> Granularity:
        return amount_granularity(self.amount)

    def period(self, context: Context) -> Period | None:
        published = context.published
        if published is None:
            return None
        far = _shifted(published, self.amount, self.sign, 1)
        if self.amount[-1][2] == "quarter":
            here = calendar.containing(published, "quarter")
            count = self.amount[0][1]
            if self.sign < 0:
                first = calendar.shift(here.first, "quarter", -count)
                return Period(first, here.first - ONE_DAY, "quarter")
            end = calendar.shift(here.last + ONE_DAY, "quarter", count)
            return Period(here.last + ONE_DAY, end - ONE_DAY, "quarter")
        if self.sign < 0:
            return Period(far, published - ONE_DAY, self.granularity)
        return Period(published + ONE_DAY, far, self.granularity)
