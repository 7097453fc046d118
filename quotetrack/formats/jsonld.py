"""JSON-LD with the words of schema.org: Quotation, Claim, Person, NewsArticle.

Words in quotation marks are a `Quotation`, reported ones a `Statement`, claims a `Claim`
with their figures as `MonetaryAmount` or `QuantitativeValue`.  The output can stand inside
a ``<script type="application/ld+json">`` element: "<", ">" and "&" are escaped.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import quotetrack
from quotetrack.formats.documents import Origin
from quotetrack.formats.identifiers import article_iri, item_iri, sha256_of, text_iri
from quotetrack.formats.rows import dumps, figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal
    from typing import TextIO

    from quotetrack.formats.rows import What
    from quotetrack.models import Article, Claim, Quantity, Quote, Speaker

_TYPE = {
    "person": "Person",
    "organization": "Organization",
    "group": "Organization",
    "document": "CreativeWork",
    "unnamed": "Person",
}
_FROM = frozenset(("more_than", "at_least"))
_TO = frozenset(("less_than", "up_to"))
_MOST_DIGITS = 15
_LARGEST = 300
"""Exponent beyond which no JSON number holds a value."""
_ESCAPED = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def write(articles: Iterable[tuple[Article, Origin]], what: What, out: TextIO) -> None:
    """Write one JSON-LD document; ``@graph`` has one node a line."""
    out.write('{"@context":"https://schema.org","@graph":[')
    comma = "\n"
    for article, origin in articles:
        for node in nodes(article, what, article_iri(article, origin)):
            out.write(comma + element(node))
            comma = ",\n"
    out.write("\n]}\n")


def nodes(article: Article, what: What, iri: str) -> Iterator[dict[str, Any]]:
    """The article, and what was asked for, as linked nodes.

    Each says which text it comes from (``isBasedOn``, named by its SHA-256: RFC 6920) and
    which version of quotetrack made it (``sdPublisher``).
    """
    origin = _origin(article)
    yield _article(article, iri)
    for speaker in article.speakers:
        yield _speaker(speaker, iri)
    types = {speaker.id: _TYPE[speaker.kind] for speaker in article.speakers}
    if what in {"articles", "quotes"}:
        for quote in article.quotes:
            yield {**_quote(quote, iri, types), **origin}
    if what in {"articles", "claims"}:
        with_quotes = what == "articles"
        for claim in article.claims:
            yield {**_claim(claim, iri, types, with_quotes=with_quotes), **origin}


def claim_review(
    article: Article,
    claim: Claim,
    *,
    rating: str,
    reviewer: str,
    url: str,
    published: date | str,
    value: float | None = None,
    best: float = 5,
    worst: float = 1,
    origin: Origin | None = None,
) -> dict[str, Any]:
    """A fact-check of a claim as schema.org `ClaimReview`, ready for `element`.

    The rating is a person's: quotetrack finds claims and compares figures, and never rates.

    Args:
        article: Where the claim stands.
        claim: One of its claims.
        rating: The verdict in words: "Mostly false".
        reviewer: Who checked it, an organisation.
        url: Where the fact-check stands.
        published: When it appeared, a date or "YYYY-MM-DD".
        value: The verdict as a number between ``worst`` and ``best``, if there is one.
        best: The number for what is true.
        worst: The number for what is false.
        origin: Where the article was read from, as for `write`.

    Raises:
        ValueError: ``rating``, ``reviewer`` or ``url`` is empty, the claim is not the
            article's, ``published`` is no date, or ``value`` is out of bounds.
    """
    for name, words in (("rating", rating), ("reviewer", reviewer), ("url", url)):
        if not words.strip():
            raise ValueError(f"a ClaimReview needs a {name}")
    if claim not in article.claims:
        raise ValueError("the claim is not one of the article's")
    if value is not None and not min(worst, best) <= value <= max(worst, best):
        raise ValueError(f"value must lie between {worst} and {best}, not {value}")
    day = published if isinstance(published, date) else date.fromisoformat(published)
    iri = article_iri(article, origin or Origin())
    types = {speaker.id: _TYPE[speaker.kind] for speaker in article.speakers}
    speakers = {speaker.id: speaker for speaker in article.speakers}
    item = {**_claim(claim, iri, types, with_quotes=False), **_origin(article)}
    item["appearance"] = _article(article, iri)
    who = speakers.get(claim.speaker.id) if claim.speaker is not None else None
    if who is not None and "author" in item:
        item["author"] = _speaker(who, iri)
    scale = (
        {} if value is None else {"ratingValue": value, "bestRating": best, "worstRating": worst}
    )
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "datePublished": day.isoformat(),
        "author": {"@type": "Organization", "name": reviewer},
        "claimReviewed": claim.text,
        "itemReviewed": item,
        "reviewRating": {"@type": "Rating", "alternateName": rating, **scale},
    }


def element(value: object) -> str:
    """JSON-LD that can stand inside a script element of a page, whatever its words."""
    return dumps(value).translate(_ESCAPED)


def _article(article: Article, iri: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": iri,
            "headline": article.title,
            "datePublished": article.published.isoformat() if article.published else None,
            "url": article.url,
            "encoding": {
                "@type": "MediaObject",
                "encodingFormat": "text/plain; charset=utf-8",
                "sha256": sha256_of(article.text),
            },
            "sdPublisher": _origin(article)["sdPublisher"],
        }
    )


def _origin(article: Article) -> dict[str, Any]:
    return {
        "isBasedOn": text_iri(article.text),
        "sdPublisher": {"@type": "Organization", "name": f"quotetrack {quotetrack.__version__}"},
    }


def _speaker(speaker: Speaker, iri: str) -> dict[str, Any]:
    person = _TYPE[speaker.kind] == "Person"
    return _filled(
        {
            "@type": _TYPE[speaker.kind],
            "@id": item_iri(iri, speaker.id),
            "name": speaker.name,
            "alternateName": list(speaker.aliases),
            "jobTitle": speaker.role if person else None,
            "description": "; ".join(speaker.descriptions),
            "subjectOf": {"@id": iri},
        }
    )


def _quote(quote: Quote, iri: str, types: dict[str, str]) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "Statement" if quote.kind == "indirect" else "Quotation",
        "@id": item_iri(iri, quote.id),
        "text": quote.text,
        "isPartOf": {"@id": iri},
    }
    if quote.speaker is not None:
        who = {"@id": item_iri(iri, quote.speaker.id)}
        if types.get(quote.speaker.id) == "CreativeWork":
            node["citation"] = who  # a document: it creates nothing
        else:
            node["creator"] = who
            if quote.kind != "indirect":
                node["spokenByCharacter"] = who
    return node


def _claim(claim: Claim, iri: str, types: dict[str, str], *, with_quotes: bool) -> dict[str, Any]:
    temporal = [
        f"{time.start.isoformat()}/{time.end.isoformat()}"
        for time in claim.times
        if time.start is not None and time.end is not None
    ]
    who = {"@id": item_iri(iri, claim.speaker.id)} if claim.speaker is not None else None
    document = claim.speaker is not None and types.get(claim.speaker.id) == "CreativeWork"
    return _filled(
        {
            "@type": "Claim",
            "@id": item_iri(iri, claim.id),
            "text": claim.text,
            "author": None if document else who,
            "citation": who if document else None,
            "appearance": {"@id": iri},
            "isPartOf": {"@id": item_iri(iri, claim.quote)}
            if claim.quote and with_quotes
            else None,
            "mentions": [_quantity(quantity) for quantity in claim.quantities],
            "temporalCoverage": temporal,
        }
    )


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """A figure: a value, or the bounds that its words set; in full as ``description``."""
    money = quantity.dimension == "money"
    value, low, high = quantity.value, quantity.low, quantity.high
    if quantity.qualifier in _FROM:
        value, low, high = None, low if value is None else value, None
    elif quantity.qualifier in _TO:
        value, low, high = None, None, high if value is None else value
    return _filled(
        {
            "@type": "MonetaryAmount" if money else "QuantitativeValue",
            "name": quantity.span.text,
            "description": figure(quantity),
            "value": _number(value),
            "minValue": _number(low),
            "maxValue": _number(high),
            "currency" if money else "unitText": quantity.unit,
        }
    )


def _number(value: Decimal | None) -> int | float | None:
    """A JSON number; None where none holds the value."""
    if value is None or not value.is_finite() or abs(value.adjusted()) > _LARGEST:
        return None
    whole = value == value.to_integral_value() and value.adjusted() <= _MOST_DIGITS
    return int(value) if whole else float(value)


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what is empty."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}
