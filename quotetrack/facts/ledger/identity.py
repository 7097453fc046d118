"""One speaker over all articles: joined by name, split and merged by hand.

A name joins the speakers of two articles if it tells one bearer from others: the full name
of a person (or the only one they go by), the proper name of an organisation, group or
document.  "A senior official" and "residents" of two articles stay apart.  Another form
that an article itself gives for the name ("the International Monetary Fund", "IMF") joins,
too, where the name is new.  What was decided by hand is kept and asked first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from quotetrack.facts.ledger.stored import inserted, read_speaker
from quotetrack.facts.ledger.tables import decisions, names, parts, people, speakers, storable
from quotetrack.facts.subjects import stems
from quotetrack.facts.tokens import key_of
from quotetrack.models import Speaker

_RECENT = 50
"""Articles of a speaker whose descriptions tell two of one name apart."""


_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’ʼ`\u0300-\u036f]")


_LONGEST = 256
"""Characters of a name that are compared; a database's index refuses very long ones."""


@dataclass(frozen=True, slots=True)
class _Name:
    key: str
    joins: bool


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return [key_of(word) for word in _WORD.findall(_APOSTROPHES.sub("", name))]


def _name(name: str, kind: str, *, alias: bool = False) -> _Name:
    """How a name is compared, and whether bearing it makes two speakers one."""
    words = words_of(name)
    key = (("p " if kind == "person" else "o ") + " ".join(words))[:_LONGEST]
    proper = any(part[0].isupper() for part in name.split() if part[:1].isalpha())
    if kind == "person":
        joins = len(words) > 1 or not alias
    else:
        joins = kind != "unnamed" and proper and (kind != "group" or name.istitle())
    return _Name(key, joins and bool(words))


def _names(speaker: Speaker) -> list[_Name]:
    """The names of a speaker, the fullest first."""
    found = [_name(speaker.name, speaker.kind)]
    found += [_name(alias, speaker.kind, alias=True) for alias in speaker.aliases]
    return list({name.key: name for name in reversed(found)}.values())[::-1]


def key_of_name(name: str, kind: str) -> str:
    """What speakers of one name share."""
    return _name(name, kind).key


def join(connection: Connection, article: Sequence[Speaker], digest: str) -> list[int]:
    """The people that the speakers of an article are, new ones added; in order."""
    forms = [_names(speaker) for speaker in article]
    keys = {name.key for own in forms for name in own if name.joins or name is own[0]}
    known: dict[str, list[int]] = {}
    for part in parts(sorted(keys)):
        found = select(names.c.key, names.c.person_id).where(names.c.key.in_(part))
        found = found.where(names.c.joins == 1).order_by(names.c.person_id)
        for key, person in connection.execute(found):
            known.setdefault(key, []).append(person)
    by_hand = select(decisions.c.key, decisions.c.person_id).where(decisions.c.digest == digest)
    decided: dict[str, int] = {row.key: row.person_id for row in connection.execute(by_hand)}
    given: list[int | None] = [
        decided.get(own[0].key) or _bearer(connection, known.get(own[0].key), speaker)
        for own, speaker in zip(forms, article, strict=True)
    ]
    given = _once(given, decided.values())
    for number, own in enumerate(forms):
        if given[number] is None and own[0].joins:
            given[number] = _by_alias(own, known, given)
    old = {person for person in given if person is not None}
    persons = [
        new_person(connection, speaker.name, speaker.kind) if person is None else person
        for person, speaker in zip(given, article, strict=True)
    ]
    _keep_names(connection, persons, old, forms, known)
    return persons


def new_person(connection: Connection, name: str, kind: str) -> int:
    """Add a person that nobody is yet; the number."""
    new = insert(people).values(name=storable(name), kind=kind)
    return inserted(connection.execute(new))


def _once(given: Sequence[int | None], decided: Collection[int]) -> list[int | None]:
    """Two speakers of one article are two people, whatever their names, unless by decision."""
    taken: set[int] = set()
    once: list[int | None] = []
    for person in given:
        once.append(None if person in taken and person not in decided else person)
        if person is not None:
            taken.add(person)
    return once


def _by_alias(
    own: Sequence[_Name], known: dict[str, list[int]], given: Collection[int | None]
) -> int | None:
    """The one person known by another form of the name and not yet in the article."""
    found = {
        person
        for name in own[1:]
        if name.joins
        for person in known.get(name.key, ())
        if person not in given
    }
    return found.pop() if len(found) == 1 else None


def _bearer(connection: Connection, bearers: Sequence[int] | None, speaker: Speaker) -> int | None:
    """Of several people with one name, the one whose descriptions are most alike.

    The oldest bearer where the descriptions do not tell.
    """
    if not bearers:
        return None
    if len(bearers) == 1:
        return bearers[0]
    said = {word for text in (speaker.role or "", *speaker.descriptions) for word in stems(text)}
    shared = [len(said & _traits(connection, person)) for person in bearers]
    best = max(shared)
    return bearers[shared.index(best)] if shared.count(best) == 1 else bearers[0]


def _traits(connection: Connection, person: int) -> set[str]:
    recent = (
        select(speakers.c.data)
        .where(speakers.c.person_id == person)
        .order_by(speakers.c.id.desc())
        .limit(_RECENT)
    )
    return {
        word
        for row in connection.scalars(recent)
        for described in (read_speaker(row),)
        for text in (described.role or "", *described.descriptions)
        for word in stems(text)
    }


def _keep_names(
    connection: Connection,
    persons: Sequence[int],
    old: Collection[int],
    forms: Sequence[Sequence[_Name]],
    known: dict[str, list[int]],
) -> None:
    """Add the names that this article gives to people and the ledger has not."""
    keys = {name.key for own in forms for name in own}
    there: set[tuple[int, str]] = set()
    for part in parts(sorted(keys)):
        query = select(names.c.person_id, names.c.key).where(names.c.key.in_(part))
        there |= {
            (row.person_id, row.key)
            for few in parts(sorted(old))
            for row in connection.execute(query.where(names.c.person_id.in_(few)))
        }
    rows = []
    for person, own in zip(persons, forms, strict=True):
        for name in own:
            if (person, name.key) in there:
                continue
            there.add((person, name.key))
            # the fullest name joins; another form only where nobody bears it yet
            joins = name.joins and (name is own[0] or name.key not in known)
            rows.append({"key": name.key, "person_id": person, "joins": int(joins)})
            if joins:
                known.setdefault(name.key, []).append(person)
    if rows:
        connection.execute(insert(names), rows)
