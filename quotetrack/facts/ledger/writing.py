"""One article into the ledger, in the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

import quotetrack
from quotetrack.facts.ledger import search
from quotetrack.facts.ledger.identity import join, key_of_name
from quotetrack.facts.ledger.likeness import keys_of
from quotetrack.facts.ledger.people import drop_unused
from quotetrack.facts.ledger.results import Added
from quotetrack.facts.ledger.stored import body, inserted, read_quote, row
from quotetrack.facts.ledger.tables import (
    articles,
    claim_keys,
    claims,
    place,
    quotes,
    speakers,
    storable,
)
from quotetrack.models import Article, SpeakerRef

_Who = Callable[[SpeakerRef | None], dict[str, int | None]]


def digest_of(article: Article) -> str:
    """What two copies of one article share: the text's SHA-256."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def add(connection: Connection, article: Article) -> Added:
    """Add the article unless its text is there and says no less of where it comes from."""
    digest = digest_of(article)
    there = connection.execute(
        select(articles.c.id, articles.c.title, articles.c.url, articles.c.published).where(
            articles.c.digest == digest
        )
    ).one_or_none()
    counts = {
        "quotes": len(article.quotes),
        "speakers": len(article.speakers),
        "claims": len(article.claims),
    }
    if there is not None:
        known = (there.title, there.url, there.published)
        given = (article.title, article.url, article.published)
        if not any(new and not old for old, new in zip(known, given, strict=True)):
            return Added(article=there.id, status="known", **counts)
        # what only the ledger knew stays
        article = article.model_copy(
            update={
                "title": article.title or there.title,
                "url": article.url or there.url,
                "published": article.published or there.published,
            }
        )
        before = _forget(connection, there.id)
        _insert(connection, article, digest, there.id)
        drop_unused(connection, before)
        return Added(article=there.id, status="replaced", **counts)
    number = _insert(connection, article, digest, None)
    return Added(article=number, status="added", **counts)


def _insert(connection: Connection, article: Article, digest: str, number: int | None) -> int:
    day = article.published.toordinal() if article.published is not None else 0
    values = {
        "digest": digest,
        "title": None if article.title is None else storable(article.title),
        "url": None if article.url is None else storable(article.url),
        "published": article.published,
        "day": day,
        "added": datetime.now(UTC),
        "reader": quotetrack.__version__,
        "body": body(article),
    }
    if number is not None:
        values["id"] = number
    result = connection.execute(insert(articles).values(values))
    number = inserted(result)
    persons = _insert_speakers(connection, article, digest, number)

    def who(speaker: SpeakerRef | None) -> dict[str, int | None]:
        found = persons.get(speaker.id) if speaker is not None else None
        return {"speaker_id": found and found[0], "person_id": found and found[1]}

    ids = {quote.id: place(number, i) for i, quote in enumerate(article.quotes)}
    _insert_quotes(connection, article, number, day, who)
    _insert_claims(connection, article, number, day, who, ids)
    return number


def _insert_speakers(
    connection: Connection, article: Article, digest: str, number: int
) -> dict[str, tuple[int, int]]:
    """`Speaker.id` -> ids of the row and of the person."""
    persons = join(connection, article.speakers, digest)
    rows = [
        {
            "id": place(number, i),
            "article_id": number,
            "person_id": person,
            "name": storable(speaker.name),
            "key": key_of_name(speaker.name, speaker.kind),
            "data": row(speaker),
        }
        for i, (speaker, person) in enumerate(zip(article.speakers, persons, strict=True))
    ]
    if rows:
        connection.execute(insert(speakers), rows)
    return {
        speaker.id: (place(number, i), person)
        for i, (speaker, person) in enumerate(zip(article.speakers, persons, strict=True))
    }


def _insert_quotes(
    connection: Connection, article: Article, number: int, day: int, who: _Who
) -> None:
    rows = [
        {
            "id": place(number, i),
            "article_id": number,
            **who(quote.speaker),
            "day": day,
            "kind": quote.kind,
            "manner": quote.manner,
            "confidence": quote.confidence,
            "data": row(quote),
        }
        for i, quote in enumerate(article.quotes)
    ]
    if rows:
        connection.execute(insert(quotes), rows)
        texts = [(place(number, i), quote.text) for i, quote in enumerate(article.quotes)]
        search.index(connection, texts)


def _insert_claims(
    connection: Connection,
    article: Article,
    number: int,
    day: int,
    who: _Who,
    quote_ids: dict[str, int],
) -> None:
    rows = [
        {
            "id": place(number, i),
            "article_id": number,
            **who(claim.speaker),
            "quote_id": quote_ids.get(claim.quote) if claim.quote is not None else None,
            "day": day,
            "data": row(claim),
        }
        for i, claim in enumerate(article.claims)
    ]
    if rows:
        connection.execute(insert(claims), rows)
    keys = [
        {"key": key, "claim_id": place(number, i)}
        for i, claim in enumerate(article.claims)
        for key in keys_of(claim)
    ]
    if keys:
        connection.execute(insert(claim_keys), keys)


def _forget(connection: Connection, number: int) -> list[int]:
    """Remove an article; the people who were in it."""
    persons = connection.scalars(
        select(speakers.c.person_id).distinct().where(speakers.c.article_id == number)
    ).all()
    first, last = place(number, 0), place(number + 1, 0)
    said = connection.execute(
        select(quotes.c.id, quotes.c.data).where(quotes.c.article_id == number)
    )
    search.index(connection, [(i, read_quote(data).text) for i, data in said], forget=True)
    connection.execute(
        delete(claim_keys).where(claim_keys.c.claim_id >= first, claim_keys.c.claim_id < last)
    )
    for table in (claims, quotes, speakers):
        connection.execute(delete(table).where(table.c.article_id == number))
    connection.execute(delete(articles).where(articles.c.id == number))
    return list(persons)
