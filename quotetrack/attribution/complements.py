"""What stands beside a cue word: its adjuncts, and the complement that is its content."""

from __future__ import annotations

from typing import Literal, NamedTuple

from quotetrack import data
from quotetrack.attribution.adjuncts import (
    DENIES,
    LONGEST_ADJUNCT,
    STOPS,
    WH,
    is_adjunct,
    skip_adjuncts,
    starts_clause,
)
from quotetrack.attribution.inversion import quotation_ends_before
from quotetrack.attribution.lexicon import CueWord
from quotetrack.attribution.phrases import is_time, noun_phrase_after
from quotetrack.attribution.reading import DASHES, FINITE, SUBORDINATORS, Reading

ComplementKind = Literal["quote", "clause", "colon", "to", "ing", "object", "as", "gap", "none"]

_COMMAS = DASHES | {",", ";"}
_ENDS_CLAUSE = _COMMAS | STOPS
_SCALES = frozenset(
    ("at", "on", "near", "nearer", "closer", "to", "above", "below", "between", "under", "over")
)
_INTO_AMOUNT = 4
"""Tokens from a preposition to the number ("at a little over 20")."""
_CLAUSE_MARKS = _ENDS_CLAUSE | {":", "and", "but"}
_NARROWS = frozenset(("just", "exactly", "precisely"))
"""Adverbs before "how" and the like that belong to it."""
_STATED = frozenset(("clause", "that"))
_BEFORE_TITLE = frozenset(("NN", "NNP", "NNS", "POS", "IN", "DT"))
"""Tags of words before a name in quotation marks."""
_OPENS_CIRCUMSTANCE = data.words("cue_circumstances.txt") | {"although", "though", "until"}


class Complement(NamedTuple):
    """What follows a cue."""

    kind: ComplementKind
    """none: nothing of its own, so that the content stands before the cue."""
    start: int
    """The token that the content begins with; for "none", the first after the cue's adjuncts."""


def complement_of(
    reading: Reading, word: CueWord, i: int, high: int, edge: int
) -> Complement | None:
    """The complement of the verb that ends before token i and begins, subject and all, at edge.

    Right after a quotation the verb has its content: what follows is when and where.
    """
    if (
        i < high
        and reading.tags[i] in FINITE
        and "clause" in word.takes
        and (_is_relative(reading, edge))
    ):
        return Complement("gap", i)  # "a step that critics say will fail"
    if "as" in reading.lower[edge - 1 : edge] and (
        behind := _behind_as(reading, word, i, high, edge)
    ):
        return behind
    if "quote" in word.takes and quotation_ends_before(reading, edge) >= 0:
        found = complement_after(reading, word, i, high)
        if (
            found is None
            or found.kind not in {"quote", "clause", "none"}
            or (found.kind == "clause" and reading.lower[found.start] != "that")
        ):
            return Complement(
                "none", skip_adjuncts(reading, i, high, person="person" in word.takes)
            )
        return found
    if (
        "clause" in word.takes
        and i < high
        and reading.lower[i] in _OPENS_CIRCUMSTANCE
        and _clause_ends_before(reading, edge)
    ):
        return Complement("none", i)  # "The verdict was wrong, he said as he left"
    return complement_after(reading, word, i, high)


def _is_relative(reading: Reading, edge: int) -> bool:
    """Whether a relative clause begins before its subject: ", which Lee", "a step critics"."""
    tags, lower = reading.tags, reading.lower
    low, _ = reading.region(edge)
    if edge - 1 <= low:
        return False
    if lower[edge - 1] in {"which", "who", "that"}:
        return tags[edge - 2] != "IN" and (
            lower[edge - 2] == "," or not FINITE.isdisjoint(tags[low : edge - 1])
        )
    article = next((k for k in range(edge - 2, low, -1) if tags[k] == "DT"), low)
    return tags[edge - 1] == "NN" and lower[article - 1 : article + 1] in ([",", "a"], [",", "an"])


def _behind_as(reading: Reading, word: CueWord, i: int, high: int, edge: int) -> Complement | None:
    """The clause behind the comma of "As Lee said in May, the dam leaks"."""
    if edge - 1 != reading.region(i - 1)[0] or word.manner not in {"speech", "writing"}:
        return None
    comma = skip_adjuncts(reading, i, high, person="person" in word.takes)
    if word.takes.isdisjoint(("quote", "clause", "that")) or reading.lower[comma : comma + 1] != [
        ","
    ]:
        return None
    quoted = comma + 1 < high and reading.opens[comma + 1] >= 0
    clause = starts_clause(reading, comma + 1, high)
    return Complement("quote" if quoted else "clause", comma + 1) if quoted or clause else None


def before_as(reading: Reading, edge: int, low: int) -> int:
    """The token before which content may end: that of "as" in "…, as the paper reported"."""
    return edge - 1 if edge - 2 > low and reading.lower[edge - 2 : edge] == [",", "as"] else edge


def _clause_ends_before(reading: Reading, edge: int) -> bool:
    """Whether a main clause and a comma stand before token ``edge``, from the sentence's start."""
    low, _ = reading.region(edge)
    return (
        edge - 1 > low
        and reading.lower[edge - 1] == ","
        and reading.lower[low] not in SUBORDINATORS
        and starts_clause(reading, low, edge - 1)
    )


def complement_after(reading: Reading, word: CueWord, i: int, high: int) -> Complement | None:
    """What the cue word that ends before token i introduces; None: nothing that fits it."""
    key = word.lemma, word.takes, i, high
    if key not in reading.complements:
        reading.complements[key] = _complement_after(reading, word, i, high)
    return reading.complements[key]


def _complement_after(reading: Reading, word: CueWord, i: int, high: int) -> Complement | None:
    tags, lower, takes = reading.tags, reading.lower, word.takes
    if takes & _STATED:
        start = _that_behind_adjuncts(reading, word, i, high)
        if start is None and "clause" in takes:
            start = _clause_of_two(reading, i, high)
        if start is not None:
            return Complement("clause", start)
    j = skip_adjuncts(reading, i, high, person="person" in takes)
    if "of" in takes and i + 1 < j < high and lower[i] == "of" and lower[j] not in {",", ":"}:
        return Complement("object", i + 1)
    behind = _complement_at(reading, word, j, high)
    bound = j > i and lower[i] in takes and j < high and lower[j] in {"who", "which", "where"}
    if behind is not None and behind.kind != "none" and not bound:
        return _with_its_subject(reading, word, behind, i)
    for at in dict.fromkeys((_about_after_person(reading, word, i, high), i)):
        found = _complement_at(reading, word, at, high) if at != j else None
        if found is not None and found.kind != "none" and _binds(reading, found, at):
            return _with_its_subject(reading, word, found, i)
    if behind is not None:
        return behind
    if "clause" in takes and tags[i] in {"IN", "TO"} and lower[i] not in {"of", "to", "for"}:
        start = _clause_after_phrase(reading, i, high)
        if start is not None:
            return Complement("clause", start)
    return None


def _with_its_subject(reading: Reading, word: CueWord, found: Complement, i: int) -> Complement:
    """An infinitive from the one who is to act ("urged drivers to wait"), from token ``i``."""
    takes = word.takes
    if found.kind != "to" or "person" not in takes or "apart" in takes or found.start == i:
        return found
    subject = noun_phrase_after(reading, i, found.start)
    return Complement("to", i) if subject and subject[1] == found.start else found


def _about_after_person(reading: Reading, word: CueWord, i: int, high: int) -> int:
    """Token i, or the preposition behind a person addressed ("asked Lee about the lease")."""
    phrase = noun_phrase_after(reading, i, high) if "person" in word.takes else None
    k = phrase[1] if phrase else high
    return k if k < high and reading.tags[k] == "IN" and reading.lower[k] in word.takes else i


def _binds(reading: Reading, found: Complement, i: int) -> bool:
    """Whether what could be a circumstance is content: "asked for a lease", not "said Friday"."""
    if found.kind != "object":
        return True
    if found.start == i:
        return not is_time(reading, i)
    return reading.lower[i] in {"for", "against", "about", "of", "on", "with", "at"}


def _that_behind_adjuncts(reading: Reading, word: CueWord, i: int, high: int) -> int | None:
    """Where "that …" begins behind what is neither it nor an object.

    "said in a video posted on Friday that …", "told the paper as he left that …".
    """
    tags, lower = reading.tags, reading.lower
    k = i
    if "person" in word.takes and i < high and tags[i] not in {"IN", "TO"}:
        addressee = noun_phrase_after(reading, i, high)
        k = addressee[1] if addressee is not None else i
    if k >= high or not (
        tags[k] in {"IN", "TO", "RB", "VBN"}
        or lower[k] in {"when", "following"}
        or (k > i and (lower[k] == "," or (reading.opens[k] >= 0 and tags[k - 1] == "POS")))
        or is_adjunct(reading, k)
        or is_adjunct(reading, min(k + 1, high - 1))
    ):
        return None
    verbs = lower[k] in _OPENS_CIRCUMSTANCE
    comma = False
    for at in range(k, min(high, i + LONGEST_ADJUNCT)):
        if reading.inside[at] != reading.inside[i - 1]:
            if reading.opens[at] >= 0 and tags[at - 1] not in _BEFORE_TITLE:
                return None
            continue  # "told “The Long Table” that"
        if lower[at] == "," and lower[at + 1 : at + 2] != ["and"]:
            if tags[at + 1 : at + 2] == ["VBG"]:
                return None
            verbs = tags[at + 1 : at + 2] in (["WP"], ["WDT"])
            comma = True
            continue
        if lower[at] in _CLAUSE_MARKS:
            return None
        if lower[at] == "that" and tags[at] in {"IN", "WDT"} and tags[at - 1] != "IN":
            if comma and lower[at - 1] != "," and tags[at] != "IN" and not is_time(reading, at - 1):
                return None
            mistagged = verbs and at + 2 < high and tags[at + 1] == "VBZ" and tags[at + 2] == "MD"
            starts = mistagged or starts_clause(reading, at + 1, high)
            return at if at > k and starts else None
        if tags[at] == "VBD" and tags[at - 1][:2] == "NN" and tags[at + 1 : at + 2] == ["IN"]:
            continue  # "in a video posted on Friday"
        if tags[at] in FINITE:
            if not verbs:
                return None
            verbs = False
    return None


def _clause_of_two(reading: Reading, i: int, high: int) -> int | None:
    """Where content begins that opens with a circumstance ("said although it held, it leaked")."""
    tags, lower = reading.tags, reading.lower
    if i >= high or lower[i] not in _OPENS_CIRCUMSTANCE or tags[i] not in {"IN", "WRB", "RB"}:
        return None
    comma = next((k for k in range(i + 1, high) if lower[k] == ","), high)
    if comma + 1 >= high or reading.opens[comma + 1] >= 0:
        return None
    both = starts_clause(reading, i + 1, comma, 0) and starts_clause(reading, comma + 1, high, 0)
    return i if both else None


def _clause_after_phrase(reading: Reading, i: int, high: int) -> int | None:
    """Where a clause begins after a phrase that ran into it ("said in May he would")."""
    for k in range(i + 1, min(high, i + LONGEST_ADJUNCT)):
        if reading.lower[k] in {",", ";", ":"} or reading.tags[k] in FINITE:
            return None
        if (
            reading.tags[k] in {"PRP", "DT", "EX"}
            and reading.tags[k - 1] not in {"IN", "TO"}
            and (starts_clause(reading, k, high))
        ):
            return k
    return None


def _complement_at(reading: Reading, word: CueWord, j: int, high: int) -> Complement | None:
    if j >= high:
        return Complement("none", j)
    tags, lower, takes = reading.tags, reading.lower, word.takes
    here = lower[j]
    if reading.opens[j] >= 0:
        return Complement("quote", j) if takes & {"quote", "clause", "as", "object"} else None
    if here == ":":
        return Complement("colon", j + 1) if takes & {"quote", "clause"} else None
    if here == ",":
        k = j + 1
        if k < high and reading.opens[k] >= 0 and takes & {"quote", "clause"}:
            return Complement("quote", k)
        return Complement("none", j)
    if here in _ENDS_CLAUSE or here == ")" or reading.closes[j] >= 0:
        return Complement("none", j)
    if here in {"and", "but"} and "quote" in takes:
        return Complement("none", j)
    if (
        here == "that"
        and tags[j] in {"IN", "DT", "WDT"}
        and takes & {"clause", "that"}
        and (tags[j] == "IN" or starts_clause(reading, j + 1, high))
    ):
        return Complement("clause", j)
    if here in WH and (takes & {"wh"} or (takes & {"clause"} and here in {"what", "if", "when"})):
        return Complement("clause", j - (lower[j - 1] in _NARROWS))
    if "clause" in takes and starts_clause(reading, j, high):
        return Complement("clause", j)
    to = j + (here in DENIES)
    acts = to + 1 < high and (tags[to + 1] in {"VB", "RB"} or reading.opens[to + 1] >= 0)
    if "to" in takes and acts and tags[to] == "TO":
        return Complement("to", j)
    if tags[j] == "VBG" and "ing" in takes:
        return Complement("ing", j)
    if here in takes and tags[j] in {"IN", "TO", "RP"}:
        return Complement("object", j + 1) if j + 1 < high else None
    if f"{here}:NP" in takes and j + 1 < high and tags[j + 1] != "VB":
        return Complement("object", j + 1)
    nominal = tags[j][:2] in {"NN", "PR", "DT", "JJ", "CD", "PD", "$"} or (
        tags[j] in {"VBG", "VBN"} and tags[j + 1 : j + 2] in (["NN"], ["NNS"])
    )  # "cited falling sales"
    nominal = nominal or (here == "that" and not takes & {"clause", "that"})  # "call that unfair"
    if nominal and "figure" in takes and _estimates(reading, j, high):
        return Complement("as", j)
    if nominal and "as" in takes:
        return Complement("as", j)
    if nominal and "object" in takes:
        return Complement("object", j)
    return None


def _estimates(reading: Reading, j: int, high: int) -> bool:
    """Whether "the cost at $2 million", "it closer to half" begins at token j."""
    for k in range(j + 1, min(high, j + LONGEST_ADJUNCT)):
        if reading.tags[k] in FINITE or reading.lower[k] in _ENDS_CLAUSE:
            return False
        if reading.lower[k] in _SCALES:
            amount = range(k + 1, min(high, k + _INTO_AMOUNT))
            return any(reading.tags[n] == "CD" or reading.lower[n] == "half" for n in amount)
    return False
