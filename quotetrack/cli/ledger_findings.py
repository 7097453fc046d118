"""What a ledger gives, laid out for people, JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack.cli.findings import Finding
from quotetrack.formats.rows import figure

if TYPE_CHECKING:
    from datetime import date

    from quotetrack.facts.ledger import Conflict, LedgerClaim, LedgerQuote, Person, Repeat
    from quotetrack.facts.ledger.results import ArticleRef, PersonRef
    from quotetrack.formats.rows import Cell
    from quotetrack.models import Claim


def said(item: LedgerQuote | LedgerClaim) -> Finding:
    """A quote, or a claim outside of quotes."""
    # the extra: loaded for these commands alone
    from quotetrack.facts.ledger import LedgerClaim  # noqa: PLC0415

    held: tuple[Claim, ...]
    if isinstance(item, LedgerClaim):
        what, kind, text, held = "claim", None, item.claim.text, (item.claim,)
    else:
        what, kind, text, held = "quote", item.quote.kind, item.quote.text, item.claims
    figures = "; ".join(figure(quantity) for claim in held for quantity in claim.quantities)
    where = item.article
    return Finding(
        verdict=_day(where.published),
        record=item.model_dump(mode="json"),
        cells={
            "published": _iso(where.published),
            "speaker": _name(item.speaker),
            "speaker_id": item.speaker.id if item.speaker is not None else None,
            "what": what,
            "kind": kind,
            "text": text,
            "claims": len(held),
            "figures": figures,
            **_place(where),
        },
        lines=(_line(item.speaker, where), text, *([figures] if figures else [])),
    )


def repeat(item: Repeat) -> Finding:
    """A claim that was made again."""
    who = ", ".join(speaker.name for speaker in item.speakers) or "the articles themselves"
    since = f"since {_day(item.first)}" if item.first else "no date known"
    places = [_line(claim.speaker, claim.article, dated=True) for claim in item.claims]
    return Finding(
        verdict=f"{len(item.claims)} times",
        record=item.model_dump(mode="json"),
        cells={
            "times": len(item.claims),
            "first": _iso(item.first),
            "last": _iso(item.last),
            "speakers": "; ".join(speaker.name for speaker in item.speakers),
            "text": item.text,
            "articles": "; ".join(str(claim.article.id) for claim in item.claims),
        },
        lines=(f"{since}, by {who}", item.text, *places),
    )


def conflict(item: Conflict) -> Finding:
    """Two claims that cannot both hold."""
    lines = [item.reason]
    cells: dict[str, Cell] = {
        "subject": item.subject,
        "deviation": None if item.deviation is None else str(item.deviation),
        "reason": item.reason,
    }
    for name, claim, quantity in zip(
        ("earlier", "later"), (item.earlier, item.later), item.figures, strict=True
    ):
        lines += [_line(claim.speaker, claim.article, dated=True), f"  {claim.claim.text}"]
        cells |= {
            f"{name}_published": _iso(claim.article.published),
            f"{name}_speaker": _name(claim.speaker),
            f"{name}_figure": figure(quantity),
            f"{name}_text": claim.claim.text,
            f"{name}_article": claim.article.id,
        }
    return Finding(
        verdict="contradicts",
        record=item.model_dump(mode="json"),
        cells=cells,
        lines=(item.subject, *lines),
    )


def person(item: Person) -> Finding:
    """A speaker over all articles."""
    span = " to ".join(dict.fromkeys(_day(day) for day in (item.first, item.last) if day))
    counts = (
        f"{item.articles} articles, {item.quotes} quotes, {item.claims} claims"
        f"{', ' + span if span else ''}"
    )
    roles = "; ".join(item.roles)
    names = "; ".join(name for name in item.names if name != item.name)
    return Finding(
        verdict=str(item.id),
        record=item.model_dump(mode="json"),
        cells={
            "id": item.id,
            "name": item.name,
            "kind": item.kind,
            "names": "; ".join(item.names),
            "roles": roles,
            "articles": item.articles,
            "quotes": item.quotes,
            "claims": item.claims,
            "first": _iso(item.first),
            "last": _iso(item.last),
        },
        lines=(
            f"{item.name}, {item.kind}",
            *(part for part in (roles, f"also: {names}" if names else "", counts) if part),
        ),
    )


def _line(speaker: PersonRef | None, where: ArticleRef, *, dated: bool = False) -> str:
    title = where.title or where.url or f"article {where.id}"
    parts = [_day(where.published)] if dated else []
    return ", ".join([*parts, _name(speaker) or "the article", title])


def _place(where: ArticleRef) -> dict[str, Cell]:
    return {"article": where.id, "title": where.title, "url": where.url}


def _name(speaker: PersonRef | None) -> str | None:
    return speaker.name if speaker is not None else None


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else "no date"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
