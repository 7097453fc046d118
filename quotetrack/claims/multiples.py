"""Multiples in one word: "doubled", "twice", "threefold", "halved"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, cast

from quotetrack import data
from quotetrack.claims.figure import Figure, single
from quotetrack.claims.units import TIMES

if TYPE_CHECKING:
    from quotetrack.models import Change

_WORD = re.compile(r"[A-Za-z]+")
_DOWN = re.compile(r"\sdown\b")
_VERB_FOLLOWS = re.compile(
    r"\s(?:the|its|their|what|that|in|by|to|his|her|as|since|over|from|last)\b|[.,;]"
)


@cache
def _multiples() -> dict[str, tuple[Decimal, str]]:
    """Word -> factor, and how it is used: rise, fall, either (only before a verb's object), -."""
    found = {}
    for line in data.lines("multiples.txt"):
        word, factor, use = line.split()
        found[word] = (Decimal(factor), use)
    return found


def first_words() -> frozenset[str]:
    """The words of this module, lower case."""
    return frozenset(_multiples())


def multiple_at(text: str, start: int) -> Figure | None:
    """The multiple that begins at the offset; "double" as an adjective is none."""
    match = _WORD.match(text, start)
    found = _multiples().get(match[0].lower()) if match else None
    if match is None or found is None:
        return None
    factor, use = found
    if _DOWN.match(text, match.end()):
        return None  # "doubled down on"
    if use == "either" and not _VERB_FOLLOWS.match(text, match.end()):
        return None
    figure = single(start, match.end(), factor, TIMES)
    return figure._replace(change=cast("Change", use)) if use in {"rise", "fall"} else figure
