"""What was said: quotes and claims out of the ledger, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, or_, select

from quotetrack.facts.ledger.results import (
    ArticleRef,
    LedgerClaim,
    LedgerError,
    LedgerQuote,
    PersonRef,
)
from quotetrack.facts.ledger.stored import (
    read_body,
    read_claim,
    read_quote,
    read_speaker,
)
from quotetrack.facts.ledger.tables import (
    LATEST,
    articles,
    claims,
    parts,
    people,
    quotes,
    speakers,
)
from quotetrack.models import Article, Claim

PAGE = 256
"""Rows that are read at once; what a ledger gives is never all in memory."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which quotes."""

    people: Sequence[int] | None = None
    words: ColumnElement[bool] | None = None
    since: int = 0
    until: int = LATEST
    kinds: Sequence[str] = ()
    manners: Sequence[str] = ()
    min_confidence: float = 0.0


_HEAD = (
    articles.c.title,
    articles.c.published,
    articles.c.url,
    people.c.name,
)


def _joined(table: Table) -> Select[Any]:
    return (
        select(table, *_HEAD)
        .join(articles, articles.c.id == table.c.article_id)
        .outerjoin(people, people.c.id == table.c.person_id)
    )


def _between(table: Table, asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.people is not None:
        yield table.c.person_id.in_(asked.people)
    if asked.since:
        yield table.c.day >= asked.since
    if asked.until != LATEST:
        # an article without a date is left out where one is asked for
        yield and_(table.c.day <= asked.until, table.c.day > 0)


Place = tuple[int, int]
"""Day and id: where a page ends."""


def quote_page(
    connection: Connection, asked: Asked, after: Place | None, size: int, *, newest: bool
) -> list[tuple[Place, LedgerQuote]]:
    """The next quotes: by day, the newest or the oldest first, then in reading order."""
    query = _joined(quotes).where(*_between(quotes, asked))
    if asked.words is not None:
        query = query.where(asked.words)
    if asked.kinds:
        query = query.where(quotes.c.kind.in_(asked.kinds))
    if asked.manners:
        query = query.where(quotes.c.manner.in_(asked.manners))
    if asked.min_confidence:
        query = query.where(quotes.c.confidence >= asked.min_confidence)
    # what the words find is sorted afterwards: the order of days must not lead the search
    day = quotes.c.day if asked.words is None else quotes.c.day + 0
    query = _after(query, quotes, day, after, newest=newest).limit(size)
    rows = connection.execute(query).all()
    held = _claims_of(connection, [row.id for row in rows])
    return [
        (
            (row.day, row.id),
            LedgerQuote(
                quote=read_quote(row.data),
                claims=held.get(row.id, ()),
                speaker=_speaker(row),
                article=_article(row),
            ),
        )
        for row in rows
    ]


def claim_page(
    connection: Connection, asked: Asked, after: Place | None, size: int
) -> list[tuple[Place, LedgerClaim]]:
    """The next claims that no quote holds, the oldest first."""
    query = _joined(claims).where(claims.c.quote_id.is_(None), *_between(claims, asked))
    query = _after(query, claims, claims.c.day, after, newest=False).limit(size)
    rows = connection.execute(query).all()
    return [((row.day, row.id), _claim(row)) for row in rows]


def _after(
    query: Select[Any],
    table: Table,
    day: ColumnElement[int],
    after: Place | None,
    *,
    newest: bool,
) -> Select[Any]:
    query = query.order_by(day.desc() if newest else day, table.c.id)
    if after is None:
        return query
    last, number = after
    on = and_(day == last, table.c.id > number)
    return query.where(
        *((day <= last, or_(day < last, on)) if newest else (day >= last, or_(day > last, on)))
    )


def claims_by_id(connection: Connection, numbers: Sequence[int]) -> list[LedgerClaim]:
    """These claims, in this order."""
    found = {
        row.id: _claim(row)
        for part in parts(numbers)
        for row in connection.execute(_joined(claims).where(claims.c.id.in_(part)))
    }
    return [found[number] for number in numbers]


def article(connection: Connection, number: int) -> Article:
    """A whole article, as it was added.

    Raises:
        LedgerError: No article has this number.
    """
    head = connection.scalar(select(articles.c.body).where(articles.c.id == number))
    if head is None:
        raise LedgerError(f"no article has the number {number}")
    said, who, claimed = (
        connection.scalars(
            select(table.c.data).where(table.c.article_id == number).order_by(table.c.id)
        ).all()
        for table in (quotes, speakers, claims)
    )
    return Article.model_validate(
        {
            **read_body(head),
            "quotes": tuple(map(read_quote, said)),
            "speakers": tuple(map(read_speaker, who)),
            "claims": tuple(map(read_claim, claimed)),
        }
    )


def article_page(
    connection: Connection, asked: Asked, after: Place | None, size: int
) -> list[tuple[Place, ArticleRef]]:
    """The next articles, the oldest first."""
    query = select(
        articles.c.id, articles.c.day, articles.c.title, articles.c.published, articles.c.url
    ).where(*_between(articles, asked))
    query = _after(query, articles, articles.c.day, after, newest=False).limit(size)
    return [
        (
            (row.day, row.id),
            ArticleRef(id=row.id, title=row.title, published=row.published, url=row.url),
        )
        for row in connection.execute(query)
    ]


def _claims_of(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[Claim, ...]]:
    """Id of a quote -> the claims it holds, in order."""
    if not numbers:
        return {}
    found: dict[int, list[Claim]] = {}
    query = select(claims.c.quote_id, claims.c.data).where(claims.c.quote_id.in_(numbers))
    for number, data in connection.execute(query.order_by(claims.c.id)):
        found.setdefault(number, []).append(read_claim(data))
    return {number: tuple(held) for number, held in found.items()}


def _claim(row: Row[Any]) -> LedgerClaim:
    return LedgerClaim(claim=read_claim(row.data), speaker=_speaker(row), article=_article(row))


def _speaker(row: Row[Any]) -> PersonRef | None:
    return None if row.person_id is None else PersonRef(id=row.person_id, name=row.name)


def _article(row: Row[Any]) -> ArticleRef:
    return ArticleRef(id=row.article_id, title=row.title, published=row.published, url=row.url)
