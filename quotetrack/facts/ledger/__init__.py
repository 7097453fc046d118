"""Articles over time, in SQLite or PostgreSQL: `Ledger`.

Needs the extra ``ledger``: ``pip install "quotetrack[ledger]"``.
"""

from __future__ import annotations

try:
    from quotetrack.facts.ledger.ledger import Ledger
except ModuleNotFoundError as error:
    if error.name != "sqlalchemy":
        raise
    raise ModuleNotFoundError(
        'the ledger needs the extra: pip install "quotetrack[ledger]"', name="sqlalchemy"
    ) from None
from quotetrack.facts.ledger.results import (
    Added,
    ArticleRef,
    Conflict,
    LedgerClaim,
    LedgerError,
    LedgerQuote,
    Person,
    PersonRef,
    Repeat,
)

__all__ = [
    "Added",
    "ArticleRef",
    "Conflict",
    "Ledger",
    "LedgerClaim",
    "LedgerError",
    "LedgerQuote",
    "Person",
    "PersonRef",
    "Repeat",
]
