"""JSON-LD with the words of schema.org: Quotation, Claim, Person, NewsArticle.

Words in quotation marks are a `Quotation`, reported ones a `Statement`, claims a `Claim`
with their figures as `MonetaryAmount` or `QuantitativeValue`.  The output can stand inside
a ``<script type="application/ld+json">`` element: "<", ">" and "&" are escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotetrack.formats.identifiers import article_iri
from quotetrack.formats.rows import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal
    from typing import TextIO

    from quotetrack.formats.documents import Origin
    from quotetrack.formats.rows import What
    from quotetrack.models import Article, Claim, Quantity, Quote, Speaker

_TYPE = {
    "person": "Person",
    "organization": "Organization",
    "group": "Organization",
    "document": "CreativeWork",
    "unnamed": "Person",
}
_MOST_DIGITS = 15
_ESCAPED = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def write(articles: Iterable[tuple[Article, Origin]], what: What, out: TextIO) -> None:
    """Write one JSON-LD document; ``@graph`` has one node a line."""
    out.write('{"@context":"https://schema.org","@graph":[')
    comma = "\n"
    for article, origin in articles:
        for node in nodes(article, what, article_iri(article, origin)):
            out.write(comma + dumps(node).translate(_ESCAPED))
            comma = ",\n"
    out.write("\n]}\n")


def nodes(article: Article, what: What, iri: str) -> Iterator[dict[str, Any]]:
    """The article, and what was asked for, as linked nodes."""
    yield _filled(
        {
            "@type": "NewsArticle",
            "@id": iri,
            "headline": article.title,
            "datePublished": article.published.isoformat() if article.published else None,
            "url": article.url,
        }
    )
    for speaker in article.speakers:
        yield _speaker(speaker, iri)
    types = {speaker.id: _TYPE[speaker.kind] for speaker in article.speakers}
    if what in {"articles", "quotes"}:
        for quote in article.quotes:
            yield _quote(quote, iri, types)
    if what in {"articles", "claims"}:
        with_quotes = what == "articles"
        for claim in article.claims:
            yield _claim(claim, iri, with_quotes=with_quotes)


def _speaker(speaker: Speaker, iri: str) -> dict[str, Any]:
    person = _TYPE[speaker.kind] == "Person"
    return _filled(
        {
            "@type": _TYPE[speaker.kind],
            "@id": f"{iri}#{speaker.id}",
            "name": speaker.name,
            "alternateName": list(speaker.aliases),
            "jobTitle": speaker.role if person else None,
            "description": "; ".join(speaker.descriptions),
        }
    )


def _quote(quote: Quote, iri: str, types: dict[str, str]) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "Statement" if quote.kind == "indirect" else "Quotation",
        "@id": f"{iri}#{quote.id}",
        "text": quote.text,
        "isPartOf": {"@id": iri},
    }
    if quote.speaker is not None:
        who = {"@id": f"{iri}#{quote.speaker.id}"}
        if types.get(quote.speaker.id) == "CreativeWork":
            node["isBasedOn"] = who
        else:
            node["creator" if quote.kind == "indirect" else "spokenByCharacter"] = who
    return node


def _claim(claim: Claim, iri: str, *, with_quotes: bool) -> dict[str, Any]:
    temporal = [
        f"{time.start.isoformat()}/{time.end.isoformat()}"
        for time in claim.times
        if time.start is not None and time.end is not None
    ]
    return _filled(
        {
            "@type": "Claim",
            "@id": f"{iri}#{claim.id}",
            "text": claim.text,
            "author": {"@id": f"{iri}#{claim.speaker.id}"} if claim.speaker else None,
            "appearance": {"@id": iri},
            "isPartOf": {"@id": f"{iri}#{claim.quote}"} if claim.quote and with_quotes else None,
            "mentions": [_quantity(quantity) for quantity in claim.quantities],
            "temporalCoverage": temporal,
        }
    )


def _quantity(quantity: Quantity) -> dict[str, Any]:
    money = quantity.dimension == "money"
    return _filled(
        {
            "@type": "MonetaryAmount" if money else "QuantitativeValue",
            "name": quantity.span.text,
            "value": _number(quantity.value),
            "minValue": _number(quantity.low),
            "maxValue": _number(quantity.high),
            "currency" if money else "unitText": quantity.unit,
        }
    )


def _number(value: Decimal | None) -> int | float | str | None:
    """A JSON number where one holds the value."""
    if value is None:
        return None
    if abs(value.adjusted()) > _MOST_DIGITS:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what is empty."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}
