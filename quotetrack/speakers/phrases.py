"""The anatomy of a source phrase: which word heads it, and whether that is a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quotetrack import data
from quotetrack.speakers.lexicon import is_role, names_person, person_nouns, singular
from quotetrack.speakers.offices import (
    BREAKS,
    LINKS,
    goes_on,
    letters_of,
    modify_together,
    named_before,
    named_so,
    office,
)
from quotetrack.speakers.predicates import role_begins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.speakers.naming import Name
    from quotetrack.text.layout import Layout

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_RELATIVE = frozenset(("WP", "WDT"))
_ARTICLES = frozenset(("a", "an", "the", "this", "that", "these", "those", "another"))
_NOUNS = frozenset(("NN", "NNS"))
_REDUCED = frozenset(("VBN", "VBG", "VBD"))
_BEFORE_NAME = frozenset(("NN", "NNS", "JJ", "NNP", "POS", "CD", "PRP$", "VBN"))
_MARKS = frozenset(("“", "‘", '"', "''", "``"))
_ENDS = BREAKS | _MARKS | {"."}
_LONGEST, _LONGEST_AFTER = 14, 24


class Phrase(NamedTuple):
    """A source phrase taken apart (tokens of the layout)."""

    first: int
    last: int
    """Of the part before the first apposition or relative clause, articles left out."""
    name: int | None
    """Index of the name that heads it; None: a common noun does."""
    head: str
    """The common noun that heads it, lower case; empty where a name does."""
    plural: bool
    definite: bool
    makers: tuple[int, ...]
    """Names before its head, or after "by" or "from" ("a Tribune analysis", "a study by …")."""


def take_apart(
    layout: Layout,
    tags: Sequence[str],
    span: tuple[int, int],
    names: Sequence[Name],
    at: Sequence[int],
) -> Phrase:
    """Find the head of the phrase in tokens ``span``; ``at``: each token's name, or -1."""
    words = layout.words
    first, last = span
    while first < last - 1 and (
        words[first] in BREAKS or tags[first] == "IN" or _only(tags, first)
    ):
        first += 1
    end = _segment_end(words, tags, first, last, at)
    definite = words[first].lower() in {"the", "this", "that", "these", "those"}
    makers: tuple[int, ...] = ()
    name = None
    if max(at[first:last]) >= 0:
        makers = _makers(words, tags, first, end, at)
        name = _heading_name(words, tags, first, end, names, at)
        if name is None and end + 1 < last and words[end] == ",":
            name = _name_behind(words, tags, (first, end, last), names, at)
    while first < end - 1 and words[first].lower() in _ARTICLES:
        first += 1
    index = _head_index(words, tags, first, end)
    head = "" if name is not None or index is None else words[index].lower()
    if name is None and index is not None and index + 1 < end and tags[index + 1] in _REDUCED:
        end = index + 1  # "a study published on Tuesday"
    plural = index is not None and tags[index] == "NNS"
    return Phrase(first, end, name, head, plural, definite, makers)


def _name_behind(
    words: Sequence[str],
    tags: Sequence[str],
    span: tuple[int, int, int],
    names: Sequence[Name],
    at: Sequence[int],
) -> int | None:
    """The name in "The firm's founder, Ana Duarte,": ``span`` has the comma in the middle."""
    first, end, last = span
    if tags[end + 1] in _RELATIVE:
        return None
    stop = _segment_end(words, tags, end + 1, last, at)
    name = _heading_name(words, tags, end + 1, stop, names, at)
    if name is None:
        return None
    head = _head_noun(words, tags, first, end)
    several = tags[first] == "CD" and singular(head) != head and singular(head) in person_nouns()
    if several and name == at[end + 1]:
        return name  # "Two economists, Ana Bloom and Per Lunde,": the first
    body = names[name].kind == "organization" and any(tags[k] == "IN" for k in range(first, end))
    if (
        (head in person_nouns() and not body)  # not "A spokesman for its owner, Harland Care,"
        or (head in data.words("organization_nouns.txt") and names[name].kind != "person")
        or names[name].kind == "person"
        # "One of them, Ana Duarte,"
        or (words[first].lower() == "one" and names[name].kind != "organization")
    ):
        stop = names[name].last
        of_body = tags[stop : stop + 1] == ["IN"] and names[name].kind == "person"
        if stop >= last or of_body or words[stop] in BREAKS or tags[stop] in _RELATIVE:
            return name
    return None


def _only(tags: Sequence[str], k: int) -> bool:
    """Whether an adverb stands before a preposition ("especially from the mayor")."""
    return tags[k] == "RB" and tags[k + 1] == "IN"


def _makers(
    words: Sequence[str], tags: Sequence[str], first: int, end: int, at: Sequence[int]
) -> tuple[int, ...]:
    found: list[int] = []
    made = True
    for k in range(first, end):
        if tags[k] in {"IN", "TO"}:
            made = words[k].lower() in {"by", "from"}
        elif at[k] >= 0 and made:
            found.append(at[k])
    return tuple(dict.fromkeys(found))


def _segment_end(
    words: Sequence[str], tags: Sequence[str], first: int, last: int, at: Sequence[int]
) -> int:
    """Where the first apposition, bracket or relative clause begins."""
    for k in range(first + 1, last):
        if at[k] >= 0 and at[k] == at[k - 1]:
            continue
        if words[k] in BREAKS and not _before_noun(words, tags, first, k, last, at):
            return k
        if tags[k] in _RELATIVE or (tags[k] == "IN" and words[k].lower() == "that"):
            return k
    return last


def _before_noun(
    words: Sequence[str], tags: Sequence[str], first: int, k: int, last: int, at: Sequence[int]
) -> bool:
    """Whether the noun comes only after the comma ("an 800-page, $7 million report")."""
    if words[k] != "," or k + 2 >= last or tags[k + 1] == "DT":
        return False
    return not any(
        at[t] >= 0 or tags[t][:2] == "NN" or tags[t][:3] == "PRP" for t in range(first, k)
    )


def _heading_name(
    words: Sequence[str],
    tags: Sequence[str],
    first: int,
    end: int,
    names: Sequence[Name],
    at: Sequence[int],
) -> int | None:
    start = first
    for k in range(first, end - 1):
        if tags[k] == "POS" and at[k] < 0:
            start = k + 1
        elif tags[k] in LINKS and at[k] < 0:
            break
    if start == end - 1 and tags[start] == "POS":
        start = first
    found: int | None = None
    named = named_so(words, start, end, at)
    if named is None:
        named = office(words, tags, start, end, at)
    if named is not None:
        return named
    for k in range(start, end):
        index = at[k]
        if index < 0:
            if k == start and tags[k] in {"VBG", "VBN"}:
                continue  # "acting mayor Ana Duarte"
            if found is None and (tags[k] in LINKS or tags[k] == "CC"):
                if k > start and k + 2 < end and goes_on(words, tags, k, end, at, names):
                    continue  # "secretary of state Ana Duarte", "author and activist Ana Duarte"
                if tags[k] == "CC":
                    break
                return None  # "a spokesman for Ana Duarte"
            if (
                found is not None
                and at[k - 1] >= 0
                and (
                    tags[k] in _NOUNS
                    or names_person(words[k].lower())
                    # "his Left Bloc opposite number"
                    or (tags[k] == "JJ" and tags[end - 1] in _NOUNS and at[end - 1] < 0)
                )
                and not letters_of(words, k, names[found])
            ):
                later = next((at[t] for t in range(k, end) if at[t] >= 0), None)
                linked = any(tags[t] in LINKS for t in range(k, end))
                if later is None or linked or names[later].kind == "organization":
                    return None  # "Duarte aides", "the Duarte campaign"
                found = later
            elif tags[k] == "CC" and modify_together(tags, k, end, at):
                return None  # "Harland and Pentagon spokesmen"
            elif tags[k] in LINKS or tags[k] == "CC":
                if k == start + 1 and tags[k] == "CC" and goes_on(words, tags, k, end, at, names):
                    found = None  # "Baker and activist Ana Duarte"
                    continue
                if at[end - 1] < 0 and named_before(words, tags, k - 1, end):
                    return None
                break
        elif found is None:
            found = index
    return found


def _head_index(words: Sequence[str], tags: Sequence[str], first: int, end: int) -> int | None:
    stop = end
    named = tags[first][:2] == "NN"
    if named and named_before(words, tags, first, end):
        return end - 1
    for k in range(first + 1, end):
        if named and (tags[k] in LINKS or (tags[k] in FINITE and k > first + 1)):
            stop = k
            break
        named = named or tags[k][:2] in {"NN", "PR", "CD"}
    for k in range(stop - 1, first - 1, -1):
        if tags[k][:2] == "NN":
            return k
    for k in range(stop - 1, first - 1, -1):
        if words[k][0].isalnum():
            return k
    return None


def _head_noun(words: Sequence[str], tags: Sequence[str], first: int, end: int) -> str:
    index = _head_index(words, tags, first, end)
    return "" if index is None else words[index].lower()


def descriptions(
    layout: Layout, tags: Sequence[str], name: Name, at: Sequence[int]
) -> list[tuple[int, int]]:
    """Token ranges of the roles that stand right before and after a person's name."""
    words = layout.words
    sentence = layout.sentences[layout.sentence_of[name.first]]
    found: list[tuple[int, int]] = []
    before = _role_before(words, tags, name.first, sentence.first)
    if name.start > name.first:
        joined = before is not None and before[1] == name.first
        found.append((before[0] if joined and before else name.first, name.start))
        before = None if joined else before
    if before is not None:
        found.append(before)
    after = _role_after(words, tags, name.last, sentence.last)
    if after is not None:
        found.append(after)
    begin = role_begins(words, tags, name, sentence.last)
    said = None if begin is None else _role_at(words, tags, begin, sentence.last)
    if said is not None and person_nouns().get(_head_noun(words, tags, *said), "n") == "n":
        found.append(said)  # "is a man who": no role
    return [
        (a, b) for a, b in found if a < b and not (at[a] >= 0 and at[a] != at[b - 1] and b - a == 1)
    ]


def _role_before(
    words: Sequence[str], tags: Sequence[str], first: int, opening: int
) -> tuple[int, int] | None:
    """ "Former senator" of "former senator Ana Duarte", "secretary of state" of "…, Ana Duarte"."""
    end = first
    inverted = end - 1 > opening and words[end - 1] == ","
    end -= inverted
    if end <= opening:
        return None
    begin = end
    person = -1
    stop = max(opening, end - _LONGEST)
    while begin > stop:
        tag = tags[begin - 1]
        if tag in {"IN", "CC"}:
            office = begin - 2 >= stop and names_person(words[begin - 2].lower())
            linked = inverted or (person < 0 and words[begin - 1] == "of")
            if not office or not (linked if tag == "IN" else person >= 0):
                break
        elif tag not in _BEFORE_NAME and not (inverted and tag == "DT"):
            break
        begin -= 1
        if person < 0 and is_role(words[begin].lower()):
            person = begin
        if tag == "PRP$":
            break
    if person < 0 or (person != end - 1 and tags[person + 1] != "IN"):
        return None
    if tags[end - 1][:2] != "NN" and person != end - 1:
        return None  # "the father of modern Norvania"
    return _without_article(words, tags, begin, end), end


def _role_after(
    words: Sequence[str], tags: Sequence[str], last: int, stop: int
) -> tuple[int, int] | None:
    """ "A nurse from Leeds" of "Ana Duarte, 41, a nurse from Leeds,"."""
    if last + 1 >= stop or words[last] != ",":
        return None
    begin = last + 1
    if begin + 2 < stop and words[begin].isdigit() and words[begin + 1] == ",":
        begin += 2
    return _role_at(words, tags, begin, stop)


def _role_at(
    words: Sequence[str], tags: Sequence[str], begin: int, stop: int
) -> tuple[int, int] | None:
    """The role in the noun phrase that begins at a token; None: it tells none."""
    if tags[begin] not in {"DT", "NN", "JJ", "NNP", "PRP$", "CD", "VBN", "RB"}:
        return None
    end = begin
    head = ""
    linked = 0
    longest = min(stop, begin + _LONGEST_AFTER)
    while end < longest and words[end] not in _ENDS:
        if tags[end] in FINITE or tags[end] in _RELATIVE:
            if words[end] in {"who", "that"} and head:
                break
            return None
        if not linked and head and (tags[end] in LINKS or tags[end] == "CC"):
            linked = end
        if not linked and tags[end][:2] == "NN":
            head = words[end].lower()
        end += 1
    if not is_role(head) or end >= stop:
        return None
    if linked and (end == begin + _LONGEST_AFTER or words[end] in _MARKS):
        end = linked  # no half of a phrase
    return _without_article(words, tags, begin, end), end


def _without_article(words: Sequence[str], tags: Sequence[str], begin: int, end: int) -> int:
    own = begin < end - 1 and (words[begin].lower() in _ARTICLES or tags[begin] == "PRP$")
    return begin + 1 if own else begin


def kind_of_head(head: str, *, plural: bool) -> str:
    """SpeakerKind of a source without a name, from its head noun."""
    if head in data.words("document_nouns.txt"):
        return "document"
    if head in data.words("organization_nouns.txt") and not plural:
        return "organization"
    if plural or head in data.words("group_nouns.txt"):
        return "group"
    return "unnamed"
