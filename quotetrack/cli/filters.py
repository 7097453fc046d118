"""Which quotes, speakers and claims the user asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from quotetrack.models import Article, Claim, Quote, Speaker


@dataclass(slots=True, frozen=True)
class Filter:
    """Conditions that all must hold; an empty one holds always."""

    speaker: str | None = None
    kinds: Collection[str] = ()
    manners: Collection[str] = ()
    speaker_kinds: Collection[str] = ()
    has_figure: bool = False

    def apply(self, article: Article) -> Article:
        """The article with what fits, ids unchanged.

        A claim stands and falls with its quote; with a quote it must have a speaker, too,
        who fits.  Speakers stay when something of theirs does, or when only they are asked
        for.
        """
        if self == Filter():
            return article
        fitting = {speaker.id for speaker in article.speakers if self._fits(speaker)}
        with_figure = {claim.quote for claim in article.claims if claim.quantities}
        quotes = tuple(q for q in article.quotes if self._keeps(q, fitting, with_figure))
        kept = {quote.id for quote in quotes}
        claims = tuple(c for c in article.claims if self._keeps_claim(c, fitting, kept))
        if self.kinds or self.manners or self.has_figure:
            fitting &= _speaking(quotes) | _speaking(claims)
        speakers = tuple(speaker for speaker in article.speakers if speaker.id in fitting)
        return article.model_copy(update={"quotes": quotes, "claims": claims, "speakers": speakers})

    def _fits(self, speaker: Speaker) -> bool:
        if self.speaker_kinds and speaker.kind not in self.speaker_kinds:
            return False
        if self.speaker is None:
            return True
        wanted = _words(self.speaker)
        return any(wanted <= _words(name) for name in (speaker.name, *speaker.aliases))

    def _keeps(
        self, quote: Quote, fitting: Collection[str], with_figure: Collection[str | None]
    ) -> bool:
        return (
            (not self.kinds or quote.kind in self.kinds)
            and (not self.manners or quote.manner in self.manners)
            and (not self.has_figure or quote.id in with_figure)
            and self._spoken(quote, fitting)
        )

    def _keeps_claim(self, claim: Claim, fitting: Collection[str], kept: Collection[str]) -> bool:
        if self.has_figure and not claim.quantities:
            return False
        if claim.quote is not None:
            return claim.quote in kept
        return not (self.kinds or self.manners) and self._spoken(claim, fitting)

    def _spoken(self, item: Quote | Claim, fitting: Collection[str]) -> bool:
        if self.speaker is None and not self.speaker_kinds:
            return True
        return item.speaker is not None and item.speaker.id in fitting


def _speaking(items: Sequence[Quote | Claim]) -> set[str]:
    return {item.speaker.id for item in items if item.speaker is not None}


def _words(name: str) -> set[str]:
    return set(name.casefold().replace("’", "'").split())
