"""The noun phrases around a word, and the subject of a verb: no parser."""

from __future__ import annotations

from quotetrack import data
from quotetrack.attribution.reading import CONJUNCTIONS, FINITE, Reading, TokenRange

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "FW", "CD"))
_MODIFIERS = frozenset(("JJ", "JJR", "JJS", "DT", "PDT", "PRP$", "POS", "VBN", "VBG", "$", "#"))
_BEGINNERS = frozenset(("DT", "PDT", "PRP$"))
_ATTACHING = frozenset(
    ("of", "for", "in", "at", "from", "with", "on", "to", "near", "behind", "by")
)
_RELATIVE = frozenset(("who", "whom", "whose", "which", "that", "where"))
_PARTICIPLES = frozenset(("VBN", "VBG", "VBD"))
_BRACKETS = frozenset(("(", "[", "-LRB-", "-LSB-"))
_CLOSING_BRACKETS = frozenset((")", "]", "-RRB-", "-RSB-"))
_JOINED = 4
"""Verbs looked at that may share one subject."""
_LONGEST = 40
"""Tokens looked at to either side: phrases of news are shorter, and time stays linear."""


def _is_time(reading: Reading, i: int) -> bool:
    return reading.lower[i] in data.words("cue_adjuncts.txt")


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
            if i > low and (tags[i - 1] == "CC" and tags[i - 2 : i - 1] and i - 1 > low):
                joined = noun_phrase_before(reading, i - 1, low)
                return (joined[0], end) if joined and tags[i] == "PRP" else (begin, end)
            break
        if tag in _NOUNS or (tag in _MODIFIERS and (begin is not None or tag in _BEGINNERS)):
            # a determiner stands alone as a head only ("some said")
            i -= 1
            begin = i
            if tag in _BEGINNERS and not (i > low and tags[i - 1] == "PDT"):
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
        linked = _link_before(reading, i, low) if begin is not None else None
        if linked is None:
            break
        i = linked
    return None if begin is None else (_without_times(reading, begin, end), end)


def _link_before(reading: Reading, i: int, low: int) -> int | None:
    """Where to go on when a preposition or "and" before token i joins a noun on its left."""
    if i - 2 < low:
        return None
    joins = reading.lower[i - 1] in _ATTACHING or reading.lower[i - 1] in {"and", "&", "or"}
    before = reading.tags[i - 2]
    nominal = before in _NOUNS or (before == "DT" and reading.lower[i - 1] == "of")
    if joins and nominal and not _is_time(reading, i - 2):
        return i - 1
    if joins and reading.lower[i - 1] == "of" and before in {"JJ", "JJS", "JJR", "RB"}:
        return i - 1
    if reading.lower[i - 2] in _CLOSING_BRACKETS and joins:
        return i - 1
    return None


def _without_times(reading: Reading, begin: int, end: int) -> int:
    """Skip "Tuesday night" at the head of a subject: it is when, not who."""
    i = begin
    while i < end - 1 and _is_time(reading, i) and reading.tags[i] in _NOUNS:
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
            and not _is_time(reading, i)
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
        if tag in _NOUNS and not (head is not None and _is_time(reading, i)):
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
            and (lower[i] in _ATTACHING or lower[i] in {"and", "&", "or"})
            and (tags[i + 1] in _NOUNS or tags[i + 1] in _MODIFIERS)
            and tags[i + 1] != "VBG"
            and not _is_time(reading, i + 1)
        ):
            i += 1
        else:
            break
    if head is None:
        if tags[begin] in {"DT", "JJ"} and begin + 1 <= high:
            return begin, begin + 1
        return None
    return begin, max(head + 1, i if lower[i - 1] in _CLOSING_BRACKETS else head + 1)


def predicate_before(reading: Reading, i: int, low: int) -> int | None:
    """The nearest finite verb before token i, in the same quotation or outside any."""
    for k in range(i - 1, max(low, i - _LONGEST) - 1, -1):
        if reading.inside[k] == reading.inside[i] and reading.tags[k] in FINITE:
            return k
    return None


def subject_before(reading: Reading, verb: int, low: int) -> TokenRange | None:
    """The subject of the verb group that begins at token ``verb``, appositions included."""
    tags, lower = reading.tags, reading.lower
    i = verb
    while (
        i > low
        and (tags[i - 1] in {"RB", "RBR"} or lower[i - 1] in {"both", "all"})
        and (lower[i - 1] not in {"many", "most", "few", "more", "others"})
    ):
        i -= 1
    if i <= low:
        return None
    before = lower[i - 1]
    if before in {"who", "which", "that"} and tags[i - 1] in {"WP", "WDT", "IN"}:
        return i - 1, i
    if before == ",":
        return _subject_before_comma(reading, i - 1, low, inserted=_is_inserted(reading, verb))
    if before in {"—", "--", "–"} and i - 1 > low:
        opening = next((k for k in range(i - 2, low - 1, -1) if lower[k] == before), None)
        if opening is not None:
            subject = noun_phrase_before(reading, opening, low)
            return (subject[0], i - 1) if subject else None
        return None
    phrase = noun_phrase_before(reading, i, low)
    if phrase and all(_is_time(reading, k) or tags[k] == "DT" for k in range(*phrase)):
        phrase = (
            noun_phrase_before(reading, phrase[0], low) or phrase
        )  # "The court this week ruled"
    return _with_modifiers(reading, phrase, low)


def _with_modifiers(reading: Reading, phrase: TokenRange | None, low: int) -> TokenRange | None:
    """The subject whose last modifier the phrase ends ("People marching through the town").

    Only where the whole reaches back to where a subject can begin: "After the vote the
    mayor" stays "the mayor".
    """
    if phrase is None:
        return None
    begin, end = phrase
    floor = max(low, end - _LONGEST)
    while begin - 1 > floor and reading.tags[begin - 1] in {"IN", "TO", "RP", "VBG", "VBN"}:
        k = begin - 1
        while k > floor and reading.tags[k] in {"IN", "TO", "RP", "VBG", "VBN", "RB"}:
            if reading.tags[k] == "IN" and reading.lower[k] in data.words("subordinators.txt"):
                return phrase
            k -= 1
        before = noun_phrase_before(reading, k + 1, low)
        if before is None or reading.inside[before[0]] != reading.inside[begin]:
            return phrase
        begin = before[0]
        if begin == low or reading.lower[begin - 1] in {",", ";", ":", *CONJUNCTIONS}:
            return begin, end
    return phrase


def shared_subject(reading: Reading, verb: int, low: int) -> TokenRange | None:
    """The subject that a verb shares with those joined before it ("sat, smiled and said")."""
    predicate = verb
    for _ in range(_JOINED):
        before = predicate_before(reading, predicate, low)
        if before is None:
            return None
        predicate = before
        subject = subject_before(reading, predicate, low)
        if subject is not None:
            return subject
        if reading.lower[predicate - 1] not in {",", *CONJUNCTIONS}:
            return None
    return None


def _is_inserted(reading: Reading, verb: int) -> bool:
    """Whether the verb stands in the middle of its content ("The lamp, he said, was out")."""
    high = reading.region(verb)[1]
    end = verb + 1
    while end < high and (reading.tags[end][:1] == "V" or reading.tags[end] == "RB"):
        end += 1
    return end + 1 < high and reading.lower[end] == "," and reading.tags[end + 1] in FINITE


def _has_main_verb(reading: Reading, begin: int, end: int) -> bool:
    """Whether a finite verb stands there, those of relative clauses left out."""
    for i in range(begin, end):
        if reading.lower[i] in _RELATIVE and i > begin:
            return False
        if reading.tags[i] in FINITE:
            return True
    return False


def _subject_before_comma(
    reading: Reading, comma: int, low: int, *, inserted: bool
) -> TokenRange | None:
    """The name whose apposition ends with the comma ("Ann Lee, 52, of Ohio, said").

    Of an inserted verb it is not what stands first: that is content.
    """
    tags, lower = reading.tags, reading.lower
    segments: list[TokenRange] = []
    end = comma
    floor = max(low, comma - 2 * _LONGEST)
    k = comma - 1
    while k >= floor - 1:
        if k < floor or (lower[k] == "," and reading.inside[k] == reading.inside[comma]):
            segments.append((k + 1, end))
            end = k
        k -= 1
    if inserted and len(segments) > 2:
        segments.pop()
    if len(segments) < 2:
        return None
    head: TokenRange | None = None
    for index, (begin, stop) in enumerate(segments):
        if begin >= stop:
            break
        # "asked whether the ferry had sailed," may hold verbs as a relative clause does
        relative = lower[begin] in _RELATIVE or tags[begin] in _PARTICIPLES
        if index and not relative:
            phrase = noun_phrase_before(reading, stop, begin)
            if phrase is None:
                break
            adverbial = phrase[0] > begin and tags[phrase[0] - 1] in {"IN", "TO", "VBG", "VBN"}
            if not adverbial:
                head = phrase
            elif head is not None:
                break
        if not relative and _has_main_verb(reading, begin, stop):
            break
    return (head[0], comma + 1) if head else None
