"""Noun phrases with what modifies them before a verb: clauses, participles, prepositions."""

from __future__ import annotations

from quotetrack.attribution.lexicon import verb_at
from quotetrack.attribution.phrases import is_time, noun_phrase_before
from quotetrack.attribution.reading import (
    CONJUNCTIONS,
    FINITE,
    NOMINATIVE,
    OBJECTIVE,
    SUBORDINATORS,
    Reading,
    TokenRange,
)

RELATIVE = frozenset(("who", "whom", "whose", "which", "that", "where"))
OPENERS = SUBORDINATORS | RELATIVE
_OPENS_RELATIVE = RELATIVE | NOMINATIVE
_BEFORE_CLAUSES = OPENERS | CONJUNCTIONS
_POSTMODIFYING = frozenset(("IN", "TO", "RP", "VBG", "VBN", "RB"))
_BEFORE_SUBJECTS = CONJUNCTIONS | {",", ";", ":", "that"}
LONGEST = 40
"""Tokens looked at before a verb: clauses of news are shorter, and time stays linear."""


def phrase_before(reading: Reading, end: int, low: int) -> TokenRange | None:
    """The noun phrase before token ``end``: a date is one, and "The court this week" the court."""
    tags, lower = reading.tags, reading.lower
    phrase = noun_phrase_before(reading, end, low)
    if phrase is None:
        return None
    begin = phrase[0]
    while end - 1 > begin and is_time(reading, end - 1) and ")" in lower[begin:end]:
        end -= 1 + (tags[end - 2] == "IN")  # "Lee (Green) on Friday"
        phrase = begin, end
    if tags[begin] == "CD" and begin > low and is_time(reading, begin - 1):
        return begin - 1, end
    if _is_date(reading, phrase):
        return noun_phrase_before(reading, begin, low) or phrase
    return _after_place(reading, phrase, low), end


def _is_date(reading: Reading, phrase: TokenRange) -> bool:
    """Whether a phrase has words of time alone ("this week"); the last one mostly tells."""
    begin, end = phrase
    for k in range(end - 1, begin - 1, -1):
        if not is_time(reading, k) and reading.tags[k] != "DT":
            return False
    return True


def _after_place(reading: Reading, phrase: TokenRange, low: int) -> int:
    """Where the subject begins that a phrase of place ran into ("In this case local people")."""
    tags = reading.tags
    begin, end = phrase
    if begin == low or tags[begin - 1] != "IN" or reading.lower[begin - 1] in SUBORDINATORS:
        return begin
    if begin - 1 > low and reading.lower[begin - 2] not in {",", *CONJUNCTIONS}:
        return begin
    for k in range(end - 1, begin, -1):
        behind = is_time(reading, k - 1) or tags[k - 1] in {"NN", "NNS"}
        if behind and tags[k] == "JJ" and not is_time(reading, k):
            return k
    return begin


def with_relative_clause(reading: Reading, begin: int, end: int) -> int | None:
    """Where a noun phrase begins whose relative clause ends at token ``end``; None: it is none.

    "The man who said he saw it", "The officer I spoke to"; in "The man who sold it told her"
    a verb is left over, so that it is a sentence.
    """
    tags, lower = reading.tags, reading.lower
    if lower[end - 1] in NOMINATIVE or FINITE.isdisjoint(tags[begin:end]):
        return None
    if _OPENS_RELATIVE.isdisjoint(lower[begin + 1 : end - 1]):
        return None
    for k in range(end - 2, begin, -1):
        pronoun = lower[k] in NOMINATIVE
        if not (pronoun or lower[k] in RELATIVE) or is_time(reading, k - 1):
            continue
        if verbs_left(reading, k, end) != 0 or _has_clause_of_its_own(reading, k, end):
            continue
        antecedent = _antecedent(reading, begin, k)
        if antecedent is not None and (not pronoun or antecedent == begin):
            return antecedent
    return None


def verbs_left(reading: Reading, begin: int, end: int) -> int:
    """Finite verbs less the clauses opened before them; negative: one still waits for its verb.

    A joined verb ("who sings and plays") and the verb of a clause without "that" ("who thinks
    the road leaks") have no opener.
    """
    tags, lower = reading.tags, reading.lower
    waiting = left = 0
    clausal = False
    for k in range(begin, end):
        if tags[k] in FINITE:
            before = k - 1
            while before > begin and tags[before] == "RB":
                before -= 1
            if waiting:
                waiting -= 1
            elif tags[before] != "CC" and not clausal:
                left += 1
            word, _ = verb_at(lower, k)
            clausal = word is not None and "clause" in word.takes
        elif lower[k] in OPENERS:
            waiting += tags[k] != "DT"
        elif lower[k] in NOMINATIVE and (k == begin or lower[k - 1] not in _BEFORE_CLAUSES):
            waiting += not clausal
    return left or -waiting


def _antecedent(reading: Reading, begin: int, relative: int) -> int | None:
    """Where the noun begins that a relative clause from token ``relative`` belongs to."""
    k = relative
    if k > begin and reading.tags[k - 1] in {"IN", "TO"} and reading.lower[k] in {"whom", "which"}:
        k -= 1
    phrase = noun_phrase_before(reading, k, begin)
    if phrase is None or reading.lower[k - 1] in OBJECTIVE:
        return None
    whole = with_modifiers(reading, phrase, begin)
    return whole[0] if whole else None


def _has_clause_of_its_own(reading: Reading, opener: int, end: int) -> bool:
    """Whether the clause is "who says the mayor", the subject of a further verb in it."""
    first = next((k for k in range(opener, end) if reading.tags[k] in FINITE), None)
    if first is None:
        return True
    word, after = verb_at(reading.lower, first)
    if word is None or "clause" not in word.takes or after >= end:
        return False
    phrase = noun_phrase_before(reading, end, after)
    return phrase is not None and phrase[0] == after and reading.lower[after] not in OBJECTIVE


def with_modifiers(reading: Reading, phrase: TokenRange, low: int) -> TokenRange | None:
    """The subject whose last modifier the phrase ends ("People marching through the town").

    Only where the whole reaches back to where a subject can begin: "After the vote the
    mayor" stays "the mayor".  An empty phrase stands for a modifier without a noun of its own.
    """
    tags, lower = reading.tags, reading.lower
    begin, end = phrase
    alone = None if begin == end else phrase
    if end == begin + 1 and lower[begin] in NOMINATIVE:
        return phrase
    floor = max(low, end - LONGEST)
    while begin - 1 > floor and (
        tags[begin - 1] in _POSTMODIFYING
        or lower[begin - 1] in {"himself", "herself", "itself"}
        or tags[begin - 2 : begin] == ["TO", "VB"]
    ):
        k = begin - 1
        while k > floor and (
            tags[k] in _POSTMODIFYING
            or lower[k] in {"himself", "herself", "itself"}
            or (tags[k] == "JJ" and tags[k + 1] in {"IN", "TO"})
            or (tags[k] == "VB" and tags[k - 1] == "TO")
            or _is_reduced(reading, k)
            or (lower[k] == "and" and tags[k + 1] == "VBN")
        ):
            if tags[k] == "IN" and lower[k] in SUBORDINATORS:
                return alone
            k -= 1
        before = phrase_before(reading, k + 1, low)
        if before is None or reading.inside[before[0]] != reading.inside[end - 1]:
            return alone
        begin = before[0]
        parted = tags[begin] == "JJ" and tags[begin - 1] in {"NN", "NNS"}
        parted = parted or (
            tags[begin] == "DT" and (tags[begin - 1] == "CD" or is_time(reading, begin - 1))
        )  # "in 2015 a group led by"
        if begin == low or parted or lower[begin - 1] in _BEFORE_SUBJECTS:
            return begin, end
    return alone


def _is_reduced(reading: Reading, i: int) -> bool:
    """Whether a form of the past is a participle ("People briefed on the talks" before a verb)."""
    tags = reading.tags
    if tags[i] != "VBD" or tags[i + 1] not in {"IN", "TO"} or tags[i - 1] not in {"NN", "NNS"}:
        return False
    word, _ = verb_at(reading.lower, i)
    return word is None or "clause" not in word.takes
