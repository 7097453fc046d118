"""The end of the line: offsets and indices become the public, frozen objects."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from quotetrack.claims.figure import to_quantity
from quotetrack.claims.times import to_time
from quotetrack.models import Article, Claim, Quote, QuoteKind, Span, Speaker, SpeakerRef, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from quotetrack.attribution.attribution import Attribution, Range
    from quotetrack.claims.claims import Statement
    from quotetrack.speakers.cast import Cast, Entity
    from quotetrack.text.layout import Quotation

_SHARE_OF_DIRECT = 0.9
"""Of the letters and digits, inside quotation marks."""


_DIGITS = 3
"""Of a confidence and of a check-worthiness; their calibration tells no finer."""
_CERTAIN = 0.97
"""Certainty of a name that the source itself gives; less lowers the quote's confidence."""


def assemble(
    text: str,
    title: str | None,
    published: date | None,
    url: str | None,
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    cast: Cast,
    statements: Sequence[Statement],
    behind: Sequence[int | None],
    min_confidence: float,
) -> Article:
    """Number what was found and tie it together; ``behind`` has an entity for each statement.

    Quotes below ``min_confidence`` are left out, and so are the claims and the speakers
    that rest on them alone.
    """
    sure = [_confidence(a, cast, i) for i, a in enumerate(attributions)]
    kept = [i for i, confidence in enumerate(sure) if confidence >= min_confidence]
    quote_ids = {index: f"q{number}" for number, index in enumerate(kept, 1)}
    claimed = [
        (statement, entity)
        for statement, entity in zip(statements, behind, strict=True)
        if statement.attribution is None or statement.attribution in quote_ids
    ]
    speaking = {cast.speaker_of[i] for i in kept} | {entity for _, entity in claimed}
    order = [k for k in range(len(cast.entities)) if k in speaking]
    refs = {
        k: made(SpeakerRef, id=f"s{number}", name=cast.entities[k].name)
        for number, k in enumerate(order, 1)
    }

    def speaker(entity: int | None) -> SpeakerRef | None:
        return None if entity is None else refs[entity]

    marked = _Marked(text, quotations)
    quotes = tuple(
        _quote(text, attributions[i], quote_ids, i, speaker(cast.speaker_of[i]), sure[i], marked)
        for i in kept
    )
    claims = tuple(
        made(
            Claim,
            id=f"c{number}",
            text=text[s.start : s.end],
            span=_span(text, (s.start, s.end)),
            speaker=speaker(entity),
            quote=None if s.attribution is None else quote_ids[s.attribution],
            quantities=tuple(to_quantity(figure, text) for figure in s.figures),
            times=tuple(to_time(moment, text) for moment in s.moments),
            negated=s.negated,
            hedges=s.hedges,
            check_worthiness=round(s.check_worthiness, _DIGITS),
        )
        for number, (s, entity) in enumerate(claimed, 1)
    )
    speakers = tuple(_speaker(text, cast.entities[k], refs[k]) for k in order)
    return made(
        Article,
        text=text,
        title=title,
        published=published,
        url=url,
        quotes=quotes,
        speakers=speakers,
        claims=claims,
    )


def _confidence(attribution: Attribution, cast: Cast, index: int) -> float:
    """Of the content and the source, and of the name where one is given."""
    if cast.speaker_of[index] is None:
        return round(attribution.confidence, _DIGITS)
    return round(attribution.confidence * min(1.0, cast.certainty[index] / _CERTAIN), _DIGITS)


def _span(text: str, bounds: Range) -> Span:
    start, end = bounds
    return made(Span, start=start, end=end, text=text[start:end])


def _quote(
    text: str,
    attribution: Attribution,
    ids: dict[int, str],
    index: int,
    speaker: SpeakerRef | None,
    confidence: float,
    marked: _Marked,
) -> Quote:
    spans = tuple(_span(text, piece) for piece in attribution.content)
    return made(
        Quote,
        id=ids[index],
        kind=marked.kind(attribution.content),
        text=" … ".join(span.text for span in spans),
        spans=spans,
        cue=_span(text, attribution.cue) if attribution.cue else None,
        source=_span(text, attribution.source) if attribution.source else None,
        speaker=speaker,
        manner=attribution.manner,
        evidence=attribution.evidence,
        confidence=confidence,
        continues=None if attribution.continues is None else ids.get(attribution.continues),
        parent=None if attribution.parent is None else ids.get(attribution.parent),
    )


def _speaker(text: str, entity: Entity, ref: SpeakerRef) -> Speaker:
    return made(
        Speaker,
        id=ref.id,
        name=ref.name,
        kind=entity.kind,
        role=entity.role,
        descriptions=tuple(entity.descriptions),
        aliases=tuple(entity.aliases),
        mentions=tuple(_span(text, mention) for mention in entity.mentions),
    )


class _Marked:
    """Which characters stand inside quotation marks."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self._text = text
        self._pieces = sorted(p for q in quotations if not q.depth for p in q.pieces)
        self._starts = [start for start, _ in self._pieces]

    def kind(self, content: Sequence[Range]) -> QuoteKind:
        marked = list(self._inside(content))
        if not self._has_letters(marked):
            return "indirect"
        if marked == list(content):
            return "direct"
        inside = self._letters(marked)
        return "direct" if inside >= _SHARE_OF_DIRECT * self._letters(content) else "mixed"

    def _inside(self, content: Sequence[Range]) -> Iterator[Range]:
        """The parts of the content that stand inside quotation marks."""
        for start, end in content:
            for k in range(max(0, bisect_right(self._starts, start) - 1), len(self._pieces)):
                left, right = self._pieces[k]
                if left >= end:
                    break
                if start < right:
                    yield max(start, left), min(end, right)

    def _has_letters(self, parts: Sequence[Range]) -> bool:
        return any(any(map(str.isalnum, self._text[start:end])) for start, end in parts)

    def _letters(self, parts: Sequence[Range]) -> int:
        return sum(sum(map(str.isalnum, self._text[start:end])) for start, end in parts)
