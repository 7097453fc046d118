"""The front door: arguments are checked, spans are true, many articles come in order."""

from __future__ import annotations

import warnings
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotetrack

ARTICLE = (
    "The harbour board approved the plan on Monday. “We lost $4.5 million last year,” said "
    "Petra Lindqvist, the board's treasurer.\n\n"
    "“It cannot go on,” she added. The mayor, Jonas Weber, said that the city would not pay "
    "more than 3 percent of the bill.\n"
)


@pytest.fixture(scope="module")
def article() -> quotetrack.Article:
    return quotetrack.parse(ARTICLE, title="Harbour plan approved", published="2024-05-07")


def test_speakers_of_an_article(article: quotetrack.Article) -> None:
    by_text = {q.text: q.speaker.name for q in article.quotes if q.speaker}
    assert by_text["“We lost $4.5 million last year,”"] == "Petra Lindqvist"
    assert by_text["“It cannot go on,”"] == "Petra Lindqvist"
    assert [q.kind for q in article.quotes_by("Jonas Weber")] == ["indirect"]


def test_figures_belong_to_those_who_say_them(article: quotetrack.Article) -> None:
    found = {
        (str(q.value), q.unit, q.qualifier): c.speaker.name
        for c in article.claims
        for q in c.quantities
        if c.speaker
    }
    assert found["4500000", "USD", "exact"] == "Petra Lindqvist"
    assert found["3", "percent", "more_than"] == "Jonas Weber"


def test_json_loses_nothing(article: quotetrack.Article) -> None:
    again = quotetrack.Article.model_validate_json(article.model_dump_json())
    assert again == article
    assert quotetrack.Article.model_json_schema()["title"] == "Article"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (((3,), {}), TypeError, "text must be a str, not int"),
        (((b"x",), {}), TypeError, "text must be a str, not bytes"),
        ((("x",), {"title": 3}), TypeError, "title must be"),
        ((("x",), {"url": 3}), TypeError, "url must be"),
        ((("x",), {"published": 3}), TypeError, "published must be"),
        ((("x",), {"published": "last May"}), ValueError, "published is no ISO date"),
        ((("x",), {"min_confidence": 2}), ValueError, "between 0 and 1"),
        ((("x",), {"min_confidence": "a"}), TypeError, "min_confidence must be a number"),
    ],
)
def test_wrong_arguments_say_so(
    arguments: tuple[tuple[object, ...], dict[str, object]], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        quotetrack.parse(*arguments[0], **arguments[1])  # type: ignore[arg-type]


def test_min_confidence_leaves_out_the_doubtful(article: quotetrack.Article) -> None:
    least = min(q.confidence for q in article.quotes)
    fewer = quotetrack.parse(ARTICLE, min_confidence=min(1.0, least + 1e-6))
    assert len(fewer.quotes) < len(article.quotes)
    assert all(q.confidence > least for q in fewer.quotes)
    kept = {s.id for s in fewer.speakers}
    assert all(q.speaker is None or q.speaker.id in kept for q in fewer.quotes)


PIECES = st.sampled_from(
    [
        *[
            "“",
            "”",
            '"',
            "'",
            "‘",
            "’",
            "«",
            "\n",
            "\n\n",
            " ",
            ", ",
            ". ",
            "said",
            "he said",
            ": ",
        ],
        *[
            "Ana Duarte",
            "according to",
            "$3.5 billion",
            "52-48",
            "May 3",
            "\x00",
            "\ud800",
            "ß",
            "ى",
        ],
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_an_article_with_true_spans(text: str) -> None:
    article = quotetrack.parse(text)
    spans = [s for q in article.quotes for s in (*q.spans, q.cue, q.source) if s is not None]
    spans += [c.span for c in article.claims]
    spans += [q.span for c in article.claims for q in c.quantities]
    spans += [m for s in article.speakers for m in s.mentions]
    assert all(text[s.start : s.end] == s.text for s in spans)
    ids = {s.id for s in article.speakers}
    assert all(q.speaker is None or q.speaker.id in ids for q in article.quotes)
    assert all(0 <= q.confidence <= 1 for q in article.quotes)


def test_published_may_be_a_date() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quotetrack.parse("x", published=date(2024, 5, 7)).published == date(2024, 5, 7)
