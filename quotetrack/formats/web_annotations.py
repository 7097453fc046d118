"""W3C Web Annotation: each quote, speaker and claim tied to characters of the text.

Positions count Unicode code points, as the recommendation asks and as Python does.
https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any

import quotetrack
from quotetrack.formats.identifiers import article_iri, text_iri
from quotetrack.formats.rows import dumps, figure, items
from quotetrack.models import Claim, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from quotetrack.formats.documents import Origin
    from quotetrack.formats.rows import What
    from quotetrack.models import Article, Span, Speaker

_AROUND = 32
"""Characters of context on each side, to find the place again in a changed text."""
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(articles: Iterable[tuple[Article, Origin]], what: What, out: TextIO) -> None:
    """Write one AnnotationPage, one annotation a line."""
    out.write(f'{{"@context":"{_CONTEXT}","type":"AnnotationPage","items":[')
    comma = "\n"
    digest = hashlib.sha256()  # the page's id follows from those of its items
    for article, origin in articles:
        for annotation in annotate(article, what, article_iri(article, origin)):
            out.write(comma + dumps(annotation))
            digest.update(annotation["id"].encode())
            comma = ",\n"
    page = uuid.UUID(bytes=digest.digest()[:16], version=5)
    out.write(f'\n],"id":"urn:uuid:{page}"}}\n')


def annotate(article: Article, what: What, source: str) -> Iterator[dict[str, Any]]:
    """One annotation an item; ids are the same each time the same text is read."""
    for item in items(article, what):
        if isinstance(item, Quote):
            spans: Sequence[Span] = item.spans
            tag, bodies = "quote", _about_quote(item)
        elif isinstance(item, Claim):
            spans = (item.span,)
            tag, bodies = "claim", _about_claim(item)
        else:
            spans = item.mentions
            tag, bodies = "speaker", _about_speaker(item)
        if not spans:
            continue
        targets = [_target(span, article.text, source) for span in spans]
        name = f"{source}#{item.id} {spans[0].start} {spans[-1].end} {spans[0].text}"
        identity = uuid.uuid5(uuid.NAMESPACE_URL, name.encode("utf-8", "replace").decode())
        yield {
            "id": f"urn:uuid:{identity}",
            "type": "Annotation",
            "motivation": "identifying",
            "generator": {"type": "Software", "name": f"quotetrack {quotetrack.__version__}"},
            "body": [_body(tag, "tagging"), *(_body(text, "describing") for text in bodies)],
            "target": targets[0] if len(targets) == 1 else targets,
        }


def _about_quote(quote: Quote) -> list[str]:
    who = quote.speaker.name if quote.speaker else "unknown"
    return [f"speaker: {who}", f"kind: {quote.kind}", f"manner: {quote.manner}"]


def _about_claim(claim: Claim) -> list[str]:
    who = [f"speaker: {claim.speaker.name}"] if claim.speaker else []
    return [*who, *(f"figure: {figure(quantity)}" for quantity in claim.quantities)]


def _about_speaker(speaker: Speaker) -> list[str]:
    role = [f"role: {speaker.role}"] if speaker.role else []
    return [f"name: {speaker.name}", f"kind: {speaker.kind}", *role]


def _body(text: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": text}


def _target(span: Span, text: str, source: str) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": source,
        # the text that the positions count in, by its SHA-256
        "state": {"type": "TimeState", "cached": text_iri(text)},
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
        ],
    }
