"""Read news articles: who said what, in whose words, with which figures.

    >>> import quotetrack
    >>> article = quotetrack.parse("“We will reopen in May,” said Ana Duarte, the owner.")
    >>> article.quotes[0].speaker.name
    'Ana Duarte'

Names load when they are first used, so that importing the package stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotetrack.api import parse, parse_many
    from quotetrack.claims.checkworthy import check_worthiness
    from quotetrack.claims.quantities import find_quantities
    from quotetrack.claims.times import find_times
    from quotetrack.facts.claimreview import match_reviews
    from quotetrack.facts.ledger import Ledger
    from quotetrack.facts.match import find_quote
    from quotetrack.facts.verify import verify
    from quotetrack.models import (
        Article,
        Check,
        Claim,
        Fact,
        Quantity,
        Quote,
        QuoteChange,
        QuoteMatch,
        Span,
        Speaker,
        SpeakerRef,
        TimeRef,
    )

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Check",
    "Claim",
    "Fact",
    "Ledger",
    "Quantity",
    "Quote",
    "QuoteChange",
    "QuoteMatch",
    "Span",
    "Speaker",
    "SpeakerRef",
    "TimeRef",
    "check_worthiness",
    "find_quantities",
    "find_quote",
    "find_times",
    "match_reviews",
    "parse",
    "parse_many",
    "verify",
]

_HOME = {
    "Ledger": "quotetrack.facts.ledger",
    "check_worthiness": "quotetrack.claims.checkworthy",
    "find_quantities": "quotetrack.claims.quantities",
    "find_quote": "quotetrack.facts.match",
    "find_times": "quotetrack.claims.times",
    "match_reviews": "quotetrack.facts.claimreview",
    "parse": "quotetrack.api",
    "parse_many": "quotetrack.api",
    "verify": "quotetrack.facts.verify",
}
"""Where the names live; those not listed are types of `quotetrack.models`."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'quotetrack' has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOME.get(name, "quotetrack.models")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
