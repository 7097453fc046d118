"""The way from a text to an article: the ordered list of the stages; none reaches back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack.assemble import assemble
from quotetrack.attribution.arguments import find_arguments
from quotetrack.attribution.continuation import continue_quotations
from quotetrack.attribution.cues import find_cues
from quotetrack.attribution.reading import prepare
from quotetrack.attribution.view import views
from quotetrack.claims.backing import stand_behind
from quotetrack.claims.claims import find_statements
from quotetrack.claims.quantities import scan as find_figures
from quotetrack.claims.times import scan as find_moments
from quotetrack.speakers.cast import resolve
from quotetrack.text.quotemarks import find_quotations
from quotetrack.text.segment import segment
from quotetrack.text.tagger import tag

if TYPE_CHECKING:
    from datetime import date

    from quotetrack.models import Article


def read(
    text: str,
    title: str | None,
    published: date | None,
    url: str | None,
    min_confidence: float = 0.0,
) -> Article:
    """Read one article; arguments as for `quotetrack.parse`, checked there."""
    layout = segment(text)
    tags = tag(layout)
    quotations = find_quotations(layout)
    reading = prepare(layout, tags, quotations)
    seen = views(reading)
    attributions = find_arguments(layout, seen, find_cues(seen))
    attributions = continue_quotations(reading, attributions)
    cast = resolve(layout, tags, quotations, attributions, title)
    figures = find_figures(text)
    moments = find_moments(text, published)
    statements = find_statements(layout, tags, attributions, figures, moments)
    behind = stand_behind(layout, tags, attributions, cast, statements)
    return assemble(
        text,
        title,
        published,
        url,
        quotations,
        attributions,
        cast,
        statements,
        behind,
        min_confidence,
    )
