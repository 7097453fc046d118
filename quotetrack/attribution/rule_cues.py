"""Cues by rule: a verb of the lexicon with something to introduce, and set phrases."""

from __future__ import annotations

from functools import cache

from quotetrack import data
from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.complements import (
    Complement,
    before_as,
    complement_of,
    inverted_subject,
    quotation_ends_before,
    starts_clause,
)
from quotetrack.attribution.lexicon import (
    CuePhrase,
    is_auxiliary,
    nouns,
    phrases,
    verb_at,
    verbs,
)
from quotetrack.attribution.phrases import noun_phrase_after
from quotetrack.attribution.reading import CONJUNCTIONS, DASHES, FINITE, Reading
from quotetrack.attribution.subjects import shared_subject, subject_before

_VERBAL = FINITE | {"VB", "VBG", "VBN"}
_LONGEST_ADJUNCT = 25
_INSIDE_QUOTATION = {True: 0.4, False: 0.8}
"""What a cue loses inside a quotation, reporting a statement or not: the one who is
quoted thinks and wants there, and readers look for who is quoted."""


def verb_group(reading: Reading, i: int, low: int) -> int:
    """First token of the verb group whose main verb is token i ("has not yet said")."""
    tags, lower = reading.tags, reading.lower
    first = k = i
    while k > low:
        k -= 1
        if tags[k] == "MD" or (is_auxiliary(lower[k]) and tags[k][:1] in {"V", "P"}):
            if tags[k] == "POS":
                break
            first = k
        elif (
            tags[k] == "TO"
            and tags[first] not in FINITE
            and k > low
            and _raises(reading, k - 1, low)
        ):
            first = k = _raises(reading, k - 1, low) or k
        elif tags[k] == "RB" or lower[k] in {"n't", "not", "also"}:
            continue
        else:
            break
    return first


def _raises(reading: Reading, k: int, low: int) -> int | None:
    """The verb that an infinitive hangs on: "went on to", "declined to", "used to"."""
    if reading.tags[k] in {"RP", "IN", "RB"} and k > low:
        k -= 1
    return k if reading.tags[k][:1] == "V" else None


def phrase_at(reading: Reading, i: int, high: int) -> tuple[CuePhrase, int] | None:
    """The cue phrase that begins at token i, and the token after its words."""
    for phrase in phrases().get(reading.lower[i], ()):
        if phrase.source == "inside":
            continue
        end = i + len(phrase.words)
        if end <= high and tuple(reading.lower[i:end]) == phrase.words:
            return phrase, end
    return None


def _verb_cue(reading: Reading, i: int) -> Cue | None:
    """The cue whose main verb is token i."""
    tags, lower = reading.tags, reading.lower
    if tags[i] not in _VERBAL:
        return None
    word, end = verb_at(lower, i)
    if word is None or ("raise" in word.takes - {"quote"} and "quote" not in word.takes):
        return None
    low, high = reading.region(i)
    if lower[i] == "heard":
        subject = subject_before(reading, verb_group(reading, i, low), low)
        if subject and lower[subject[1] - 1] in data.words("hearing_bodies.txt"):
            word = verbs()["said"]  # "the court heard that", and in the end ", the jury heard"
    if tags[i] == "VBG" and i > low and lower[i - 1] == "as" and _passive_before(reading, i, low):
        return None  # "was quoted by the paper as saying" is one cue
    end = min(end, high)
    first = verb_group(reading, i, low)
    subject = subject_before(reading, first, low)
    complement = complement_of(reading, word, end, high, subject[0] if subject else first)
    inverted = inverted_subject(reading, first, end, low, high)
    reports = word.manner in {"speech", "writing"}
    quoting = reports and "quote" in word.takes
    before = quotation_ends_before(reading, (inverted and first) or first)
    if inverted is not None and quoting and tags[first] in FINITE:
        return Cue(first, end, word.manner, 0.95 if before >= 0 else 0.75)
    if complement is None:
        return None
    score = {
        "clause": 0.85,
        "quote": 0.9,
        "colon": 0.8,
        "as": 0.6,
        "to": 0.5,
        "ing": 0.45,
        "object": 0.35,
        "none": 0.3,
    }[complement.kind]
    if complement.kind == "none":
        edge = before_as(reading, subject[0] if subject else first, low)
        if not quoting and word.manner != "thought":
            return None
        behind = quotation_ends_before(reading, edge) >= 0
        comma = edge - 1 > low and lower[edge - 1] in {",", "("} | DASHES
        if not (behind or (comma and subject is not None)):
            return None
        if not behind and (tags[i] == "VBG" or not word.takes & {"clause", "that"}):
            return None
        score = 0.95 if behind else 0.7
    if complement.kind == "object" and complement.kind and word.manner == "speech":
        score = 0.35
    if tags[i] == "VBG" and first == i and complement.kind in {"object", "to", "ing"}:
        score -= 0.15
    if tags[i] == "VBN" and first == i and complement.kind not in {"quote", "colon"}:
        return None
    names = tags[i] == "VBN" or (subject is not None and lower[subject[0]] in {"a", "an"})
    if names and first == i and complement.kind == "quote" and "as" in word.takes:
        closing = next((k for k in range(end, high) if reading.closes[k] >= 0), high)
        if lower[closing + 1 : closing + 2] != ["by"]:
            return None  # "a film called “Salt Road”"
    if complement.kind == "object" and "of" in word.takes and _accuses(reading, complement, high):
        score = 0.6
    if subject is None and tags[i] != "VBG" and not _is_joined(reading, first, low):
        score -= 0.2
    if reading.inside[i] >= 0:
        score -= _INSIDE_QUOTATION[reports and complement.kind in {"quote", "none"}]
    if tags[i] == "VB" and first == i:
        score -= 0.25
    return Cue(first, end, word.manner, round(max(score, 0.05), 2))


def _noun_cue(reading: Reading, i: int) -> Cue | None:
    """ "his claim that …": a noun of the lexicon with a clause of its own."""
    noun = nouns()[reading.lower[i]]
    high = reading.region(i)[1]
    if (
        "that" not in noun.takes
        or reading.tags[i] not in {"NN", "NNS"}
        or i + 2 >= high
        or reading.lower[i + 1] != "that"
        or not starts_clause(reading, i + 2, high)
        or (reading.tags[i + 1] == "WDT" and not _is_whole(reading, i + 2, high))
    ):
        return None
    return Cue(i, i + 1, noun.manner, 0.6)


def _is_whole(reading: Reading, i: int, high: int) -> bool:
    """Whether the verb of the clause at token i has an object or the like behind it."""
    verb = next((k for k in range(i, high) if reading.tags[k] in FINITE), high)
    while verb < high and reading.tags[verb][:1] in {"V", "M"}:
        verb += 1
    return verb < high and reading.tags[verb][:2] in {"NN", "DT", "PR", "JJ", "CD"}


def _accuses(reading: Reading, complement: Complement, high: int) -> bool:
    """Whether "of" follows the object: "accused the firm of fraud"."""
    phrase = noun_phrase_after(reading, complement.start, high)
    return phrase is not None and (
        "of" in reading.lower[complement.start + 1 : min(high, phrase[1] + 1)]
    )


def _is_joined(reading: Reading, first: int, low: int) -> bool:
    """Whether "and" stands before the verb group, with a subject to share."""
    k = first - 1
    while k > low and reading.tags[k] == "RB":
        k -= 1
    return (
        k > low
        and reading.lower[k] in CONJUNCTIONS
        and shared_subject(reading, first, low) is not None
    )


def _passive_before(reading: Reading, i: int, low: int) -> bool:
    return any(
        reading.tags[k] == "VBN" and verb_at(reading.lower, k)[0] is not None
        for k in range(max(low, i - _LONGEST_ADJUNCT), i)
    )


@cache
def _beginnings() -> frozenset[str]:
    """The words that a cue can begin with."""
    return frozenset((*phrases(), *verbs(), *nouns()))


def find_cues(reading: Reading, least: float = 0.3) -> list[Cue]:
    """The cues that the lexicon and the words around them speak for, in reading order.

    Args:
        reading: The tagged text.
        least: Cues with a lower score are left out.
    """
    cues: list[Cue] = []
    taken = 0
    beginnings = _beginnings()
    for i in [i for i, word in enumerate(reading.lower) if word in beginnings]:
        if i < taken:
            continue
        word = reading.lower[i]
        cue: Cue | None = None
        if word in phrases():
            found = phrase_at(reading, i, reading.region(i)[1])
            if found is not None and found[0].source == "after":
                cue = Cue(i, found[1], found[0].manner, 0.9)
        if cue is None and word in verbs():
            cue = _verb_cue(reading, i)
        if cue is None and word in nouns():
            cue = _noun_cue(reading, i)
        if cue is not None and cue.score >= least:
            cues.append(cue)
            taken = cue.last
    return cues
