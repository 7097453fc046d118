"""The ways to name a time, each a class that finds its days from a context.

``period(context)`` gives None where the days hang on something unknown: the day of
publication, or an earlier time in the text.  Days that no calendar has (30 February, the
year 12000) raise ValueError or OverflowError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from quotetrack.claims import time_calendar as calendar
from quotetrack.claims.time_calendar import Period
from quotetrack.models import Granularity

ONE_DAY = timedelta(days=1)
_DAYS_OF_MONTH = 30.44
_HALF_A_YEAR = timedelta(days=200)


@dataclass(slots=True, frozen=True)
class Context:
    """What the words around a time tell about it."""

    published: date | None
    direction: Callable[[], int]
    """-1: the sentence looks back; 1: ahead; 0: it does not say."""
    previous: Period | None = None
    """The time named before in the text."""
    previous_day: Period | None = None
    """The last of them that is a single day."""


class Expression(Protocol):
    """A way to name a time."""

    @property
    def granularity(self) -> Granularity: ...

    def period(self, context: Context) -> Period | None: ...


def choose(candidates: list[Period], context: Context, direction: int | None = None) -> Period:
    """The latest that has begun, the earliest that has not ended, or the nearest."""
    published = context.published
    assert published is not None
    direction = context.direction() if direction is None else direction
    if direction < 0:
        begun = [p for p in candidates if p.first <= published]
        if begun:
            return max(begun, key=lambda p: p.first)
    elif direction > 0:
        open_ = [p for p in candidates if p.last >= published]
        if open_:
            return min(open_, key=lambda p: p.first)

    def distance(p: Period) -> tuple[int, bool]:
        days = max((p.first - published).days, (published - p.last).days, 0)
        return days, p.first > published

    return min(candidates, key=distance)


def by_word(candidates: list[Period], context: Context, word: str) -> Period:
    """The candidate that "last", "past", "this", "next" or "coming" picks."""
    published = context.published
    assert published is not None
    if word in {"last", "previous", "past"}:
        return max((p for p in candidates if p.last < published), key=lambda p: p.first)
    if word in {"next", "following", "coming", "upcoming"}:
        return min((p for p in candidates if p.first > published), key=lambda p: p.first)
    return choose(candidates, context, 0)


@dataclass(slots=True, frozen=True)
class Fixed:
    """Days that the words alone give: "1999", "the 1960s", "the third quarter of 2011"."""

    days: Period

    @property
    def granularity(self) -> Granularity:
        return self.days.granularity

    def period(self, context: Context) -> Period | None:  # noqa: ARG002
        return self.days


@dataclass(slots=True, frozen=True)
class CalendarDate:
    """Any of year, month, day and weekday: "May 2009", "the 4th", "Friday", "next April"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    word: str | None = None
    """The word before it: "last", "next" …"""

    @property
    def granularity(self) -> Granularity:
        return "month" if self.day is None and self.weekday is None else "day"

    def period(self, context: Context) -> Period | None:
        if self.year is not None and self.month is not None:
            return self._of(self.year, self.month)
        published = context.published
        if published is None:
            return None
        if self.month is None and self.day is None:
            return self._week(context, published)
        candidates = list(self._candidates(published))
        if not candidates:
            raise ValueError("no such day")
        if self.word is not None:
            return by_word(candidates, context, self.word)
        return choose(candidates, context)

    def _of(self, year: int, month: int) -> Period:
        if self.day is None:
            return calendar.of_months(year, month, 1, "month")
        return calendar.of_day(date(year, month, self.day))

    def _candidates(self, published: date) -> Iterator[Period]:
        """Without a year: the years around, or the months around for a day alone."""
        reach = 8 if self.day == 29 else 2
        if self.month is not None:
            places = [(y, self.month) for y in _around(published.year, reach)]
        else:
            months = _around(published.year * 12 + published.month - 1, 6)
            places = [(m // 12, m % 12 + 1) for m in months]
        found: list[Period] = []
        for year, month in places:
            try:
                found.append(self._of(year, month))
            except ValueError:
                continue
        if self.weekday is not None:
            # A weekday that does not fit the date in the months around is a slip.
            near = published - _HALF_A_YEAR, published + _HALF_A_YEAR
            matching = [p for p in found if p.first.weekday() == self.weekday]
            found = [p for p in matching if near[0] < p.first < near[1]] or found
        yield from found

    def _week(self, context: Context, published: date) -> Period:
        assert self.weekday is not None
        monday = published - timedelta(days=published.weekday())
        here = calendar.of_day(monday + timedelta(days=self.weekday))
        around = [calendar.moved(here, "week", n) for n in (-2, -1, 0, 1, 2)]
        match self.word:
            case "this":
                return here
            case "last" | "previous" if published.weekday() < 6:
                return around[1]
            case "next" | "following":
                return around[3]
            case None:
                return choose(around, context)
        return by_word(around, context, self.word)


def _around(center: int, reach: int) -> range:
    return range(center - reach, center + reach + 1)


@dataclass(slots=True, frozen=True)
class PartOfYear:
    """Months that come every year: a quarter, a half, a season."""

    month: int
    count: int
    granularity: Granularity
    word: str | None = None

    def of(self, year: int) -> Period:
        return calendar.of_months(year, self.month, self.count, self.granularity)

    def period(self, context: Context) -> Period | None:
        if context.published is None:
            return None
        candidates = [self.of(y) for y in _around(context.published.year, 2)]
        if self.word is None:
            return choose(candidates, context)
        if self.word in {"this", "current"} and self.month:
            return self.of(context.published.year)
        return by_word(candidates, context, self.word)


@dataclass(slots=True, frozen=True)
class Holiday:
    """A day with a name; ``rule`` as in data/en/holidays.txt."""

    rule: str
    year: int | None = None
    word: str | None = None
    granularity: Granularity = "day"

    def of(self, year: int) -> Period:
        kind, *rest = self.rule.split()
        if kind == "easter":
            return calendar.of_day(calendar.easter(year) + timedelta(days=int((rest or ["0"])[0])))
        if kind == "nth":
            number, weekday, month = map(int, rest[:3])
            day = calendar.nth_weekday(calendar.of_months(year, month, 1, "month"), weekday, number)
            return calendar.of_day(day + timedelta(days=int((rest[3:] or ["0"])[0])))
        month, number = map(int, kind.split("-"))
        return calendar.of_day(date(year, month, number))

    def period(self, context: Context) -> Period | None:
        if self.year is not None:
            return self.of(self.year)
        if context.published is None:
            return None
        candidates = [self.of(y) for y in _around(context.published.year, 2)]
        if self.word is None:
            return choose(candidates, context)
        if self.word in {"this", "current"}:
            return self.of(context.published.year)
        return by_word(candidates, context, self.word)


@dataclass(slots=True, frozen=True)
class Unit:
    """A unit counted from the day of publication: "last week" (-1), "this year" (0)."""

    unit: str
    count: int

    @property
    def granularity(self) -> Granularity:
        return calendar.PRECISION[self.unit]

    def period(self, context: Context) -> Period | None:
        if context.published is None:
            return None
        return calendar.neighbour(context.published, self.unit, self.count)


@dataclass(slots=True, frozen=True)
class Weekend:
    """A weekend without "this" or "last": the one that the tense points to."""

    granularity: Granularity = "day"

    def period(self, context: Context) -> Period | None:
        if context.published is None:
            return None
        around = [calendar.neighbour(context.published, "weekend", n) for n in (-1, 0, 1)]
        return choose(around, context)


@dataclass(slots=True, frozen=True)
class Overnight:
    """The night before publication."""

    granularity: Granularity = "day"

    def period(self, context: Context) -> Period | None:
        if context.published is None:
            return None
        return Period(context.published - ONE_DAY, context.published, "day")


@dataclass(slots=True, frozen=True)
class Part:
    """Half ("early", "late") or a third ("the end of", "mid") of a period; up to now, from now."""

    which: str
    whole: Expression

    @property
    def granularity(self) -> Granularity:
        return self.whole.granularity

    def period(self, context: Context) -> Period | None:
        whole = self.whole.period(context)
        if whole is None or whole.first == whole.last:
            return whole
        first, last, published = whole.first, whole.last, context.published
        if self.which == "earlier" and published is not None and first < published <= last:
            return replace(whole, last=published - ONE_DAY)
        if self.which == "later" and published is not None and first <= published <= last:
            return replace(whole, first=published)
        if self.which in {"early", "earlier"}:
            return replace(whole, last=_cut(whole, 1, 2))
        if self.which in {"late", "later"}:
            return replace(whole, first=_cut(whole, 1, 2) + ONE_DAY)
        if self.which == "start":
            return replace(whole, last=_cut(whole, 1, 3))
        if self.which == "end":
            return replace(whole, first=_cut(whole, 2, 3) + ONE_DAY)
        middle = Period(_cut(whole, 1, 3) + ONE_DAY, _cut(whole, 2, 3), whole.granularity)
        return middle if middle.first <= middle.last else whole  # a weekend has no third


def _cut(whole: Period, part: int, of: int) -> date:
    """The last day of a share, in whole years, whole months or (of a month or less) days."""
    days = (whole.last - whole.first).days + 1
    if whole.first.day > 1 or days < 80:
        return whole.first + timedelta(days=max(1, days * part // of) - 1)
    months = round(days / _DAYS_OF_MONTH)
    years = months // 12
    count = 12 * round(years * part / of) if years > 1 else max(1, months * part // of)
    return calendar.of_months(whole.first.year, whole.first.month, count, "month").last
