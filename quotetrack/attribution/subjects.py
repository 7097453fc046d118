"""The subject of a verb: the noun phrase before it, behind all that is inserted between them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from quotetrack import data
from quotetrack.attribution.lexicon import verb_at
from quotetrack.attribution.modifiers import (
    LONGEST,
    OPENERS,
    RELATIVE,
    phrase_before,
    verbs_left,
    with_modifiers,
    with_relative_clause,
)
from quotetrack.attribution.phrases import is_time, noun_phrase_before
from quotetrack.attribution.reading import (
    CONJUNCTIONS,
    DASHES,
    FINITE,
    NOMINATIVE,
    SUBORDINATORS,
    Reading,
    TokenRange,
)

_QUANTIFIERS = frozenset(("many", "most", "few", "more", "others", "both", "all"))
_BELONGING = frozenset(
    ("of", "by", "from", "with", "without", "like", "unlike", "once", "where", "that")
)
"""Words that open what says more of the subject, not of when and how it spoke."""
_COUNTED = data.words("words_after_article.txt")
"""Nouns that a plural follows: "a dozen men"."""
_GROUP = FINITE | {"RB", "VB", "VBN"}
_JOINED = 4
"""Verbs looked at that may share one subject."""
_INTO_RELATIVE = 4
"""Tokens before the pronoun of a relative clause ("most of whom", "and to which")."""


def predicate_before(reading: Reading, i: int, low: int) -> int | None:
    """The nearest finite verb before token i, in the same quotation or outside any."""
    for k in range(i - 1, max(low, i - LONGEST) - 1, -1):
        if reading.inside[k] != reading.inside[i] or reading.tags[k] not in FINITE:
            continue
        if not is_time(reading, k):  # "afterwards" can look like a verb
            return k
    return None


def shared_subject(reading: Reading, verb: int, low: int) -> TokenRange | None:
    """The subject that a verb shares with those joined before it ("sat, smiled and said")."""
    predicate = verb
    aside = reading.tags[verb] == "VBG" and reading.lower[verb - 1] == ","
    for _ in range(_JOINED):
        before = predicate_before(reading, predicate, low)
        if aside and before is not None:
            opener = _clause_opener(reading, before, low)
            if opener is not None:  # "Lee left the firm, which she ran, saying that …"
                predicate = opener
                continue
        if before is None and aside:  # "Lee called for calm, saying that …", by tag a participle
            for k in range(predicate - 1, low, -1):
                if reading.tags[k] == "VBN" and reading.inside[k] == reading.inside[verb]:
                    return subject_before(reading, k, low)
        if before is None:  # "The mayor, after saying so, left"
            comma = verb - 1 - (verb > low and reading.tags[verb - 1] == "IN")
            inserted = predicate == verb and comma > low and reading.lower[comma] == ","
            return noun_phrase_before(reading, comma, low) if inserted else None
        predicate = before
        subject = subject_before(reading, predicate, low)
        if subject is not None:
            return subject
        if reading.lower[predicate - 1] not in {",", *CONJUNCTIONS}:
            return None
    return None


def _clause_opener(reading: Reading, predicate: int, low: int) -> int | None:
    """What opens the relative or other clause in a clause whose verb that is; None: a main one."""
    for k in range(predicate - 1, low, -1):
        if reading.lower[k] in {",", ";", ":"} or reading.tags[k] in FINITE:
            return None
        if reading.lower[k] in OPENERS and reading.tags[k] not in {"DT", "TO"}:
            return k
    return None


def subject_before(reading: Reading, verb: int, low: int) -> TokenRange | None:
    """The subject of the verb group that begins at token ``verb``, appositions included."""
    key = verb, low
    if key not in reading.subjects:
        reading.subjects[key] = _subject_before(reading, verb, low)
    return reading.subjects[key]


def _subject_before(reading: Reading, verb: int, low: int) -> TokenRange | None:
    tags, lower = reading.tags, reading.lower
    i = verb
    while i > low and (
        (tags[i - 1] in {"RB", "RBR"} and lower[i - 1] not in _QUANTIFIERS)
        or (lower[i - 1] in {"both", "all"} and i - 1 > low and tags[i - 2] != "CC")
    ):
        i -= 1
    if i <= low:
        return None
    before = lower[i - 1]
    if before in {"who", "which", "that"} and tags[i - 1] in {"WP", "WDT", "IN"}:
        return i - 1, i
    if before == ",":
        return _before_insertions(reading, i - 1, low, inserted=_is_inserted(reading, verb))
    if before in NOMINATIVE and tags[i - 1] == "PRP" and (i - 1 == low or lower[i - 2] == ","):
        return i - 1, i  # nothing can be joined to it
    if before in {"—", "--", "–"} and i - 1 > low:
        opening = next((k for k in range(i - 2, low - 1, -1) if lower[k] == before), None)
        if opening is None:
            return None
        phrase = noun_phrase_before(reading, opening, low)
        subject = with_modifiers(reading, phrase, low) if phrase else None
        return (subject[0], i - 1) if subject else None
    if before not in NOMINATIVE and not FINITE.isdisjoint(tags[max(low, i - 2 * LONGEST) : i]):
        begin = next(_segments(reading, i, low))[0]
        relative = with_relative_clause(reading, begin, i)
        if relative is not None:
            return relative, i
    phrase = phrase_before(reading, i, low)
    if phrase is not None and is_time(reading, phrase[1] - 1) and phrase[0] > low:
        earlier = _before_time(reading, phrase, low)
        if earlier is not None:
            return earlier
    if phrase is not None:
        phrase = _of_contact_clause(reading, _behind_clause(reading, phrase, low))
    whole = with_modifiers(reading, phrase or (i, i), low)
    if whole is not None and whole[0] > low and lower[whole[0] - 1] == "whose":
        return whole[0] - 1, whole[1]
    if whole is not None and tags[whole[0]] == "DT" and whole[0] - 1 > low:
        title = noun_phrase_before(reading, whole[0], low)  # "Harbour spokesman the Rev. Lee"
        if (
            title == (low, whole[0])
            and tags[whole[0] + 1] == "NNP"
            and lower[title[1] - 1] in _persons()
        ):
            return low, whole[1]
    return _with_list(reading, whole, low) if whole and verb + 1 < len(lower) else whole


def _before_time(reading: Reading, time: TokenRange, low: int) -> TokenRange | None:
    """The subject before "Lee, a baker, this past week said", "Police had last month said"."""
    edge = time[0] - 1
    if any(reading.tags[k] not in {"DT", "JJ", "NN"} for k in range(*time)):
        return None
    if reading.lower[edge] == ",":
        return _before_insertions(reading, edge, low, inserted=False)
    return subject_before(reading, edge, low) if reading.tags[edge] in FINITE else None


@cache
def _persons() -> frozenset[str]:
    return frozenset(line.split()[0] for line in data.lines("person_nouns.txt"))


def issuer_of(reading: Reading, thing: TokenRange, low: int) -> TokenRange | None:
    """Who speaks in "The mill put out a note saying …": its subject; None: another verb."""
    tags = reading.tags
    verb = thing[0] - 1
    if verb > low and tags[verb] == "RP":
        verb -= 1
    if verb <= low or reading.lower[verb] not in data.words("issuing_verbs.txt"):
        return None
    first: int | None = verb
    if tags[verb] not in FINITE:
        first = predicate_before(reading, verb, low)
    if first is None or any(tags[k] not in _GROUP for k in range(first, verb)):
        return None
    return subject_before(reading, first, low) or shared_subject(reading, first, low)


def _behind_clause(reading: Reading, phrase: TokenRange, low: int) -> TokenRange:
    """Only what follows "and" where a clause stands before ("He asked for a photo and Lee")."""
    tags, lower = reading.tags, reading.lower
    begin, end = phrase
    if "CC" not in tags[begin + 1 : end - 1]:
        return phrase
    joint = max(k for k in range(begin + 1, end - 1) if tags[k] == "CC")
    for k in range(begin - 1, max(low, begin - LONGEST) - 1, -1):
        if lower[k] in {",", ";", ":"} or lower[k] in OPENERS or reading.closes[k] >= 0:
            break
        if tags[k] in FINITE:
            word, _ = verb_at(lower, k)
            clausal = k == begin - 1 and word is not None and "clause" in word.takes
            return phrase if clausal else (joint + 1, end)
    return phrase


def _of_contact_clause(reading: Reading, phrase: TokenRange) -> TokenRange:
    """Who speaks in "a step critics say will fail", "a step Ann Lee called unwise"."""
    tags = reading.tags
    begin, end = phrase
    if reading.lower[begin] not in {"a", "an"} or "IN" in tags[begin:end]:
        return phrase
    head = next((k for k in range(begin, end) if tags[k][:2] == "NN"), end)
    if tags[end - 1] != "NNS" and not all(tag == "NNP" for tag in tags[head + 1 : end]):
        return phrase
    parted = begin < head < end - 1 and tags[head] == "NN" and reading.lower[head] not in _COUNTED
    return (head + 1, end) if parted else phrase


def _with_list(reading: Reading, subject: TokenRange, low: int) -> TokenRange:
    """With what a list or a place has before its last comma ("Lee, Abel and Rowe", "Lund, Skåne").

    Only where all from the sentence's beginning is nouns, and content is still to come.
    """
    tags, lower = reading.tags, reading.lower
    begin, end = subject
    joint = begin - 1 - (begin > low and lower[begin - 1] in {"and", "or"})
    if joint <= low or lower[joint] != ",":
        return subject
    listed = joint == begin - 2 or "CC" in tags[begin:end]
    named = all(tag[:3] == "NNP" for tag in tags[begin:end])
    if not (listed or named) or not FINITE.isdisjoint(tags[begin:end]):
        return subject
    first = joint
    while first > low and lower[first] == ",":
        phrase = noun_phrase_before(reading, first, low)
        if phrase is None and first == low + 1 and tags[low] == "RB":
            break  # "Instead, Lee, Abel and Rowe"
        if phrase is None or is_time(reading, phrase[0]) or tags[phrase[0]] in {"PRP", "VBG"}:
            return subject
        first = (with_modifiers(reading, phrase, low) or phrase)[0] - 1
        if is_time(reading, first + 1) or is_time(reading, first + 2):
            return subject
    head = first + 1
    if tags[head] in {"VBG", "VBN"}:
        return subject
    bounded = first > low and lower[first] in {",", ":", ";"}
    if (first > low and not bounded) or (first == low and tags[low] not in {"CC", "RB"}):
        return subject
    placed = named and "IN" in tags[head:joint]
    return (head, end) if listed or placed else subject


def _segments(reading: Reading, end: int, low: int) -> Iterator[TokenRange]:
    """What stands between commas before token ``end``, backward; cut where a quotation ends."""
    inside = reading.inside[end - 1]
    floor = max(low, end - 2 * LONGEST)
    stop = end
    for k in range(end - 1, floor - 1, -1):
        if reading.inside[k] != inside:
            yield k + 1, stop
            return
        if reading.lower[k] in {",", ";", ":"} or reading.lower[k] in DASHES:
            yield k + 1, stop
            if reading.lower[k] != ",":
                return
            stop = k
    yield floor, stop


def _is_inserted(reading: Reading, verb: int) -> bool:
    """Whether the verb stands in the middle of its content ("The lamp, he said, was out")."""
    high = reading.region(verb)[1]
    end = verb + 1
    while end < high and (reading.tags[end][:1] == "V" or reading.tags[end] == "RB"):
        end += 1
    return end + 1 < high and reading.lower[end] == "," and reading.tags[end + 1] in FINITE


def _before_insertions(
    reading: Reading, comma: int, low: int, *, inserted: bool
) -> TokenRange | None:
    """The subject that appositions, clauses and participles behind it part from its verb.

    "Ann Lee, 52, who runs the mill, said".  Of an inserted verb it is not what stands first:
    that is content.
    """
    tags = reading.tags
    segments = list(_segments(reading, comma, low))
    if inserted and len(segments) > 2:
        segments.pop()
    head: int | None = None
    last = comma + 1
    for begin, stop in segments:
        if not _is_circumstance(reading, begin, stop):
            break
        last = begin
    for index, (begin, stop) in enumerate(segments):
        if begin >= stop:
            break
        insertion = _is_insertion(reading, begin, stop)
        if index and not insertion:
            subject = with_relative_clause(reading, begin, stop)
            if subject is None:
                phrase = phrase_before(reading, stop, begin)
                whole = with_modifiers(reading, phrase or (stop, stop), begin)
                if whole is None:
                    break
                subject = whole[0]
            before = subject - 1
            adverbial = (
                subject > begin
                and tags[before] in {"IN", "TO", "VBG", "VBN"}
                and reading.lower[before] not in SUBORDINATORS
            )
            if not adverbial and not all(is_time(reading, k) for k in range(subject, stop)):
                head = subject
            elif head is not None:
                break
        if not insertion and verbs_left(reading, begin, stop) > 0:
            break
    return None if head is None else (head, max(head + 1, last))


def _is_circumstance(reading: Reading, begin: int, stop: int) -> bool:
    """Whether "meanwhile", "for his part", "in a statement", "when asked" stand there."""
    tags, lower = reading.tags, reading.lower
    if begin >= stop:
        return False
    if tags[begin] in {"IN", "WRB", "TO"}:
        return lower[begin] not in _BELONGING
    if tags[begin] in {"VBG", "VBN"}:  # "citing two aides"
        word, _ = verb_at(lower, begin)
        return word is not None and "participle" in word.takes
    return all(tags[k] == "RB" for k in range(begin, stop))


def _is_insertion(reading: Reading, begin: int, stop: int) -> bool:
    """Whether a relative clause or a participle opens the segment ("most of whom", "now aged")."""
    tags, lower = reading.tags, reading.lower
    for k in range(begin, min(stop, begin + _INTO_RELATIVE)):
        if lower[k] in RELATIVE and tags[k] != "DT":
            return k == begin or tags[k - 1] in {"IN", "TO", "CC"}
        if tags[k] in FINITE:
            break
    first = begin
    while first < stop - 1 and tags[first] in {"RB", "CC"}:
        first += 1
    return tags[first] in {"VBN", "VBG", "VBD"}
