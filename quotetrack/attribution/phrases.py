"""The noun phrases around a word: no parser."""

from __future__ import annotations

from quotetrack import data
from quotetrack.attribution.reading import FINITE, Reading, TokenRange

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "FW", "CD"))
_MODIFIERS = frozenset(("JJ", "JJR", "JJS", "DT", "PDT", "PRP$", "POS", "VBN", "VBG", "$", "#"))
_BEGINNERS = frozenset(("DT", "PDT", "PRP$"))
_PREDETERMINERS = frozenset(("all", "both", "half", "neither", "either", "such"))
_JOINING = frozenset(("and", "&", "or", "nor"))
_ATTACHING = frozenset(
    ("of", "for", "in", "at", "from", "with", "on", "to", "near", "behind", "by")
)
_RELATIVE = frozenset(("who", "whom", "whose", "which", "that", "where"))
_BRACKETS = frozenset(("(", "[", "-LRB-", "-LSB-"))
_CLOSING_BRACKETS = frozenset((")", "]", "-RRB-", "-RSB-"))
TIMES = data.words("cue_adjuncts.txt")
"""Words of time and the like."""
_LONGEST = 40
"""Tokens looked at to either side: phrases of news are shorter, and time stays linear."""


def is_time(reading: Reading, i: int) -> bool:
    """Whether token i is a word of time."""
    return reading.lower[i] in TIMES


def noun_phrase_before(reading: Reading, end: int, low: int) -> TokenRange | None:
    """The noun phrase that ends just before token ``end``, at or after token ``low``.

    "a spokesman for the city", "Rep. Ann Lee (D-Ohio)", "Lee and her two sons"; None where
    no noun or pronoun stands there.
    """
    tags, lower = reading.tags, reading.lower
    low = max(low, end - _LONGEST)
    i = end
    begin: int | None = None
    while i > low:
        tag = tags[i - 1]
        if lower[i - 1] in _CLOSING_BRACKETS:
            opening = i - 2
            while opening >= low and lower[opening] not in _BRACKETS:
                opening -= 1
            if opening < low:
                break
            i = opening
            continue
        if reading.inside[i - 1] != reading.inside[end - 1]:
            break
        if tag == "PRP" or tag in {"EX", "WP"}:
            if begin is None:
                begin = i - 1
            i -= 1
            linked = _link_before(reading, i, low) if begin == i else None
            if linked is not None and lower[i - 1] == "of":
                i = linked  # "one of them"
                continue
            if i > low and (tags[i - 1] == "CC" and tags[i - 2 : i - 1] and i - 1 > low):
                joined = noun_phrase_before(reading, i - 1, low)
                return (joined[0], end) if joined and tags[i] == "PRP" else (begin, end)
            break
        if tag in _NOUNS or (tag in _MODIFIERS and (begin is not None or tag in _BEGINNERS)):
            # a determiner stands alone as a head only ("some said")
            i -= 1
            begin = i
            if tag in _BEGINNERS and not (
                i > low and (tags[i - 1] == "PDT" or lower[i - 1] in _PREDETERMINERS)
            ):
                linked = _link_before(reading, i, low)
                if linked is None:
                    break
                i = linked
            continue
        if (
            begin is None
            and tag in {"JJ", "JJR", "JJS", "RB"}
            and lower[i - 1] in {"many", "most", "few", "more", "several", "others", "both"}
        ):
            i -= 1
            begin = i
            continue
        if begin is None and tag in {"JJ", "JJR", "JJS"} and _stands_as_noun(reading, i - 1, low):
            i -= 1
            begin = i
            continue
        linked = _link_before(reading, i, low) if begin is not None else None
        if linked is None:
            break
        i = linked
    if begin is None:
        return None
    if begin > low and lower[begin - 1] in {"neither", "either"}:
        begin -= 1
    return _without_times(reading, begin, end), end


def _stands_as_noun(reading: Reading, i: int, low: int) -> bool:
    """Whether an adjective before a verb is a noun ("the accused", "a fifth") or a name."""
    if i > low and reading.tags[i - 1] in {"DT", "JJ"}:
        return True
    return reading.layout.words[i][0].isupper() and (i > low or i + 1 < len(reading.tags))


def _link_before(reading: Reading, i: int, low: int) -> int | None:
    """Where to go on when a preposition or "and" before token i joins a noun on its left."""
    if i - 2 < low:
        return None
    joins = reading.lower[i - 1] in _ATTACHING or reading.lower[i - 1] in _JOINING
    before = reading.tags[i - 2]
    nominal = before in _NOUNS or (before == "DT" and reading.lower[i - 1] == "of")
    if joins and nominal and not is_time(reading, i - 2):
        return i - 1
    if joins and reading.lower[i - 1] == "of" and before in {"JJ", "JJS", "JJR", "RB"}:
        return i - 1
    if reading.lower[i - 2] in _CLOSING_BRACKETS and joins:
        return i - 1
    return None


def _without_times(reading: Reading, begin: int, end: int) -> int:
    """Skip "Tuesday night" at the head of a subject: it is when, not who.

    And with it what stands before "on Tuesday" ("In court on Tuesday lawyers said").
    """
    i = begin
    for k in range(begin + 1, end - 1):
        if is_time(reading, k) and reading.tags[k - 1] == "IN" and reading.lower[k - 1] != "of":
            i = k
    while i < end - 1 and is_time(reading, i) and reading.tags[i] in _NOUNS:
        i += 1
    return i if i < end and reading.tags[i] != "POS" and reading.tags[i] != "IN" else begin


def appositions_after(reading: Reading, end: int, high: int) -> int:
    """Where a name's appositions end ("Ann Lee, the mayor, …"), the commas between included."""
    tags, lower = reading.tags, reading.lower
    while end + 1 < high and lower[end] == ",":
        i = end + 1
        if reading.inside[i] != reading.inside[end]:
            break
        relative = lower[i] in _RELATIVE and lower[i] != "that"
        stop = i
        while stop < min(high, i + _LONGEST) and lower[stop] not in {",", ";", ":", "—", "--", "."}:
            if reading.inside[stop] != reading.inside[i] and reading.opens[stop] < 0:
                break
            stop += 1
        if stop >= min(high, i + _LONGEST) and stop < high:
            break
        verbs = any(tags[k] in FINITE for k in range(i, stop))
        nominal = tags[i] in _BEGINNERS or tags[i] in _NOUNS or tags[i][:2] == "JJ"
        whole = relative or (
            not verbs
            and (nominal or lower[i] in {"of", "formerly", "once"})
            and not is_time(reading, i)
        )
        if not whole:
            break
        end = stop
        if stop < high and lower[stop] != ",":
            break
    return end


def noun_phrase_after(reading: Reading, begin: int, high: int) -> TokenRange | None:
    """The noun phrase that begins at token ``begin``, with what is attached to it."""
    tags, lower = reading.tags, reading.lower
    high = min(high, begin + _LONGEST)
    if begin >= high:
        return None
    after = tags[begin + 1] if begin + 1 < high else ""
    if tags[begin] == "PRP" or (tags[begin] == "PRP$" and after in {"DT", "PRP", "IN", "WP", "TO"}):
        return begin, begin + 1  # "told her the lump was gone": no possessive before "the"
    i = begin
    head = None
    while i < high:
        tag = tags[i]
        if (
            tag == "CD"
            and head is not None
            and tags[head] == "NNP"
            and i + 1 < high
            and (tags[i + 1] in {"NNS", "NN", "JJ"})
        ):
            break  # "told Radio Skarv two boats were missing"
        if reading.inside[i] != reading.inside[begin]:
            break
        if tag in _NOUNS and not (head is not None and is_time(reading, i)):
            head = i
            i += 1
        elif (
            tag in _MODIFIERS and (head is None or tag in {"POS", "$", "#"} or lower[i] == "&")
        ) or (tag in _MODIFIERS and tags[i - 1] in {"POS", "IN", "CC", "JJ", "VBN"} | _BEGINNERS):
            i += 1
        elif lower[i] in _BRACKETS:
            closing = i
            while closing < high and lower[closing] not in _CLOSING_BRACKETS:
                closing += 1
            if closing >= high:
                break
            i = closing + 1
        elif (
            head is not None
            and i + 1 < high
            and (lower[i] in _ATTACHING or lower[i] in _JOINING)
            and (tags[i + 1] in _NOUNS or tags[i + 1] in _MODIFIERS)
            and tags[i + 1] != "VBG"
            and not is_time(reading, i + 1)
        ):
            i += 1
        else:
            break
    if head is None:
        if tags[begin] in {"DT", "JJ"} and begin + 1 <= high:
            return begin, begin + 1
        return None
    return begin, max(head + 1, i if lower[i - 1] in _CLOSING_BRACKETS else head + 1)
