"""The tables as queries see them; `migrations` makes them.

Texts that SQL handles (titles, addresses, names) are cleaned of what a database cannot
hold; the objects themselves lie beside them as ASCII JSON, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
)

LATEST = date.max.toordinal()
"""The last day there is: no limit."""
_MANY = 500
_Value = TypeVar("_Value")
_ALL = MetaData()
_IN_ARTICLE = 20
"""Bits for the place in an article: ids follow from it, and sort by it."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

articles = Table(
    "articles",
    _ALL,
    Column("id", BigInteger, primary_key=True),
    Column("digest", String),  # SHA-256 of the text: what makes `add` idempotent
    Column("title", String),
    Column("url", String),
    Column("published", Date),
    Column("day", Integer),  # `published` as an ordinal, 0: unknown
    Column("added", DateTime(timezone=True)),
    Column("reader", String),  # the version of quotetrack
    Column("body", LargeBinary),  # zlib of JSON: text, title, published, url
)
people = Table(
    "people",
    _ALL,
    Column("id", BigInteger, primary_key=True),
    Column("name", String),
    Column("kind", String),
)
names = Table(
    "names",
    _ALL,
    Column("key", String),
    Column("person_id", BigInteger),
    Column("joins", SmallInteger),  # 1: a later speaker of this name is the same
)
decisions = Table(  # made by hand: this name in this article is that person
    "decisions",
    _ALL,
    Column("digest", String),
    Column("key", String),
    Column("person_id", BigInteger),
)
speakers = Table(
    "speakers",
    _ALL,
    Column("id", BigInteger, primary_key=True),
    Column("article_id", BigInteger),
    Column("person_id", BigInteger),
    Column("name", String),
    Column("key", String),
    Column("data", String),
)
quotes = Table(
    "quotes",
    _ALL,
    Column("id", BigInteger, primary_key=True),
    Column("article_id", BigInteger),
    Column("speaker_id", BigInteger),
    Column("person_id", BigInteger),
    Column("day", Integer),
    Column("kind", String),
    Column("manner", String),
    Column("confidence", Float),
    Column("data", String),
)
claims = Table(
    "claims",
    _ALL,
    Column("id", BigInteger, primary_key=True),
    Column("article_id", BigInteger),
    Column("speaker_id", BigInteger),
    Column("person_id", BigInteger),
    Column("quote_id", BigInteger),
    Column("day", Integer),
    Column("data", String),
)
claim_keys = Table(
    "claim_keys",
    _ALL,
    Column("key", BigInteger),
    Column("claim_id", BigInteger),
)


def place(article: int, number: int) -> int:
    """The id of the quote, speaker or claim with this number in its article."""
    if number >> _IN_ARTICLE:
        raise ValueError(f"an article with more than {1 << _IN_ARTICLE} items of a kind")
    return article << _IN_ARTICLE | number


def parts(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """The values in parts that one statement may hold."""
    for at in range(0, len(values), _MANY):
        yield values[at : at + _MANY]


def storable(text: str) -> str:
    """The text without NUL and lone surrogates, which databases refuse."""
    return _UNSTORABLE.sub("\ufffd", text)
