"""Times made of other times: ranges, "the first week of …", "the same day"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from quotetrack.claims import time_calendar as calendar
from quotetrack.claims.time_calendar import Period
from quotetrack.claims.time_expressions import (
    ONE_DAY,
    CalendarDate,
    Context,
    Expression,
    Fixed,
    PartOfYear,
    choose,
)
from quotetrack.models import Granularity


@dataclass(slots=True, frozen=True)
class Range:
    """From one time to another, both included: "March 2017 to June 2021"."""

    start: Expression
    end: Expression

    @property
    def granularity(self) -> Granularity:
        return self.end.granularity

    def period(self, context: Context) -> Period | None:
        start, end = joined(self.start, self.end)
        if context.published is not None and context.direction() > 0:
            # "Will run from May to July", published in June: the one that has begun.
            begun = self._from(start, end, replace(context, direction=lambda: -1))
            if begun is not None and begun.last >= context.published:
                return begun
        return self._from(start, end, context)

    def _from(self, start: Expression, end: Expression, context: Context) -> Period | None:
        first = start.period(context)
        if first is None:
            return None
        if isinstance(end, CalendarDate) and end.year is None and end.word is None:
            end_context = replace(context, published=first.last, direction=lambda: 1)
            last = end.period(end_context)
        else:
            last = end.period(context)
        if last is None or last.last < first.first:
            return None
        return Period(first.first, last.last, self.granularity)


def joined(start: Expression, end: Expression) -> tuple[Expression, Expression]:
    """What one side leaves out, from the other: "March to May 2015", "Oct. 7 to 11"."""
    if isinstance(start, CalendarDate) and isinstance(end, CalendarDate):
        if start.month is not None and end.month is None and end.day is not None:
            end = replace(end, month=start.month, year=end.year or start.year)
            if start.day is not None and end.day is not None and end.day < start.day:
                end = _next_month(end)
        elif start.month is None and start.day is not None and end.month is not None:
            start = replace(start, month=end.month, year=end.year)
        if start.word is not None:
            return start, end
        if end.year is not None and start.year is None and start.month and end.month:
            before = (start.month, start.day or 0) > (end.month, end.day or 31)
            start = replace(start, year=end.year - before)
        elif start.year is not None and end.year is None and start.month and end.month:
            before = (end.month, end.day or 31) < (start.month, start.day or 0)
            end = replace(end, year=start.year + before)
    elif isinstance(start, PartOfYear) and isinstance(end, Fixed):
        year = end.days.last.year
        here = start.of(year)
        start = Fixed(here if here.first <= end.days.last else start.of(year - 1))
    return start, end


def _next_month(when: CalendarDate) -> CalendarDate:
    assert when.month is not None
    year = when.year if when.year is None or when.month < 12 else when.year + 1
    return replace(when, month=when.month % 12 + 1, year=year)


@dataclass(slots=True, frozen=True)
class Nth:
    """One unit of a period, counted from its start (or end: -1): "the 3rd week of 2018"."""

    number: int
    unit: str
    whole: Expression
    count: int = 1
    """"The first eight months of the year": so many, from the start or the end."""

    @property
    def granularity(self) -> Granularity:
        return calendar.PRECISION[self.unit]

    def period(self, context: Context) -> Period | None:
        whole = self.whole.period(context)
        if whole is None:
            return None
        found = self._of(whole)
        if found.last < whole.first or found.first > whole.last:
            raise ValueError("the period has not so many")
        return found

    def _of(self, whole: Period) -> Period:
        if self.unit == "week" and self.count == 1:
            # As ISO 8601 has it for years, a week belongs where its Thursday lies.
            thursday = calendar.nth_weekday(whole, 3, self.number)
            return calendar.containing(thursday, "week")
        size = self.count * (self.number if self.number > 0 else 1)
        if self.number > 0:
            first = calendar.shift(whole.first, self.unit, size - self.count)
            last = calendar.shift(whole.first, self.unit, size) - ONE_DAY
        else:
            first = calendar.shift(whole.last + ONE_DAY, self.unit, -self.count)
            last = whole.last
        return Period(first, last, self.granularity)


@dataclass(slots=True, frozen=True)
class NthWeekday:
    """A weekday counted in a period: "the first Tuesday of November", "Friday of next week"."""

    number: int
    weekday: int
    whole: Expression
    granularity: Granularity = "day"

    def period(self, context: Context) -> Period | None:
        whole = self.whole.period(context)
        if whole is None:
            return None
        return calendar.of_day(calendar.nth_weekday(whole, self.weekday, self.number))


@dataclass(slots=True, frozen=True)
class WeekOf:
    """The week of (or from) a day."""

    day: Expression
    begins: bool = False
    granularity: Granularity = "week"

    def period(self, context: Context) -> Period | None:
        day = self.day.period(context)
        if day is None:
            return None
        if self.begins:
            return Period(day.first, day.first + timedelta(days=6), "week")
        return calendar.containing(day.first, "week")


@dataclass(slots=True, frozen=True)
class WeekNumber:
    """An ISO week of the year of publication, or of a given one."""

    number: int
    year: Expression | None = None
    granularity: Granularity = "week"

    def period(self, context: Context) -> Period | None:
        if self.year is not None:
            whole = self.year.period(context)
            return None if whole is None else calendar.week_of_year(whole.last.year, self.number)
        if context.published is None:
            return None
        return calendar.week_of_year(context.published.year, self.number)


@dataclass(slots=True, frozen=True)
class InYear:
    """Months of the year that another time gives: "the second quarter of last year"."""

    part: PartOfYear
    whole: Expression

    @property
    def granularity(self) -> Granularity:
        return self.part.granularity

    def period(self, context: Context) -> Period | None:
        whole = self.whole.period(context)
        return None if whole is None else self.part.of(whole.last.year)


@dataclass(slots=True, frozen=True)
class DateInYear:
    """A date, or a named day, of the year that another time gives: "May of last year"."""

    when: CalendarDate
    whole: Expression

    @property
    def granularity(self) -> Granularity:
        return self.when.granularity

    def period(self, context: Context) -> Period | None:
        whole = self.whole.period(context)
        if whole is None:
            return None
        return replace(self.when, year=whole.first.year, word=None).period(context)


@dataclass(slots=True, frozen=True)
class DayInMonth:
    """The day of a month that another time gives: "the 15th of next month"."""

    day: int
    whole: Expression
    granularity: Granularity = "day"

    def period(self, context: Context) -> Period | None:
        whole = self.whole.period(context)
        return None if whole is None else calendar.of_day(whole.first.replace(day=self.day))


@dataclass(slots=True, frozen=True)
class Anaphor:
    """A unit beside the time named before: "the same day", "the next day", "that year"."""

    unit: str
    count: int
    weekday: int | None = None

    @property
    def granularity(self) -> Granularity:
        return "day" if self.weekday is not None else calendar.PRECISION[self.unit]

    def period(self, context: Context) -> Period | None:
        anchor = context.previous
        if (self.unit == "day" or self.weekday is not None) and context.previous_day is not None:
            anchor = context.previous_day
        day = anchor.first if anchor is not None else context.published
        if day is None:
            return None
        if self.weekday is None:
            return calendar.neighbour(day, self.unit, self.count)
        if self.count == 0:
            week = calendar.containing(day, "week")
            return calendar.of_day(calendar.nth_weekday(week, self.weekday, 1))
        step = ONE_DAY * self.count
        day += step
        while day.weekday() != self.weekday:
            day += step
        return calendar.of_day(day)


@dataclass(slots=True, frozen=True)
class SamePeriod:
    """The period named before, in another year: "the same period of 2021"."""

    year: Expression

    @property
    def granularity(self) -> Granularity:
        return "month"

    def period(self, context: Context) -> Period | None:
        whole, before = self.year.period(context), context.previous
        if whole is None or before is None:
            return None
        return calendar.moved(before, "year", whole.first.year - before.first.year)


@dataclass(slots=True, frozen=True)
class WeekendOf:
    """The weekend beside a holiday: "Labor Day weekend"."""

    day: Expression
    granularity: Granularity = "day"

    def period(self, context: Context) -> Period | None:
        day = self.day.period(context)
        if day is None:
            return None
        here = day.first
        if here.weekday() == 0:
            return Period(here - timedelta(days=2), here, "day")
        around = [calendar.neighbour(here, "weekend", n) for n in (-1, 0)]
        return choose(around, replace(context, published=here), 0)
