"""What the words around a figure add: a bound, a rise or fall, a rate, what is counted."""

from __future__ import annotations

import re
from functools import cache

from quotetrack import data
from quotetrack.models import Change, Qualifier

_BEFORE = 48
"""Characters before a figure that are looked at."""
_OF = re.compile(
    r"(?:\s+of)?\s+((?:the |its |their |his |her |our |all |these |those )?"
    r"(?:[^\W\d_][\w’'-]{0,30} ){0,4}?[^\W\d_][\w’'-]{0,30})(?=[\s.,;:!?)”\"—]|$)"
)
_PER = re.compile(
    r"(?:\s+(?:an?|per|each|every)\s+|\s?/\s?|\s+per\s+|-an?-)(?:(100,000|1,000|10,000|million|thousand)|([a-z]{2,12}))(?![\w])"
)
_STOPS = frozenset(
    [
        "to",
        "in",
        "on",
        "at",
        "by",
        "from",
        "with",
        "and",
        "or",
        "but",
        "for",
        "as",
        "that",
        "which",
        "who",
        "than",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "after",
        "before",
        "since",
        "during",
        "of",
        "a",
        "an",
    ]
)
_RATE_NOUNS = frozenset(
    [
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "second",
        "quarter",
        "share",
        "person",
        "head",
        "barrel",
        "ton",
        "tonne",
        "gallon",
        "litre",
        "liter",
        "mile",
        "kilometer",
        "kilometre",
        "kilogram",
        "kilo",
        "pound",
        "ounce",
        "acre",
        "hectare",
        "night",
        "trip",
        "game",
        "student",
        "pupil",
        "child",
        "household",
        "family",
        "capita",
        "worker",
        "employee",
        "vote",
        "seat",
        "ticket",
        "unit",
        "annum",
        "vehicle",
        "car",
        "bottle",
        "pack",
        "plate",
        "bushel",
        "troy",
        "watt",
        "kilowatt-hour",
    ]
)


@cache
def _qualifiers(name: str) -> tuple[dict[str, Qualifier], re.Pattern[str]]:
    found: dict[str, Qualifier] = {}
    for line in data.lines(name):
        qualifier, words = line.split(" | ")
        for word in words.split(","):
            found[word.strip()] = qualifier  # type: ignore[assignment]
    forms = "|".join(re.escape(w) for w in sorted(found, key=lambda w: (-len(w), w)))
    if name == "qualifiers_before.txt":
        pattern = rf"(?<![\w-])({forms})\s+(?:(?:just|only|a|an|the|another|about)\s+)?$"
    else:
        pattern = rf"\s*[+]|[\s,-]{{1,2}}({forms})(?![\w-])"
    return found, re.compile(pattern, re.IGNORECASE)


def qualifier_before(text: str, at: int) -> tuple[Qualifier, int]:
    """The bound that the words before the offset set, and where they begin."""
    found, pattern = _qualifiers("qualifiers_before.txt")
    window = text[max(0, at - _BEFORE) : at]
    if window[-1:] in {"~", "≈", "±"}:
        return "about", at - 1
    if window[-1:] in {">", "≥"}:
        return "more_than", at - 1
    if window[-1:] in {"<", "≤"}:
        return "less_than", at - 1
    match = pattern.search(window)
    if match is None:
        return "exact", at
    word = match[1].lower()
    return found[word], at - len(window) + match.start()


def qualifier_after(text: str, end: int) -> tuple[Qualifier, int]:
    """The bound that the words after the offset set, and where they end."""
    found, pattern = _qualifiers("qualifiers_after.txt")
    match = pattern.match(text, end)
    if match is None:
        return "exact", end
    word = (match[1] or "plus").lower()
    if word == "plus" and match[1] and text[end : end + 1] != "-":
        return "exact", end
    if text[match.end() : match.end() + 5].lower() == " than":
        return "exact", end
    return found[word], match.end()


@cache
def _changes() -> tuple[dict[str, Change], re.Pattern[str]]:
    found: dict[str, Change] = {}
    for line in data.lines("rises.txt"):
        change, word = line.split()
        found[word] = change  # type: ignore[assignment]
    forms = "|".join(sorted(found, key=lambda w: (-len(w), w)))
    return found, re.compile(
        rf"(?<![\w-])({forms})(?:\s+(?:by|of|to|from|another|a|an|further|as|much|in|value|price))*\s*$",
        re.IGNORECASE,
    )


def change_before(text: str, at: int) -> Change | None:
    """Whether the words before say that something rose or fell by the figure."""
    found, pattern = _changes()
    match = pattern.search(text[max(0, at - _BEFORE) : at])
    return found[match[1].lower()] if match else None


def per_after(text: str, end: int) -> tuple[str | None, int]:
    """The denominator of a rate ("$9 an hour", "12 per 100,000"), and where it ends."""
    match = _PER.match(text, end)
    if match is None:
        return None, end
    if match[1]:
        return match[1].replace(",", ""), match.end()
    word = match[2]
    if word in _RATE_NOUNS:
        return ("year" if word == "annum" else word), match.end()
    return None, end


def counted_after(text: str, end: int) -> str | None:
    """The noun phrase that a figure counts or is a share of."""
    match = _OF.match(text, end)
    if match is None:
        return None
    words = []
    for word in match[1].split():
        if word.lower() in _STOPS:
            break
        words.append(word)
        if word.endswith(("s", "people", "men", "women", "children")) and len(word) > 3:
            break
    return " ".join(words) or None
