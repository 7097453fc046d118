"""What worker processes do: each task takes plain values and gives the bytes of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import quotetrack
from quotetrack.formats.report import report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from quotetrack.models import Article, Check, Claim, Fact, QuoteMatch

_FIRST = "“It is a start,” said Jane Doe."


def parse(
    text: str, title: str | None, published: date | None, url: str | None, min_confidence: float
) -> bytes:
    """The `Article` as JSON."""
    article = quotetrack.parse(text, title, published, url, min_confidence=min_confidence)
    return article.model_dump_json().encode()


def draw(text: str, title: str | None, published: date | None, url: str | None) -> bytes:
    """The report of one article."""
    return report(quotetrack.parse(text, title, published, url)).encode()


def find_quote(quote: str, source: str | Article, speaker: str | None) -> bytes:
    """The `QuoteMatch` as JSON."""
    match: QuoteMatch = quotetrack.find_quote(quote, source, speaker=speaker)
    return match.model_dump_json().encode()


def verify(claim: Claim, facts: Sequence[Fact], tolerance: float | None) -> bytes:
    """The `Check` as JSON; no tolerance: the library's own."""
    options = {} if tolerance is None else {"tolerance": tolerance}
    check: Check = quotetrack.verify(claim, facts, **options)
    return check.model_dump_json().encode()


def warm_up() -> bytes:
    """Load all that a first article would wait for."""
    return parse(_FIRST, None, None, None, 0.0)


TASKS: dict[str, Callable[..., bytes]] = {
    "parse": parse,
    "draw": draw,
    "find_quote": find_quote,
    "verify": verify,
    "warm_up": warm_up,
}
