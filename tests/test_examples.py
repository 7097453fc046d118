"""The articles in examples/: what a reader would take from each must be found."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import quotetrack
from quotetrack import Article, Quote
from quotetrack.formats import readers
from quotetrack.formats.documents import Document

EXAMPLES = Path(__file__).parent.parent / "examples"


@cache
def article(name: str) -> Article:
    [document] = readers.read(EXAMPLES / name)
    assert isinstance(document, Document), document
    assert document.title
    assert document.published
    return quotetrack.parse(document.text, document.title, document.published, document.url)


def quote(found: Article, words: str) -> Quote:
    """The smallest quote that holds these words."""
    holding = [q for q in found.quotes if words in q.text]
    assert holding, words
    return min(holding, key=lambda q: len(q.text))


def name(found: Article, words: str) -> str | None:
    speaker = quote(found, words).speaker
    return speaker.name if speaker else None


def test_a_ministers_figure_in_indirect_speech() -> None:
    levy = article("tidal-levy.md")
    said = quote(levy, "more than €240 million")
    assert (said.kind, said.manner) == ("indirect", "speech")
    [figure] = [
        quantity
        for claim in levy.claims_by("Elin van der Meer")
        for quantity in claim.quantities
        if quantity.unit == "EUR"
    ]
    assert (figure.value, figure.qualifier) == (Decimal(240_000_000), "more_than")


def test_two_people_who_share_part_of_a_name() -> None:
    levy = article("tidal-levy.md")
    assert name(levy, "a tax on bread") == "Joris van der Velde"
    assert name(levy, "standing in the water with a bucket") == "Elin van der Meer"
    inquiry = article("pier-inquiry.md")
    assert name(inquiry, "push my hand into the wood") == "Leo Brandt"
    assert name(inquiry, "called Sorley that night") == "Ida Brandt"


def test_a_quotation_over_paragraphs() -> None:
    inquiry = article("pier-inquiry.md")
    last = quote(inquiry, "Nobody called me.")
    assert last.evidence == "continued"
    middle = quote(inquiry, "I wrote it in capitals.")
    assert (last.continues, middle.continues) == (
        middle.id,
        quote(inquiry, "push my hand into the wood").id,
    )
    assert name(inquiry, "Nobody called me.") == "Leo Brandt"


def test_questions_and_answers() -> None:
    inquiry = article("pier-inquiry.md")
    assert name(inquiry, "What did she do?") == "Amara Whitfield"
    assert name(inquiry, "into the garden and telephoned") == "Leo Brandt"


def test_a_poll() -> None:
    poll = article("levy-poll.md")
    assert name(poll, "People can be angry about a bill") == "Nadia Osei"
    [figure] = [
        quantity
        for claim in poll.claims
        for quantity in claim.quantities
        if quantity.low == Decimal(260_000_000)
    ]
    assert (figure.high, figure.unit) == (Decimal(280_000_000), "EUR")
    minister = [q for c in poll.claims_by("Elin van der Meer") for q in c.quantities]
    assert Decimal(310_000_000) in [quantity.value for quantity in minister]
