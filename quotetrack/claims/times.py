"""Dates and periods: where a text names them, and which days they are.

`scan` reads the text once, word by word; ``time_grammar`` says what a time looks like,
``time_expressions`` and ``time_compounds`` which days it means.  Relative times count from
the day of publication or from the time named before; today is never assumed.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from quotetrack.claims.time_calendar import Period
from quotetrack.claims.time_compounds import Anaphor, SamePeriod
from quotetrack.claims.time_expressions import Context
from quotetrack.claims.time_foreign import foreign_dates
from quotetrack.claims.time_grammar import STARTERS, read
from quotetrack.claims.time_reckoning import FromPrevious
from quotetrack.claims.time_tense import direction
from quotetrack.claims.time_words import Words, kinds
from quotetrack.models import Granularity, Span, TimeRef, made


class Moment(NamedTuple):
    """A time in a text: characters ``start`` to ``end``, and its first and last day."""

    start: int
    end: int
    first_day: date | None
    """None: it counts from a day that is not known."""
    last_day: date | None
    granularity: Granularity


def find_times(text: str, published: date | str | None = None) -> tuple[TimeRef, ...]:
    """The dates and periods that a text names, in reading order.

    Spans leave out articles and prepositions ("since 2014" gives "2014") and never overlap.
    Both ends of a range count as in it: "from 1999 to 2003" ends on 31 December 2003.
    "Friday" or "October" is the nearest, or the last or next one where the sentence looks
    back or ahead.  "Early" and "late" are halves, "mid" and "the end of" thirds; "a few" is
    2 to 5.  A fiscal year is given as the calendar year that names it.

    Args:
        text: Any string.
        published: The day from which relative times count, a date or ISO string.  None:
            they are found, but ``start`` and ``end`` are None.

    Raises:
        TypeError: An argument is of another type.
        ValueError: ``published`` is no ISO date.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    return tuple(to_time(moment, text) for moment in scan(text, _day(published)))


@cache
def _starters() -> frozenset[str]:
    """The words that a time can begin with."""
    return frozenset(word for word, kind in kinds().items() if kind in STARTERS)


def scan(text: str, published: date | None) -> list[Moment]:
    """The times of a text in reading order; they do not overlap."""
    words = Words(text)
    found: list[Moment] = []
    previous: Period | None = None
    previous_day: Period | None = None
    done = 0
    for i in words.places(_starters()):
        reading = read(words, i) if i >= done else None
        if reading is None:
            continue
        expression, end = reading

        def tense(first: int = i, last: int = end) -> int:
            return direction(words, first, last)

        context = Context(published, tense, previous, previous_day)
        try:
            period = expression.period(context)
        except (ValueError, OverflowError):
            # The calendar has no such day: 30 February, a million years ago.
            done = end
            continue
        if period is None and published is not None:
            continue
        found.append(_moment(words, i, end, expression.granularity, period))
        if period is not None:
            anaphoric = isinstance(expression, Anaphor | FromPrevious | SamePeriod)
            previous = period
            if period.first == period.last and not anaphoric:
                previous_day = period
        done = end
    return _with_foreign(text, found)


def _moment(
    words: Words, first: int, end: int, granularity: Granularity, period: Period | None
) -> Moment:
    start = words.starts[first]
    if words.word(first - 1) == "'" and words.joined(first - 1) and words.lower[first].isdigit():
        start -= 1
    if period is None:
        return Moment(start, words.ends[end - 1], None, None, granularity)
    return Moment(start, words.ends[end - 1], period.first, period.last, period.granularity)


def _with_foreign(text: str, found: list[Moment]) -> list[Moment]:
    """Dates in other languages take the place of what was read inside them."""
    foreign = [Moment(start, end, day, day, "day") for start, end, day in foreign_dates(text)]
    if not foreign:
        return found
    kept = foreign.copy()
    k = 0
    for moment in found:
        while k < len(foreign) and foreign[k].end <= moment.start:
            k += 1
        if k == len(foreign) or moment.end <= foreign[k].start:
            kept.append(moment)
    return sorted(kept, key=lambda m: m.start)


def to_time(moment: Moment, text: str) -> TimeRef:
    """The public object of a moment of ``text``."""
    span = made(Span, start=moment.start, end=moment.end, text=text[moment.start : moment.end])
    return made(
        TimeRef,
        span=span,
        start=moment.first_day,
        end=moment.last_day,
        granularity=moment.granularity,
    )


def _day(published: object) -> date | None:
    if published is None:
        return None
    if isinstance(published, datetime):
        return published.date()
    if isinstance(published, date):
        return published
    if not isinstance(published, str):
        raise TypeError(
            f"published must be a date, an ISO string or None, not {type(published).__name__}"
        )
    try:
        return datetime.fromisoformat(published.strip()).date()
    except ValueError:
        raise ValueError(f"published is no ISO date (YYYY-MM-DD): {published!r}") from None
