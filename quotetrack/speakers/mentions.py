"""Names in a text: where they stand, what is title and what is name, person or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from quotetrack import data
from quotetrack.speakers.acronyms import long_forms
from quotetrack.speakers.lexicon import (
    Gender,
    given_names,
    is_people,
    is_title,
    names_person,
    person_nouns,
    titles,
)
from quotetrack.text.tagger import is_common_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.layout import Layout, Sentence

NameKind = Literal["person", "organization", "unknown"]

_JOINERS = frozenset(("of", "for"))
_LEADING = frozenset(("NN", "NNS", "JJ", "VBG"))
_PLACING = frozenset(("in", "at", "near", "into", "across", "around", "through"))
_LINKING = frozenset(("of", "from", "to"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NICKNAMES = {"“": "”", '"': '"', "(": ")", "‘": "’"}
"""Marks around a nickname in the midst of a name."""
_MARKS = frozenset((*_NICKNAMES, *_NICKNAMES.values()))
_CLOSINGS = ([","], ["."], [")"], [";"])
_LONGEST = 12
_SHORTEST = 3
_ALL_CAPITALISED = 0.75
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
    placed: bool = False
    """After a preposition of place such as "in"."""
    linked: bool = False
    """After "of", "from" or "to"."""


def find_names(layout: Layout, tags: Sequence[str]) -> list[Name]:
    """The names of a text in reading order; they do not overlap."""
    found: list[Name] = []
    headlines = []
    spelled_out = long_forms(layout.words)
    for sentence in layout.sentences:
        if _is_headline(layout.words, tags, sentence.first, sentence.last):
            headlines.append(sentence)
            continue
        i = sentence.first
        while i < sentence.last:
            if i in spelled_out:
                end = spelled_out[i]
                form = tuple(layout.words[i:end])
                found.append(Name(i, i, end, form, "", "organization", "n", possessive=False))
                i = end
            elif _in_name(layout.words, tags, i):
                end = _run_end(layout.words, tags, i, sentence.last)
                found += _split(layout, tags, i, end)
                i = end
            else:
                i += 1
    found += _in_headlines(layout, headlines, found)
    found += _missed(layout, tags, found)
    found.sort(key=lambda name: name.first)
    return _couples(layout.words, found)


def _couples(words: Sequence[str], names: list[Name]) -> list[Name]:
    """ "Tom" of "Tom and Ivy Sands" is Tom Sands."""
    last_words = {name.words[-1] for name in names if len(name.words) > 1}
    for k in range(len(names) - 1):
        one, two = names[k], names[k + 1]
        if len(one.words) > 1 or one.title or words[one.last : two.first] != ["and"]:
            continue
        first, second = one.words[0], two.words[0]
        if first in last_words or len(two.words) != 2 or two.kind != "person" or two.title:
            continue
        if given_names().get(first.lower()) and given_names().get(second.lower()):
            gender = given_names()[first.lower()]
            names[k] = replace(one, words=(first, two.words[1]), kind="person", gender=gender)
    return names


def _missed(layout: Layout, tags: Sequence[str], known: Sequence[Name]) -> list[Name]:
    """Last names, first words of bodies and acronyms, known already, whose tag told nothing."""
    short, doubtful = set(), set()
    for name in known:
        if len(name.words) > 1:
            word = name.words[0 if name.kind == "organization" else -1]
            if len(word) >= _SHORTEST and not is_common_word(word.lower()):
                short.add(word)
            elif name.kind == "person" and word[0].isupper():
                doubtful.add(word)
        elif name.words[0].isupper() and len(name.words[0]) > 1:
            short.add(name.words[0])
    short |= {word.upper() for word in short}
    covered = {k for name in known for k in range(name.first, name.last)}
    words = layout.words
    return [
        Name(i, i, i + 1, (word,), "", "unknown", "n", words[i + 1 : i + 2] in (["'s"], ["’s"]))
        for i, word in enumerate(words)
        if (word in short or (word in doubtful and _acts(tags, i))) and i not in covered
    ]


def _acts(tags: Sequence[str], i: int) -> bool:
    """Whether a verb or a possessive follows, so that "Storm" is somebody."""
    return i + 1 < len(tags) and tags[i + 1] in {*_FINITE, "POS"}


def _is_headline(words: Sequence[str], tags: Sequence[str], first: int, last: int) -> bool:
    """Whether nearly every longer word is capitalised, so that capitals tell nothing."""
    longer = [w for w in words[first:last] if len(w) > 3 and w.isalpha()]
    if len(longer) <= 3 or sum(w[0].isupper() for w in longer) < _ALL_CAPITALISED * len(longer):
        return False
    return not any(tags[k] in _FINITE and words[k].islower() for k in range(first, last))


def headline_names(words: Sequence[str]) -> list[Name]:
    """Full names of persons in a title, where capitals tell nothing: known given names lead."""
    found = []
    for i in range(len(words) - 1):
        one, two = words[i].lower(), words[i + 1]
        if one in given_names() and words[i][0].isupper() and two[0].isupper() and len(two) > 2:
            if is_common_word(two.lower()) or two.lower() in data.words("organization_words.txt"):
                continue
            form = (words[i], two)
            title = words[i - 1] if i and names_person(words[i - 1].lower()) else ""
            found.append(
                Name(i, i, i + 2, form, title, "person", given_names()[one], possessive=False)
            )
    return found


def _in_headlines(
    layout: Layout, headlines: Sequence[Sentence], known: Sequence[Name]
) -> list[Name]:
    """Names in headlines: those that the text proper has, whole or by their last word."""
    by_word: dict[str, Name] = {}
    for one in known:
        if one.words[-1][0].isupper():
            by_word.setdefault(one.words[-1].casefold(), one)
    words = layout.words
    found = []
    for sentence in headlines:
        i = sentence.first
        while i < sentence.last:
            name = by_word.get(words[i].casefold()) if words[i][0].isupper() else None
            if name is None or (len(name.words) == 1 and is_common_word(words[i].lower())):
                i += 1
                continue
            start = i
            for word in reversed(name.words[:-1]):
                if start > sentence.first and words[start - 1].casefold() == word.casefold():
                    start -= 1
            form = tuple(words[start : i + 1])
            possessive = i + 1 < len(words) and words[i + 1] in {"'s", "’s"}
            found.append(Name(start, start, i + 1, form, "", name.kind, name.gender, possessive))
            i += 1
    return found


def _in_name(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether a name can begin, or go on, with the token."""
    word = words[i]
    if word[-1] == "s" and is_people(word):
        return False
    if word.lower() in data.words("calendar_names.txt") and not _month_as_name(words, tags, i):
        return False
    if tags[i] == "NNP":
        if word.lower() in data.words("demonyms.txt"):
            return _goes_on(words, tags, i)
        if len(word) == 1 and not (i + 1 < len(words) and tags[i + 1] == "NNP"):
            return False
        return word[0].isalnum() or word[0] in "@#"
    if _has_particle(word):
        return True
    if not word[0].isupper():
        return False
    lower = word.lower()
    leads = i + 1 < len(words) and tags[i + 1] == "NNP" and words[i + 1][0].isupper()
    if leads and tags[i] in _LEADING and lower not in data.words("sentence_openers.txt"):
        return lower not in data.words("demonyms.txt")
    return (lower in titles() and lower[-1] == ".") or (
        tags[i] in {"NN", "JJ", "NNS", "VBN"} and lower in given_names()
    )


def _has_particle(word: str) -> bool:
    """Whether it is a name such as "al-Hadid"."""
    particle, hyphen, rest = word.partition("-")
    return (
        bool(hyphen)
        and rest[:1].isupper()
        and (particle.lower() in data.words("name_particles.txt"))
    )


def _month_as_name(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether "May" or "April" is somebody's: a name or title stands before, no number after."""
    if i + 1 < len(words) and words[i + 1][0].isdigit():
        return False
    before = words[i - 1].lower() if i and words[i - 1][0].isupper() else ""
    return (
        before in given_names()
        or before in titles()
        or (i + 1 < len(words) and words[i].lower() in given_names() and tags[i + 1] == "NNP")
    )


def _goes_on(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether an adjective of nation or party is part of a name ("American Red Cross")."""
    noun = words[i].lower() in data.words("epithets.txt")
    before = not noun and i > 0 and tags[i - 1] == "NNP" and words[i - 1][0].isupper()
    after = i + 1 < len(words) and tags[i + 1] == "NNP" and words[i + 1][0].isupper()
    return before or (after and not is_people(words[i + 1]))


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
            and not is_people(words[k])
            and words[k].lower() not in _stop_words()
        ):
            k += 1
            continue
        following = (
            k + 1 < stop and words[k + 1][0].isupper() and tags[k + 1] in {"NNP", "NNS", "NN"}
        )
        further_on = k + 3 < stop and words[k + 3][0].isupper() and tags[k + 3] == "NNP"
        further = k + 2 < stop and words[k + 1] == "the" and words[k + 2][0].isupper()
        if word in particles and k + 1 < stop and words[k + 1][0].isupper():
            k += 2
        elif word in particles and k + 2 < stop and words[k + 1] in particles:
            k += 1
        elif word in {"&", "/"} and following:
            k += 2
        elif word in _JOINERS and (following or further) and _has_word(words, i, k, organization):
            joined = True
            k += 3 if further and not following else 2
        elif (
            word == "and"
            and following
            and not _given(words[k + 1])
            and (joined or _one_body(words, tags, i, k, stop))
        ):
            joined = True
            k += 2
        elif (
            word == "," and k + 1 < stop and words[k + 1].lower() in data.words("name_suffixes.txt")
        ):
            k += 2
        elif word in _NICKNAMES and words[k + 2 : k + 3] == [_NICKNAMES[word]] and further_on:
            k += 3
        else:
            break
    return k


def _one_body(words: Sequence[str], tags: Sequence[str], i: int, k: int, stop: int) -> bool:
    """Whether "the A and B" goes on to a word for an organisation ("… and Trade Commission")."""
    acronym = k - i == 1 and words[i].isupper()
    if not i or words[i - 1].lower() != "the" or k - i > 2 or acronym:
        return False
    end = k + 1
    while end < stop and (tags[end] == "NNP" or (tags[end] == "JJ" and words[end][0].isupper())):
        end += 1
    last = words[end - 1].lower()
    return end - k > 2 and last in data.words("organization_words.txt")


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
    if all(is_title(words[k].lower()) for k in range(start, end)):
        return []
    if end - start == 1 and tags[start] != "NNP" and is_common_word(words[start].lower()):
        return []
    opens = layout.sentences[layout.sentence_of[first]].first == first
    if (
        opens
        and end - first == 1
        and tags[first] == "NNP"
        and words[first][-1] == "s"
        and (is_common_word(words[first].lower()))
    ):
        return []  # a plural that begins a sentence
    while end - start > 1 and _is_office(words, start, end):
        end -= 1
    kind = _kind(words, first, start, end)
    if kind == "organization":
        start = first
        if words[start].lower().rstrip(".") in {"mr", "mrs", "ms"}:
            start += 1
    name = _name_words(words, start, end)
    if not name:
        return []
    if start > first > 1 and words[first - 1] in _JOINERS and is_title(words[first - 2].lower()):
        first -= 2  # "secretary of State Ana Duarte"
    title = " ".join(words[first:start])
    gender = _gender(words, first, start, name) if kind != "organization" else "n"
    if gender == "n" and kind != "organization":
        gender = _relation(words, layout.sentences[layout.sentence_of[first]].first, first, end)
    possessive = end < len(words) and tags[end] == "POS"
    before = words[first - 1].lower() if first else ""
    placed, linked = before in _PLACING, before in _LINKING
    return [Name(first, start, end, name, title, kind, gender, possessive, placed, linked)]


def _is_office(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the last word says what somebody is ("Harland CEO", "Supreme Court Justice")."""
    if words[end - 2] in {"of", "for", "and", "&"} or _given(words[start]):
        return False
    return words[end - 1].lower() in titles() and words[end - 1][-1] != "."


def _name_words(words: Sequence[str], start: int, end: int) -> tuple[str, ...]:
    """The words of a name without commas and without a nickname in quotation marks."""
    kept: list[str] = []
    inside = False
    for k in range(start, end):
        if words[k] in _MARKS:
            inside = not inside
        elif not inside and words[k] != ",":
            kept.append(words[k])
    return tuple(kept)


def _after_titles(words: Sequence[str], first: int, end: int) -> int:
    """The first word of the name proper: after the last title, party or nation before it."""
    nations = data.words("demonyms.txt")
    organization = data.words("organization_words.txt")
    start = first
    last_title = -1
    for k in range(first, end - 1):
        lower = words[k].lower()
        if is_title(lower) and not (_given(words[k]) and k + 1 < end - 1):
            last_title = k
    if last_title >= 0 and end - last_title - 1 <= _MOST_NAME_WORDS:
        rest = range(last_title + 1, end)
        if not any(words[k].lower() in organization for k in rest):
            start = last_title + 1
    while start < end - 1 and words[start].lower() in nations:
        if _given(words[start]) and not _given(words[start + 1]) and start > last_title:
            break  # "Christian Vold"
        start += 1
    unclear = start == first or (not _given(words[start]) and is_common_word(words[start].lower()))
    if unclear and end - start > 2:
        for k in range(start + 1, end - 1):
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
    titled = titled and is_title(words[first].lower()) and end - start <= _MOST_NAME_WORDS
    if titled and (lower[-1] not in organization or len(lower) == 1):
        return "person"
    if any(w in organization for w in lower[1:]) or (len(lower) == 1 and lower[0] in organization):
        return "organization"
    if "&" in lower or "/" in lower or any(w in _JOINERS for w in lower):
        return "organization"
    before = words[first - 1].lower() if first and start == first else ""
    if len(lower) > 1 and _given(lower[0]) and before != "the":
        return "person"
    if lower[0] in data.words("place_speakers.txt"):
        return "organization"
    if len(lower) == 1:
        word = words[start]
        if len(word) > 2 and word[-1] == "." and word not in titles():
            return "organization"  # an abbreviated place
        if word.isupper() and 2 <= len(word) <= 6 and not _between_capitals(words, start):
            return "organization"
        if before == "the" and not (end < len(words) and words[end][0].islower()):
            return "organization"
        return "unknown"
    if before == "the" or any("/" in w for w in lower):
        return "organization"
    if (is_common_word(lower[-1]) or _common_plural(lower[-1])) and not _initial(lower):
        return "organization"
    if 2 <= len(lower) <= 3 and all(words[k][0].isupper() for k in range(start, end)):
        age = end + 1 < len(words) and words[end] == "," and words[end + 1].isdigit()
        return "person" if age or _initial(lower) else "unknown"
    return "unknown"


def _common_plural(word: str) -> bool:
    return word[-1] == "s" and len(word) > 4 and is_common_word(word[:-1])


def _initial(lower: Sequence[str]) -> bool:
    return any(len(w) == 2 and w[1] == "." for w in lower)


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


def _gender(words: Sequence[str], first: int, start: int, name: Sequence[str]) -> Gender:
    known = titles()
    for k in range(first, start):
        gender = known.get(words[k].lower(), "n")
        if gender != "n":
            return gender
    if len(name) > 1:
        return given_names().get(name[0].lower(), "n")
    return "n"
