"""What a ledger gives back: frozen, and as JSON like every other result."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from quotetrack.models import Claim, Quantity, Quote, SpeakerKind


class LedgerError(Exception):
    """The ledger cannot be opened, read or written; the message says which and why."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Added(_Frozen):
    """What `Ledger.add` did with an article."""

    article: int = Field(description="Its number in the ledger.")
    status: Literal["added", "known", "replaced"] = Field(
        description="known: the same text was there, nothing changed; replaced: it was there "
        "without the date, title or address that it has now."
    )
    quotes: int
    speakers: int
    claims: int


class ArticleRef(_Frozen):
    """Where something was said."""

    id: int = Field(description="Number of the article in the ledger, for `Ledger.article`.")
    title: str | None = None
    published: date | None = None
    url: str | None = None


class PersonRef(_Frozen):
    """Who said it: one speaker over all articles."""

    id: int = Field(description="Number of the speaker in the ledger, for `merge` and `split`.")
    name: str


class Person(PersonRef):
    """A speaker (not only a person) with what the ledger holds of them."""

    kind: SpeakerKind
    names: tuple[str, ...] = Field(description="Every form that articles give as the full name.")
    roles: tuple[str, ...] = Field(description="Every role, in order of appearance.")
    articles: int
    quotes: int
    claims: int
    first: date | None = Field(default=None, description="Of the oldest dated article.")
    last: date | None = Field(default=None, description="Of the newest dated article.")


class LedgerQuote(_Frozen):
    """A quote with who said it where, and the claims it holds."""

    quote: Quote
    claims: tuple[Claim, ...] = ()
    speaker: PersonRef | None = Field(
        default=None, description="Over all articles; `quote.speaker` is that of the article."
    )
    article: ArticleRef


class LedgerClaim(_Frozen):
    """A claim with who makes it where."""

    claim: Claim
    speaker: PersonRef | None = None
    article: ArticleRef


class Repeat(_Frozen):
    """The same claim in several articles."""

    text: str = Field(description="Its words where it appears first.")
    speakers: tuple[PersonRef, ...] = Field(description="Who made it, in order of appearance.")
    first: date | None = Field(default=None, description="Since when; None: no date is known.")
    last: date | None = None
    claims: tuple[LedgerClaim, ...] = Field(min_length=2, description="Oldest first.")


class Conflict(_Frozen):
    """Two claims on one subject whose figures cannot both hold."""

    subject: str = Field(description="The words that both have.")
    earlier: LedgerClaim
    later: LedgerClaim
    figures: tuple[Quantity, Quantity] = Field(description="The earlier one's, the later one's.")
    deviation: Decimal | None = Field(
        default=None, description="(later - earlier) / earlier, signed; None: earlier is 0."
    )
    reason: str = Field(description="In plain words.")
