"""What the report says in words: the evidence, figures, times and counts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from decimal import Decimal

    from quotetrack.models import Evidence, Manner, Qualifier, Quantity, TimeRef

EVIDENCE: dict[Evidence, str] = {
    "cue": "The sentence says so: its cue gives these words to the source.",
    "split": "It is a further piece of the same quote, as in “…,” she said. “…”",
    "adjacent": "A name stands right behind it, as in “…” — Name.",
    "continued": "The quotation was left open in the paragraph before and runs on.",
    "next_sentence": "A sentence next to it names the source.",
    "next_paragraph": "It opens the paragraph after one of the same speaker’s quotes.",
    "turn": "A dialogue: the turns alternate between two speakers.",
    "label": "A label in front names the speaker, as in “SMITH: …”.",
}
MANNER: dict[Manner, str] = {
    "speech": "said aloud",
    "writing": "written",
    "thought": "thought, wish or feeling",
    "document": "what a document or poll shows",
    "stance": "approval or rejection",
}
KIND = {
    "direct": "direct: all inside quotation marks",
    "mixed": "mixed: partly inside quotation marks",
    "indirect": "indirect: no quotation marks",
}
QUALIFIER: dict[Qualifier, str] = {
    "exact": "",
    "about": "about",
    "more_than": "more than",
    "less_than": "less than",
    "at_least": "at least",
    "up_to": "up to",
}
_LONGEST = 24
"""Digits before a number is written with an exponent."""


def count(number: int, noun: str) -> str:
    """How many of what: "1 quote", "2 quotes"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def number(value: Decimal) -> str:
    """Digits in groups: "8,600,000,000"; very long ones with an exponent."""
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return str(value)
    plain = f"{value:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@cache
def _plurals() -> dict[str, str]:
    """Measures and their plurals, as the list of units writes them: "foot" -> "feet"."""
    plurals = {}
    for line in data.lines("units.txt"):
        name, _, written, _ = (part.strip() for part in line.split("|"))
        singular = name.replace("_", " ")
        first, second, *_ = [*(form.strip() for form in written.split(",")), "", ""]
        # "times, fold" and "percent, per cent" are no pairs
        if first == singular and second[:1] == first[0] and second.count(" ") == first.count(" "):
            plurals[singular] = second
    return plurals


def figure(quantity: Quantity) -> str:
    """A figure as read: "about 8,600,000,000 USD per year (Italian companies), a rise"."""
    if quantity.value is not None:
        size = number(quantity.value)
    elif quantity.low is not None and quantity.high is not None:
        size = f"{number(quantity.low)} to {number(quantity.high)}"
    else:
        size = quantity.span.text
    unit = "" if quantity.unit == "count" else quantity.unit.replace("_", " ")
    if quantity.value not in {1, -1}:
        unit = _plurals().get(unit, unit)
    words = [QUALIFIER[quantity.qualifier], size, unit]
    said = " ".join(filter(None, words))
    if quantity.per:
        said += f" per {quantity.per}"
    if quantity.of:
        said += f" ({quantity.of})"
    if quantity.change:
        said += f", a {quantity.change}"
    return said + (", unit assumed" if quantity.assumed else "")


def moment(time: TimeRef) -> str:
    """A time with its dates: "Friday: 2018-03-23", "last week: 2024-07-22 to 2024-07-28"."""
    if time.start is None:
        return f"{time.span.text} (no date known)"
    if time.end is None or time.end == time.start:
        return f"{time.span.text}: {time.start.isoformat()}"
    return f"{time.span.text}: {time.start.isoformat()} to {time.end.isoformat()}"
