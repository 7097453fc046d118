"""Set phrases that introduce content without a verb: "according to Lee", "in her view"."""

from __future__ import annotations

from functools import cache

from quotetrack.attribution.lexicon import CuePhrase, phrases
from quotetrack.attribution.phrases import noun_phrase_after
from quotetrack.attribution.reading import Reading, TokenRange

_LONGEST_OWNER = 8


@cache
def unbroken() -> dict[str, dict[str, list[CuePhrase]]]:
    """First word -> second word -> the phrases with their source behind that begin so."""
    found: dict[str, dict[str, list[CuePhrase]]] = {}
    for first, some in phrases().items():
        for phrase in some:
            if phrase.source == "after":
                second = phrase.words[1] if len(phrase.words) > 1 else ""
                found.setdefault(first, {}).setdefault(second, []).append(phrase)
    return found


def phrase_at(reading: Reading, i: int) -> tuple[CuePhrase, int] | None:
    """The phrase before a source that begins at token i, and the token after its words."""
    lower = reading.lower
    by_second = unbroken().get(lower[i])
    if by_second is None or i + 1 == len(lower):
        return None
    if "" in by_second:
        return (by_second[""][0], i + 1) if _stands_alone(reading, i) else None
    for phrase in by_second.get(lower[i + 1], ()):
        end = i + len(phrase.words)
        if tuple(lower[i:end]) == phrase.words and end <= reading.region(i)[1]:
            return phrase, end
    return None


def _stands_alone(reading: Reading, i: int) -> bool:
    """Whether "per" opens its sentence or follows a comma, with a noun of its own behind it."""
    low, high = reading.region(i)
    if i + 2 >= high or reading.tags[i + 1] not in {"DT", "PRP$", "NNP"}:
        return False
    return reading.tags[i + 1] != "NNP" if i == low else reading.lower[i - 1] == ","


@cache
def views() -> dict[str, dict[str, CuePhrase]]:
    """First word -> last word -> the phrase that holds its source ("in", "view")."""
    found: dict[str, dict[str, CuePhrase]] = {}
    for first, some in phrases().items():
        for phrase in some:
            if phrase.source == "inside":
                found.setdefault(first, {})[phrase.words[2]] = phrase
    return found


def view_of(reading: Reading, i: int) -> tuple[TokenRange, int, CuePhrase] | None:
    """The source inside "in her view", "by the mayor's account" from token i, and the end."""
    tags, lower = reading.tags, reading.lower
    wanted = views().get(lower[i])
    k = i + 1
    if not wanted or wanted.keys().isdisjoint(lower[k + 1 : k + _LONGEST_OWNER + 2]):
        return None
    high = reading.region(i)[1]
    if k >= high:
        return None
    if tags[k] != "PRP$":
        owner = noun_phrase_after(reading, k, high)
        while k < high and tags[k] != "POS" and lower[k] not in {",", "."}:
            k += 1
        if owner is None or k >= high or tags[k] != "POS" or k > i + _LONGEST_OWNER:
            return None
    source = (i + 1, k + 1)
    k += 1
    if k < high and lower[k] == "own":
        k += 1
    return (source, k + 1, wanted[lower[k]]) if k < high and lower[k] in wanted else None
