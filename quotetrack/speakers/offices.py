"""Offices and letters around a name: which word of a source phrase heads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.speakers.lexicon import is_role, names_person, person_nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.speakers.naming import Name

BREAKS = frozenset((",", "—", "–", "--", "(", "-LRB-", ";", ":"))
LINKS = frozenset(("IN", "TO", "VBG", "VBN"))


def letters_of(words: Sequence[str], k: int, name: Name) -> bool:
    """Whether "MP" belongs to a name before it: "Ana Duarte MP", not "the Marlow MP"."""
    the = name.first > 0 and words[name.first - 1].lower() == "the"
    return words[k].lower() in data.words("name_letters.txt") and not the


def named_so(words: Sequence[str], start: int, end: int, at: Sequence[int]) -> int | None:
    """The name in "a dockworker named Ana Duarte", "a newly formed group called Clean Bays"."""
    for k in range(start + 1, end - 1):
        if at[k] >= 0:
            return None
        if at[k + 1] >= 0:
            return at[k + 1] if words[k] in data.words("naming_verbs.txt") else None
    return None


def office(
    words: Sequence[str], tags: Sequence[str], start: int, end: int, at: Sequence[int]
) -> int | None:
    """The name after an office that other words describe ("Algerian ministry spokesman …")."""
    for k in range(start, end):
        if at[k] >= 0:
            if k > start and at[k - 1] < 0 and words[k - 1].lower() in person_nouns():
                return at[k]
        elif tags[k] in LINKS and k > start and at[k - 1] < 0:
            if names_person(words[k - 1].lower()):
                return None  # "a spokesman for candidate Ana Duarte"
        elif tags[k] == "CC" or words[k] in BREAKS:
            return None
    return None


def goes_on(
    words: Sequence[str],
    tags: Sequence[str],
    k: int,
    end: int,
    at: Sequence[int],
    names: Sequence[Name],
) -> bool:
    """Whether an office, or a second one, goes on at "of" or "and", right up to a name."""
    name = next((t for t in range(k + 1, end) if at[t] >= 0), end)
    if name == end:
        return False
    first = names_person(words[k - 1].lower())
    if name == k + 1:  # "chairman and CEO Ana Duarte"
        return tags[k] == "CC" and first and bool(names[at[name]].title)
    if words[k : k + 2] == ["of", "the"]:
        if name == k + 2:  # "leader of the Opposition Ana Duarte", not "of the Left Bloc"
            return first and bool(names[at[name]].title)
        k += 1
    if any(tags[t] not in {"NN", "NNS", "JJ", "NNP"} for t in range(k + 1, name)):
        return False
    office = names_person(words[name - 1].lower())
    if tags[k] == "CC":
        return office and (first or at[k - 1] >= 0)
    return first and words[k] in {"of", "the"} and not office


def modify_together(tags: Sequence[str], k: int, end: int, at: Sequence[int]) -> bool:
    """Whether one noun after "and" and a second name has both names before it."""
    return (
        end - k > 2 and tags[end - 1] == "NNS" and at[end - 1] < 0 <= at[end - 2] and at[k + 1] >= 0
    )


def named_before(words: Sequence[str], tags: Sequence[str], first: int, end: int) -> bool:
    """Whether all before the last word is a name with a small word ("the Bay of Lights star")."""
    if end - first < 3 or not (tags[first] == tags[end - 2] == "NNP" and is_role(words[end - 1])):
        return False
    return all(tags[k] == "NNP" or words[k] in {"of", "and", "the"} for k in range(first, end - 1))
