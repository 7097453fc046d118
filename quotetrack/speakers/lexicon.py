"""Word lists of the speakers stage, read once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, cast

from quotetrack import data

Gender = Literal["m", "f", "n"]
"""n: either, or not known."""


@cache
def given_names() -> dict[str, Gender]:
    """Lower-case given name -> the gender it suggests."""
    return _gendered("given_names.txt")


@cache
def titles() -> dict[str, Gender]:
    """Lower-case title -> the gender it tells."""
    return _gendered("titles.txt")


def is_body_word(word: str) -> bool:
    """Whether a word shows a name to be an organisation's."""
    return word.lower() in data.words("organization_words.txt")


def is_given(word: str) -> bool:
    """Whether it is a common given name."""
    return word.lower() in given_names()


@lru_cache(maxsize=1 << 14)
def is_title(word: str) -> bool:
    """Whether a lower-case word is a title, or one with a hyphen ("secretary-general")."""
    known = titles()
    return word in known or (
        "-" in word and any(part in known or part in person_nouns() for part in word.split("-"))
    )


def is_style(word: str) -> bool:
    """Whether a word as it stands can be a title before a name: "Mayor", "DI"."""
    return word in data.words("rank_letters.txt") or is_title(word.lower())


@lru_cache(maxsize=1 << 14)
def is_role(word: str) -> bool:
    """Whether a lower-case word is a noun or a title for one person."""
    return word in person_nouns() or is_title(word)


@lru_cache(maxsize=1 << 14)
def is_people(word: str) -> bool:
    """Whether it is "Democrats" or "Italians": many of a party, nation or faith."""
    known = data.words("demonyms.txt")
    lower = word.lower()
    regular = lower[-1:] == "s" and (lower[:-1] in known or f"{lower[:-3]}y" in known)
    return regular or lower in data.words("peoples.txt")


@lru_cache(maxsize=1 << 14)
def names_person(word: str) -> bool:
    """Whether a lower-case word is a noun, an epithet or a title for one person."""
    return word in person_nouns() or word in data.words("epithets.txt") or is_title(word)


@cache
def person_nouns() -> dict[str, Gender]:
    """Lower-case common noun for one person -> the gender it tells."""
    return _gendered("person_nouns.txt")


@cache
def role_kinds() -> dict[str, tuple[str, ...]]:
    """Lower-case role without full stop -> the other words for its bearer."""
    return {line.split()[0]: tuple(line.split()[1:]) for line in data.lines("role_kinds.txt")}


@cache
def acting_verbs() -> dict[str, tuple[str, ...]]:
    """Lower-case verb of "who chairs the council" -> what its subject is."""
    return {line.split()[0]: tuple(line.split()[1:]) for line in data.lines("acting_verbs.txt")}


@cache
def short_names() -> dict[str, frozenset[str]]:
    """Lower-case given name -> all that may be the same person's ("bill": william, will …)."""
    found: dict[str, set[str]] = {}
    for line in data.lines("short_names.txt"):
        for name in line.split():
            found.setdefault(name, set()).update(line.split())
    return {name: frozenset(others) for name, others in found.items()}


@cache
def parties() -> dict[str, str]:
    """Lower-case letter before a state ("D-Ohio") -> what its bearer is called."""
    return dict(
        cast("tuple[str, str]", tuple(line.split())) for line in data.lines("party_letters.txt")
    )


@cache
def turns() -> dict[str, str]:
    """Verb form -> "ask" or "reply": which of two speaks."""
    return dict(
        cast("tuple[str, str]", tuple(line.split())) for line in data.lines("turn_verbs.txt")
    )


@lru_cache(maxsize=1 << 14)
def singular(noun: str) -> str:
    """A plural noun's singular where the lists of nouns know it, else the word itself."""
    known = person_nouns()
    if noun in known or noun[-1:] != "s":
        return noun[:-3] + "man" if noun[-3:] == "men" else noun
    for ending, base in (("ies", "y"), ("es", ""), ("s", "")):
        if noun.endswith(ending):
            guess = noun[: -len(ending)] + base
            if guess in known or guess in titles() or guess in data.words("organization_nouns.txt"):
                return guess
    return noun


def _gendered(name: str) -> dict[str, Gender]:
    found: dict[str, Gender] = {}
    for line in data.lines(name):
        word, gender = line.split()
        found[word] = cast(Gender, gender)
    return found
