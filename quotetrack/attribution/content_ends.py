"""Where the clause that a cue introduces ends, by rule."""

from __future__ import annotations

from functools import cache

from quotetrack import data
from quotetrack.attribution.adjuncts import WH, skip_adjuncts, starts_clause
from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.lexicon import verb_at, verbs
from quotetrack.attribution.phrases import TIMES, noun_phrase_after
from quotetrack.attribution.reading import (
    CONJUNCTIONS,
    DASHES,
    FINITE,
    NOMINATIVE,
    SUBORDINATORS,
    Reading,
)
from quotetrack.attribution.whole_phrases import participle_beside

_NEW_SENTENCES = frozenset(("and", "but", "so", "yet", "while"))
"""After a comma and with a subject and verb of its own, more often than not the text goes on."""
_CONCEDES = frozenset(("as", "though", "although", "whereas"))
_OPENS_CLAUSE = FINITE | {"WP", "WDT", "WRB"}
_BEFORE_CUES = frozenset((",", ";", "and", "but")) | DASHES
"""Marks and words that may stand between content and a further cue."""


def next_predicate(reading: Reading, start: int, high: int) -> int:
    """Where "and left" or "; he left" begins behind content that has no finite verb."""
    for k in range(start, high - 1):
        if reading.inside[k] != reading.inside[start - 1]:
            continue
        if reading.lower[k] == ";":
            return k
        if reading.tags[k] in _OPENS_CLAUSE or reading.lower[k] in SUBORDINATORS:
            return high
        after = k + 1
        while after < high - 1 and reading.tags[after] == "RB":
            after += 1
        if reading.lower[k] in CONJUNCTIONS and reading.tags[after] in FINITE:
            return k
    return high


def circumstance(reading: Reading, start: int, high: int) -> int:
    """Where "when the poll was taken" begins, which is no part of an object before it."""
    for k in range(start, high - 1):
        if (
            reading.lower[k] in data.words("subordinate_openers.txt")
            and reading.tags[k] in {"IN", "WRB"}
            and reading.inside[k] == reading.inside[start - 1]
            and starts_clause(reading, k + 1, high, 0)
        ):
            edge = k
            while reading.tags[edge - 1] == "RB" or reading.lower[edge - 1] == "-":
                edge -= 1  # "only when", "even if"
            return edge
    return high


def ends_sentence(reading: Reading, i: int, high: int) -> bool:
    return i >= high or reading.lower[i] in {".", ";"}


def clause_end(reading: Reading, cue: Cue, start: int, high: int) -> int:
    """Where content that begins at ``start`` ends: its sentence's end, or another cue's turn."""
    lower, tags = reading.lower, reading.tags
    known = verbs()
    own_tag = finite_tag(reading, cue)
    high = main_clause(reading, cue, start, high) or relative_end(reading, cue, start, high)
    high = _quotation_end(reading, start, high)
    for k, here in enumerate(lower[start:high], start):
        if here not in _BEFORE_CUES or reading.inside[k] != reading.inside[cue.first]:
            continue
        following = lower[k + 1] if k + 1 < high else ""
        if (here == "," or here in DASHES) and k + 2 < high:
            word = known.get(following)
            if word and tags[k + 1] == "VBG" and word.manner in {"speech", "writing"}:
                return k
            if following == "according" or (following == "as" and known.get(lower[k + 2])):
                return k
            if following in _NEW_SENTENCES and starts_clause(reading, k + 2, high):
                return k
            if following == "however":
                return k
            aside = following == "as" and "," in lower[k + 2 : high]  # ", as he put it, …"
            if following in _CONCEDES and not aside and new_cue(reading, k + 2, high):
                return k
            if following == "with" and participle_beside(reading, k + 1, high) is not None:
                return k
            if following in {"before", "after"} and _joins_cue(reading, k + 2, "VBG"):
                return k
            if here == "," and _closing_cue(reading, k + 1, high):
                return k
        if here == ";" and _own_clause(reading, k + 1, high):
            return k
        if here in DASHES and new_cue(reading, k + 1, high):
            return k
        answers = (
            lower[start] in WH and following in NOMINATIVE
        )  # "asked if it was and they said no"
        if here in {"and", "but"} and answers and new_cue(reading, k + 1, high):
            return k
        if here in {"and", "but"} and _joins_cue(reading, k + 1, own_tag):
            thinker = start + (lower[start] == "that")
            if lower[thinker] not in NOMINATIVE or following not in _thoughts():
                return k
    return high


def main_clause(reading: Reading, cue: Cue, start: int, high: int) -> int | None:
    """Where the main clause begins, from token ``start``, if the cue stands in one before it.

    "Though he had asked for time, the court …", "After saying so, she …": its comma.
    """
    low, _ = reading.region(cue.first)
    opening = low
    while reading.tags[opening] in {"CC", "RB"} and opening < cue.first:
        opening += 1
    participle = reading.tags[cue.first] == "VBG" and (
        opening == cue.first or (opening + 1 == cue.first and reading.tags[opening] == "IN")
    )
    if not participle and not _in_subordinate(reading, cue, low):
        return None
    for k in range(start, high - 2):
        if reading.lower[k] == ",":
            after = k + 1 + (reading.closes[k + 1] >= 0)
            if reading.inside[after] == reading.inside[cue.first] and starts_clause(
                reading, after, high, 0
            ):
                return k
    return None


def _in_subordinate(reading: Reading, cue: Cue, low: int) -> bool:
    """Whether "while", "a week after" or "and when" opens the cue's clause, its main one behind."""
    openers = data.words("subordinate_openers.txt")
    for k in range(cue.first - 1, low - 1, -1):
        if reading.lower[k] == ",":
            return False
        if reading.lower[k] in openers and reading.tags[k] in {"IN", "WRB", "RB"}:
            before = reading.tags[low:k]
            if before[-1:] == ["CC"] or FINITE.isdisjoint(before):
                return True
    return False


def gap_end(reading: Reading, cue: Cue, start: int, high: int) -> int:
    """Where the clause ends that has its subject before the cue ("which Lee says is safe, was")."""
    for k in range(start, high - 2):
        after = k + 1 + (reading.tags[k + 1] == "RB")
        if reading.lower[k] == "," and reading.tags[after] in FINITE:
            return k
    return clause_end(reading, cue, start, high)


def relative_end(reading: Reading, cue: Cue, start: int, high: int) -> int:
    """Where content from token ``start`` ends if its cue is the verb of a relative clause.

    "Growers who back the plan are …", "Lee, who backed it in May, has …": before the main verb.
    """
    tags, lower = reading.tags, reading.lower
    pronoun = cue.first - 1
    while pronoun > 0 and tags[pronoun] == "RB":
        pronoun -= 1
    if (
        start >= high
        or pronoun < 1
        or tags[pronoun] not in {"WP", "WDT"}
        or lower[pronoun] == "what"
    ):
        return high
    opening = lower[pronoun - 1]
    if opening in DASHES:
        return next((k for k in range(start, high) if lower[k] == opening), high)
    if opening == ",":
        for k in range(start, high - 2):
            after = k + 1 + (tags[k + 1] == "RB")
            if lower[k] == "," and tags[after] in FINITE and _outside(reading, k, cue):
                return k
        return high
    clause = lower[start] in SUBORDINATORS
    opened = clause or starts_clause(reading, start, high, 0)
    return second_predicate(reading, start + clause, high, int(opened))


def _outside(reading: Reading, k: int, cue: Cue) -> bool:
    return reading.inside[k] == reading.inside[cue.first]


def finite_tag(reading: Reading, cue: Cue) -> str:
    """The tag of the cue's finite verb; "": it has none."""
    for tag in reversed(reading.tags[cue.first : cue.last]):
        if tag in FINITE:
            return tag
    return ""


def _joins_cue(reading: Reading, verb: int, tag: str) -> bool:
    """Whether a further cue of the same source follows, its verb with this tag."""
    while verb < len(reading.lower) and (
        reading.tags[verb] == "RB" or reading.lower[verb] in TIMES
    ):
        verb += 1
    if reading.tags[verb : verb + 1] != [tag]:
        return False
    word, _ = verb_at(reading.lower, verb)
    return word is not None and (
        word.manner in {"speech", "writing"} or bool(word.takes & {"clause", "that"})
    )


@cache
def _thoughts() -> frozenset[str]:
    """Forms of verbs of thought, which "said she fell and thought …" leaves in the content."""
    return frozenset(form for form, verb in verbs().items() if verb.manner == "thought")


def _quotation_end(reading: Reading, start: int, high: int) -> int:
    """Where a quotation and a comma close content that the narrator's own words follow.

    "said it was “sound,” adding that …", "…,” which was true", "…,” and the court agreed".
    """
    for k in range(start, high - 3):
        if reading.closes[k] >= 0 and reading.opens[k] < 0:
            if reading.lower[k + 1] in DASHES and max(reading.opens[k + 1 : high]) < 0:
                return k + 1
            comma = reading.lower[k + 1] == ","
            if not comma and _medium(reading, k + 1, high):
                return k + 1
            if (comma or reading.lower[k - 1] == ",") and _narrates(reading, k + 1 + comma, high):
                return k + 1
    return high


def joins_clause(reading: Reading, begin: int, i: int, high: int) -> bool:
    """Whether the narrator goes on behind the quotation ``begin:i``: "and left", ", then he …".

    Words without a verb may be but the subject: "said “old nets” and crates would float".
    """
    if i + 1 >= high or reading.opens[i + 1] >= 0:
        return False
    if reading.lower[i] == ",":
        return reading.tags[i + 1] in {"RB", "WDT"} or _narrates(reading, i + 1, high)
    if reading.lower[i] not in {"and", "but"}:
        return False
    verb = reading.tags[i + 1] == "PRP" or any(tag[0] == "V" for tag in reading.tags[begin:i])
    return reading.tags[i + 1] in FINITE or (verb and starts_clause(reading, i + 1, high))


def _medium(reading: Reading, i: int, high: int) -> bool:
    """Whether "in a statement", "in her Monday letter" begins."""
    if (
        reading.lower[i] != "in"
        or i + 2 >= high
        or not (reading.tags[i + 1] == "PRP$" or reading.lower[i + 1] in {"a", "an"})
    ):
        return False
    head = i + 2
    while head + 1 < high and reading.tags[head + 1] in {"NN", "NNP"}:
        head += 1
    return head < high and reading.lower[head] in data.words("document_nouns.txt")


def _narrates(reading: Reading, i: int, high: int) -> bool:
    """Whether a participle of speech, "which …", "without saying …" or a clause begins."""
    word, tag = reading.lower[i], reading.tags[i]
    following = reading.tags[i + 1] if i + 1 < high else ""
    if tag == "VBG":
        return word in verbs()
    if tag == "WDT":
        return word == "which" and not any(
            reading.lower[k] == "," and reading.tags[k + 1] in FINITE for k in range(i, high - 1)
        )
    if word in _NEW_SENTENCES or word in {"though", "although"}:
        return following != "IN" and starts_clause(reading, i + 1, high)
    return (word == "without" and following == "VBG") or (word == "in" and following == "DT")


def _own_clause(reading: Reading, i: int, high: int) -> bool:
    """Whether a clause begins behind a semicolon that "that" does not tie to the content."""
    tied = reading.lower[i : i + 1] == ["that"] or reading.tags[i : i + 1] == ["CC"]
    return (
        not tied
        and ";" not in reading.lower[i:high]
        and (starts_clause(reading, i, high) or new_cue(reading, i, high))
    )


def _closing_cue(reading: Reading, i: int, high: int) -> bool:
    """Whether "…, minutes of the meeting showed" ends the sentence from token i."""
    phrase = noun_phrase_after(reading, i, high)
    if phrase is None or phrase[1] >= high or reading.tags[phrase[1]] not in FINITE:
        return False
    word, end = verb_at(reading.lower, phrase[1])
    end = skip_adjuncts(reading, end, high, person=word is not None and "person" in word.takes)
    return word is not None and "clause" in word.takes and ends_sentence(reading, end, high)


def second_predicate(reading: Reading, start: int, high: int, verbs_open: int = 1) -> int:
    """Where the verb of a sentence begins whose subject holds the clause from ``start``.

    Args:
        reading: The tagged text.
        start: A token after what opens the clause.
        high: Where the sentence ends.
        verbs_open: Finite verbs that still belong to the clause.
    """
    for k in range(start, high):
        if reading.lower[k] in SUBORDINATORS or reading.tags[k] in {"WP", "WDT"}:
            verbs_open += 1
        elif reading.lower[k] == "," or reading.lower[k] in CONJUNCTIONS:
            return high
        elif reading.tags[k] in FINITE:
            verbs_open -= 1
            if verbs_open < 0:
                return k
    return high


def new_cue(reading: Reading, i: int, high: int) -> bool:
    """Whether a new subject with its own verb of speech begins at token i."""
    known = verbs()
    for k in range(i, min(high, i + 12)):
        if reading.tags[k] in FINITE:
            word = known.get(reading.lower[k])
            return word is not None and word.manner in {"speech", "writing"}
        if reading.lower[k] in {",", ";", "that"}:
            return False
    return False
