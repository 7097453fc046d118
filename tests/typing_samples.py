"""Code as users write it, for mypy --strict, here and against the wheel; nothing here runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import assert_type

import quotetrack
from quotetrack import Article, Check, Claim, Quantity, Quote, QuoteMatch, Speaker, TimeRef
from quotetrack.parallel import ArticleError


def who_said_what(text: str) -> list[tuple[str, str]]:
    article = quotetrack.parse(text, title="Ferry lost", published="2024-03-08")
    assert_type(article, Article)
    assert_type(article.quotes, tuple[Quote, ...])
    assert_type(article.speakers, tuple[Speaker, ...])
    assert_type(article.published, date | None)
    return [(q.speaker.name, q.text) for q in article.quotes if q.speaker is not None]


def total(article: Article) -> Decimal:
    quantities = [q for claim in article.claims_by("Ana Duarte") for q in claim.quantities]
    assert_type(quantities, list[Quantity])
    return sum((q.value for q in quantities if q.value is not None), Decimal(0))


def first_days(text: str) -> list[date]:
    times = quotetrack.find_times(text, published=date(2024, 3, 8))
    assert_type(times, tuple[TimeRef, ...])
    return [time.start for time in times if time.start]


def many(texts: list[str]) -> int:
    errors: list[ArticleError] = []
    articles = quotetrack.parse_many(texts, workers=2, timeout=10, on_error=errors.append)
    assert_type(articles, Iterator[Article])
    records = quotetrack.parse_many([{"text": "a", "url": None}])
    return sum(len(a.quotes) for a in articles) + sum(1 for _ in records) + errors[0].index


def check(article: Article, claim: Claim) -> bool:
    match = quotetrack.find_quote("“It is lost,”", article, speaker="Ana Duarte")
    assert_type(match, QuoteMatch)
    checked = quotetrack.verify(claim, [])
    assert_type(checked, Check)
    return match.verdict == "verbatim" and checked.verdict == "agrees"


def mistakes(article: Article) -> None:
    # each ignore must be needed: an unused one is an error
    quotetrack.parse(b"bytes")  # type: ignore[arg-type]
    quotetrack.parse("text", min_confidence="high")  # type: ignore[arg-type]
    article.quotes.append(article.quotes[0])  # type: ignore[attr-defined]
    if article.quotes[0].kind == "quoted":  # type: ignore[comparison-overlap]
        raise AssertionError
    quotetrack.find_quote("a")  # type: ignore[call-arg]
