"""Active or passive: whether the subject of a cue is the one who speaks."""

from __future__ import annotations

from functools import cache

from quotetrack import data
from quotetrack.attribution.lexicon import adjectives, verb_at
from quotetrack.attribution.reading import Reading

_OBJECTS = [[tag] for tag in ("TO", "DT", "PRP$", "NN", "NNS", "NNP", "JJ", "CD")]


def is_passive(reading: Reading, first: int, verb: int) -> bool:
    """Whether the verb group from token ``first`` with the main verb ``verb`` is a passive."""
    lower = reading.lower
    if verb <= first or lower[verb] in adjectives():
        return False
    helpers = data.words("cue_passives.txt").intersection(lower[first:verb])
    if helpers == {"'s"}:
        return reading.tags[verb] in {"VBN", "VBD"} and _contracted_is(reading, first, verb)
    return bool(helpers) and reading.tags[verb] == "VBN"


def _contracted_is(reading: Reading, first: int, verb: int) -> bool:
    """Whether the "'s" before a participle is "is" ("he's told that"), not "has"."""
    word, end = verb_at(reading.lower, verb)
    following = reading.lower[end] if end < len(reading.lower) else ""
    if following == "by":
        return True
    if reading.lower[first - 1] == "it":  # "It's hoped that …", "It's pledged to …"
        return reading.tags[end : end + 1] not in _OBJECTS
    return word is not None and following in _openers().get(word.lemma, ())


@cache
def _openers() -> dict[str, frozenset[str]]:
    """Verb -> the words behind its participle that make "'s" a form of "be"."""
    rows = (line.split() for line in data.lines("contracted_passives.txt"))
    return {verb: frozenset(openers) for verb, *openers in rows}
