"""Names that mean the same: one entity for "Ana Duarte", "Ms. Duarte" and "Duarte".

Two passes: full names make the entities, then shorter names find their bearers, so that a
last name in the first sentence meets the full name of the second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.speakers.lexicon import (
    Gender,
    given_names,
    is_body_word,
    short_names,
    titles,
)
from quotetrack.text.tagger import is_common_word

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from quotetrack.models import SpeakerKind
    from quotetrack.speakers.naming import Name

_SHORTEST_ACRONYM = 2
_WITH_MOTHERS_NAME = 3
"""Words at least of a Spanish name in full."""
_SMALL_WORDS = frozenset(("of", "for", "and", "the", "&", "in", "on"))


@dataclass(slots=True)
class Bearer:
    """An entity while names are being gathered."""

    words: tuple[str, ...]
    """The fullest name."""
    person: bool
    gender: Gender = "n"
    kind: SpeakerKind = "unnamed"
    names: list[Name] = field(default_factory=list)
    mentions: set[tuple[int, int]] = field(default_factory=set)
    """Token ranges of names and of resolved descriptions and pronouns."""
    descriptions: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()
    """Lower-case words of titles and roles: what "the senator" asks for."""
    styles: frozenset[str] = frozenset()
    """Whole titles, lower case."""
    certain: bool = False
    """Some mention showed the kind."""
    styled: bool = False
    """Called "Mrs. Duarte" or "Ms. Duarte" somewhere."""
    placings: int = 0
    """How many mentions stand after a preposition of place such as "in"."""
    linkings: int = 0
    """How many stand after "of", "from" or "to"."""
    headlined: bool = False
    """Named in full in the title: the article is about them."""
    phrase: str | None = None
    """For sources without a name: the words that describe them."""

    @property
    def placed(self) -> bool:
        """Whether it is rather where things happen than who does them."""
        return 2 * self.placings > len(self.names)

    @property
    def name(self) -> str:
        return self.phrase if self.phrase is not None else _joined(self.words)


def _joined(words: Sequence[str]) -> str:
    name = " ".join(words)
    for mark in ("’", "'"):
        if mark in name:
            name = name.replace(f" {mark}s ", f"{mark}s ").replace(f"s {mark} ", f"s{mark} ")
            name = name.replace(f" {mark} ", mark)
    return name.replace(" / ", "/")


def gather(names: Sequence[Name], headline: Sequence[Name]) -> tuple[list[Bearer], list[Bearer]]:
    """The entities that names make, and the entity of each name of the text.

    Args:
        names: Of the text, in order.
        headline: Of the title; they lend their full forms, no mentions.
    """
    people = _People()
    bodies = _Bodies()
    everyone = [*headline, *names]
    settled = {
        n.words[0].casefold() for n in everyone if len(n.words) == 1 and not (n.placed or n.linked)
    }
    for name in everyone:
        if name.kind == "organization":
            if len(name.words) > 1:
                bodies.enter(name)
        elif len(name.words) > 1:
            people.enter(name)
    of_name: list[Bearer] = []
    for place, name in enumerate(everyone):
        bearer = _bearer(name, people, bodies, settled)
        if place >= len(headline):
            of_name.append(bearer)
            bearer.names.append(name)
            bearer.placings += name.placed
            bearer.linkings += name.linked
            bearer.mentions.add((name.first, name.last))
        elif len(name.words) > 1:
            bearer.headlined = True
        bearer.certain = bearer.certain or name.kind != "unknown"
        if name.title:
            title = name.title.lower()
            if len(name.words) == 1 and titles().get(title, "n") == "f":
                bearer.styled = True
            if title not in bearer.styles:
                bearer.styles |= {title}
                bearer.titles |= set(title.replace(".", "").split())
    found = [*people.all, *bodies.all]
    for bearer in found:
        family = len(bearer.words) == 1 and people.family(bearer.words[0])
        bearer.kind = "group" if family else "person" if bearer.person else "organization"
    return found, of_name


def _bearer(name: Name, people: _People, bodies: _Bodies, settled: Container[str]) -> Bearer:
    if name.kind == "organization":
        person = people.by_part(name) if len(name.words) == 1 else None
        if person is not None and len(person.words) > 1:
            return person
        return bodies.find(name) or bodies.add(name)
    if len(name.words) == 1:
        person = people.by_part(name)
        if person is not None:
            return person
        if people.family(name.words[0]):
            return bodies.find(name) or bodies.add(name)
        body = bodies.find(name)
        if body is not None and name.kind == "unknown":
            return body
        word = name.words[0].casefold()
        if name.kind == "unknown" and (word not in settled or is_common_word(word)):
            return bodies.add(name)  # only ever in, of or from it: a place
        return people.add(name, person=True)
    return people.find(name) or bodies.find(name) or people.add(name, person=True)


class _People:
    """Persons by last name."""

    def __init__(self) -> None:
        self.all: list[Bearer] = []
        self._by_last: dict[str, list[Bearer]] = {}
        self._by_first: dict[str, list[Bearer]] = {}
        self._by_family_name: dict[str, list[Bearer]] = {}
        """Family names that are not the last word: "Xu" of "Xu Danian"."""

    def enter(self, name: Name) -> None:
        """Make an entity of a full name, or lengthen the one it belongs to."""
        known = self.find(name)
        if known is None:
            known = self.add(name, person=True)
        elif _fuller(name.words, known.words):
            known.words = name.words
        if known.gender == "n":
            known.gender = name.gender

    def add(self, name: Name, *, person: bool) -> Bearer:
        bearer = Bearer(name.words, person, name.gender)
        self.all.append(bearer)
        self._by_last.setdefault(_last(name.words), []).append(bearer)
        if len(name.words) > 1:
            self._by_first.setdefault(name.words[0].casefold(), []).append(bearer)
            for word in _family_names(name.words):
                self._by_family_name.setdefault(word, []).append(bearer)
        return bearer

    def family(self, word: str) -> bool:
        """Whether it is "Sutters", where a Sutter has been named in full."""
        plain = _plain(word)
        stems = (plain[:-1], plain[:-2]) if plain[-1] == "s" else ()
        return any(len(b.words) > 1 for stem in stems for b in self._by_last.get(stem, ()))

    def find(self, name: Name) -> Bearer | None:
        """The person with a full name that agrees with this one."""
        last = _last(name.words)
        for bearer in self._by_last.get(last, ()):
            if len(bearer.words) > 1 and _agree(name, bearer):
                return bearer
        for bearer in self._by_family_name.get(last, ()):
            if len(name.words) > 1 and name.words[0] == bearer.words[0]:
                return bearer  # "Melba Ocasio" of "Melba Ocasio Fuentes"
        return None

    def by_part(self, name: Name) -> Bearer | None:
        """The bearer of a last name (or a first name) alone."""
        word = _last(name.words)
        bearers = [b for b in self._by_last.get(word, ()) if _genders_agree(name.gender, b.gender)]
        if not bearers:
            bearers = [b for b in self._by_first.get(word, ()) if _by_first_name(name, b)]
        if not bearers:
            bearers = [
                bearer
                for bearer in self._by_family_name.get(word, ())
                if _genders_agree(name.gender, bearer.gender)
            ]
        if len(bearers) <= 1:
            return bearers[0] if bearers else None
        return max(bearers, key=lambda bearer: _prominence(bearer, name))


def _by_first_name(name: Name, bearer: Bearer) -> bool:
    """Whether a first name alone can be somebody's: behind "Mr." only after the name in full."""
    style = name.title.split()[-1].lower() if name.title else ""
    if not style or style in data.words("titles_of_first_names.txt"):
        return True
    known = bool(bearer.names) and _genders_agree(name.gender, bearer.gender)
    return known and (style.rstrip(".") not in data.words("honorifics.txt"))


def _prominence(bearer: Bearer, name: Name) -> tuple[bool, bool, int, int, int]:
    """Named in full, then as the title has it, then named most, then named last.

    "Mr." wants a man; a bare name wants who is never styled "Mrs." or so; "the elder Duarte"
    is not whom the bare name means but who came later.
    """
    named = [
        n.first
        for n in bearer.names
        if not n.contrasted and (len(n.words) > 1 or n.words[0] != bearer.words[0])
    ]
    last = named[-1] if named else -1
    if name.contrasted:
        return len(bearer.words) > 1, True, 0, named[0] if named else -1, last
    fitting = not bearer.styled if name.gender == "n" else bearer.gender == name.gender
    title = _title_agrees(name.title, bearer)
    title += not any(n.contrasted for n in bearer.names)
    times = len(named) + bearer.headlined
    return len(bearer.words) > 1, fitting, title, times, last


def _title_agrees(title: str, bearer: Bearer) -> int:
    """3: called just so before, 2: in part, 1: no title tells, 0: only other titles."""
    if not title or title.lower().rstrip(".") in data.words("honorifics.txt"):
        return 1
    if title.lower() in bearer.styles:
        return 3
    if not bearer.styles:
        return 1
    return 2 * any(title.lower() in other.split() for other in bearer.styles)


class _Bodies:
    """Organisations by name, acronym and leading word."""

    def __init__(self) -> None:
        self.all: list[Bearer] = []
        self._by_name: dict[str, Bearer] = {}
        self._by_acronym: dict[str, Bearer] = {}
        self._by_last: dict[str, Bearer] = {}
        self._by_first: dict[str, tuple[int, Bearer]] = {}
        """First word of a longer name -> where that stands first, and whose it is."""

    def enter(self, name: Name) -> None:
        if self.find(name) is None:
            self.add(name)

    def add(self, name: Name) -> Bearer:
        bearer = Bearer(name.words, person=False)
        self.all.append(bearer)
        self._by_name[_key(name.words)] = bearer
        capitals = [w[0] for w in name.words if w[0].isupper() and w.lower() not in _SMALL_WORDS]
        if len(capitals) > _SHORTEST_ACRONYM:
            self._by_acronym.setdefault("".join(capitals), bearer)
        if len(name.words) > 1 and "/" not in name.words:
            if name.words[0].lower() not in data.words("demonyms.txt"):
                self._by_first.setdefault(name.words[0].casefold(), (name.first, bearer))
            self._by_last.setdefault(name.words[-1].casefold(), bearer)
        elif name.words[0].isupper() and len(name.words[0]) >= _SHORTEST_ACRONYM:
            known = self._by_acronym.get(name.words[0].replace(".", ""))
            if known is not None:
                self.all.remove(bearer)
                self._by_name[_key(name.words)] = known
                return known
        return bearer

    def find(self, name: Name) -> Bearer | None:
        known = self._by_name.get(_key(name.words))
        if known is None and len(name.words) == 1:
            word = name.words[0]
            known = self._by_acronym.get(word.replace(".", ""))
            known = known or self._by_last.get(word.casefold())
            if known is None and word.casefold() in self._by_first and not word.isupper():
                first, longer = self._by_first[word.casefold()]
                if first < name.first or is_body_word(longer.words[-1]):
                    known = longer  # "Nordvik" after "Nordvik Foods", not before
        return known


@lru_cache(maxsize=1 << 13)
def _key(words: tuple[str, ...]) -> str:
    return _plain(" ".join(words)).replace(".", "")


@lru_cache(maxsize=1 << 13)
def _last(words: tuple[str, ...]) -> str:
    """The last name, lower case: "Jr." and the like left out."""
    suffixes = data.words("name_suffixes.txt")
    kept = [w for w in words if w.lower() not in suffixes] or list(words)
    return _plain(kept[-1])


def _family_names(words: Sequence[str]) -> list[str]:
    """Where a family name may stand before the last word: "Xu Danian", "Melba Ocasio Fuentes"."""
    plain = [word.casefold() for word in words]
    leads = plain[0] in data.words("family_names_first.txt")
    if leads == (plain[-1] not in given_names()) and (leads or plain[0] not in given_names()):
        return plain[:1]
    if len(words) < _WITH_MOTHERS_NAME or not all(word.isalpha() for word in words):
        return []
    if plain[0] not in given_names() or (len(words) > 3 and is_common_word(plain[-1])):
        return []
    particles = data.words("name_particles.txt")
    return [word for word in plain[1:-1] if not (word in given_names() or word in particles)]


@lru_cache(maxsize=1 << 14)
def _plain(word: str) -> str:
    """Lower case, apostrophes straight."""
    return word.casefold().replace("’", "'")


def _fuller(words: Sequence[str], than: Sequence[str]) -> bool:
    """Whether a name says more; one in capitals only where there is no other."""
    if " ".join(than).isupper() != " ".join(words).isupper():
        return " ".join(than).isupper()
    return len(words) > len(than)


def _genders_agree(one: Gender, other: Gender) -> bool:
    return one == other or "n" in (one, other)


def _agree(name: Name, bearer: Bearer) -> bool:
    """Whether two full names with one last name can be one person's."""
    if not _genders_agree(name.gender, bearer.gender):
        return False
    if name.words == bearer.words:
        return True
    one, other = name.words[0].casefold(), bearer.words[0].casefold()
    suffixes = data.words("name_suffixes.txt")
    junior = [
        {w.lower().rstrip(".") for w in words if w.lower() in suffixes}
        for words in (name.words, bearer.words)
    ]
    if junior[0] and junior[1] and junior[0] != junior[1]:
        return False
    if one == other:
        return True
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if len(short) == 1 or short[1] == ".":
        return long.startswith(short[0])
    if (long.startswith(short) and len(short) > 2) or long in short_names().get(short, ()):
        return True
    mine, theirs = ({w.casefold() for w in words[:-1]} for words in (name.words, bearer.words))
    return bool(mine & theirs) and not (one in given_names() and other in given_names())
