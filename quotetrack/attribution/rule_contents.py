"""Where the content of a cue begins and ends, by rule."""

from __future__ import annotations

from quotetrack import data
from quotetrack.attribution.adjuncts import skip_adjuncts, starts_clause
from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.complements import Complement
from quotetrack.attribution.content_ends import (
    circumstance,
    clause_end,
    ends_sentence,
    gap_end,
    joins_clause,
    new_cue,
    next_predicate,
)
from quotetrack.attribution.inversion import quotation_ends_before
from quotetrack.attribution.lexicon import verbs
from quotetrack.attribution.phrases import noun_phrase_after
from quotetrack.attribution.reading import CONJUNCTIONS, DASHES, FINITE, Reading, TokenRange

_WITHOUT_SUBJECT = frozenset(("object", "as", "to", "ing"))
_TIES = frozenset(("to", "by", "for", "about", "with", "from"))
"""Prepositions after "…, she said," that belong to her statement."""
_EDGES = frozenset((",", ".", ";", ":", "!", "?")) | DASHES


def content_before(reading: Reading, edge: int, low: int) -> list[TokenRange]:
    """The content that ends before token ``edge``: a quotation, or a clause and its comma."""
    k = edge - 1
    marked = False
    while k >= 0 and (reading.lower[k] in {",", "("} or reading.lower[k] in DASHES):
        marked = True
        k -= 1
    if k < 0:
        return []
    quotation = quotation_ends_before(reading, edge)
    if quotation >= 0 and quotation != reading.inside[edge]:
        begin = _token_at(reading, reading.quotations[quotation].start, k)
        first = reading.layout.sentences[reading.layout.sentence_of[begin]].first
        if begin > max(first, 0) and reading.inside[begin - 1] < 0:
            runs_in = reading.lower[begin - 1] not in {",", ":", *DASHES}
            if runs_in and _has_verb(reading, first, k):
                return [trim(reading, first, k + 1)]
            if _goes_on_inside(reading, first, begin):
                return [_without_link(reading, first, k + 1)]
        return [(begin, k + 1)]
    if not marked or k < low:
        return []
    begin = next((i + 1 for i in range(k, low, -1) if reading.lower[i] == ";"), low)
    return [_without_link(reading, begin, k + 1)]


def _goes_on_inside(reading: Reading, first: int, opening: int) -> bool:
    """Whether the clause from token ``first`` goes on in the quotation: "At sea, “it held.”"."""
    introduced = any(
        reading.tags[k][0] == "V" and "quote" in word.takes
        for k in range(first, opening)
        if (word := verbs().get(reading.lower[k])) is not None
    )
    return reading.lower[opening - 1] == "," and opens_low(reading, opening) and not introduced


def opens_low(reading: Reading, opening: int) -> bool:
    """Whether the quotation that token ``opening`` opens begins in lower case."""
    words = reading.layout.words
    return opening + 1 < len(words) and words[opening + 1][0].islower()


def _without_link(reading: Reading, first: int, last: int) -> TokenRange:
    """Content without "Still," and the like at its head."""
    first, last = trim(reading, first, last)
    comma = next((k for k in range(first + 1, min(first + 5, last)) if reading.lower[k] == ","), 0)
    if comma and " ".join(reading.lower[first:comma]) in data.words("cue_links.txt"):
        return trim(reading, comma, last)
    return first, last


def content_after_comma(
    reading: Reading, i: int, high: int, before: list[TokenRange], *, verbal: bool = True
) -> list[TokenRange]:
    """The further piece of a split: "…," he said, "…"; "The bill, he said, would cost …".

    ``verbal`` tells that a verb introduces it, not "according to".
    """
    if not before:
        return []
    i = skip_adjuncts(reading, i, high, person=False)
    if i + 1 >= high or reading.lower[i] not in {",", ":", ")", *DASHES}:
        return []
    k = i + 1
    quoted = reading.closes[before[-1][1] - 1] >= 0
    if not quoted and reading.opens[k] >= 0:
        return [_whole(reading, k)]
    if quoted:
        while k < high and reading.lower[k] in {"and", "but", "that"} and reading.opens[k] < 0:
            k += 1
        if k < high and reading.opens[k] >= 0:
            return [_whole(reading, k)]
        return []
    finite = any(reading.tags[t] in FINITE for t in range(*before[-1]))
    opening, following = reading.lower[k], reading.lower[k + 1] if k + 1 < high else ""
    goes_on = data.words("cue_goes_on.txt")
    subordinate = reading.lower[before[0][0]] in goes_on | data.words("cue_circumstances.txt")
    joined = (
        verbal
        and opening in {"and", "but", "so"}
        and reading.tags[k + 1 : k + 2] != ["VBG"]
        and not new_cue(reading, k + 1, high)
    )
    carried_on = (
        opening in goes_on
        or joined
        or (verbal and reading.tags[k] in {"IN", "TO"} and opening in _TIES)
        or opening == "that"
        or reading.tags[k] in FINITE
        or (subordinate and starts_clause(reading, k, high))
        or (opening == "but" and (following in goes_on or following in {"only", "not"}))
    )
    if not carried_on and finite:
        return []
    begin, end = trim(reading, k, high)
    if begin == end:
        return []  # nothing but marks
    return [(k if joined else begin, end)]


def content_from(reading: Reading, cue: Cue, complement: Complement, high: int) -> list[TokenRange]:
    """The content that begins after the cue."""
    start = complement.start
    if start >= high:
        return []
    if complement.kind in {"quote", "colon"} and reading.opens[start] >= 0:
        begin, end = _whole(reading, start)
        introduced = reading.lower[start - 1] in {",", ":", *DASHES}
        complete = reading.lower[end - 2] in {",", ".", "!", "?"}
        if introduced or complete or ends_sentence(reading, end, high):
            return [(begin, end)]
        if joins_clause(reading, begin, end, high):
            return [(begin, end)]
        return [trim(reading, begin, max(end, clause_end(reading, cue, end, high)))]
    if complement.kind == "gap":
        return [trim(reading, start, gap_end(reading, cue, start, high))]
    if complement.kind in _WITHOUT_SUBJECT:
        high = next_predicate(reading, start, high)
    if complement.kind == "object":
        phrase = noun_phrase_after(reading, start, high)
        behind = phrase[1] if phrase else start
        end = min(clause_end(reading, cue, behind, high), _resumes(reading, cue, behind, high))
        return [trim(reading, start, circumstance(reading, behind, end))]
    return [trim(reading, start, clause_end(reading, cue, start, high))]


def _resumes(reading: Reading, cue: Cue, i: int, high: int) -> int:
    """The comma at token ``i`` before the main verb: "The Globe, citing two aides, said …"."""
    if reading.tags[cue.first] != "VBG" or reading.lower[cue.first - 1] != "," or i + 2 >= high:
        return high
    verb = i + 1 + (reading.tags[i + 1] == "RB")
    return i if reading.lower[i] == "," and reading.tags[verb] in FINITE else high


def _token_at(reading: Reading, offset: int, near: int) -> int:
    """The token that begins at the offset, at or before token ``near``."""
    while near > 0 and reading.layout.starts[near] > offset:
        near -= 1
    return near


def _whole(reading: Reading, i: int) -> TokenRange:
    """The tokens of the quotation piece that token i opens."""
    quotation = reading.opens[i]
    k = i
    while k + 1 < len(reading.lower) and reading.closes[k] != quotation:
        k += 1
    return i, k + 1


def _has_verb(reading: Reading, first: int, last: int) -> bool:
    return any(reading.tags[k] in FINITE for k in range(first, last))


def trim(reading: Reading, first: int, last: int) -> TokenRange:
    """Leave out a conjunction and marks at the head, and punctuation at the end."""
    while first < last and reading.lower[first] in _EDGES:
        first += 1
    if first < last and reading.lower[first] in CONJUNCTIONS and reading.tags[first] == "CC":
        first += 1
    while last > first and reading.lower[last - 1] in _EDGES:
        last -= 1
    return first, last
