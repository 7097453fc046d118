"""Flat records of an article: one a quote, a speaker or a claim."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, get_args

import quotetrack
from quotetrack.formats.identifiers import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from quotetrack.formats.documents import Origin
    from quotetrack.models import Article, Claim, Quantity, Quote, Span, Speaker, TimeRef

What = Literal["articles", "quotes", "speakers", "claims"]
"""What a writer gives of each article."""
WHATS: tuple[What, ...] = get_args(What)
_MOST_DIGITS = 40
Cell = str | int | float | None


def items(article: Article, what: What) -> Sequence[Quote | Speaker | Claim]:
    """The quotes, speakers or claims of an article; for "articles" all of them."""
    if what == "quotes":
        return article.quotes
    if what == "speakers":
        return article.speakers
    if what == "claims":
        return article.claims
    return (*article.quotes, *article.speakers, *article.claims)


def record(item: Quote | Speaker | Claim, article: Article, origin: Origin) -> dict[str, Any]:
    """The item as JSON values, with ``article``: where it stands."""
    return {**item.model_dump(mode="json"), "article": reference(article, origin)}


def reference(article: Article, origin: Origin) -> dict[str, Any]:
    """What is known of where an article comes from, absent values left out.

    ``sha256`` is that of the text in UTF-8, ``quotetrack`` the version that read it.
    """
    known = {
        "file": origin.file,
        "line": origin.line,
        "id": origin.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        **provenance(article),
    }
    return {key: value for key, value in known.items() if value is not None}


def provenance(article: Article) -> dict[str, str]:
    """The text's SHA-256 (of its UTF-8) and the version of quotetrack that read it."""
    return {"sha256": sha256_of(article.text), "quotetrack": quotetrack.__version__}


def dumps(value: object) -> str:
    """Compact JSON on one line; characters as they are, lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


_PLACE = ("file", "line", "article_id", "title", "published", "url", "sha256", "quotetrack")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "quotes": (
        *("id", "kind", "manner", "speaker", "speaker_id", "text", "source", "cue"),
        *("start", "end", "confidence", "evidence", "continues", "parent", "figures", "values"),
    ),
    "speakers": ("id", "name", "kind", "role", "descriptions", "aliases", "mentions", "quotes"),
    "claims": (
        *("id", "speaker", "speaker_id", "quote", "text", "start", "end", "figures", "values"),
        *("times", "from", "to", "negated", "hedges", "check_worthiness"),
    ),
}


def columns(what: What) -> tuple[str, ...]:
    """The names of the cells that `cells` gives, in order."""
    if what != "articles":
        return (*_COLUMNS[what], *_PLACE)
    union = dict.fromkeys(name for names in _COLUMNS.values() for name in names)
    return ("type", *union, *_PLACE)


def cells(article: Article, what: What, origin: Origin) -> Iterator[dict[str, Cell]]:
    """One flat row for each item; lists are joined with "; "."""
    place: dict[str, Cell] = {
        "file": None if origin.file == "-" else origin.file,
        "line": origin.line,
        "article_id": origin.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        **provenance(article),
    }
    if what in {"quotes", "articles"}:
        held: dict[str | None, list[Quantity]] = {}
        for claim in article.claims:
            held.setdefault(claim.quote, []).extend(claim.quantities)
        for quote in article.quotes:
            figures = _figures(held.get(quote.id, ()))
            yield {"type": "quote", **_quote(quote), **figures, **place}
    if what in {"speakers", "articles"}:
        for speaker in article.speakers:
            yield {"type": "speaker", **_speaker(speaker, article), **place}
    if what in {"claims", "articles"}:
        for claim in article.claims:
            yield {"type": "claim", **_claim(claim), **place}


def _quote(quote: Quote) -> dict[str, Cell]:
    return {
        "id": quote.id,
        "kind": quote.kind,
        "manner": quote.manner,
        "speaker": quote.speaker.name if quote.speaker else None,
        "speaker_id": quote.speaker.id if quote.speaker else None,
        "text": quote.text,
        "source": _text(quote.source),
        "cue": _text(quote.cue),
        "start": quote.spans[0].start,
        "end": quote.spans[-1].end,
        "confidence": round(quote.confidence, 4),
        "evidence": quote.evidence,
        "continues": quote.continues,
        "parent": quote.parent,
    }


def _speaker(speaker: Speaker, article: Article) -> dict[str, Cell]:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "role": speaker.role,
        "descriptions": "; ".join(speaker.descriptions),
        "aliases": "; ".join(speaker.aliases),
        "mentions": len(speaker.mentions),
        "quotes": sum(q.speaker is not None and q.speaker.id == speaker.id for q in article.quotes),
    }


def _claim(claim: Claim) -> dict[str, Cell]:
    times = claim.times
    return {
        "id": claim.id,
        "speaker": claim.speaker.name if claim.speaker else None,
        "speaker_id": claim.speaker.id if claim.speaker else None,
        "quote": claim.quote,
        "text": claim.text,
        "start": claim.span.start,
        "end": claim.span.end,
        **_figures(claim.quantities),
        "times": "; ".join(time.span.text for time in times),
        "from": _days(times, "start"),
        "to": _days(times, "end"),
        "negated": str(claim.negated).lower(),
        "hedges": "; ".join(claim.hedges),
        "check_worthiness": round(claim.check_worthiness, 4),
    }


def _figures(quantities: Sequence[Quantity]) -> dict[str, Cell]:
    return {
        "figures": "; ".join(quantity.span.text for quantity in quantities),
        "values": "; ".join(map(figure, quantities)),
    }


def figure(quantity: Quantity) -> str:
    """A normalised figure in one line: ``more_than 8600000000 USD/year``."""
    if quantity.value is not None:
        amount = plain(quantity.value)
    else:
        amount = f"{plain(quantity.low)}..{plain(quantity.high)}"
    qualifier = "" if quantity.qualifier == "exact" else f"{quantity.qualifier} "
    per = f"/{quantity.per}" if quantity.per else ""
    return f"{qualifier}{amount} {quantity.unit}{per}"


def plain(value: Decimal | None) -> str:
    """A number in digits, very large and small ones with an exponent; nothing for None."""
    if value is None:
        return ""
    return f"{value:f}" if abs(value.adjusted()) <= _MOST_DIGITS else str(value)


def _text(span: Span | None) -> str | None:
    return span.text if span else None


def _days(times: Sequence[TimeRef], end: Literal["start", "end"]) -> str:
    days = ((time.start if end == "start" else time.end) for time in times)
    return "; ".join(day.isoformat() if day else "?" for day in days)
