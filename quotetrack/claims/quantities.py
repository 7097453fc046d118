"""Quantities: money, shares, counts and measures in a text, normalised.

One pass finds where a figure may begin (a digit, a number word, "a mile").  What begins
there is read in turn as a label (`labels`: a date, an age, a name), a multiple
(`multiples`), a share (`shares`), a range or score (`ranges`) or a plain amount
(`amounts`); the words around it give the rest (`quantity_context`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.claims import multiples, number_words
from quotetrack.claims.amounts import Amount, amount_at, unit_of
from quotetrack.claims.figure import Figure, single, to_quantity
from quotetrack.claims.labels import is_label, label_end
from quotetrack.claims.numbers import VULGAR, number_at
from quotetrack.claims.quantity_context import finish, qualifier_words
from quotetrack.claims.ranges import pair_at
from quotetrack.claims.shares import is_slice, share_at
from quotetrack.claims.units import COUNT, PERCENT, PERCENTAGE_POINT, Unit

if TYPE_CHECKING:
    from quotetrack.models import Quantity

_AGE = re.compile(r"[\s-](?:years?|yrs?|months?|weeks?|days?)[\s-](?:old|of\s+age)\b|[\s-]?y/?o\b")
_WHEN_AFTER = re.compile(
    r"\s+(?:ago|later|earlier|before|after|from now|since|hence|lows?|highs?)\b"
)
_WHEN_BEFORE = re.compile(
    r"\b(?:past|last|next|first|previous|coming|preceding|following|final|recent|within"
    r"|in\sthe)\s+$",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(
    r"\b(?:the|those|these|us|you|them|other|last|first|next)\s+$", re.IGNORECASE
)
_NOUNS_FOLLOW = re.compile(
    r"\s(?:[a-z’'-]+\s){0,2}?(?:[a-z’'-]{2,}(?<!ou)(?<![siu])s|[a-z]*men|people|children)\b|\s[A-Z]"
)
_NAME_FOLLOWS = re.compile(r"\s[A-Z][a-z]")
_LEVEL_BEFORE = re.compile(r"\b(?:below|above|sub)[\s-]+$", re.IGNORECASE)
_KIND_FOLLOWS = re.compile(r"[-\s](?:way|sided|part|star|figure|digit|time|fold)\b|-(?:thirds)\b")
_SENTENCE_END = '.!?”"“:\n'
_POINTS = re.compile(r"[\s-]points?(?!\w)")
_HALF_A_POINT = re.compile(r"\sa(?:\spercentage)?\spoint(?!\w)")
_OF_A_POLL = re.compile(r"\d\s?%|percent|\bpolls?\b|\bmargin of|\bsurvey", re.IGNORECASE)
_MOST_POINTS = 100
_UPPER_BOUND = frozenset(("less_than", "up_to"))
_LOWER_BOUND = frozenset(("more_than", "at_least"))
_AND = re.compile(r"\s(?:and|or)\s")
_BOUND_INSIDE = re.compile(r"(?:-plus|\s?\+|\sor\s(?:more|(?P<so>so)))\s")
"""Between a number and its unit: "20-plus years", "30 or so miles"."""
_LINK = re.compile(r"\s(?:and|but)\s")
_LONGEST_LINK = 48


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


@cache
def _trigger() -> re.Pattern[str]:
    """Where a figure may begin."""
    words = sorted(
        {*number_words.first_words(), *multiples.first_words()}, key=lambda w: (-len(w), w)
    )
    articles = "|".join(data.lines("words_after_article.txt"))
    return re.compile(
        rf"(?<![\w.])\.(?=\d)|\d|[{''.join(VULGAR)}]|(?<!\w)an?[\s-](?=(?:{articles})\b)"
        rf"|(?<![\w.])(?:{'|'.join(words)})(?!\w)",
        re.IGNORECASE,
    )


def scan(text: str) -> list[Figure]:
    """The figures of a text, in reading order."""
    found: list[Figure] = []
    trigger = _trigger()
    done = 0
    match = trigger.search(text)
    while match is not None:
        start = match.start()
        end = label_end(text, start, done)
        if end is None:
            figures = _figures_at(text, start, done)
            found += figures
            end = figures[-1].end if figures else None
        if end is None:
            number = number_at(text, start)
            end = number.end if number else match.end()
        done = max(end, start + 1)
        match = trigger.search(text, done)
    return _bounded(text, found)


def _figures_at(text: str, start: int, done: int) -> list[Figure]:
    """The figure whose number begins at the offset; two for a score ("52-48")."""
    multiple = multiples.multiple_at(text, start)
    if multiple is not None:
        return [finish(text, multiple, start, done)]
    amount = amount_at(text, start, done)
    if amount is None:
        return []
    if amount.unit is None:
        amount = _in_points(text, amount)
    if amount.unit is PERCENTAGE_POINT:
        return [_alone(text, amount, done)]
    if amount.currency is None and (shares := share_at(text, amount.number)) is not None:
        return [finish(text, share, share.start, done) for share in shares]
    pair = pair_at(text, amount, done)
    if pair is not None:
        figures, begin = pair
        if len(figures) == 1:
            return [finish(text, figures[0], begin, done)]
        return figures
    if _is_no_figure(text, amount):
        return []
    if amount.unit is None:
        amount = _sharing_unit(text, amount)
    return [_alone(text, amount, done)]


def _sharing_unit(text: str, amount: Amount) -> Amount:
    """ "3 and 5 percent, respectively": the unit stands once."""
    match = _AND.match(text, amount.end) if amount.number.sort == "digits" else None
    second = number_at(text, match.end()) if match else None
    if second is None or second.sort != "digits":
        return amount
    after = unit_of(text, second)
    if after is None or after[0].dimension in {"count", "time", "money"}:
        return amount
    return replace(amount, unit=after[0])


def _alone(text: str, amount: Amount, done: int) -> Figure:
    number, unit = amount.number, amount.unit or COUNT
    end = amount.end
    age = _AGE.match(text, number.end) if unit.dimension == "time" else None
    if age:  # "500 years old"
        unit, end = Unit(f"{unit.name} of age", "age"), age.end()
    figure = single(amount.start, end, amount.value, unit, number.precision)
    if number.rough:
        figure = replace(figure, qualifier="about")
    elif bound := _BOUND_INSIDE.match(text, number.end):
        figure = replace(figure, qualifier="about" if bound["so"] else "at_least")
    return finish(text, figure, amount.start, done)


def _is_no_figure(text: str, amount: Amount) -> bool:
    begin, end, unit = amount.start, amount.end, amount.unit
    if unit is None:
        if text[end : end + 1].isalpha() and text[end - 1].isdigit():
            return True  # "5G", "7th-grader": part of a name
        return bool(
            _AGE.match(text, end)
            or is_label(text, begin, amount.number.end)
            or _is_pronoun(text, amount)
        )
    if unit.dimension == "time":
        return bool(
            _WHEN_AFTER.match(text, end) or _WHEN_BEFORE.search(text, max(0, begin - 14), begin)
        )
    if unit.dimension == "temperature" and text[end - 2 : end - 1].isdigit():
        return is_label(text, begin, amount.number.end)  # "iPhone 5C"
    return unit == PERCENT and is_slice(text, begin)


def _is_pronoun(text: str, amount: Amount) -> bool:
    """ "the two agreed", "one, …, and two, …": a number word that counts no noun."""
    number, begin = amount.number, amount.start
    if number.sort != "words" or number.value > 10:
        return False
    if _KIND_FOLLOWS.match(text, number.end):
        return True
    if number.value == 0 and _NAME_FOLLOWS.match(text, number.end):
        return True  # a name, in all likelihood
    if number.value == 0 and _LEVEL_BEFORE.search(text, max(0, begin - 8), begin):
        return True  # "below zero"
    before = text[max(0, begin - 6) : begin].rstrip()
    if text[number.end : number.end + 1] == "," and before.endswith((",", "and")):
        return True
    if text[begin].isupper() and _NAME_FOLLOWS.match(text, number.end):
        return bool(before) and before[-1] not in _SENTENCE_END
    if not _DEMONSTRATIVE.search(text, max(0, begin - 8), begin):
        return False
    return _NOUNS_FOLLOW.match(text, number.end) is None


def _in_points(text: str, amount: Amount) -> Amount:
    """ "up seven points" beside percentages or a poll is in percentage points."""
    end = amount.number.end
    match = (_HALF_A_POINT if amount.number.sort == "fraction" else _POINTS).match(text, end)
    if amount.value > _MOST_POINTS or (match and _is_index(text, amount)):
        return amount
    if match and _OF_A_POLL.search(text, max(0, end - 300), end + 200):
        return replace(amount, unit=PERCENTAGE_POINT, end=match.end())
    return amount


@cache
def _index_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data.lines('index_words.txt'))})\b", re.IGNORECASE)


def _is_index(text: str, amount: Amount) -> bool:
    """Whether the points are those of a stock index or a game."""
    return _index_words().search(text, max(0, amount.start - 80), amount.start) is not None


def _bounded(text: str, figures: list[Figure]) -> list[Figure]:
    """Two bounds of one value as a range: "more than 10 and less than 40 miles"."""
    found: list[Figure] = []
    for figure in figures:
        range_ = _between_bounds(text, found[-1], figure) if found else None
        if range_ is None:
            found.append(figure)
        else:
            found[-1] = range_
    return found


def _between_bounds(text: str, one: Figure, other: Figure) -> Figure | None:
    if one.value is None or other.value is None or other.start - one.end > _LONGEST_LINK:
        return None
    low, high = sorted((one, other), key=lambda f: f.qualifier in _UPPER_BOUND)
    if low.qualifier not in _LOWER_BOUND or high.qualifier not in _UPPER_BOUND:
        return None
    link = _LINK.match(text, one.end)
    if link is None or qualifier_words(text, link.end()) != other.start:
        return None
    if low.value is None or high.value is None or low.value >= high.value:
        return None
    if one.unit not in {other.unit, "count"}:
        return None
    return replace(
        other, start=one.start, value=None, low=low.value, high=high.value, qualifier="exact"
    )
