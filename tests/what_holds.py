"""What must hold of every result, whatever the text was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import quotetrack
from quotetrack.models import Quantity, Span, TimeRef

_FILE = Path(__file__).parent / "cases" / "pieces.txt"
PIECES: tuple[str, ...] = tuple(
    json.loads(line)
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""What texts are made of."""


def of_article(text: str, article: quotetrack.Article) -> None:
    """Spans are the text's; pieces in order; every id leads somewhere; JSON loses nothing."""
    assert article.text == text
    for quote in article.quotes:
        _in(text, *quote.spans, quote.cue, quote.source)
        assert all(a.end <= b.start for a, b in zip(quote.spans, quote.spans[1:], strict=False))
        assert quote.text == " … ".join(span.text for span in quote.spans)
        assert all(span.text.strip() for span in quote.spans)
        assert 0 <= quote.confidence <= 1
    speakers = {speaker.id for speaker in article.speakers}
    quotes = {quote.id for quote in article.quotes}
    assert len(quotes) == len(article.quotes)
    named = (*(q.speaker for q in article.quotes), *(c.speaker for c in article.claims))
    assert {speaker.id for speaker in named if speaker is not None} <= speakers
    assert {q.continues for q in article.quotes} | {q.parent for q in article.quotes} <= {
        None,
        *quotes,
    }
    for speaker in article.speakers:
        _in(text, *speaker.mentions)
        assert speaker.name.strip()
    for claim in article.claims:
        _in(text, claim.span)
        assert claim.text == claim.span.text
        assert claim.quote is None or claim.quote in quotes
        of_quantities(text, claim.quantities)
        of_times(text, claim.times)
        assert 0 <= claim.check_worthiness <= 1
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert quotetrack.Article.model_validate_json(article.model_dump_json()) == article


def of_quantities(text: str, quantities: Iterable[Quantity]) -> None:
    """Figures are in order, apart, finite, and either a value or a range."""
    at = 0
    for quantity in quantities:
        _in(text, quantity.span)
        assert quantity.span.start >= at
        at = quantity.span.end
        ends = (quantity.low, quantity.high)
        numbers = [n for n in (quantity.value, *ends) if n is not None]
        assert numbers
        assert all(isinstance(n, Decimal) and n.is_finite() for n in numbers)
        assert (quantity.value is None) == (ends != (None, None))
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        assert quantity.unit


def of_times(text: str, times: Iterable[TimeRef]) -> None:
    """Times are in order and apart; both days or neither."""
    at = 0
    for time in times:
        _in(text, time.span)
        assert time.span.start >= at
        at = time.span.end
        if time.start is not None and time.end is not None:
            assert time.start <= time.end


def of_match(source: str, match: quotetrack.QuoteMatch) -> None:
    """Spans are the source's, and only what is absent has none."""
    _in(source, *match.spans)
    assert (match.verdict == "absent") == (not match.spans)
    assert 0 <= match.ratio <= 1


def _in(text: str, *spans: Span | None) -> None:
    for span in spans:
        if span is not None:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
