"""What a run of name words is: titles, the name proper, person or organisation."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from quotetrack import data
from quotetrack.speakers.lexicon import (
    Gender,
    given_names,
    is_body_word,
    is_given,
    is_style,
    is_title,
    person_nouns,
    singular,
    titles,
)
from quotetrack.speakers.runs import JOINERS, STYLES, is_brand
from quotetrack.text.tagger import is_common_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.layout import Layout

NameKind = Literal["person", "organization", "unknown"]

_PLACING = frozenset(("in", "at", "near", "into", "across", "around", "through"))
_LINKING = frozenset(("of", "from", "to"))
_GENERATIONS = frozenset(("elder", "younger", "older"))
_MARKS = frozenset(("“", "”", '"', "(", ")", "‘", "’"))
_CLOSINGS = ([","], ["."], [")"], [";"])
_MOST_NAME_WORDS = 4


class Name(NamedTuple):
    """A name in the text.  Token ranges are those of the layout."""

    first: int
    """With titles."""
    start: int
    """The name proper: tokens ``start`` to ``last`` (exclusive)."""
    last: int
    words: tuple[str, ...]
    title: str
    """The words before the name that are no part of it; empty: none."""
    kind: NameKind
    gender: Gender
    possessive: bool
    placed: bool = False
    """After a preposition of place such as "in"."""
    linked: bool = False
    """After "of", "from" or "to"."""
    contrasted: bool = False
    """After "elder" or "younger"."""


class _Run(NamedTuple):
    """What the words of a run tell wherever they stand."""

    start: int
    """The name proper: words ``start`` to ``end`` (exclusive)."""
    end: int
    name: tuple[str, ...]
    title: str
    gender: Gender
    kind: NameKind | None
    """None: the words around tell."""
    plain: bool
    """Whether a lone word behind any titles is a common one too."""


def take_name(layout: Layout, tags: Sequence[str], first: int, end: int) -> list[Name]:
    """The name in a run, with its titles; none where only titles stand."""
    words = layout.words
    sentence = layout.sentences[layout.sentence_of[first]]
    if first == sentence.first and end - first > 2 and _is_kind_of_firm(words[first].lower()):
        first += 1  # "Brokerage Harland Capital"
    run = _read(tuple(words[first:end]))
    if run is None:
        return []
    start = first + run.start
    if run.plain and tags[start] != "NNP":
        return []
    if run.plain and end - first == 1 and words[first][-1] == "s" and sentence.first == first:
        return []  # a plural that begins a sentence
    end = first + run.end
    name, title, gender = run.name, run.title, run.gender
    kind = run.kind or _kind(words, tags, first, start, end)
    if kind == "organization":
        adjective = first > 1 and words[first - 1].lower() in data.words("demonyms.txt")
        if adjective and words[first - 1][0].isupper() and tags[first - 2] == "DT":
            first -= 1  # "the Norvanian Ministry of Health"
        start = first + (words[first].lower().rstrip(".") in {"mr", "mrs", "ms"})
        name, title, gender = _name_words(words, start, end), " ".join(words[first:start]), "n"
    if not name:
        return []
    if start > first > 1 and words[first - 1] == "of" and is_title(words[first - 2].lower()):
        first -= 2  # "secretary of State Ana Duarte"
        title = " ".join(words[first:start])
        gender = gender if kind == "organization" else _gender(words[first:start], name)
    if gender == "n" and kind != "organization":
        gender = _relation(words, sentence.first, first, end)
    possessive = end < len(words) and tags[end] == "POS"
    before = words[first - 1].lower() if first else ""
    placed, linked = before in _PLACING, before in _LINKING
    placed = placed or (before == "on" and kind == "organization")
    if placed and words[first - 2].lower() in data.words("stake_nouns.txt"):
        placed = False  # "shares in Harland"
    contrasted = before in _GENERATIONS
    return [
        Name(first, start, end, name, title, kind, gender, possessive, placed, linked, contrasted)
    ]


@lru_cache(maxsize=1 << 13)
def _read(run: tuple[str, ...]) -> _Run | None:
    """What a run of name words is by itself; None: no name."""
    proper = _proper(run)
    if proper is None:
        return None
    start, end = proper
    alone = len(run) - start == 1
    word = run[start].lower()
    styled = start > 0 and run[start - 1] in STYLES  # "Mr. Green", "Mrs. Best"
    nation = word in data.words("demonyms.txt") and not is_given(word)
    if alone and start and nation and not styled:
        return None  # "Former Democratic"
    if alone and run[start][-1] == "s" and singular(word) in titles():
        return None  # "Rabbis"
    name = _name_words(run, start, end)
    gender = _gender(run[:start], name)
    title = " ".join(run[:start])
    kind = _kind_alone(run, start, end)
    return _Run(
        start, end, name, title, gender, kind, alone and not styled and is_common_word(word)
    )


def _is_kind_of_firm(noun: str) -> bool:
    return noun in data.words("organization_nouns.txt") and not is_body_word(noun)


def _is_office(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the last word says what somebody is ("Harland CEO", "Supreme Court Justice")."""
    if words[end - 2] in {"of", "for", "and", "&"} or is_given(words[start]):
        return False
    return words[end - 1].lower() in titles() and words[end - 1][-1] != "."


def _name_words(words: Sequence[str], start: int, end: int) -> tuple[str, ...]:
    """The words of a name without commas and without a nickname in quotation marks."""
    form = tuple(words[start:end])
    if _MARKS.isdisjoint(form) and "," not in form:
        return form
    kept: list[str] = []
    inside = False
    for k in range(start, end):
        if words[k] in _MARKS:
            inside = not inside
        elif not inside and words[k] != ",":
            kept.append(words[k])
    return tuple(kept)


def _proper(words: tuple[str, ...]) -> tuple[int, int] | None:
    """Which words of a run are the name without titles, letters and offices; None: none is."""
    start, end = _after_titles(words), len(words)
    if all(is_style(word) for word in words[start:]):
        return None
    letters = data.words("name_letters.txt")
    while end - start > 2 and words[end - 1].lower() in letters and words[end - 1][0].isupper():
        end -= 1
    while end - start > 1 and _is_office(words, start, end):
        end -= 1
    return start, end


def _after_titles(words: Sequence[str]) -> int:
    """The first word of the name proper: after the last title, party or nation before it."""
    first, end = 0, len(words)
    nations = data.words("demonyms.txt")
    organization = data.words("organization_words.txt")
    start = first
    last_title = -1
    for k in range(first, end - 1):
        named = is_given(words[k]) and (k + 1 < end - 1 or k == first)  # "Dean Bell"
        if is_style(words[k]) and not named:
            last_title = k
    if last_title >= 0 and end - last_title - 1 <= _MOST_NAME_WORDS:
        rest = range(last_title + 1, end)
        if not any(words[k].lower() in organization for k in rest):
            start = last_title + 1
    noun = words[first].lower() in person_nouns() and not is_given(words[first])
    if start == first and noun and end - first > 2:
        start = first + 1  # "Farmer Ana Duarte"
    while start < end - 1 and words[start].lower() in nations:
        if is_given(words[start]) and not is_given(words[start + 1]) and start > last_title:
            break  # "Christian Vold"
        start += 1
    unclear = start == first or (
        not is_given(words[start]) and is_common_word(words[start].lower())
    )
    if unclear and end - start > 2:
        for k in range(start + 1, end - 1):
            before = words[k - 1].lower()
            if before in data.words("name_particles.txt") or (
                before in data.words("family_names_first.txt") and k == start + 1
            ):
                continue
            if is_given(words[k]) and not is_given(before) and len(before) > 2:
                tail = range(k, end)
                if not any(
                    words[t].lower() in organization or words[t] in {"of", "for"} for t in tail
                ):
                    return k
    return start


def _kind_alone(run: Sequence[str], start: int, end: int) -> NameKind | None:
    """Person or organisation where the words of the run tell."""
    lower = [word.lower() for word in run[start:end]]
    organization = data.words("organization_words.txt")
    titled = start > 0 and is_style(run[0]) and len(lower) <= _MOST_NAME_WORDS
    if titled and (lower[-1] not in organization or len(lower) == 1):
        return "person"
    if any(w in organization for w in lower[1:]) or (len(lower) == 1 and lower[0] in organization):
        return "organization"
    if "&" in lower or "/" in lower or any(w in JOINERS for w in lower):
        return "organization"
    if len(lower) == 1:
        word = run[start]
        abbreviated = len(word) > 2 and word[-1] == "." and word not in titles()
        known = abbreviated or is_brand(word) or lower[0] in data.words("place_speakers.txt")
        return "organization" if known else None
    if is_given(lower[0]):
        return "person" if start else None
    surname = lower[0] in data.words("name_particles.txt")  # "Le Pen"
    common = is_common_word(lower[-1]) or _common_plural(lower[-1])
    if common and not surname and not _initial(lower):
        return "organization"
    place = lower[0] in data.words("place_speakers.txt")
    return "organization" if place or any("/" in w for w in lower) else None


def _kind(words: Sequence[str], tags: Sequence[str], first: int, start: int, end: int) -> NameKind:
    """Person or organisation, by the evidence of the words around the name."""
    the = start == first > 0 and words[first - 1].lower() == "the"
    goes_on = end < len(words) and words[end][0].islower()
    if end - start == 1:
        word = words[start]
        if word.isupper() and 2 <= len(word) <= 6 and not _between_capitals(words, start):
            return "organization"
        return "organization" if the and not goes_on else "unknown"
    if is_given(words[start]):
        modifies = goes_on and tags[end] in {"NN", "NNS"}
        return "organization" if the and not modifies else "person"
    if the:
        return "organization"
    if end - start <= 3 and all(words[k][0].isupper() for k in range(start, end)):
        age = end + 1 < len(words) and words[end] == "," and words[end + 1].isdigit()
        return "person" if age or _initial(words[start:end]) else "unknown"
    return "unknown"


def _common_plural(word: str) -> bool:
    return word[-1] == "s" and len(word) > 4 and is_common_word(word[:-1])


def _initial(words: Sequence[str]) -> bool:
    return any(len(w) == 2 and w[1] == "." for w in words)


def _between_capitals(words: Sequence[str], i: int) -> bool:
    """Whether a neighbour is in capitals too, so that capitals tell nothing."""
    near = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words)]
    return any(len(w) > 1 and w.isalpha() and w.isupper() for w in near)


def _relation(words: Sequence[str], opening: int, first: int, end: int) -> Gender:
    """The gender in "her brother Nils Brandvold" and "his wife, Elaine Pell,"."""
    before = first - 1
    if before > opening and words[before] == "," and words[end : end + 1] in _CLOSINGS:
        before -= 1
    return person_nouns().get(words[before].lower(), "n") if before >= opening else "n"


def _gender(title: Sequence[str], name: Sequence[str]) -> Gender:
    known = titles()
    for word in title:
        gender = known.get(word.lower(), "n")
        if gender != "n":
            return gender
    if len(name) > 1:
        return given_names().get(name[0].lower(), "n")
    return "n"
