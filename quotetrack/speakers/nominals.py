"""Persons, groups and bodies without a name that the text speaks of: "a truck driver"."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quotetrack import data
from quotetrack.speakers.lexicon import Gender, is_people, person_nouns, singular

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENERS = frozenset(("DT", "PRP$", "CD", "NNS"))
_INSIDE = frozenset(("JJ", "JJR", "JJS", "NN", "NNP", "CD", "VBN", "VBG", "POS", "HYPH", "NNS"))
_LONGEST = 7
_LINKS = frozenset(("of", "at", "for", "from", "in", "with"))
_LINKED = 14


class Nominal(NamedTuple):
    """A noun phrase without a name, up to its head noun (tokens of the layout)."""

    first: int
    last: int
    gender: Gender
    """As a following "in his 50s" tells."""
    possessive: bool = False


def find_nominals(
    words: Sequence[str],
    tags: Sequence[str],
    at: Sequence[int],
    quoted: Sequence[int],
    until: int,
) -> list[Nominal]:
    """Noun phrases outside quotations whose head can speak, begun before a token, in order."""
    found: list[Nominal] = []
    n = len(words)
    done = 0
    for i in [i for i, tag in enumerate(tags[:until]) if tag in _OPENERS]:
        plural_alone = tags[i] == "NNS"
        if i < done or quoted[i] >= 0 or (plural_alone and at[i] >= 0):
            continue
        k = i if plural_alone else i + 1
        stop = min(n, i + _LONGEST)
        while k < stop and tags[k] in _INSIDE:
            if (
                tags[k] == "POS"
                and tags[i] == "DT"
                and at[k - 1] < 0
                and words[k - 1].lower() in person_nouns()
            ):
                found.append(Nominal(i, k, "n", possessive=True))
            k += 1
        last = k - 1
        if (
            tags[last] in {"NN", "NNS"}
            and at[last] < 0
            and (k >= n or at[k] < 0)
            and _can_speak(words[last])
        ):
            gender = _told(words, k)
            if gender != "n" and k + 2 < n and tags[k + 2] in {"CD", "NNS"}:
                k += 3  # "a driver in his 50s"
            found.append(Nominal(i, _with_links(words, tags, k), gender))
        done = max(k, i + 1)
    return found


@lru_cache(maxsize=1 << 14)
def _can_speak(noun: str) -> bool:
    return singular(noun.lower()) in _heads() or is_people(noun)


@cache
def _heads() -> frozenset[str]:
    return (
        frozenset(person_nouns())
        | data.words("group_nouns.txt")
        | data.words("organization_nouns.txt")
    )


def _with_links(words: Sequence[str], tags: Sequence[str], k: int) -> int:
    """The end of a subject with what is linked to it: "researchers at the institute found"."""
    end = k
    stop = min(len(tags), k + _LINKED)
    while end < stop and tags[end] == "IN" and words[end] in _LINKS:
        end += 1
        while end < stop and (tags[end] in _INSIDE or tags[end] == "DT"):
            end += 1
    return end if end < stop and tags[end] in {"VBD", "VBZ", "VBP", "MD"} else k


def _told(words: Sequence[str], k: int) -> Gender:
    """The gender in "in her 50s" right after."""
    if k + 1 >= len(words) or words[k] != "in":
        return "n"
    return "m" if words[k + 1] == "his" else "f" if words[k + 1] == "her" else "n"
