"""Periods of the calendar, and the steps between them.

Weeks run Monday to Sunday (ISO 8601).  Seasons are those of the northern half of the
globe, in whole months; a winter bears the year of its January.  Years outside 1 to 9999
raise ValueError or OverflowError, as `datetime.date` does.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from quotetrack.models import Granularity

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
"""Units that are counted in months."""
DAYS = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}
"""Units that are counted in days."""
PRECISION: dict[str, Granularity] = {
    "day": "day",
    "weekend": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "quarter",
    "season": "season",
    "year": "year",
    "decade": "decade",
    "century": "decade",
}
"""The granularity that each unit has."""
_ONE_DAY = timedelta(days=1)


@dataclass(slots=True, frozen=True)
class Period:
    """Days in a row, both ends included."""

    first: date
    last: date
    granularity: Granularity


def of_day(day: date) -> Period:
    return Period(day, day, "day")


def of_months(year: int, month: int, count: int, granularity: Granularity) -> Period:
    """``count`` months from the first of ``month``, which may lie outside 1..12."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = date(year, month, 1)
    end_year, end_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    last = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Period(first, last, granularity)


def of_season(year: int, season: int) -> Period:
    """Season 0 is winter, December to February; 3 is autumn."""
    return of_months(year, 3 * season, 3, "season")


def of_century(number: int) -> Period:
    """The 1900s for 20: as newspapers count them, from the round year."""
    return of_months(100 * (number - 1) or 1, 1, 1200 if number > 1 else 1188, "decade")


def containing(day: date, unit: str) -> Period:
    """The unit of the calendar that holds a day."""
    if unit == "day":
        return of_day(day)
    if unit == "weekend":
        saturday = day + timedelta(days=5 - day.weekday())
        return Period(saturday, saturday + _ONE_DAY, "day")
    if unit in DAYS:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=DAYS[unit] - 1), "week")
    if unit == "season":
        return of_season(day.year + day.month // 12, day.month % 12 // 3)
    months = MONTHS[unit]
    if months > 12:
        years = months // 12
        return of_months(day.year // years * years or 1, 1, months, PRECISION[unit])
    return of_months(day.year, (day.month - 1) // months * months + 1, months, PRECISION[unit])


def shift(day: date, unit: str, count: int) -> date:
    """The day ``count`` units later; the 31st becomes the last day of a shorter month."""
    if unit == "business_day":
        return _shift_business(day, count)
    if unit in DAYS:
        return day + timedelta(days=DAYS[unit] * count)
    months = (3 if unit == "season" else MONTHS[unit]) * count
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _shift_business(day: date, count: int) -> date:
    weeks, rest = divmod(abs(count), 5)
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    day += 7 * weeks * step
    while rest or day.weekday() > 4:
        day += step
        rest -= bool(rest) and day.weekday() < 5
    return day


def neighbour(day: date, unit: str, count: int) -> Period:
    """The unit ``count`` before or after the one that holds a day."""
    if unit == "season":
        start = containing(day, unit).first
        return containing(shift(start, "month", 3 * count), unit)
    held = containing(day, unit)
    return containing(shift(held.first, unit, count), unit)


def moved(period: Period, unit: str, count: int) -> Period:
    """A period that keeps its place in the unit: the same quarter of another year."""
    first, last = shift(period.first, unit, count), shift(period.last, unit, count)
    if unit in MONTHS and (period.last + _ONE_DAY).day == 1:
        last = date(last.year, last.month, monthrange(last.year, last.month)[1])
    return Period(first, last, period.granularity)


def week_of_year(year: int, number: int) -> Period:
    """ISO week; -1 is the last of the year."""
    if number > 0:
        return containing(date.fromisocalendar(year, number, 1), "week")
    return containing(date(year, 12, 28), "week")


def nth_weekday(period: Period, weekday: int, number: int) -> date:
    """The first (1), second … or last (-1) Monday (0) … of a period."""
    if number > 0:
        first = period.first + timedelta(days=(weekday - period.first.weekday()) % 7)
        day = first + timedelta(days=7 * (number - 1))
    else:
        last = period.last - timedelta(days=(period.last.weekday() - weekday) % 7)
        day = last + timedelta(days=7 * (number + 1))
    if not period.first <= day <= period.last:
        raise ValueError(f"{period.first} to {period.last} has no such weekday")
    return day


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Meeus, Jones and Butcher's algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (8 * b + 13) // 25
    g = (19 * a + b - d - f + 15) % 30
    h, i = divmod(c, 4)
    k = (32 + 2 * e + 2 * h - g - i) % 7
    m = (a + 11 * g + 19 * k) // 433
    month = (g + k - 7 * m + 90) // 25
    return date(year, month, (g + k - 7 * m + 33 * month + 19) % 32)
