"""The public types: what an article says, who says it, and with which figures.

Every object is frozen and holds only values that JSON can carry, so that
``Article.model_validate_json(article.model_dump_json()) == article``.  Offsets count
characters (Python ``str`` indices) of ``Article.text``; ends are exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from importlib import import_module
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "Article",
    "Check",
    "Claim",
    "Fact",
    "Quantity",
    "Quote",
    "QuoteChange",
    "QuoteMatch",
    "Span",
    "Speaker",
    "SpeakerRef",
    "TimeRef",
]

QuoteKind = Literal["direct", "mixed", "indirect"]
"""direct: all inside quotation marks; mixed: partly; indirect: the gist, in the article's words."""
Manner = Literal["speech", "writing", "thought", "document", "stance"]
"""How the source stands to the content.

speech: said, told; writing: wrote, tweeted, stated in a release; thought: believes, hopes,
fears; document: a poll, a law or a study shows it; stance: endorsed, criticised, refused.
Quotations proper are speech and writing.
"""
Evidence = Literal[
    "cue", "split", "adjacent", "continued", "next_sentence", "next_paragraph", "turn", "label"
]
"""What an attribution rests on.

cue: the sentence says so; split: a further piece ("…," she said. "…"); adjacent: a name right
behind ("…" — Name); continued: left open in the paragraph before; next_sentence: a sentence
beside it names the source; next_paragraph: the paragraph after one of the same speaker's; turn:
a dialogue whose turns alternate; label: a label in front ("SMITH: …").
"""
SpeakerKind = Literal["person", "organization", "group", "document", "unnamed"]
"""person: has a name; organization: also a place that speaks; group: several ("both parties");
document: a poll, a report; unnamed: one person without a name ("a senior official")."""
Qualifier = Literal["exact", "about", "more_than", "less_than", "at_least", "up_to"]
"""The bound that words set: about, nearly (about); over (more_than); under (less_than); no fewer
than (at_least); as much as (up_to)."""
Change = Literal["rise", "fall"]
"""The figure is what something rose or fell by, or rose or fell to."""
Granularity = Literal["day", "week", "month", "quarter", "season", "year", "decade"]
"""How precise the words are, not how long the period is."""
MatchVerdict = Literal["verbatim", "edited", "altered", "absent"]
"""verbatim: word for word; edited: other marks, capitals, a filler or an honest ellipsis;
altered: another number, negation, direction, name or sense; absent: not there."""
ChangeKind = Literal[
    "punctuation",
    "case",
    "filler",
    "ellipsis",
    "wording",
    "number",
    "negation",
    "direction",
    "name",
    "cut",
    "order",
]
"""Edits: punctuation, case, filler, ellipsis.  What alters: number, negation, direction, name,
cut (the sense turns on what was left out), order (of the pieces), other wording."""
CheckVerdict = Literal["agrees", "rounding", "contradicts", "not_comparable"]
"""agrees: within bounds; rounding: within the digits shown; contradicts: outside both;
not_comparable: another unit or time, or no fact or several fit."""


_PROVENANCE = {
    "sha256": "Of the text in UTF-8; added by writers, ignored when read.",
    "quotetrack": "The version that read the text; added by writers, ignored when read.",
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


_Model = TypeVar("_Model", bound=_Frozen)
_put_fields, _put_fields_set, _put_extra, _put_private = (
    vars(BaseModel)[slot].__set__
    for slot in (
        "__dict__",
        "__pydantic_fields_set__",
        "__pydantic_extra__",
        "__pydantic_private__",
    )
)
"""What a model is made of; set directly, as frozen objects let nobody else."""


@cache
def _names_of_fields(model: type[_Frozen]) -> set[str]:
    return set(model.model_fields)


def made(model: type[_Model], /, **fields: object) -> _Model:
    """An object of fields that are known to be right, complete and in their order.

    What `model_construct` does, without looking for aliases and defaults: an article is made
    of hundreds of objects.  Those of one type share the set of names: copies have their own.
    """
    new = object.__new__(model)
    _put_fields(new, fields)
    _put_fields_set(new, _names_of_fields(model))
    _put_extra(new, None)
    _put_private(new, None)
    return new


class Span(_Frozen):
    """A stretch of the article: ``article.text[start:end] == text``."""

    start: int = Field(ge=0, description="Offset of the first character.")
    end: int = Field(ge=0, description="Offset after the last character.")
    text: str = Field(description="The characters themselves, unaltered.")


class SpeakerRef(_Frozen):
    """A pointer to a `Speaker`, with the name, so that JSON reads on its own."""

    id: str = Field(description="`Speaker.id` in the same article.")
    name: str = Field(description="`Speaker.name`.")


class Speaker(_Frozen):
    """Someone (or something) that speaks, writes, thinks or claims in the article."""

    id: str = Field(description='Unique in the article: "s1", "s2", … in order of appearance.')
    name: str = Field(description="The fullest name in the article, without title or role.")
    kind: SpeakerKind = Field(description="What sort of source this is.")
    role: str | None = Field(
        default=None, description="The first role or title the article gives; None: none."
    )
    descriptions: tuple[str, ...] = Field(
        default=(), description="Every role, title and apposition, in order of appearance."
    )
    aliases: tuple[str, ...] = Field(
        default=(), description="Other forms of the name in the article, pronouns left out."
    )
    mentions: tuple[Span, ...] = Field(
        default=(), description="Every mention found, pronouns included, in order."
    )


class Quote(_Frozen):
    """Words (or their gist) that the article gives to a source."""

    id: str = Field(description='Unique in the article: "q1", "q2", … in order of appearance.')
    kind: QuoteKind = Field(
        description="direct: all inside quotation marks; mixed: partly; indirect: none."
    )
    text: str = Field(description="The pieces joined by ' … ' where something stands between.")
    spans: tuple[Span, ...] = Field(
        min_length=1, description="The pieces in reading order, quotation marks included."
    )
    cue: Span | None = Field(
        default=None, description='The words that introduce the content ("said"); None: no cue.'
    )
    source: Span | None = Field(
        default=None, description='The words that name the source ("he"); None: not named here.'
    )
    speaker: SpeakerRef | None = Field(
        default=None, description="Whom the source means; None: unknown or not safe to say."
    )
    manner: Manner = Field(description="How the source stands to the content, from the cue.")
    evidence: Evidence = Field(
        default="cue", description="What the attribution rests on (see docs: evidence)."
    )
    confidence: float = Field(
        ge=0, le=1, description="Estimated probability that content, source and speaker are right."
    )
    continues: str | None = Field(
        default=None, description="Id of the quote that this one carries on; None: starts afresh."
    )
    parent: str | None = Field(
        default=None, description="Id of the quote whose content holds this one; None: outermost."
    )


class Quantity(_Frozen):
    """A figure, normalised.  A range has `low` and `high` and no `value`."""

    span: Span = Field(description="The figure with its unit, the hedge left out.")
    value: Decimal | None = Field(default=None, description="In `unit`; None: a range.")
    low: Decimal | None = Field(
        default=None, description="Lower end of a range, in `unit`; None: no range."
    )
    high: Decimal | None = Field(
        default=None, description="Upper end of a range, in `unit`; None: no range."
    )
    unit: str = Field(
        description='ISO 4217 code for money ("USD"), else "percent", "percentage_point", '
        '"count", "times", or a singular English noun ("mile").'
    )
    dimension: str = Field(
        description='What sort of measure: "money", "ratio", "count", "length", "time", …'
    )
    qualifier: Qualifier = Field(default="exact", description="The bound that the words set.")
    assumed: bool = Field(
        default=False, description='True where the unit is a guess: a bare "$" read as USD.'
    )
    precision: Decimal | None = Field(
        default=None,
        description="Place value of the last digit shown, in `unit` "
        '("8.6 billion": 100000000); None: words without digits.',
    )
    per: str | None = Field(
        default=None, description='The denominator of a rate: "year"; None: no rate.'
    )
    of: str | None = Field(
        default=None, description="The noun phrase that is counted or shared; None: not said."
    )
    change: Change | None = Field(default=None, description="rise or fall; None: a level.")


class TimeRef(_Frozen):
    """A date or period on the calendar; relative words count from `Article.published`."""

    span: Span = Field(description='The words: "last week".')
    start: date | None = Field(default=None, description="First day; None: cannot be known.")
    end: date | None = Field(default=None, description="Last day, included; None: unknown.")
    granularity: Granularity = Field(description="The precision that the words have.")


class Claim(_Frozen):
    """A statement that somebody, or the article itself, puts forward."""

    id: str = Field(description='Unique in the article: "c1", "c2", … in order of appearance.')
    text: str = Field(description="The statement's words; `span.text`.")
    span: Span = Field(description="Where it stands.")
    speaker: SpeakerRef | None = Field(
        default=None, description="Who makes it; None: the article's own voice, or unknown."
    )
    quote: str | None = Field(
        default=None, description="Id of the quote that holds it; None: it lies in none."
    )
    quantities: tuple[Quantity, ...] = Field(
        default=(), description="The figures in it, in reading order."
    )
    times: tuple[TimeRef, ...] = Field(default=(), description="The dates and periods in it.")
    negated: bool = Field(default=False, description="The main statement is denied.")
    hedges: tuple[str, ...] = Field(default=(), description='Words that soften it: "reportedly".')
    check_worthiness: float = Field(
        default=0.0, ge=0, le=1, description="How much it calls for checking; for ranking."
    )


class QuoteChange(_Frozen):
    """One difference between a quotation and its source."""

    kind: ChangeKind = Field(description="What sort of difference.")
    quoted: str = Field(description="The wording of the quotation; empty: left out there.")
    source: str = Field(description="The wording of the source; empty: not there.")


class QuoteMatch(_Frozen):
    """Whether, and where, a quotation stands in a source."""

    verdict: MatchVerdict = Field(description="Whether it stands there, and how.")
    spans: tuple[Span, ...] = Field(default=(), description="Where in the source, in order.")
    changes: tuple[QuoteChange, ...] = Field(
        default=(), description="The differences, in the order of the quotation."
    )
    ratio: float = Field(ge=0, le=1, description="Share of words that agree.")
    speaker: SpeakerRef | None = Field(
        default=None, description="Who says it there; None: unknown, or the source is no `Article`."
    )


class Fact(_Frozen):
    """A figure that is known from elsewhere."""

    subject: str = Field(description="What the figure measures, in words.")
    quantity: Quantity = Field(description="The figure.")
    as_of: TimeRef | None = Field(default=None, description="When it held; None: not said.")
    source: str = Field(description="A URL or title.")


class Check(_Frozen):
    """How a claim stands to known facts."""

    verdict: CheckVerdict = Field(description="Whether the claimed figure can hold.")
    fact: Fact | None = Field(default=None, description="The fact compared with; None: none fits.")
    deviation: Decimal | None = Field(
        default=None, description="(claimed - known) / known, signed; None: not comparable."
    )
    reason: str = Field(description="The verdict in plain words.")


class Article(_Frozen):
    """An article with everything that was read from it."""

    text: str = Field(description="The body, unaltered; every offset counts its characters.")
    title: str | None = Field(default=None, description="The headline; None: not given.")
    published: date | None = Field(
        default=None, description="The day from which relative times count; None: not given."
    )
    url: str | None = Field(default=None, description="Where it stands; None: not given.")
    quotes: tuple[Quote, ...] = Field(default=(), description="In order of appearance.")
    speakers: tuple[Speaker, ...] = Field(
        default=(), description="Those who speak or claim, in order of first appearance."
    )
    claims: tuple[Claim, ...] = Field(default=(), description="In order of appearance.")

    model_config = ConfigDict(
        json_schema_extra=lambda schema: schema["properties"].update(
            {key: {"type": "string", "description": about} for key, about in _PROVENANCE.items()}
        )
    )

    @model_validator(mode="before")
    @classmethod
    def _without_provenance(cls, fields: object) -> object:
        """Written articles carry the text's SHA-256 and the version: not fields, no error."""
        if isinstance(fields, dict) and _PROVENANCE.keys() & fields.keys():
            return {key: value for key, value in fields.items() if key not in _PROVENANCE}
        return fields

    @cached_property
    def _speaker_ids(self) -> dict[str, tuple[str, ...]]:
        """Lower-cased name or alias -> ids of the speakers who bear it."""
        ids: dict[str, list[str]] = {}
        for speaker in self.speakers:
            for name in {speaker.name.casefold(), *(a.casefold() for a in speaker.aliases)}:
                ids.setdefault(name, []).append(speaker.id)
        return {name: tuple(found) for name, found in ids.items()}

    def _with_speaker(self, name: str, items: Iterable[Quote | Claim]) -> Iterator[Quote | Claim]:
        ids = self._speaker_ids.get(name.casefold(), ())
        return (item for item in items if item.speaker is not None and item.speaker.id in ids)

    def quotes_by(self, name: str) -> tuple[Quote, ...]:
        """The quotes of the speaker with this name or alias, case aside, in reading order."""
        return tuple(q for q in self._with_speaker(name, self.quotes) if isinstance(q, Quote))

    def claims_by(self, name: str) -> tuple[Claim, ...]:
        """The claims of the speaker with this name or alias, case aside, in reading order."""
        return tuple(c for c in self._with_speaker(name, self.claims) if isinstance(c, Claim))

    def _repr_html_(self) -> str:
        """The report in a frame, as notebooks show it."""
        # by name: the report reads these types, and only notebooks need it
        drawn: str = import_module("quotetrack.formats.report").frame(self)
        return drawn
