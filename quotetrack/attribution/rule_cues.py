"""Cues by rule: a verb of the lexicon with something to introduce, and set phrases."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from quotetrack import data
from quotetrack.attribution.adjuncts import starts_clause
from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.complements import (
    Complement,
    before_as,
    complement_of,
)
from quotetrack.attribution.inversion import inverted_subject, quotation_ends_before
from quotetrack.attribution.lexicon import (
    CueWord,
    adjectives,
    inflect,
    is_auxiliary,
    nouns,
    verb_at,
    verb_forms,
    verbs,
)
from quotetrack.attribution.phrases import noun_phrase_after
from quotetrack.attribution.reading import CONJUNCTIONS, DASHES, FINITE, Reading, TokenRange
from quotetrack.attribution.set_phrases import phrase_at, unbroken, view_of, views
from quotetrack.attribution.subjects import shared_subject, subject_before
from quotetrack.attribution.voice import is_passive

if TYPE_CHECKING:
    from collections.abc import Callable

_REPORTING = frozenset(("speech", "writing"))
_BY_COMPLEMENT = {
    "quote": 0.9,
    "clause": 0.85,
    "colon": 0.8,
    "gap": 0.75,
    "as": 0.6,
    "to": 0.5,
    "ing": 0.45,
    "object": 0.35,
}
_VERBAL = FINITE | {"VB", "VBG", "VBN"}
_LONGEST_ADJUNCT = 25
_LEAST = 0.3
"""Score that a cue must have."""
_ABOUT = frozenset(("for", "about", "on", "with"))
_COPULAS = ("be", "feel", "remain", "seem", "sound")
_INSIDE_QUOTATION = 0.4
"""What a cue of a statement loses inside a quotation.  Others are none there: the one who is
quoted thinks and wants, and readers look for who is quoted."""


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
        elif tags[k] == "RB" or lower[k] in {"n't", "not", "also", "neither"}:
            continue
        elif lower[k] in {"nor", "or"} and k > low and tags[first] == tags[k - 1] == "VB":
            first = k = k - 1  # "would neither confirm nor deny"
        else:
            break
    return first


def _raises(reading: Reading, k: int, low: int) -> int | None:
    """The verb that an infinitive hangs on: "went on to", "declined to", "used to"."""
    if reading.tags[k] in {"RP", "IN", "RB"} and k > low:
        k -= 1
    return k if reading.tags[k][:1] == "V" else None


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
    if reading.inside[i] >= 0 and word.manner not in _REPORTING:
        return None
    if tags[i] == "VBG" and i > low and lower[i - 1] == "as" and _passive_before(reading, i, low):
        return None  # "was quoted by the paper as saying" is one cue
    end = min(end, high)
    first = verb_group(reading, i, low)
    inverted = inverted_subject(reading, first, end, low, high)
    quoting = word.manner in _REPORTING and "quote" in word.takes
    if inverted is not None and quoting and tags[first] in FINITE:
        behind = quotation_ends_before(reading, first) >= 0
        return Cue(first, end, word.manner, 0.95 if behind else 0.75)
    frame = _Frame(reading, i, first, end, low, high, word, subject_before(reading, first, low))
    score = _score(frame)
    if score is None and end > i + 1 and (alone := verbs().get(lower[i])) is not None:
        end, word = i + 1, alone  # "put it closer to half" is no "put it"
        score = _score(frame._replace(end=end, word=word))
    return None if score is None else Cue(first, end, word.manner, round(score, 2))


def asked_first(reading: Reading, i: int, low: int) -> bool:
    """Whether token i is "Asked" that opens a sentence, before the answer's own verb."""
    before = reading.lower[i - 1] if i > low else ""
    return reading.lower[i] == "asked" and reading.tags[i] == "VBN" and before in {"", "when", "if"}


class _Frame(NamedTuple):
    """A verb of the lexicon where it stands."""

    reading: Reading
    verb: int
    first: int
    end: int
    low: int
    high: int
    word: CueWord
    subject: TokenRange | None


def _score(frame: _Frame) -> float | None:
    """How sure a verb is a cue, by what it introduces; None: it introduces nothing."""
    reading, verb, first, end, low, high, word, subject = frame
    tag, edge = reading.tags[verb], subject[0] if subject else first
    complement = complement_of(reading, word, end, high, edge)
    if complement is None:
        return None
    kind = complement.kind
    alone = verb == first
    if tag == "VBN" and alone and asked_first(reading, first, low):
        about = reading.lower[complement.start - 1] == "about"
        return 0.7 if kind == "clause" or (kind == "object" and about) else None
    if tag == "VBN" and alone and kind not in {"quote", "colon", "none"}:
        return None
    if kind == "quote" and _names(frame):
        return None
    if kind == "none":
        stands_behind = _behind_content(frame, before_as(reading, edge, low))
        if stands_behind is None:
            return None
        score = stands_behind
    elif kind == "object" and "of" in word.takes and _accuses(reading, complement, high):
        score = 0.6
    else:
        score = _BY_COMPLEMENT[kind]
    about = kind == "object" and reading.lower[complement.start - 1] in _ABOUT
    if about and is_passive(reading, first, verb):
        score -= 0.1  # "was blamed for the leak"
    if tag == "VBG" and alone and kind in {"object", "to", "ing"}:
        behind = reading.lower[first - 1] if first > low else ""
        by_way = behind == "by" or (behind == "," and "participle" in word.takes)
        score -= 0.05 if by_way else 0.15
    if subject is None and tag != "VBG" and not _is_joined(reading, first, low):
        score -= 0.2
    if reading.inside[verb] >= 0:
        states = word.manner in _REPORTING and kind in {"quote", "none"}
        score -= _INSIDE_QUOTATION if states else 1
    if tag == "VB" and alone:
        score -= 0.25
    return score


def _behind_content(frame: _Frame, edge: int) -> float | None:
    """The score of a verb that has its content before it; None: nothing ends at ``edge``."""
    reading, word = frame.reading, frame.word
    quoting = word.manner in _REPORTING and "quote" in word.takes
    if not quoting and word.manner not in {"thought", "document"}:
        return None
    if quotation_ends_before(reading, edge) >= 0:
        return 0.95
    comma = edge - 1 > frame.low and reading.lower[edge - 1] in {",", "("} | DASHES
    finite = reading.tags[frame.verb] not in {"VBG", "VBN"} or frame.verb > frame.first
    states = bool(word.takes & {"clause", "that"})
    return 0.7 if comma and finite and states and frame.subject is not None else None


def _names(frame: _Frame) -> bool:
    """Whether a participle gives a thing its name: "a film called “Salt Road”"."""
    reading, subject = frame.reading, frame.subject
    if frame.verb > frame.first or "as" not in frame.word.takes:
        return False
    a_thing = subject is not None and reading.lower[subject[0]] in {"a", "an"}
    if not a_thing and reading.tags[frame.verb] != "VBN":
        return False
    closing = next((k for k in range(frame.end, frame.high) if reading.closes[k] >= 0), frame.high)
    return reading.lower[closing + 1 : closing + 2] != ["by"]


@cache
def _copulas() -> frozenset[str]:
    forms = {form for verb in _COPULAS for form in inflect(verb)}
    return frozenset(forms | {"'s", "'m", "'re"})


def _adjective_cue(reading: Reading, i: int) -> Cue | None:
    """ "is convinced that …", "was not sure whether …"."""
    if reading.inside[i] >= 0:
        return None
    low, high = reading.region(i)
    tags, lower = reading.tags, reading.lower
    copula = i - 1
    while copula > low and (tags[copula] == "RB" or lower[copula] in {"n't", "not"}):
        copula -= 1
    if copula < low or lower[copula] not in _copulas() or tags[copula][:1] not in {"V", "P"}:
        return None
    following = lower[i + 1] if i + 1 < high else ""
    if following not in {"that", "whether", "if", "how", "what", "why"} and not (
        i + 1 < high
        and tags[i + 1] in {"DT", "EX", "NN", "NNP", "NNPS", "NNS", "PRP", "PRP$"}
        and starts_clause(reading, i + 1, high, 0)
    ):
        return None
    first = verb_group(reading, copula, low)
    subject = subject_before(reading, first, low)
    if subject is None or lower[subject[0]] in {"it", "there", "what"}:
        return None
    return Cue(first, i + 1, adjectives()[lower[i]], 0.7)


def _noun_cue(reading: Reading, i: int) -> Cue | None:
    """ "his claim that …": a noun of the lexicon with a clause of its own."""
    if reading.lower[i + 1 : i + 2] != ["that"] or reading.tags[i] not in {"NN", "NNS"}:
        return None
    high = reading.region(i)[1]
    if (
        i + 2 >= high
        or not starts_clause(reading, i + 2, high)
        or (reading.tags[i + 1] == "WDT" and not _is_whole(reading, i + 2, high))
    ):
        return None
    return Cue(i, i + 1, nouns()[reading.lower[i]].manner, 0.6)


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


def _phrase_cue(reading: Reading, i: int) -> Cue | None:
    """ "according to …"."""
    found = phrase_at(reading, i)
    return Cue(i, found[1], found[0].manner, 0.9) if found is not None else None


def _view_cue(reading: Reading, i: int) -> Cue | None:
    """ "in her view"."""
    view = view_of(reading, i)
    if view is None or reading.inside[i] >= 0:
        return None
    return Cue(i, view[1], view[2].manner, 0.7)


@cache
def _finders() -> dict[str, list[Callable[[Reading, int], Cue | None]]]:
    """Word -> what finds the cues that it may begin, or be the main verb of."""
    found: dict[str, list[Callable[[Reading, int], Cue | None]]] = {}
    clausal = [word for word, noun in nouns().items() if "that" in noun.takes]
    by_finder = (
        (unbroken(), _phrase_cue),
        (views(), _view_cue),
        (verb_forms(), _verb_cue),
        (adjectives(), _adjective_cue),
        (clausal, _noun_cue),
    )
    for words, finder in by_finder:
        for word in words:
            found.setdefault(word, []).append(finder)
    return found


def find_cues(reading: Reading) -> list[Cue]:
    """The cues that the lexicon and the words around them speak for, in reading order."""
    cues: list[Cue] = []
    taken = 0
    finders, lower = _finders(), reading.lower
    for i in reading.promising:
        if i < taken:
            continue
        for finder in finders.get(lower[i], ()):
            cue = finder(reading, i)
            if cue is not None:
                if cue.score >= _LEAST:
                    cues.append(cue)
                    taken = cue.last
                break
    return cues
