"""Times: the table in cases/times.txt, and what holds for every text."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from case_files import read
from hypothesis import given
from hypothesis import strategies as st

from quotetrack import find_times
from quotetrack.claims import times
from quotetrack.models import TimeRef

ANY_TEXT = st.text(st.characters(exclude_categories=()))
PUBLISHED = st.none() | st.dates()
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PIECES = st.sampled_from(
    (
        *(" ", " ", " ", " the ", " of ", " in ", " on ", " to ", "-", "–", "/", ".", ", ", "\n"),
        *("2014", "1999", "12", "7", "31", "29", "’", "'08", "90s", "st", "th", "$", "3.5", "9/11"),
        *("May", "march", "February", "Jan.", "Sept", "Friday", "Sun", "spring", "fall", "Q3"),
        *("last", "next", "this", "that", "same", "past", "previous", "early", "mid", "end of"),
        *("first", "second", "twenty", "third", "a", "few", "two", "week", "years", "quarter"),
        *("decade", "century", "weekend", "ago", "later", "earlier", "before", "after", "from"),
        *("between", "and", "until", "will", "said", "Christmas", "Easter", "Labor Day", "now"),
        *("fiscal", "today", "yesterday", "overnight", "night", "9999", "half", "day", "month"),
    )
)
TIME_LIKE = st.lists(PIECES, max_size=30).map("".join) | st.lists(PIECES, max_size=20).map(" ".join)


def cases() -> list[object]:
    found: list[object] = []
    for title, lines in read("times.txt"):
        for number, line in enumerate(lines.splitlines(), 1):
            name = f"{title.replace(' ', '-')}-{number}"
            found.append(pytest.param(*(cell.strip() for cell in line.split("|")), id=name))
    return found


def shown(ref: TimeRef) -> str:
    if ref.start is None:
        days = "?"
    elif ref.start == ref.end:
        days = f"{ref.start}"
    else:
        days = f"{ref.start}..{ref.end}"
    return f"{ref.span.text} = {days} {ref.granularity}"


@pytest.mark.parametrize(("published", "text", "expected"), cases())
def test_table(published: str, text: str, expected: str) -> None:
    found = find_times(text, None if published == "-" else published)
    assert "; ".join(map(shown, found)) == expected


def test_table_is_long_enough_to_mean_something() -> None:
    assert len(cases()) >= 100


@given(ANY_TEXT | TIME_LIKE, PUBLISHED)
def test_what_always_holds(text: str, published: date | None) -> None:
    end = 0
    for ref in find_times(text, published):
        assert text[ref.span.start : ref.span.end] == ref.span.text
        assert end <= ref.span.start < ref.span.end
        end = ref.span.end
        assert (ref.start is None) == (ref.end is None)
        if ref.start is not None and ref.end is not None:
            assert ref.start <= ref.end
        else:
            assert published is None
        assert TimeRef.model_validate_json(ref.model_dump_json()) == ref


@given(TIME_LIKE)
def test_publication_moves_no_absolute_time(text: str) -> None:
    """What is known without a date of publication stays so, in texts of one time."""
    unknown = find_times(text)
    known = find_times(text, date(2020, 6, 15))
    if len(unknown) == len(known) == 1 and unknown[0].start is not None:
        assert unknown == known


@given(
    st.sampled_from(WEEKDAYS),
    st.sampled_from(("He left on {}.", "He will leave on {}.", "He left last {}.", "{} is fine")),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_a_week_later_weekdays_are_a_week_later(day: str, frame: str, published: date) -> None:
    text = frame.format(day)
    (first,), (second,) = (find_times(text, published + timedelta(days=n)) for n in (0, 7))
    assert first.start is not None
    assert second.start == first.start + timedelta(days=7)
    assert WEEKDAYS[first.start.weekday()] == day
    assert abs(first.start - published) < timedelta(days=14)


@given(st.dates(), st.sampled_from(("{:%Y-%m-%d}", "{:%B} {d}, {:%Y}", "{d} {:%b}. {:%Y}")))
def test_written_dates_come_back(day: date, frame: str) -> None:
    if day.year < 1000 or day.year >= 2200:
        return
    written = frame.replace("{:", "{0:").format(day, d=day.day).replace("May.", "May")
    (ref,) = find_times(f"It was signed on {written}.")
    assert (ref.start, ref.end, ref.granularity) == (day, day, "day")


@given(st.integers(1901, 2099), st.integers(1, 98))
def test_year_ranges(first: int, years: int) -> None:
    last = min(first + years, 2150)
    (ref,) = find_times(f"He ruled from {first} to {last}.")
    assert (ref.start, ref.end) == (date(first, 1, 1), date(last, 12, 31))


def test_published_may_be_a_date_a_datetime_or_a_string() -> None:
    noon = datetime(2023, 5, 10, 12, tzinfo=UTC)
    for published in (date(2023, 5, 10), noon, "2023-05-10", "2023-05-10T12:00:00+00:00"):
        assert find_times("yesterday", published)[0].start == date(2023, 5, 9)


def test_wrong_types() -> None:
    with pytest.raises(TypeError, match="text must be a str, not bytes"):
        find_times(b"Friday")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="published must be a date, an ISO string or None, not int"):
        find_times("Friday", 2023)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="published is no ISO date"):
        find_times("Friday", "10 May")


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "1", " ", "\n", "’", "may ", "1999-", "in two ", "the first week of ", "10 "),
        *(
            "between 3 and ",
            "3 days after ",
            "the end of ",
            "2 years and ",
            "1 de mai 1 ",
            "12 mai 2015 ",
        ),
    ],
)
def test_time_grows_linearly(piece: str) -> None:
    def took(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        times.scan(text, date(2023, 5, 10))
        return time.process_time() - start

    took(1000)
    assert took(400_000) < 20 * max(took(50_000), 0.01)


def test_dateparser_loads_only_for_another_language() -> None:
    """It is slow to load, and most texts do not need it."""
    code = (
        "import sys; from quotetrack import find_times\n"
        "find_times('He spoke on Friday, 3 May 2011, and will speak next week.', '2023-05-10')\n"
        "assert 'dateparser' not in sys.modules\n"
        "assert find_times('le 3 mai 2011')[0].start.month == 5\n"
        "assert 'dateparser' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code
