"""Quantities: money, shares, counts and measures in a text, normalised.

One pass finds where a figure may begin (a digit, a number word, "a mile").  What begins
there is read in turn as a label (`labels`: a date, an age, a name), a multiple
(`multiples`), a share (`shares`), a range or score (`ranges`) or a plain amount
(`amounts`); the words around it give the rest (`quantity_context`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.claims import multiples, number_words
from quotetrack.claims.amounts import Amount, amount_at, unit_of
from quotetrack.claims.any_of import any_as_written, lower_case
from quotetrack.claims.figure import Figure, single, to_quantity
from quotetrack.claims.labels import label_end
from quotetrack.claims.numbers import VULGAR, number_at
from quotetrack.claims.passing import AGE, is_in_passing
from quotetrack.claims.points import in_points
from quotetrack.claims.quantity_context import finish
from quotetrack.claims.ranges import pair_at
from quotetrack.claims.shares import share_at
from quotetrack.claims.two_bounds import joined_bounds
from quotetrack.claims.units import COUNT, PERCENTAGE_POINT, Unit

if TYPE_CHECKING:
    from quotetrack.models import Quantity

_AND = re.compile(r"\s(?:and|or)\s")
_BOUND_INSIDE = re.compile(r"(?:-plus|\s?\+|\sor\s(?:more|(?P<so>so)))\s")
"""Between a number and its unit: "20-plus years", "30 or so miles"."""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in reading order; they do not overlap.

    Left out is what counts nothing: dates, times of day, ages, ordinals, "one" as a pronoun,
    numbers in names, labels, telephone numbers and lists.  The time grows with the length of
    the text.

    Args:
        text: Any string.

    Raises:
        TypeError: ``text`` is no string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    return tuple(to_quantity(figure, text) for figure in scan(text))


# letters and blanks, most of a text, are passed over at once
_DIGIT = re.compile(rf"[^A-Za-z ,](?<=[\d{''.join(VULGAR)}.])(?:(?<!\.)|(?<![\w.]\.)(?=\d))")


@cache
def _word() -> re.Pattern[str]:
    """What stands before a word that a figure may begin with, in lower case; group: the word."""
    words = {*number_words.first_words(), *multiples.first_words()}
    article = rf"an?[\s-](?=(?:{any_as_written(data.lines('words_after_article.txt'))})\b)"
    number = rf"(?<!\.)(?:{any_as_written(words)})(?!\w)"
    letters = "".join(sorted({"a", *(word[0] for word in words)}))
    return re.compile(rf"[^a-z](?=[{letters}])(?<!\w)(?=({article}|{number}))")


def _beginnings(text: str) -> list[tuple[int, int]]:
    """Where figures may begin, and where the digit or word that tells ends."""
    digits = [match.span() for match in _DIGIT.finditer(text)]
    # the blank in front makes the first word one like all others
    words = _word().finditer(f" {lower_case(text)}")
    return sorted([*digits, *((match.start(), match.end(1) - 1) for match in words)])


def scan(text: str) -> list[Figure]:
    """The figures of a text, in reading order."""
    found: list[Figure] = []
    done = 0
    for start, after in _beginnings(text):
        if start < done:
            continue
        end = label_end(text, start, done)
        if end is None:
            figures, end = _figures_at(text, start, done)
            found += figures
        if end is None:
            number = number_at(text, start)
            end = number.end if number else after
        done = max(end, start + 1)
    return joined_bounds(text, found)


def _figures_at(text: str, start: int, done: int) -> tuple[list[Figure], int | None]:
    """The figure whose number begins at the offset, two for a score ("52-48"), and where to go on.

    None: after the number, which is no figure and may hold another.
    """
    multiple = multiples.multiple_at(text, start)
    if multiple is not None:
        return _read([finish(text, multiple, start, done)])
    amount = amount_at(text, start, done)
    if amount is None:
        return [], None
    if amount.unit is None:
        amount = in_points(text, amount)
    if amount.unit is PERCENTAGE_POINT:
        return _read([_alone(text, amount, done)])
    if amount.currency is None and (shares := share_at(text, amount.number)) is not None:
        return _read([finish(text, share, share.start, done) for share in shares])
    pair = pair_at(text, amount, done)
    if pair is not None:
        figures, begin = pair
        if len(figures) == 1:
            return _read([finish(text, figures[0], begin, done)])
        return _read(figures)
    if is_in_passing(text, amount):
        return [], amount.end
    if amount.unit is None:
        amount = _sharing_unit(text, amount)
    return _read([_alone(text, amount, done)])


def _read(figures: list[Figure]) -> tuple[list[Figure], int | None]:
    return figures, figures[-1].end if figures else None


def _sharing_unit(text: str, amount: Amount) -> Amount:
    """ "3 and 5 percent, respectively": the unit stands once."""
    match = _AND.match(text, amount.end) if amount.number.sort == "digits" else None
    second = number_at(text, match.end()) if match else None
    if second is None or second.sort != "digits":
        return amount
    after = unit_of(text, second)
    if after is None or after[0].dimension in {"count", "time", "money"}:
        return amount
    return amount._replace(unit=after[0])


def _alone(text: str, amount: Amount, done: int) -> Figure:
    number, unit = amount.number, amount.unit or COUNT
    end = amount.end
    age = AGE.match(text, number.end) if unit.dimension == "time" else None
    if age:  # "500 years old"
        unit, end = Unit(f"{unit.name} of age", "age"), age.end()
    figure = single(amount.start, end, amount.value, unit, number.precision)
    if number.rough:
        figure = figure._replace(qualifier="about")
    elif bound := _BOUND_INSIDE.match(text, number.end):
        figure = figure._replace(qualifier="about" if bound["so"] else "at_least")
    return finish(text, figure, amount.start, done)
