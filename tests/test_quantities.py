"""Figures: the table in cases/quantities.txt, and what holds for every text."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from case_files import read
from hypothesis import given
from hypothesis import strategies as st

from quotetrack import data, find_quantities
from quotetrack.models import Quantity

QUALIFIERS = ("about", "more_than", "less_than", "at_least", "up_to")


def cases() -> list[object]:
    found: list[object] = []
    for title, lines in read("quantities.txt"):
        for number, line in enumerate(lines.splitlines(), 1):
            name = f"{re.sub('[ ,]+', '-', title)}-{number}"
            text, _, expected = line.rpartition(" |")
            found.append(pytest.param(text, expected.strip(), id=name))
    return found


def shown(quantity: Quantity, asked: str) -> str:
    """A quantity as a case gives it; what it is of and its precision only where asked for."""
    if quantity.value is None:
        words = [f"{quantity.span.text} = {quantity.low}..{quantity.high}"]
    else:
        words = [f"{quantity.span.text} = {quantity.value}"]
    words.append(quantity.unit + "?" * quantity.assumed)
    if quantity.qualifier != "exact":
        words.append(quantity.qualifier)
    if quantity.per:
        words.append(f"per {quantity.per}")
    if quantity.change:
        words.append(quantity.change)
    extras = asked.rpartition(" = ")[2]
    if " of " in extras:
        words.append(f"of {quantity.of}")
    if " precision " in extras:
        words.append(f"precision {quantity.precision}")
    return " ".join(words)


def plain(item: str) -> str:
    """A case's item with its values as the library gives them: "40.00" as "40"."""
    span, _, rest = item.rpartition(" = ")
    values, _, rest = rest.partition(" ")
    low, dots, high = values.partition("..")
    return f"{span} = {_trimmed(low)}{dots}{_trimmed(high)} {rest}"


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


@pytest.mark.parametrize(("text", "expected"), cases())
def test_table(text: str, expected: str) -> None:
    asked = expected.split("; ") if expected else []
    found = find_quantities(text)
    told = [shown(q, asked[i] if i < len(asked) else "") for i, q in enumerate(found)]
    assert told == [plain(item) for item in asked]


PIECES = st.sampled_from(
    (
        *(
            " ",
            " ",
            " ",
            "-",
            "–",
            " - ",
            ".",
            ", ",
            "\n",
            "/",
            "(",
            ")",
            "$",
            "€",
            "£",
            "US$",
            "%",
        ),
        *("5", "12", "500000", "1,000", "3.5", ".5", "2016", "½", "1/2", "10 000", "0", "007"),
        *("one", "two", "twenty", "hundred", "thousand", "million", "billion", "dozen", "half"),
        *("third", "quarter", "a", "an", "and", "point", "to", "from", "between", "or", "of", "in"),
        *(
            "percent",
            "points",
            "dollars",
            "cents",
            "pounds",
            "bn",
            "m",
            "k",
            "km",
            "C",
            "F",
            "feet",
        ),
        *("inches", "years", "old", "hours", "minutes", "miles", "per", "day", "about", "more"),
        *("than", "at least", "up to", "rose", "fell", "by", "minus", "±", "+", "'", '"', "first"),
        *("May", "p.m.", "aged", "Section", "doubled", "twice", "several", "USD", "the", "people"),
    )
)
FIGURE_LIKE = st.lists(PIECES, max_size=30).map("".join) | st.lists(PIECES, max_size=20).map(
    " ".join
)
ANY_TEXT = st.text(st.characters(exclude_categories=())) | FIGURE_LIKE


@given(ANY_TEXT)
def test_spans_are_true_ordered_and_apart(text: str) -> None:
    done = 0
    for quantity in find_quantities(text):
        span = quantity.span
        assert done <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert span.text == span.text.strip()
        done = span.end


@given(ANY_TEXT)
def test_a_quantity_is_a_value_or_a_range_and_valid(text: str) -> None:
    for quantity in find_quantities(text):
        if quantity.value is None:
            assert quantity.low is not None
            assert quantity.high is not None
            assert quantity.low <= quantity.high
        else:
            assert quantity.low is None
            assert quantity.high is None
        assert Quantity.model_validate_json(quantity.model_dump_json()) == quantity


@given(ANY_TEXT)
def test_digits_are_never_split(text: str) -> None:
    for quantity in find_quantities(text):
        for at in (quantity.span.start, quantity.span.end):
            assert not (text[at - 1 : at].isdecimal() and text[at : at + 1].isdecimal() and at)


@given(st.integers(min_value=2, max_value=10**15), st.sampled_from(("", "$", "€")))
def test_whole_numbers_are_exact(number: int, sign: str) -> None:
    for written in (f"{number}", f"{number:,}"):
        (quantity,) = find_quantities(f"The vault held more than {sign}{written} in all.")
        assert quantity.value == number


@given(st.decimals(min_value="0.01", max_value="99999", places=2))
def test_decimals_are_exact(number: Decimal) -> None:
    (quantity,) = find_quantities(f"It rose by {number} percent.")
    assert quantity.value == number
    (quantity,) = find_quantities(f"It cost {number} million euros.")
    assert quantity.value == number * 1_000_000
    assert quantity.precision == 10_000


@given(FIGURE_LIKE)
def test_the_same_twice(text: str) -> None:
    assert find_quantities(text) == find_quantities(text)


def test_a_megabyte_of_digits_words_and_marks() -> None:
    """Each takes a second or two; a pattern that goes back over its text would take hours."""
    for text in ("1" * 10**6, "a" * 10**6, " " * 10**6, "½" + "x" * 10**6, "one-" * 10_000):
        find_quantities(text)


def test_only_a_string() -> None:
    with pytest.raises(TypeError, match="text must be a str, not bytes"):
        find_quantities(b"5 percent")  # type: ignore[arg-type]


HOSTILE = (
    "1", "1,", "1.", "1 ", "1-", "1/", "$", "$1", "-1", "(1", "1%", '1"', "1'1", "½", "9:",
    "one ", "one-", "hundred ", "a ", "and ", "a half ", "two point one ", "five to ",
    "1 to ", "$1 to ", "between 1 and ", "1 foot ", "1 year, ", "about ", "more than ",
    "1 of ", "a third of ", "May 1 ", "aged 1 ", "the the ", "x1", "1x", "http://1/", "is (",
    "more than 1 and less than ", "point one ", "1 dollars ", "up by x ", "1e", "\u00a01",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length(piece: str) -> None:
    """Eight times the text takes no more than a multiple of eight times as long."""
    find_quantities(piece * 10)
    small, large = piece * (1_000 // len(piece)), piece * (8_000 // len(piece))
    for _ in range(3):
        begin = time.process_time()
        find_quantities(small)
        middle = time.process_time()
        find_quantities(large)
        once, more = middle - begin, time.process_time() - middle
        if more < 24 * once + 0.2:
            return
    pytest.fail(f"{once:.2f} s for 1 kB, {more:.2f} s for 8 kB")


def test_every_unit_that_converts_is_read() -> None:
    lines = [line.split("|") for line in data.lines("units.txt")]
    units = {name.strip().lstrip("0123456789 ") for name, *_ in lines}
    converted = {line.split("|")[0].strip() for line in data.lines("conversions.txt")}
    assert converted - units - {"decade", "century"} == set()


@pytest.mark.parametrize("code", ["USD", "EUR", "GBP", "JPY", "AUD", "CAD", "INR", "ZAR", "BRL"])
def test_codes_before_and_after(code: str) -> None:
    for text in (f"They paid {code} 12.50 for it.", f"They paid 12.50 {code} for it."):
        (quantity,) = find_quantities(text)
        assert (quantity.value, quantity.unit, quantity.assumed) == (Decimal("12.5"), code, False)


def test_a_line_break_ends_an_address() -> None:
    text = "The notice is on www.quay.example\n12 boats were lost."
    assert [quantity.value for quantity in find_quantities(text)] == [12]
    assert not find_quantities(text.replace("\n", "/"))
