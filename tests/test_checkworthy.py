"""Check-worthiness: its range, its order, and what a figure does to it."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack import check_worthiness
from quotetrack.claims.checkworthy import CONSTANT, MODEL, features, is_figure

FIGURES = st.sampled_from(
    [
        "by 12 percent",
        "about $3 million",
        "more than 40,000",
        "twice",
        "nearly 7%",
        "at least two hundred",
        "up to half",
        "£4.50",
        "in 2011",
        "roughly 1.5 billion dollars",
    ]
)
WORDS = st.sampled_from(
    [
        "We",
        "the",
        "plan",
        "cut",
        "taxes",
        "jobs",
        "in",
        "Norway",
        "fell",
        "was",
        "has",
        "never",
        "more",
        "and",
        "crime",
        "worst",
        "you",
        "?",
    ]
)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Unemployment in the county fell by 12 percent last year.", "Thank you very much."),
        ("Crime has doubled since he took office.", "What a lovely evening."),
        ("They spent $40 million on the bridge.", "Let me ask you about the bridge."),
        ("He voted for the war.", "Good evening, and welcome."),
        ("Our trade deficit is $800 billion.", "Do you agree?"),
    ],
)
def test_order(more: str, less: str) -> None:
    assert check_worthiness(more) > check_worthiness(less)


def test_no_word_is_the_constant() -> None:
    """Words that the model does not know weigh nothing, whatever its own terms are called."""
    assert check_worthiness("The ferries intercept.") == check_worthiness("The ferries zyxwv.")
    assert not features(CONSTANT) & {CONSTANT}


def test_no_str() -> None:
    with pytest.raises(TypeError, match="must be a str, not int"):
        check_worthiness(7)  # type: ignore[arg-type]


def test_figure_weights_are_not_negative() -> None:
    text = resources.files("quotetrack.data").joinpath("en", MODEL).read_text(encoding="utf-8")
    weights = {f: w for f, w in json.loads(text).items() if is_figure(f)}
    assert weights
    assert min(weights.values()) >= 0
    assert sum(weights.values()) > 1


@given(st.text())
def test_any_text(sentence: str) -> None:
    assert 0 <= check_worthiness(sentence) <= 1


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), FIGURES)
def test_a_figure_at_the_end_never_lowers(sentence: str, figure: str) -> None:
    assert check_worthiness(f"{sentence} {figure}") >= check_worthiness(sentence)


@given(st.lists(WORDS), FIGURES, st.lists(WORDS))
def test_a_figure_inside_never_lowers(before: list[str], figure: str, after: list[str]) -> None:
    with_figure, without = (" ".join([*before, *x, *after]) for x in ([figure], []))
    assert check_worthiness(with_figure) >= check_worthiness(without)
    assert {f for f in features(with_figure) if not is_figure(f)} == {
        f for f in features(without) if not is_figure(f)
    }


def test_long_input() -> None:
    assert 0 <= check_worthiness("a" * 1_000_000) <= 1
    assert 0 <= check_worthiness("1,." * 300_000) <= 1
