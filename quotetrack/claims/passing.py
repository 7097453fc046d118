"""Amounts that count nothing: pronouns, stretches of time that say when, parts with a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotetrack.claims.labels import is_label
from quotetrack.claims.shares import is_slice
from quotetrack.claims.units import PERCENT

if TYPE_CHECKING:
    from quotetrack.claims.amounts import Amount

AGE = re.compile(r"[\s-](?:years?|yrs?|months?|weeks?|days?)[\s-](?:old|of\s+age)\b|[\s-]?y/?o\b")
"""After a number: how old something is."""
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


def is_in_passing(text: str, amount: Amount) -> bool:
    """Whether an amount is no figure for the words around it."""
    begin, end, unit = amount.start, amount.end, amount.unit
    if unit is None:
        if text[end : end + 1].isalpha() and text[end - 1].isdigit():
            return True  # "5G", "7th-grader": part of a name
        return bool(
            AGE.match(text, end)
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
