"""Who is in the ledger: looked up by name, and put right by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from quotetrack.facts.ledger.identity import key_of_name, new_person, words_of
from quotetrack.facts.ledger.results import LedgerError, Person, PersonRef
from quotetrack.facts.ledger.stored import read_speaker
from quotetrack.facts.ledger.tables import (
    articles,
    claims,
    decisions,
    names,
    parts,
    people,
    quotes,
    speakers,
)

Who = int | str | PersonRef
"""A speaker: the number in the ledger, words of a name, or what the ledger gave."""
_MOST_ROWS = 1000
"""Rows of one speaker that are read for their names and roles."""
_MOST_BEARERS = 1000
"""Speakers that one name may mean in a question."""


def find(connection: Connection, who: Who) -> list[int]:
    """The numbers of the speakers meant, oldest first; several may bear a name.

    Raises:
        TypeError: ``who`` is of another type.
        ValueError: There is no word in the name.
        LedgerError: No speaker has this number, or very many have the name.
    """
    if isinstance(who, PersonRef):
        who = who.id
    if isinstance(who, bool) or not isinstance(who, int | str):
        raise TypeError(f"expected a name, a number or a Person, not {type(who).__name__}")
    if isinstance(who, int):
        if connection.scalar(select(people.c.id).where(people.c.id == who)) is None:
            raise LedgerError(f"no speaker has the number {who}")
        return [who]
    wanted = words_of(who)
    if not wanted:
        raise ValueError(f"no word of a name in {who!r}")
    query = select(names.c.person_id).distinct().order_by(names.c.person_id)
    for word in wanted:
        # the key begins with its kind: every word of the name has a space in front
        query = query.where((names.c.key + " ").contains(f" {word} ", autoescape=True))
    found = list(connection.scalars(query.limit(_MOST_BEARERS + 1)))
    if len(found) > _MOST_BEARERS:
        raise LedgerError(
            f"more than {_MOST_BEARERS} speakers have the name {who!r}: say more of it"
        )
    return found


def one(connection: Connection, who: Who) -> int:
    """The one speaker meant.

    Raises:
        LedgerError: None is, or several are.
    """
    found = find(connection, who)
    if len(found) != 1:
        bearers = ", ".join(f"{person.name} ({person.id})" for person in refs(connection, found))
        raise LedgerError(
            f"{len(found)} speakers have the name {who!r}: {bearers}; give a number"
            if found
            else f"no speaker has the name {who!r}"
        )
    return found[0]


def refs(connection: Connection, numbers: Iterable[int]) -> list[PersonRef]:
    """Number and name of each, in order of the numbers."""
    wanted = sorted(set(numbers))
    found: list[PersonRef] = []
    for part in parts(wanted):
        query = select(people.c.id, people.c.name).where(people.c.id.in_(part))
        query = query.order_by(people.c.id)
        found += (PersonRef(id=number, name=name) for number, name in connection.execute(query))
    return found


def page(connection: Connection, after: int, size: int) -> list[int]:
    """The next speakers in order of number."""
    query = select(people.c.id).where(people.c.id > after).order_by(people.c.id).limit(size)
    return list(connection.scalars(query))


def describe(connection: Connection, numbers: Sequence[int]) -> Iterator[Person]:
    """What the ledger holds of each."""
    for number in numbers:
        head = connection.execute(
            select(people.c.name, people.c.kind).where(people.c.id == number)
        ).one()
        counts = [
            connection.scalar(
                select(func.count()).select_from(table).where(table.c.person_id == number)
            )
            for table in (quotes, claims)
        ]
        seen = (
            select(
                func.count(articles.c.id.distinct()),
                func.min(articles.c.published),
                func.max(articles.c.published),
            )
            .join(speakers, speakers.c.article_id == articles.c.id)
            .where(speakers.c.person_id == number)
        )
        count, first, last = connection.execute(seen).one()
        rows = connection.scalars(
            select(speakers.c.data)
            .where(speakers.c.person_id == number)
            .order_by(speakers.c.id)
            .limit(_MOST_ROWS)
        )
        described = [read_speaker(row) for row in rows]
        yield Person(
            id=number,
            name=head.name,
            kind=head.kind,
            names=tuple(dict.fromkeys(each.name for each in described)),
            roles=tuple(dict.fromkeys(each.role for each in described if each.role)),
            articles=count,
            quotes=counts[0] or 0,
            claims=counts[1] or 0,
            first=first,
            last=last,
        )


def drop_unused(connection: Connection, numbers: Iterable[int]) -> None:
    """Remove those of the people who are in no article and in no decision any more."""
    for number in numbers:
        used = select(
            exists().where(speakers.c.person_id == number)
            | exists().where(decisions.c.person_id == number)
        )
        if not connection.scalar(used):
            connection.execute(delete(names).where(names.c.person_id == number))
            connection.execute(delete(people).where(people.c.id == number))


def merge(connection: Connection, keep: int, others: Iterable[int]) -> None:
    """Make one speaker of several, now and for every later article."""
    for other in others:
        if other == keep:
            continue
        for table in (speakers, quotes, claims, decisions):
            connection.execute(
                update(table).where(table.c.person_id == other).values(person_id=keep)
            )
        held = select(names.c.key).where(names.c.person_id == keep)
        connection.execute(delete(names).where(names.c.person_id == other, names.c.key.in_(held)))
        connection.execute(update(names).where(names.c.person_id == other).values(person_id=keep))
        connection.execute(delete(people).where(people.c.id == other))
    _join_full_names(connection, keep)


def _join_full_names(connection: Connection, person: int) -> None:
    """From now on, whoever bears a full name of the person is the person."""
    full = select(speakers.c.key).where(speakers.c.person_id == person)
    connection.execute(
        update(names).where(names.c.person_id == person, names.c.key.in_(full)).values(joins=1)
    )


def split(
    connection: Connection,
    person: int,
    in_articles: Sequence[int],
    under_names: Sequence[str],
    name: str | None,
) -> int:
    """Make a speaker of their own from some of a speaker's mentions; the new number."""
    kind = connection.scalar(select(people.c.kind).where(people.c.id == person))
    keys = [key_of_name(each, sort) for each in under_names for sort in ("person", "organization")]
    chosen = select(speakers.c.id, speakers.c.key, speakers.c.name, articles.c.digest).join(
        articles, articles.c.id == speakers.c.article_id
    )
    chosen = chosen.where(speakers.c.person_id == person)
    if in_articles:
        chosen = chosen.where(speakers.c.article_id.in_(in_articles))
    if keys:
        chosen = chosen.where(speakers.c.key.in_(keys))
    moved = connection.execute(chosen.order_by(speakers.c.id)).all()
    if not moved:
        raise LedgerError("nothing of the speaker fits: no such name, or not in these articles")
    stays = select(
        exists().where(
            speakers.c.person_id == person, speakers.c.id.not_in([row.id for row in moved])
        )
    )
    if not connection.scalar(stays):
        raise LedgerError("everything of the speaker fits: nothing would be left to split from")
    number = new_person(connection, name or moved[0].name, str(kind))
    for row in moved:
        for table in (quotes, claims):
            connection.execute(
                update(table).where(table.c.speaker_id == row.id).values(person_id=number)
            )
        connection.execute(update(speakers).where(speakers.c.id == row.id).values(person_id=number))
        mine = (decisions.c.digest == row.digest, decisions.c.key == row.key)
        connection.execute(delete(decisions).where(*mine))
        connection.execute(
            insert(decisions).values(digest=row.digest, key=row.key, person_id=number)
        )
    gone = {row.key for row in moved}
    connection.execute(
        insert(names), [{"key": key, "person_id": number, "joins": 1} for key in sorted(gone)]
    )
    left = set(
        connection.scalars(select(speakers.c.key).distinct().where(speakers.c.person_id == person))
    )
    lost = gone - left
    if lost:
        connection.execute(delete(names).where(names.c.person_id == person, names.c.key.in_(lost)))
    return number


__all__ = ["Who", "describe", "find", "merge", "one", "page", "refs", "split"]
