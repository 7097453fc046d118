"""Addresses for linked data: every article, quote, speaker and claim has one."""

from __future__ import annotations

import base64
import hashlib
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
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).digest()
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
