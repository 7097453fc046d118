"""The noun phrase after a word with all that belongs to it: modifiers and appositions."""

from __future__ import annotations

from quotetrack import data
from quotetrack.attribution.lexicon import verb_at, verbs
from quotetrack.attribution.phrases import (
    ATTACHING,
    BEGINNERS,
    CLOSING_BRACKETS,
    LONGEST,
    NOUNS,
    is_time,
    noun_phrase_after,
)
from quotetrack.attribution.reading import FINITE, Reading, TokenRange

_PLACING = frozenset(("in", "at", "on", "to", "with"))
_RELATIVE = frozenset(("who", "whom", "whose", "which", "that", "where"))
_ADJECTIVES = frozenset(("JJ", "JJR", "JJS", "RBS"))
_FEW = (["DT"], ["JJ"], ["JJS"], ["CD"])
"""Tags of "some", "many", "most", "one" where they stand alone."""
_BESIDE = 12
"""Tokens looked at from a participle back to "with"."""
_SEGMENT_EDGES = frozenset((",", ";", ":", "—", "--", "."))


def whole_phrase_after(reading: Reading, begin: int, high: int) -> TokenRange | None:
    """The noun phrase from token ``begin``, with the modifiers and appositions behind it.

    What stands behind "…,” said" and "according to": "the Leeds-based printer who lost it",
    "Ann Lee, a lawyer who has defended two of them".
    """
    phrase = noun_phrase_after(reading, begin, high)
    if phrase is None:
        return None
    end = _head_after(reading, phrase, high)
    circumstance = _circumstance(reading, begin, end)
    if circumstance is not None:
        return begin, circumstance
    return begin, appositions_after(reading, _modifiers_after(reading, (begin, end), high), high)


def _circumstance(reading: Reading, begin: int, end: int) -> int | None:
    """Where the phrase goes on to when and how it was said ("in a statement", "at the time")."""
    for k in range(begin + 1, end - 1):
        if reading.lower[k] in _PLACING and reading.tags[k + 1] in BEGINNERS:
            noun = next((n for n in range(k + 2, end) if reading.tags[n][:2] == "NN"), k)
            named = reading.tags[k - 1][:3] == "NNP" or reading.lower[k - 1] in CLOSING_BRACKETS
            if named or reading.lower[noun] in data.words("document_nouns.txt"):
                return k
    return None


def _head_after(reading: Reading, phrase: TokenRange, high: int) -> int:
    """Where a phrase ends that an adjective cuts short ("the most recent", "Lund-based baker")."""
    tags, lower = reading.tags, reading.lower
    begin, end = phrase
    while True:
        k = end
        while (
            k < high
            and (tags[k] in _ADJECTIVES or lower[k] in {"/", "most"} or _is_surname(reading, k))
            and not is_time(reading, k)
            and reading.inside[k] == reading.inside[begin]
        ):
            k += 1
        if k > end and _is_surname(reading, k - 1):
            return k
        article = end == begin + 1 and tags[begin] in {"DT", "CD"}
        if k == end or not (article or tags[min(k, high - 1)] in NOUNS):
            return end
        further = None
        if k < high and tags[k] in NOUNS:
            further = noun_phrase_after(reading, k, high)
        elif k + 1 < high and lower[k] in ATTACHING:  # "the 46-year-old from Lund"
            further = noun_phrase_after(reading, k + 1, high)
        end = further[1] if further else k


def _is_surname(reading: Reading, i: int) -> bool:
    """Whether a name ends with a word that the tagger took for a verb ("Tad Raise, a miller")."""
    return (
        reading.tags[i - 1] == "NNP"
        and reading.tags[i][0] == "V"
        and reading.layout.words[i][0].isupper()
        and reading.lower[i + 1 : i + 2] in ([","], ["."])
    )


def _modifiers_after(reading: Reading, phrase: TokenRange, high: int) -> int:
    """Where the clause or participle ends that the noun of a phrase has, commas aside."""
    tags, lower = reading.tags, reading.lower
    begin, end = phrase
    if end + 2 >= high or reading.inside[end] != reading.inside[end - 1]:
        return end
    if lower[end] == "of":
        title = end + 1 + (tags[end + 1] == "DT")
        if reading.opens[title] >= 0:
            return max(end, _segment_end(reading, end, high))
        return end + 2 if tags[end + 1] == "PRP" else end
    relative = lower[end] in _RELATIVE and lower[end] != "where" and tags[end] != "DT"
    contact = tags[end] == "PRP" and tags[end + 1] in FINITE
    document = tags[end] == "VBN" and lower[end - 1] in data.words("document_nouns.txt")
    one = tags[end] != "VBG" and (tags[end - 1] == "NNPS" or lower[begin] in {"a", "an", "one"})
    common = tags[end - 1] in {"NN", "NNS", "DT"} or document or one
    participle = common and _is_participle(reading, end)
    if not (relative or contact or participle):
        return end
    stop = _segment_end(reading, end, high)
    finite = any(tags[k] in FINITE for k in range(end + 1, stop))
    return stop if finite != participle else end


def _is_participle(reading: Reading, i: int) -> bool:
    """Whether what modifies a noun before it stands at token i ("led by", "familiar with")."""
    following = reading.tags[i + 1 : i + 2]
    if reading.tags[i] == "RB":
        return following == ["TO"]  # "close to"
    if reading.tags[i] in {"VBD", "JJ"}:
        return following in (["IN"], ["TO"], ["RP"])
    return reading.tags[i] in {"VBN", "VBG"}


def _segment_end(reading: Reading, i: int, high: int) -> int:
    """The next comma or the like from token i, quoted titles passed over; i: too far."""
    k = i
    last = min(high, i + LONGEST)
    while k < last and reading.lower[k] not in _SEGMENT_EDGES:
        if reading.inside[k] != reading.inside[i]:
            if reading.opens[k] < 0 or k == i:
                break
            quotation = reading.opens[k]
            while k < last and reading.closes[k] != quotation:
                k += 1
        k += 1
    return i if k >= last and k < high else min(k, high)


def participle_beside(reading: Reading, i: int, high: int) -> int | None:
    """The participle of a cue in "with Lee, the mayor, saying …", from token ``i``: "with"."""
    end = i + 2
    if reading.tags[i + 1 : i + 2] not in _FEW or reading.tags[end : end + 1] != ["VBG"]:
        counted = reading.tags[i + 1 : i + 2] == ["CD"]  # "with one senior official saying"
        phrase = noun_phrase_after(reading, i + 1 + counted, high)
        if phrase is None:
            return None
        end = phrase[1]
    if end < high and reading.lower[end] == ",":
        end = appositions_after(reading, end, high) + 1
    cue = end < high and reading.tags[end] == "VBG" and reading.lower[end] in verbs()
    return end if cue else None


def speaker_beside(reading: Reading, participle: int, low: int, high: int) -> TokenRange | None:
    """Who speaks in "…, with Lee, the mayor, saying that …"."""
    for k in range(participle - 2, max(low, participle - _BESIDE), -1):
        if reading.tags[k] in FINITE:
            return None
        if reading.lower[k] == "with":
            speaks = participle_beside(reading, k, high) == participle
            return (k + 1, participle) if speaks else None
    return None


def appositions_after(reading: Reading, end: int, high: int) -> int:
    """Where a name's appositions end ("Ann Lee, the mayor, …"), the commas between included."""
    lower, first = reading.lower, end
    while end + 1 < high and lower[end] == ",":
        i = end + 1
        if reading.inside[i] != reading.inside[end] or _says_more(reading, i, high):
            break
        stop = _segment_end(reading, i, high)
        if lower[i] in {"and", "then", "now", "currently"} and i + 1 < stop:
            if lower[i] == "and" and (end == first or stop + 1 < high):
                break
            i += 1
        if not _is_apposition(reading, i, stop):
            break
        end = stop
        if stop < high and lower[stop] != ",":
            break
    return end


def _says_more(reading: Reading, i: int, high: int) -> bool:
    """Whether "who added that …" begins: words of its own, no description."""
    if reading.lower[i] != "who" or i + 2 >= high:
        return False
    verb = i + 1 + (reading.tags[i + 1] == "RB")
    word, _ = verb_at(reading.lower, verb)
    if word is None or reading.tags[verb] not in FINITE:
        return False
    return word.manner == "speech" and not word.takes.isdisjoint(("clause", "that"))


def _is_apposition(reading: Reading, begin: int, stop: int) -> bool:
    """Whether a relative clause or a noun phrase, of a relative clause too, stands there."""
    tags, lower = reading.tags, reading.lower
    if begin >= stop:
        return False
    verb = next((k for k in range(begin, stop) if tags[k] in FINITE), stop)
    if lower[begin] in _RELATIVE and lower[begin] != "that":
        return stop - begin > 2
    nominal = tags[begin] in BEGINNERS or tags[begin] in NOUNS or tags[begin][:2] == "JJ"
    if not (nominal or lower[begin] in {"of", "formerly", "once"}) or is_time(reading, begin):
        return False
    reduced = verb > begin and tags[verb - 1 : verb] in (["NN"], ["NNS"], ["NNP"])
    if verb < stop and reduced and tags[verb] == "VBD" and _is_participle(reading, verb):
        verb = next((k for k in range(verb + 1, stop) if tags[k] in FINITE), stop)
    return verb == stop or any(
        lower[k] in _RELATIVE and tags[k] != "DT" for k in range(begin + 1, verb)
    )
