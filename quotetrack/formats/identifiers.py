"""Addresses for linked data: every article, quote, speaker and claim has one."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urldefrag

if TYPE_CHECKING:
    from quotetrack.formats.documents import Origin
    from quotetrack.models import Article

_ALLOWED = "-._~!$&'()*+,;=:@/"
_IN_URLS = _ALLOWED + "%?[]"


def article_iri(article: Article, origin: Origin) -> str:
    """The article's address, else its file, else its text's digest (RFC 6920).

    Without a fragment, so that "#q1" can be added.
    """
    if article.url and article.url.strip():
        return quote(urldefrag(article.url.strip()).url, safe=_IN_URLS, errors="replace")
    if origin.file and origin.file != "-":
        path = quote(origin.file.replace("\\", "/"), safe=_ALLOWED.replace(":", ""))
        return f"{path}?line={origin.line}" if origin.line else path
    return text_iri(article.text)


def item_iri(article: str, item: str) -> str:
    """The address of a quote, speaker or claim, by its id, in an article."""
    return f"{article}#{quote(item, safe='', errors='replace')}"


def text_iri(text: str) -> str:
    """The name that only this text has (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256_of(text)))
    return f"ni:///sha-256;{digest.decode().rstrip('=')}"


@lru_cache(maxsize=4)
def sha256_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
