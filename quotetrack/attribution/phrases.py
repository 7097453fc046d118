"""The noun phrases around a word: no parser."""

from __future__ import annotations

from functools import cache

from quotetrack import data
from quotetrack.attribution.reading import NOMINATIVE, Reading, TokenRange

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "FW", "CD"))
_NAMED = NOUNS | {"PRP"}
_MODIFIERS = frozenset(("JJ", "JJR", "JJS", "DT", "PDT", "PRP$", "POS", "VBN", "VBG", "$", "#"))
BEGINNERS = frozenset(("DT", "PDT", "PRP$"))
_PREDETERMINERS = frozenset(("all", "both", "half", "neither", "either", "such"))
_JOINING = frozenset(("and", "&", "or", "nor"))
ATTACHING = frozenset(("of", "for", "in", "at", "from", "with", "on", "to", "near", "behind", "by"))
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
_BRACKETS = frozenset(("(", "[", "-LRB-", "-LSB-"))
CLOSING_BRACKETS = frozenset((")", "]", "-RRB-", "-RSB-"))
_AFTER_HER = frozenset(("DT", "EX", "PRP", "IN", "WDT", "WP", "WRB", "TO"))
_LIMITED = frozenset(
    ("a", "half", "all", "every", "everyone", "everybody", "many", "least", "most")
)
_LIMITS = (["at", "least"], ["at", "most"], ["more", "than"], ["fewer", "than"], ["as", "many"])
TIMES = data.words("cue_adjuncts.txt")
"""Words of time and the like."""
LONGEST = 40
"""Tokens looked at to either side: phrases of news are shorter, and time stays linear."""


def is_time(reading: Reading, i: int) -> bool:
    """Whether token i is a word of time."""
    return reading.lower[i] in TIMES


def noun_phrase_before(reading: Reading, end: int, low: int) -> TokenRange | None:
    """The noun phrase that ends just before token ``end``, at or after token ``low``.

    "a spokesman for the city", "Rep. Ann Lee (D-Ohio)", "Lee and her two sons"; None where
    no noun or pronoun stands there.
    """
    tags, lower, inside = reading.tags, reading.lower, reading.inside
    low = max(low, end - LONGEST)
    i = end
    begin: int | None = None
    while i > low:
        tag = tags[i - 1]
        if lower[i - 1] in CLOSING_BRACKETS:
            opening = i - 2
            while opening >= low and lower[opening] not in _BRACKETS:
                opening -= 1
            if opening < low:
                break
            i = opening
            continue
        if inside[i - 1] != inside[end - 1]:
            break
        if begin is None and lower[i - 1] in _REFLEXIVE and i - 1 > low and tags[i - 2] in _NAMED:
            i -= 1  # "Lee herself"
            continue
        if tag == "PRP" or tag in {"EX", "WP"}:
            if begin is None or lower[i - 1] in NOMINATIVE:
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
        attribute = tag == "VBD" and begin is not None and i - 1 > low and tags[i - 2] == "DT"
        if (
            tag in NOUNS
            or attribute  # "a bewildered Lee"
            or (tag in _MODIFIERS and (begin is not None or tag in BEGINNERS))
        ):
            # a determiner stands alone as a head only ("some said")
            i -= 1
            begin = i
            if tag in BEGINNERS and not (
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
        if (
            tag == "RB"
            and begin == i
            and tags[i] in {"VBN", "JJ"}
            and lower[i - 1].endswith("ly")
            and (i - 1 == low or tags[i - 2] in BEGINNERS)
        ):
            linked = begin = i - 1  # "the newly elected mayor"
        if linked is None:
            break
        i = linked
    if begin is None:
        return None
    if begin > low and lower[begin - 1] in {"neither", "either"}:
        begin -= 1
    return _with_limits(reading, _without_times(reading, begin, end), low), end


def _with_limits(reading: Reading, begin: int, low: int) -> int:
    """Where "at least a dozen", "only about 4 in 10", "not everyone" begin, from their noun."""
    tags, lower = reading.tags, reading.lower
    if begin > low and lower[begin - 1] in {"both", "all"} and tags[begin] not in BEGINNERS:
        return begin if lower[begin - 1] == "all" and tags[begin] == "NNP" else begin - 1
    if tags[begin] not in {"CD", "JJS"} and lower[begin] not in _LIMITED:
        return begin
    i = begin
    if i > low and lower[i - 1 : i + 1] in _LIMITS:
        i -= 1
    while i > low and tags[i - 1] in {"IN", "RB", "JJ", "JJS", "JJR"}:
        many = lower[i - 1] == "as" and i - 2 > low and lower[i - 2] == "many"
        if i - 1 - many > low and lower[i - 2 - many : i - many] in _LIMITS:
            i -= 2 + many
        elif i - 3 > low and lower[i - 2 : i] == ["out", "of"] and tags[i - 3] == "CD":
            i -= 3
        elif lower[i - 1] in data.words("amount_openers.txt"):
            if i - 1 > low and tags[i - 2] in NOUNS | {"DT"}:
                break  # "those over 60"
            i -= 1
        else:
            break
    return i


def _stands_as_noun(reading: Reading, i: int, low: int) -> bool:
    """Whether an adjective before a verb is a noun ("the accused", "a fifth") or a name."""
    if i > low and reading.tags[i - 1] in {"DT", "JJ"}:
        return True
    return reading.layout.words[i][0].isupper() and (i > low or i + 1 < len(reading.tags))


def _link_before(reading: Reading, i: int, low: int) -> int | None:
    """Where to go on when a preposition or "and" before token i joins a noun on its left."""
    if i - 2 < low:
        return None
    joins = reading.lower[i - 1] in ATTACHING or reading.lower[i - 1] in _JOINING
    before = reading.tags[i - 2]
    nominal = (
        before in NOUNS
        or (before == "DT" and reading.lower[i - 1] == "of")
        or (reading.lower[i - 2] in NOMINATIVE and reading.lower[i - 1] in _JOINING)
        or (
            before == reading.tags[i] == "JJ"
            and reading.lower[i - 1] in _JOINING
            and reading.tags[i + 1 : i + 2] in (["NN"], ["NNS"])
        )
    )
    if reading.lower[i - 1] == "/" and (nominal or before == "JJ"):
        return i - 1
    if i - 3 >= low and before == "CC" and reading.tags[i - 1] == "RB":  # "bakers and even some"
        return i - 2 if reading.tags[i - 3] in NOUNS else None
    if joins and nominal and not is_time(reading, i - 2):
        return i - 1
    if joins and reading.lower[i - 1] == "of" and before in {"JJ", "JJS", "JJR", "RB"}:
        return i - 1
    if reading.lower[i - 2] in CLOSING_BRACKETS and joins:
        return i - 1
    return None


def _without_times(reading: Reading, begin: int, end: int) -> int:
    """Skip "Tuesday night" at the head of a subject: it is when, not who.

    And with it what stands before "on Tuesday" ("In court on Tuesday lawyers said").
    """
    if end - begin > 1 and reading.tags[begin] == "CD" and ":" in reading.lower[begin]:
        begin += 1  # "14:36 Lee says"
    i = begin
    for k in range(begin + 1, end - 1):
        if reading.tags[k - 1] == "IN" and reading.lower[k - 1] != "of" and is_time(reading, k):
            i = k
    if i == begin and _is_given_name(reading, i, end):
        return begin
    while i < end - 1 and is_time(reading, i) and reading.tags[i] in NOUNS:
        i += 1
    return i if i < end and reading.tags[i] != "POS" and reading.tags[i] != "IN" else begin


def _is_given_name(reading: Reading, i: int, end: int) -> bool:
    """Whether "April" or the like is the name of a person there, not a month."""
    return (
        i + 1 < end
        and reading.tags[i + 1] == "NNP"
        and (i == 0 or reading.tags[i - 1] != "IN")
        and reading.lower[i] in _given_names()
    )


@cache
def _given_names() -> frozenset[str]:
    return frozenset(line.split()[0] for line in data.lines("given_names.txt"))


def noun_phrase_after(reading: Reading, begin: int, high: int) -> TokenRange | None:
    """The noun phrase that begins at token ``begin``, with what is attached to it."""
    tags, lower = reading.tags, reading.lower
    high = min(high, begin + LONGEST)
    if begin >= high:
        return None
    after = tags[begin + 1] if begin + 1 < high else ""
    if tags[begin] == "PRP" or (tags[begin] == "PRP$" and after in _AFTER_HER):
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
        if tag in NOUNS and not (head is not None and is_time(reading, i)):
            head = i
            i += 1
        elif (
            tag in _MODIFIERS and (head is None or tag in {"POS", "$", "#"} or lower[i] == "&")
        ) or (tag in _MODIFIERS and tags[i - 1] in {"POS", "IN", "CC", "JJ", "VBN"} | BEGINNERS):
            i += 1
        elif lower[i] in _BRACKETS:
            closing = i
            while closing < high and lower[closing] not in CLOSING_BRACKETS:
                closing += 1
            if closing >= high:
                break
            i = closing + 1
        elif (
            head is not None
            and i + 1 < high
            and (lower[i] in ATTACHING or lower[i] in _JOINING)
            and (tags[i + 1] in NOUNS or tags[i + 1] in _MODIFIERS)
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
    return begin, max(head + 1, i if lower[i - 1] in CLOSING_BRACKETS else head + 1)
