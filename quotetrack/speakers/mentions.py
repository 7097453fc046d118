"""Names in a text: where they stand, what is title and what is name, person or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotetrack import data
from quotetrack.speakers.lexicon import Gender, given_names, titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.layout import Layout

NameKind = Literal["person", "organization", "unknown"]

_JOINERS = frozenset(("of", "for"))
_LONGEST = 12
_MOST_NAME_WORDS = 4


@dataclass(slots=True, frozen=True)
class Name:
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


def find_names(layout: Layout, tags: Sequence[str]) -> list[Name]:
    """The names of a text in reading order; they do not overlap."""
    found: list[Name] = []
    for sentence in layout.sentences:
        i = sentence.first
        while i < sentence.last:
            if _in_name(layout.words, tags, i):
                end = _run_end(layout.words, tags, i, sentence.last)
                found += _split(layout, tags, i, end)
                i = end
            else:
                i += 1
    return found


def _in_name(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether a name can begin, or go on, with the token."""
    word = words[i]
    if tags[i] == "NNP":
        return word[0].isalnum() or word[0] in "@#"
    if not word[0].isupper():
        return False
    lower = word.lower()
    return (
        lower in titles()
        and lower[-1] == "."
        or (tags[i] in {"NN", "JJ", "NNS", "VBN"} and lower in given_names())
    )


def _run_end(words: Sequence[str], tags: Sequence[str], i: int, stop: int) -> int:
    """Where the run of name words that begins at token i ends."""
    organization = data.words("organization_words.txt")
    particles = data.words("name_particles.txt")
    stop = min(stop, i + _LONGEST)
    joined = False
    k = i + 1
    while k < stop:
        word = words[k]
        if _in_name(words, tags, k) or (
            words[k][0].isupper()
            and tags[k] in {"NNS", "JJ", "NN", "CD"}
            and tags[k - 1] == "NNP"
            and words[k].lower() not in _stop_words()
        ):
            k += 1
            continue
        following = (
            k + 1 < stop and words[k + 1][0].isupper() and tags[k + 1] in {"NNP", "NNS", "NN"}
        )
        further = k + 2 < stop and words[k + 1] == "the" and words[k + 2][0].isupper()
        if word in particles and (following or (k + 2 < stop and words[k + 1] in particles)):
            k += 1
        elif word == "&" and following:
            k += 2
        elif word in _JOINERS and (following or further) and _has_word(words, i, k, organization):
            joined = True
            k += 3 if further and not following else 2
        elif word == "and" and joined and following and not _given(words[k + 1]):
            k += 2
        elif (
            word == "," and k + 1 < stop and words[k + 1].lower() in data.words("name_suffixes.txt")
        ):
            k += 2
        elif word in {"“", '"'} and k + 2 < stop and words[k + 2] in {"”", '"'} and following:
            k += 3  # a nickname
        else:
            break
    return k


def _stop_words() -> frozenset[str]:
    return data.words("sentence_openers.txt")


def _given(word: str) -> bool:
    return word.lower() in given_names()


def _has_word(words: Sequence[str], first: int, last: int, wanted: frozenset[str]) -> bool:
    return any(words[k].lower() in wanted for k in range(first, last))


def _split(layout: Layout, tags: Sequence[str], first: int, end: int) -> list[Name]:
    """The name in a run, with its titles; none where only titles stand."""
    words = layout.words
    start = _after_titles(words, first, end)
    if start >= end:
        start = first
        if end - first > 1 or words[first].lower() in _common_titles():
            return []
    kind = _kind(words, first, start, end)
    if kind == "organization":
        start = first
        if words[start].lower().rstrip(".") in {"mr", "mrs", "ms"}:
            start += 1
    name = tuple(w for w in words[start:end] if w not in {"“", "”", '"', ","})
    if not name:
        return []
    title = " ".join(words[first:start])
    gender = _gender(words, first, start, name) if kind != "organization" else "n"
    possessive = end < len(words) and tags[end] == "POS"
    return [Name(first, start, end, name, title, kind, gender, possessive)]


def _common_titles() -> frozenset[str]:
    """Titles that are ordinary words: alone they name nobody."""
    return frozenset(titles())


def _after_titles(words: Sequence[str], first: int, end: int) -> int:
    """The first word of the name proper: after the last title, party or nation before it."""
    known, nations = titles(), data.words("demonyms.txt")
    organization = data.words("organization_words.txt")
    start = first
    last_title = -1
    for k in range(first, end - 1):
        lower = words[k].lower()
        if lower in known and not (_given(words[k]) and k + 1 < end - 1):
            last_title = k
    if last_title >= 0 and end - last_title - 1 <= _MOST_NAME_WORDS:
        rest = range(last_title + 1, end)
        if not any(words[k].lower() in organization for k in rest):
            start = last_title + 1
    while start < end - 1 and words[start].lower() in nations:
        start += 1
    if start == first and end - first > 2:
        for k in range(first + 1, end - 1):
            if _given(words[k]) and not _given(words[k - 1]) and len(words[k - 1]) > 2:
                tail = range(k, end)
                if not any(
                    words[t].lower() in organization or words[t] in {"of", "for"} for t in tail
                ):
                    return k
    return start


def _kind(words: Sequence[str], first: int, start: int, end: int) -> NameKind:
    """Person or organisation, by the evidence of the words in and around the name."""
    lower = [words[k].lower() for k in range(start, end)]
    organization = data.words("organization_words.txt")
    titled = start > first
    titled = titled and words[first].lower() in titles() and end - start <= _MOST_NAME_WORDS
    if titled and (lower[-1] not in organization or len(lower) == 1):
        return "person"
    if any(w in organization for w in lower[1:]) or (len(lower) == 1 and lower[0] in organization):
        return "organization"
    if "&" in lower or any(w in _JOINERS for w in lower):
        return "organization"
    before = words[first - 1].lower() if first else ""
    if len(lower) > 1 and _given(lower[0]) and before != "the":
        return "person"
    if lower[0] in data.words("place_speakers.txt"):
        return "organization"
    if len(lower) == 1:
        word = words[start]
        if word.isupper() and 2 <= len(word) <= 6 and not _between_capitals(words, start):
            return "organization"
        if before == "the":
            return "organization"
        return "unknown"
    if before == "the" or any("/" in w for w in lower):
        return "organization"
    if 2 <= len(lower) <= 3 and all(words[k][0].isupper() for k in range(start, end)):
        age = end + 1 < len(words) and words[end] == "," and words[end + 1].isdigit()
        initial = any(len(w) == 2 and w[1] == "." for w in lower)
        return "person" if age or initial else "unknown"
    return "unknown"


def _between_capitals(words: Sequence[str], i: int) -> bool:
    """Whether a neighbour is in capitals too, so that capitals tell nothing."""
    near = [words[k] for k in (i - 1, i + 1) if 0 <= k < len(words)]
    return any(len(w) > 1 and w.isalpha() and w.isupper() for w in near)


def _gender(words: Sequence[str], first: int, start: int, name: Sequence[str]) -> Gender:
    known = titles()
    for k in range(first, start):
        gender = known.get(words[k].lower(), "n")
        if gender != "n":
            return gender
    if len(name) > 1:
        return given_names().get(name[0].lower(), "n")
    return "n"
