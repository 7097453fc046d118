"""Cues by rule: a verb of the lexicon with something to introduce, and set phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotetrack import data
from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.lexicon import (
    CuePhrase,
    CueWord,
    is_auxiliary,
    nouns,
    phrases,
    verb_at,
    verbs,
)
from quotetrack.attribution.phrases import (
    FINITE,
    Reading,
    noun_phrase_after,
    read,
    subject_before,
)
from quotetrack.text.layout import Layout, Quotation

ComplementKind = Literal["quote", "clause", "colon", "to", "ing", "object", "as", "none"]

_WH = frozenset(["what", "why", "how", "whether", "if", "who", "where", "when", "which"])
_DASHES = frozenset(("—", "--", "–", "―"))
_COMMAS = _DASHES | {",", ";"}
_STOPS = frozenset((".", "!", "?", "…", "..."))
_LONGEST_ADJUNCT = 25
_INSIDE_QUOTATION = {True: 0.4, False: 0.8}
"""What a cue loses inside a quotation, reporting a statement or not: the one who is
quoted thinks and wants there, and readers look for who is quoted."""


@dataclass(slots=True, frozen=True)
class Complement:
    """What follows a cue."""

    kind: ComplementKind
    """none: nothing of its own, so that the content stands before the cue."""
    start: int
    """The token that the content begins with; for "none", the first after the cue's adjuncts."""


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
        elif tags[k] == "TO" and k > low and _raises(reading, k - 1, low):
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


def _is_adjunct(reading: Reading, i: int) -> bool:
    word = reading.lower[i]
    return word in data.words("cue_adjuncts.txt") or reading.tags[i] in {"RB", "RP"}


def _quote_opens(reading: Reading, i: int) -> bool:
    return reading.opens[i] >= 0


def _starts_clause(reading: Reading, i: int, high: int, commas: int = 2) -> bool:
    """Whether a subject and a finite verb begin at token i, at most so many commas between."""
    tags, lower = reading.tags, reading.lower
    if i >= high:
        return False
    if tags[i] in FINITE or (tags[i] in {"IN", "TO"} and lower[i] not in {"if", "when", "because"}):
        return False
    relative = False
    nominal = False
    for k in range(i, min(high, i + 30)):
        tag = tags[k]
        if tag in FINITE:
            if not relative:
                return nominal
            relative = False
        elif lower[k] in {"who", "which", "that"} and tag in {"WP", "WDT"}:
            relative = True
        elif lower[k] in {";", ":"} or lower[k] in _STOPS:
            return False
        elif lower[k] == ",":
            commas -= 1
            if commas < 0:
                return False
        elif tag[:2] in {"NN", "PR", "DT", "EX", "CD", "JJ"}:
            nominal = True
    return False


def skip_adjuncts(reading: Reading, i: int, high: int, *, person: bool) -> int:
    """Pass what may stand between a cue and its content: "Tuesday", "in an interview with X"."""
    tags, lower = reading.tags, reading.lower
    limit = min(high, i + _LONGEST_ADJUNCT)
    if person and i < limit and not _quote_opens(reading, i) and lower[i] not in _WH | {"that"}:
        addressee = noun_phrase_after(reading, i, limit)
        if addressee is not None and not (
            _starts_clause(reading, i, high) and not _addressee_only(reading, addressee[1], high)
        ):
            i = addressee[1]
    while i < limit:
        if _quote_opens(reading, i):
            break
        if _is_adjunct(reading, i) and lower[i] not in _WH:
            i += 1
        elif tags[i] == "IN" or tags[i] == "TO":
            if lower[i] in _WH | {"that", "because", "as", "while", "although", "than", "like"}:
                break
            if i + 1 < limit and tags[i] == "TO" and tags[i + 1] == "VB":
                break
            phrase = noun_phrase_after(reading, i + 1, limit) if i + 1 < limit else None
            if phrase is None or any(_quote_opens(reading, k) for k in range(*phrase)):
                break
            i = phrase[1]
        elif lower[i] == "," and i + 2 < limit and lower[i + 1] == "however":
            i += 2 + (lower[i + 2] == ",")
        else:
            break
    return i


def _addressee_only(reading: Reading, i: int, high: int) -> bool:
    """Whether what follows an addressee is content, not the addressee's own verb."""
    if i >= high:
        return True
    return (
        reading.lower[i] in _WH | {"that", ",", ":", "to"}
        or _quote_opens(reading, i)
        or reading.tags[i][:2] in {"PR", "DT", "NN", "IN", "EX", "RB", "TO"}
    )


def complement_of(
    reading: Reading, word: CueWord, i: int, high: int, edge: int
) -> Complement | None:
    """The complement of the verb that ends before token i and begins, subject and all, at edge.

    Right after a quotation the verb has its content: what follows is when and where.
    """
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
    return complement_after(reading, word, i, high)


def complement_after(reading: Reading, word: CueWord, i: int, high: int) -> Complement | None:
    """What the cue word that ends before token i introduces; None: nothing that fits it."""
    tags, lower, takes = reading.tags, reading.lower, word.takes
    j = skip_adjuncts(reading, i, high, person="person" in takes)
    for at in dict.fromkeys((j, i)):
        if at >= high:
            return Complement("none", at)
        found = _complement_at(reading, word, at, high)
        if found is not None and (found.kind != "none" or at == j):
            return found
    if "clause" in takes and tags[i] in {"IN", "TO"} and lower[i] not in {"of", "to", "for"}:
        start = _clause_after_phrase(reading, i, high)
        if start is not None:
            return Complement("clause", start)
    return None


def _clause_after_phrase(reading: Reading, i: int, high: int) -> int | None:
    """Where a clause begins after a phrase that ran into it ("said in May he would")."""
    for k in range(i + 1, min(high, i + _LONGEST_ADJUNCT)):
        if reading.lower[k] in {",", ";", ":"} or reading.tags[k] in FINITE:
            return None
        if (
            reading.tags[k] in {"PRP", "DT", "EX"}
            and reading.tags[k - 1] not in {"IN", "TO"}
            and (_starts_clause(reading, k, high))
        ):
            return k
    return None


def _complement_at(reading: Reading, word: CueWord, j: int, high: int) -> Complement | None:
    tags, lower, takes = reading.tags, reading.lower, word.takes
    here = lower[j]
    if _quote_opens(reading, j):
        return Complement("quote", j) if takes & {"quote", "clause", "as", "object"} else None
    if here == ":":
        return Complement("colon", j + 1) if takes & {"quote", "clause"} else None
    if here == ",":
        k = j + 1
        if k < high and _quote_opens(reading, k) and takes & {"quote", "clause"}:
            return Complement("quote", k)
        return Complement("none", j)
    if here in _STOPS or here in _COMMAS or here == ")" or reading.closes[j] >= 0:
        return Complement("none", j)
    if here in {"and", "but"} and "quote" in takes:
        return Complement("none", j)
    if (
        here == "that"
        and tags[j] in {"IN", "DT", "WDT"}
        and takes & {"clause", "that"}
        and (tags[j] == "IN" or _starts_clause(reading, j + 1, high))
    ):
        return Complement("clause", j)
    if here in _WH and (takes & {"wh"} or (takes & {"clause"} and here in {"what", "if", "when"})):
        return Complement("clause", j)
    if "clause" in takes and _starts_clause(reading, j, high):
        return Complement("clause", j)
    if tags[j] == "TO" and "to" in takes and j + 1 < high and tags[j + 1] in {"VB", "RB"}:
        return Complement("to", j)
    if tags[j] == "VBG" and "ing" in takes:
        return Complement("ing", j)
    if here in takes and tags[j] in {"IN", "TO", "RP"}:
        return Complement("object", j + 1) if j + 1 < high else None
    if f"{here}:NP" in takes and j + 1 < high and tags[j + 1] != "VB":
        return Complement("object", j + 1)
    nominal = tags[j][:2] in {"NN", "PR", "DT", "JJ", "CD", "PD"}
    if nominal and "as" in takes:
        return Complement("as", j)
    if nominal and "object" in takes:
        return Complement("object", j)
    return None


def quotation_ends_before(reading: Reading, i: int) -> int:
    """Index of the quotation that ends right before token i (a comma aside); -1: none.

    Only one that something follows counts ("…," "…?"): a title in a phrase has no comma.
    """
    layout = reading.layout
    k = i - 1
    marked = k >= 0 and reading.lower[k] in {",", ".", *_DASHES}
    if marked:
        k -= 1
    if k < 1 or layout.sentences[layout.sentence_of[k]].paragraph != (
        layout.sentences[layout.sentence_of[i]].paragraph
    ):
        return -1
    marked = marked or reading.lower[k - 1] in _STOPS | _COMMAS
    return reading.closes[k] if marked else -1


def inverted_subject(reading: Reading, first: int, end: int, low: int, high: int) -> int | None:
    """Where the subject of "…,” said Lee" begins: right after the verb; None: not inverted."""
    if end >= high:
        return None
    k = first - 1
    after_content = k >= low and (
        reading.closes[k] >= 0 or reading.lower[k] in {",", "?", "!"} | _DASHES
    )
    after_quotation = first == low and quotation_ends_before(reading, first) >= 0
    if not (after_content or after_quotation) or reading.tags[end - 1] == "VBG":
        return None
    quoted = after_quotation or (
        k >= low
        and (
            reading.closes[k] >= 0
            or (reading.lower[k] in _COMMAS and k > low and reading.closes[k - 1] >= 0)
        )
    )
    if not quoted and _starts_clause(reading, end, high, commas=0):
        return None  # "Two officials, who declined to be named, said the gap had narrowed"
    if reading.tags[end][:2] in {"NN", "PR", "DT", "JJ", "CD"} or reading.lower[end] in _TITLES:
        phrase = noun_phrase_after(reading, end, high)
        if phrase is None:
            return None
        after = phrase[1]
        if after < high and reading.tags[after] in FINITE:
            return None  # "…, said he would"
        return end
    return None


_TITLES = frozenset(("the", "a", "an"))


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
    word, end = verb_at(lower, i)
    if (
        word is None
        or tags[i] not in FINITE | {"VB", "VBG", "VBN"}
        or ("raise" in word.takes - {"quote"} and "quote" not in word.takes)
    ):
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
        edge = subject[0] if subject else first
        if not quoting and word.manner != "thought":
            return None
        behind = quotation_ends_before(reading, edge) >= 0
        comma = edge - 1 > low and lower[edge - 1] in {",", "("} | _DASHES
        if not (behind or (comma and subject is not None)):
            return None
        if not behind and (tags[i] == "VBG" or "clause" not in word.takes):
            return None
        score = 0.95 if behind else 0.7
    if complement.kind == "object" and complement.kind and word.manner == "speech":
        score = 0.35
    if tags[i] == "VBG" and complement.kind in {"object", "to", "ing"}:
        score -= 0.15
    if tags[i] == "VBN" and first == i and complement.kind not in {"quote", "colon"}:
        return None
    if subject is None and tags[i] != "VBG":
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
        or reading.tags[i + 1] == "WDT"
        or not _starts_clause(reading, i + 2, high)
    ):
        return None
    return Cue(i, i + 1, noun.manner, 0.6)


def _passive_before(reading: Reading, i: int, low: int) -> bool:
    return any(
        reading.tags[k] == "VBN" and verb_at(reading.lower, k)[0] is not None
        for k in range(max(low, i - _LONGEST_ADJUNCT), i)
    )


def find_cues(
    layout: Layout, tags: Sequence[str], quotations: Sequence[Quotation], least: float = 0.3
) -> list[Cue]:
    """The cues that the lexicon and the words around them speak for, in reading order.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token, Penn Treebank style.
        quotations: The text's quotations.
        least: Cues with a lower score are left out.
    """
    return cues_of(read(layout, tags, quotations), least)


def cues_of(reading: Reading, least: float = 0.3) -> list[Cue]:
    """The same, over a reading."""
    cues: list[Cue] = []
    taken = 0
    n = len(reading.lower)
    known = verbs()
    for i in range(n):
        if i < taken:
            continue
        cue: Cue | None = None
        if reading.lower[i] in phrases():
            found = phrase_at(reading, i, reading.region(i)[1])
            if found is not None and found[0].source == "after":
                cue = Cue(i, found[1], found[0].manner, 0.9)
        if cue is None and (reading.lower[i] in known):
            cue = _verb_cue(reading, i)
        if cue is None and reading.lower[i] in nouns():
            cue = _noun_cue(reading, i)
        if cue is not None and cue.score >= least:
            cues.append(cue)
            taken = cue.last
    return cues


__all__ = ["Complement", "complement_after", "cues_of", "find_cues", "nouns"]
