"""Names in a text: where they stand, what is title and what is name, person or not."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from quotetrack.speakers.acronyms import long_forms
from quotetrack.speakers.headlines import is_headline, names_in_headlines
from quotetrack.speakers.lexicon import given_names, is_body_word, is_people
from quotetrack.speakers.naming import Name, take_name
from quotetrack.speakers.runs import in_name, run_end
from quotetrack.text.tagger import is_common_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.layout import Layout

_ACTING = frozenset(("VBD", "VBZ", "VBP", "MD", "POS"))
_SHORTEST = 3
_LEAST_CAPITALS = 3
"""In a headline."""


def possible_names(words: Sequence[str], tags: Sequence[str]) -> list[int]:
    """The tokens that a name may begin with or be: capitalised, with a hyphen, or tagged so."""
    written = {word for word in set(words) if word[0].isupper() or "-" in word or word[0] in "@#"}
    return [i for i, word in enumerate(words) if word in written or tags[i] == "NNP"]


def tagged_as_nouns(
    words: Sequence[str], tags: Sequence[str], possible: Sequence[int]
) -> Sequence[str]:
    """The tags, "Democrats" and "Italians" as common nouns."""
    plural = [i for i in possible if tags[i] == "NNP" and is_people(words[i])]
    if not plural:
        return tags
    changed = list(tags)
    for i in plural:
        changed[i] = "NNS"
    return changed


def find_names(layout: Layout, tags: Sequence[str], possible: Sequence[int]) -> list[Name]:
    """The names of a text in reading order; they do not overlap.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token, as `tagged_as_nouns` gives it.
        possible: As `possible_names` gives it.
    """
    words = layout.words
    found: list[Name] = []
    headlines = []
    spelled_out = long_forms(words, possible)
    k = 0
    for sentence in layout.sentences:
        stop = bisect_left(possible, sentence.last, k)
        here = possible[k:stop]
        k = stop
        many = len(here) >= max(_LEAST_CAPITALS, (sentence.last - sentence.first) // 3)
        if many and is_headline(words, tags, sentence.first, sentence.last):
            headlines.append(sentence)
            continue
        end = sentence.first
        for i in here:
            if i < end:
                continue
            if i in spelled_out:
                end = spelled_out[i]
                form = tuple(words[i:end])
                found.append(Name(i, i, end, form, "", "organization", "n", possessive=False))
            elif in_name(words, tags, i):
                end = run_end(words, tags, i, sentence.last)
                found += take_name(layout, tags, i, end)
    found = _parted(words, found)
    found += names_in_headlines(layout, headlines, found)
    found += _missed(layout, tags, found, possible)
    found.sort(key=lambda name: name.first)
    return _couples(words, found)


def _parted(words: Sequence[str], names: Sequence[Name]) -> list[Name]:
    """ "At the Coastal Agency Duarte said": a body, and a last name known from elsewhere."""
    last_words = {name.words[-1] for name in names if name.kind == "person" and len(name.words) > 1}
    parted: list[Name] = []
    for name in names:
        if (
            name.kind == "organization"
            and len(name.words) > 2
            and name.words[-1] in last_words
            and words[name.last - 2].isalpha()
            and is_body_word(name.words[-2])
        ):
            cut = name.last - 1
            parted.append(name._replace(last=cut, words=name.words[:-1], possessive=False))
            last = name.words[-1:]
            parted.append(Name(cut, cut, cut + 1, last, "", "unknown", "n", name.possessive))
        else:
            parted.append(name)
    return parted


def _couples(words: Sequence[str], names: list[Name]) -> list[Name]:
    """ "Tom" of "Tom and Ivy Sands" is Tom Sands."""
    joined = [
        (k, one, two)
        for k, (one, two) in enumerate(pairwise(names))
        if two.first == one.last + 1 and words[one.last] == "and"
    ]
    if not joined:
        return names
    last_words = {name.words[-1] for name in names if len(name.words) > 1}
    for k, one, two in joined:
        if len(one.words) > 1 or one.title:
            continue
        first, second = one.words[0], two.words[0]
        if first in last_words or len(two.words) != 2 or two.kind != "person" or two.title:
            continue
        if given_names().get(first.lower()) and given_names().get(second.lower()):
            gender = given_names()[first.lower()]
            names[k] = one._replace(words=(first, two.words[1]), kind="person", gender=gender)
    return names


def _missed(
    layout: Layout, tags: Sequence[str], known: Sequence[Name], possible: Sequence[int]
) -> list[Name]:
    """Last names, first words of bodies and acronyms, known already, whose tag told nothing."""
    short, doubtful = set(), set()
    for name in known:
        if len(name.words) > 1:
            word = name.words[0 if name.kind == "organization" else -1]
            if len(word) >= _SHORTEST and not is_common_word(word.lower()):
                short.add(word)
            if name.words[-1][0].isupper():
                doubtful.add(name.words[-1])  # "Price" of "Dom Price", where a verb follows
            if name.kind == "unknown" and len(name.words[0]) >= _SHORTEST:
                known_first = is_common_word(name.words[0].lower())
                (doubtful if known_first else short).add(name.words[0])
        elif name.words[0].isupper() and len(name.words[0]) > 1:
            short.add(name.words[0])
    short |= {word.upper() for word in short}
    covered = {k for name in known for k in range(name.first, name.last)}
    words = layout.words
    return [
        Name(i, i, i + 1, (words[i],), "", "unknown", "n", words[i + 1 : i + 2] in (["'s"], ["’s"]))
        for i in possible
        if (words[i] in short or (words[i] in doubtful and _acts(tags, i))) and i not in covered
    ]


def _acts(tags: Sequence[str], i: int) -> bool:
    """Whether a verb or a possessive follows, so that "Storm" is somebody."""
    return i + 1 < len(tags) and tags[i + 1] in _ACTING
