"""Claims: the articles in cases/claims.txt, and what holds for every text."""

from __future__ import annotations

import pytest
from case_files import params
from hypothesis import given
from hypothesis import strategies as st

from quotetrack import Article, find_quantities, parse
from quotetrack.models import Claim

WORDS = st.sampled_from(
    (
        *("Ana Duarte", "The bank", "A Harbor poll", "Voters", "It", "She", "who", "which"),
        *("said", "shows", "expects", "put", "according to", "cut its forecast by", "that", "and"),
        *("42 percent", "$3 million", "40 boats", "half", "a third of", "two", "doubled", "12"),
        *("did not", "may", "never", "“", "”", ",", ".", "?", "\n\n", "In May,", "the poll"),
    )
)
ARTICLES = st.lists(WORDS, max_size=30).map(" ".join)


def shown(claim: Claim) -> str:
    figures = ", ".join(quantity.span.text for quantity in claim.quantities) or "-"
    speaker = claim.speaker.name if claim.speaker else "-"
    notes = ["negated"] * claim.negated + [f'"{hedge}"' for hedge in claim.hedges]
    return f"> {speaker} | {figures} | {claim.text} | {' '.join(notes)}".rstrip()


@pytest.mark.parametrize("case", params("claims.txt"))
def test_table(case: str) -> None:
    lines = case.splitlines()
    text = "\n".join(line for line in lines if not line.startswith("> "))
    expected = [line for line in lines if line.startswith("> ")]
    assert [shown(claim) for claim in parse(text).claims] == expected


@given(ARTICLES)
def test_claims_are_true_to_the_text(text: str) -> None:
    article = parse(text)
    quotes = {quote.id for quote in article.quotes}
    speakers = {speaker.id for speaker in article.speakers}
    for claim in article.claims:
        span = claim.span
        assert text[span.start : span.end] == span.text == claim.text
        assert claim.quote is None or claim.quote in quotes
        assert claim.speaker is None or claim.speaker.id in speakers
        for quantity in claim.quantities:
            assert span.start <= quantity.span.start < quantity.span.end <= span.end
    assert Article.model_validate_json(article.model_dump_json()) == article


@given(ARTICLES)
def test_every_figure_is_in_one_claim(text: str) -> None:
    claimed = [q.span.start for claim in parse(text).claims for q in claim.quantities]
    assert sorted(claimed) == [q.span.start for q in find_quantities(text)]
