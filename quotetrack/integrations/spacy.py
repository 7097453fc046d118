"""The spaCy component: quotes, speakers and claims of a Doc as spans of the Doc.

    nlp.add_pipe("quotetrack")
    for quote in nlp(text)._.quotes: ...

It needs no other component and changes none of their annotations.  Results are kept as
JSON in ``doc.user_data``, so that Docs can be saved and sent between processes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

import quotetrack
from quotetrack.models import Article, Claim, Quote, Span, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DocClaim", "DocQuote", "DocSpeaker", "QuoteComponent", "create"]

_KEY = "quotetrack"
"""In ``doc.user_data``."""
_MEMORY = 32
"""Articles whose JSON need not be read again."""


@dataclass(slots=True, frozen=True)
class DocQuote:
    """A `quotetrack.Quote` with its places in the Doc.

    Spans of the Doc cover whole tokens, so they can be a character longer than those of
    ``quote``, which are exact.

    Attributes:
        quote: The quote itself: kind, manner, confidence and so on.
        spans: Its pieces in reading order.
        cue: The words that introduce it; None: no cue.
        source: The words that name the source; None: not named here.
    """

    quote: Quote
    spans: tuple[DocSpan, ...]
    cue: DocSpan | None
    source: DocSpan | None


@dataclass(slots=True, frozen=True)
class DocSpeaker:
    """A `quotetrack.Speaker` with the places where the Doc mentions them."""

    speaker: Speaker
    mentions: tuple[DocSpan, ...]


@dataclass(slots=True, frozen=True)
class DocClaim:
    """A `quotetrack.Claim` with its place in the Doc and those of its figures and times."""

    claim: Claim
    span: DocSpan
    quantities: tuple[DocSpan, ...]
    times: tuple[DocSpan, ...]


class QuoteComponent:
    """Reads a Doc's text; made by ``nlp.add_pipe("quotetrack")``.

    Args:
        min_confidence: As in `quotetrack.parse`.

    The headline and the day of publication, if known, are taken from ``doc._.title`` and
    ``doc._.published`` when they are set before the component runs.
    """

    def __init__(self, min_confidence: float = 0.0) -> None:
        self.min_confidence = min_confidence
        _register()

    def __call__(self, doc: Doc) -> Doc:
        """Read the text of a Doc; the Doc comes back with the results."""
        article = quotetrack.parse(
            doc.text, doc._.title, doc._.published, min_confidence=self.min_confidence
        )
        doc.user_data[_KEY] = article.model_dump_json(exclude={"text"})
        doc.spans["quotes"] = [
            piece for quote in article.quotes for piece in _places(doc, quote.spans, quote.kind)
        ]
        doc.spans["claims"] = _places(doc, [claim.span for claim in article.claims], "claim")
        return doc


@Language.factory(
    "quotetrack",
    default_config={"min_confidence": 0.0},
    assigns=["doc._.article", "doc._.quotes", "doc._.speakers", "doc._.claims"],
)
def create(nlp: Language, name: str, min_confidence: float) -> QuoteComponent:
    """The component, for ``nlp.add_pipe("quotetrack", config={"min_confidence": 0.5})``."""
    del nlp, name
    return QuoteComponent(min_confidence)


def _register() -> None:
    """The extension attributes; those for title and day may be the user's own."""
    for name in ("title", "published"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    getters: dict[str, Callable[[Doc], Any]] = {
        "article": _article,
        "quotes": _quotes,
        "speakers": _speakers,
        "claims": _claims,
    }
    for name, getter in getters.items():
        Doc.set_extension(name, getter=getter, force=True)


@lru_cache(maxsize=_MEMORY)
def _read(text: str, rest: str) -> Article:
    return Article.model_validate({"text": text, **json.loads(rest)})


def _article(doc: Doc) -> Article | None:
    """What the component found; None: it has not run."""
    rest = doc.user_data.get(_KEY)
    return None if rest is None else _read(doc.text, rest)


def _quotes(doc: Doc) -> tuple[DocQuote, ...]:
    article = _article(doc)
    return tuple(
        DocQuote(
            quote,
            tuple(_places(doc, quote.spans, quote.kind)),
            _place(doc, quote.cue, "cue") if quote.cue else None,
            _place(doc, quote.source, "source") if quote.source else None,
        )
        for quote in (article.quotes if article else ())
    )


def _speakers(doc: Doc) -> tuple[DocSpeaker, ...]:
    article = _article(doc)
    return tuple(
        DocSpeaker(speaker, tuple(_places(doc, speaker.mentions, speaker.kind)))
        for speaker in (article.speakers if article else ())
    )


def _claims(doc: Doc) -> tuple[DocClaim, ...]:
    article = _article(doc)
    return tuple(
        DocClaim(
            claim,
            _place(doc, claim.span, "claim"),
            tuple(_places(doc, [q.span for q in claim.quantities], "quantity")),
            tuple(_places(doc, [t.span for t in claim.times], "time")),
        )
        for claim in (article.claims if article else ())
    )


def _places(doc: Doc, spans: list[Span] | tuple[Span, ...], label: str) -> list[DocSpan]:
    return [_place(doc, span, label) for span in spans]


def _place(doc: Doc, span: Span, label: str) -> DocSpan:
    """The tokens that hold the characters."""
    place = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
    assert place is not None
    return place
