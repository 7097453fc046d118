"""What an article tells of those it names: roles, ages, towns, and what bodies publish."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.speakers.lexicon import acting_verbs, parties, person_nouns, role_kinds, titles
from quotetrack.speakers.phrases import FINITE, descriptions
from quotetrack.speakers.predicates import is_accused, verb_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotetrack.speakers.entities import Bearer
    from quotetrack.speakers.naming import Name
    from quotetrack.text.layout import Layout

_LINKS = frozenset(("IN", "TO"))
_SEARCHED = 3
"""Mentions of a person that are searched for roles."""
_BESIDE = 9
"""Tokens around a name in which its town, party or firm is told."""
_ACCUSED = ("defendant", "accused", "suspect")


class Facts:
    """Who has which role, age and words beside the name."""

    def __init__(
        self,
        layout: Layout,
        tags: Sequence[str],
        names: Sequence[Name],
        of_name: Sequence[Bearer],
        at: Sequence[int],
    ) -> None:
        self._layout = layout
        self._tags = tags
        self.roles: dict[str, dict[int, Bearer]] = {}
        self.offices: dict[str, dict[int, Bearer]] = {}
        """As `roles`, without the wider words for a role."""
        self.ages: dict[str, dict[int, Bearer]] = {}
        self.former: set[int] = set()
        """Identities of those with a role that is past."""
        self.aged: set[int] = set()
        """Identities of those whose age is told: no other age can mean them."""
        self._of_bodies: list[tuple[Name, Bearer]] = []
        """The names of organisations."""
        self._searched: dict[int, list[Name]] = {}
        """Identity of a person -> the mentions searched for roles."""
        self._learn(names, of_name, at)

    def _learn(self, names: Sequence[Name], of_name: Sequence[Bearer], at: Sequence[int]) -> None:
        layout, words = self._layout, self._layout.words
        for name, bearer in zip(names, of_name, strict=True):
            if not bearer.person:
                self._of_bodies.append((name, bearer))
                continue
            searched = self._searched.setdefault(id(bearer), [])
            if len(searched) >= _SEARCHED:
                continue
            if bearer.titles and not searched:
                self._note(bearer, sorted(bearer.titles))
            searched.append(name)
            if name.last + 1 < len(words) and words[name.last] in {",", "("}:
                self._learn_behind(words[name.last], words[name.last + 1], bearer)
            for first, last in descriptions(layout, self._tags, name, at):
                former = words[first].lower() in data.words("past_roles.txt")
                text = " ".join(layout.text[layout.starts[first] : layout.ends[last - 1]].split())
                courtesy = text.lower().rstrip(".") in data.words("honorifics.txt")
                if text not in bearer.descriptions and not courtesy:
                    bearer.descriptions += (text,)
                self._note(bearer, self._own_words(first, last))
                if former:
                    self.former.add(id(bearer))
            stop = layout.sentences[layout.sentence_of[name.first]].last
            if is_accused(words, self._tags, name, stop):
                self._note(bearer, _ACCUSED)
            verb = verb_of(words, name, stop)
            if verb < stop and words[verb - 1] == "who":
                self._note(bearer, acting_verbs().get(words[verb], ()))

    def _learn_behind(self, mark: str, word: str, bearer: Bearer) -> None:
        """An age or a party right behind a name: ", 41" or "(D-Ohio"."""
        if mark == "," and word.isdigit():
            self._tell_age(f"{word}-year-old", bearer)
        letter, hyphen, _ = word.partition("-")
        if hyphen and letter.lower() in parties():
            self._note(bearer, [parties()[letter.lower()]])

    @cached_property
    def bodies(self) -> dict[str, dict[int, Bearer]]:
        """Word of a name -> the organisations that have it."""
        found: dict[str, dict[int, Bearer]] = {}
        for name, bearer in self._of_bodies:
            for word in name.words:
                found.setdefault(word.casefold(), {})[id(bearer)] = bearer
        return found

    @cached_property
    def made(self) -> dict[str, list[tuple[int, Bearer]]]:
        """Noun of a document -> where organisations' names stand before it."""
        words, documents = self._layout.words, data.words("document_nouns.txt")
        found: dict[str, list[tuple[int, Bearer]]] = {}
        for name, bearer in self._of_bodies:
            for word in words[name.last : name.last + 3]:
                if not word[0].isalnum():
                    break
                if word.lower() in documents:
                    found.setdefault(word.lower(), []).append((name.first, bearer))
        return found

    def beside(self, person: int) -> dict[str, int]:
        """The capitalised words near a person's names ("Vermont", "Republican"), how near."""
        layout = self._layout
        found: dict[str, int] = {}
        for name in self._searched[person]:
            found.update(dict.fromkeys(name.title.split(), 0))
            sentence = layout.sentences[layout.sentence_of[name.first]]
            stop = max(sentence.first - 1, name.first - _BESIDE)
            sides = (
                range(name.first - 1, stop, -1),
                range(name.last, min(sentence.last, name.last + _BESIDE)),
            )
            for side in sides:
                for word, distance in self._capitals(side):
                    found[word] = min(distance, found.get(word, distance))
        return found

    def _capitals(self, tokens: Iterable[int]) -> Iterator[tuple[str, int]]:
        """The capitalised words among some, up to the first verb, and how far they are.

        Those behind "and" are further than any before it: they may be another's.
        """
        joined = 0
        for distance, k in enumerate(tokens, 1):
            if self._tags[k] in FINITE:
                break
            if self._tags[k] == "CC":
                joined = _BESIDE
            if self._layout.words[k][0].isupper():
                yield self._layout.words[k], distance + joined

    def _own_words(self, first: int, last: int) -> list[str]:
        """The words of a description that tell of its bearer, not of "the mayor's aide"'s mayor."""
        tags, words = self._tags, self._layout.words
        own: list[str] = []
        linked = False
        for k in range(first, last):
            linked = tags[k] in _LINKS or (linked and tags[k] != "CC")
            if tags[k] == "POS" and not linked:
                own.clear()
            elif not linked:
                own.append(words[k].lower())
        return own

    def _note(self, bearer: Bearer, words: Sequence[str]) -> None:
        """Enter the roles among the words of a title or apposition."""
        for word in words:
            role = word.rstrip(".")
            if role.endswith("-year-old"):
                self._tell_age(role, bearer)
            party = role in data.words("demonyms.txt") and role in data.words("epithets.txt")
            if not (party or role in person_nouns() or role in titles() or word in titles()):
                continue
            kinds = (role, *role_kinds().get(role, ()))
            for kind in kinds:
                self.roles.setdefault(kind, {})[id(bearer)] = bearer
            for kind in kinds[: 2 if f"{role}." in titles() else 1]:
                self.offices.setdefault(kind, {})[id(bearer)] = bearer
            gender = person_nouns().get(role, "n")
            if bearer.gender == "n" and gender != "n":
                bearer.gender = gender

    def _tell_age(self, age: str, bearer: Bearer) -> None:
        self.ages.setdefault(age, {})[id(bearer)] = bearer
        self.aged.add(id(bearer))
