"""Objects as the ledger keeps them: ASCII JSON, defaults left out, nothing lost."""

from __future__ import annotations

import json
import zlib
from typing import Any

from pydantic import BaseModel
from sqlalchemy import CursorResult

from quotetrack.models import Article, Claim, Quote, Speaker


def row(item: BaseModel) -> str:
    """The item as a database can hold it, whatever its characters."""
    return json.dumps(
        item.model_dump(mode="json", exclude_defaults=True),
        separators=(",", ":"),
        ensure_ascii=True,
    )


def inserted(result: CursorResult[Any]) -> int:
    """The number that the database gave to the row inserted."""
    key = result.inserted_primary_key
    if key is None:
        raise TypeError("no row was inserted")
    return int(key[0])


def read_quote(stored: str) -> Quote:
    """A quote from its row."""
    return Quote.model_validate(json.loads(stored))


def read_claim(stored: str) -> Claim:
    """A claim from its row."""
    return Claim.model_validate(json.loads(stored))


def read_speaker(stored: str) -> Speaker:
    """A speaker from its row."""
    return Speaker.model_validate(json.loads(stored))


def body(article: Article) -> bytes:
    """What rows of its own do not hold of an article, compressed."""
    fields = article.model_dump(mode="json", include={"text", "title", "published", "url"})
    return zlib.compress(json.dumps(fields, ensure_ascii=True).encode("ascii"))


def read_body(stored: bytes) -> dict[str, Any]:
    """The fields of an article from `body`."""
    fields: dict[str, Any] = json.loads(zlib.decompress(stored))
    return fields
