"""The public types: frozen, loss-free in JSON, described in their schema."""

from __future__ import annotations

import json
from decimal import Decimal

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_articles import ferry, span

import quotetrack
from quotetrack import models
from quotetrack.models import Article, Quantity, Quote, Span, Speaker, SpeakerRef


def test_article_survives_json() -> None:
    article = ferry()
    assert Article.model_validate_json(article.model_dump_json()) == article
    assert Article.model_validate(json.loads(article.model_dump_json())) == article


@given(st.decimals(allow_nan=False, allow_infinity=False), st.text(st.characters(codec="utf-8")))
def test_numbers_and_texts_survive_json_unrounded(value: Decimal, text: str) -> None:
    quantity = Quantity(
        span=Span(start=0, end=len(text), text=text), value=value, unit="USD", dimension="money"
    )
    again = Quantity.model_validate_json(quantity.model_dump_json())
    assert again == quantity
    assert str(again.value) == str(value)


def test_objects_are_frozen() -> None:
    quote = ferry().quotes[0]
    with pytest.raises(pydantic.ValidationError):
        quote.confidence = 1.0
    assert hash(quote) == hash(ferry().quotes[0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": -1, "end": 0, "text": ""},
        {"start": 0, "end": 1, "text": "a", "colour": "red"},
        {"start": 0, "end": 1},
    ],
)
def test_wrong_spans_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(pydantic.ValidationError):
        Span.model_validate(wrong)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, "sure"])
def test_confidence_is_a_probability(confidence: object) -> None:
    fields = ferry().quotes[0].model_dump() | {"confidence": confidence}
    with pytest.raises(pydantic.ValidationError):
        Quote.model_validate(fields)


def test_quotes_by_takes_any_name_in_any_case() -> None:
    text = "Ana Duarte"
    ref = SpeakerRef(id="s1", name=text)
    speaker = Speaker(id="s1", name=text, kind="person", aliases=("Duarte", "the owner"))
    quote = Quote(
        id="q1",
        kind="indirect",
        text=text,
        spans=(span(text, text),),
        speaker=ref,
        manner="speech",
        confidence=0.5,
    )
    nameless = quote.model_copy(update={"id": "q2", "speaker": None})
    article = Article(text=text, quotes=(quote, nameless), speakers=(speaker,))
    for name in ("Ana Duarte", "ANA DUARTE", "duarte", "The Owner"):
        assert article.quotes_by(name) == (quote,)
    assert article.quotes_by("Ana") == ()
    assert article.claims_by("duarte") == ()


def test_two_speakers_of_one_name_are_both_found() -> None:
    text = "Reyes"
    quotes = tuple(
        Quote(
            id=f"q{n}",
            kind="indirect",
            text=text,
            spans=(span(text, text),),
            speaker=SpeakerRef(id=f"s{n}", name=name),
            manner="speech",
            confidence=0.5,
        )
        for n, name in ((1, "Tom Reyes"), (2, "Ida Reyes"))
    )
    speakers = tuple(
        Speaker(id=f"s{n}", name=name, kind="person", aliases=("Reyes",))
        for n, name in ((1, "Tom Reyes"), (2, "Ida Reyes"))
    )
    article = Article(text=text, quotes=quotes, speakers=speakers)
    assert article.quotes_by("reyes") == quotes
    assert article.quotes_by("Ida Reyes") == quotes[1:]


def test_schema_names_every_type() -> None:
    schema = Article.model_json_schema()
    assert {"Quote", "Speaker", "Claim", "Quantity", "TimeRef", "Span"} <= set(schema["$defs"])


@pytest.mark.parametrize("name", models.__all__)
def test_every_type_and_field_is_described(name: str) -> None:
    model = getattr(models, name)
    schema = model.model_json_schema()
    assert schema["description"]
    for field, entry in schema["properties"].items():
        assert entry.get("description"), field
        optional = any(choice.get("type") == "null" for choice in entry.get("anyOf", ()))
        assert not optional or "None" in entry["description"], f"{field}: what does None mean?"


@pytest.mark.parametrize("name", models.__all__)
def test_types_stand_at_the_front_door(name: str) -> None:
    assert getattr(quotetrack, name) is getattr(models, name)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        quotetrack.nonsense  # noqa: B018


def test_what_is_made_is_what_pydantic_would_construct() -> None:
    fields = {"start": 0, "end": 3, "text": "Yes"}
    one, other = models.made(models.Span, **fields), models.Span.model_validate(fields)
    assert one == other
    assert hash(one) == hash(other)
    assert one.model_fields_set == other.model_fields_set
    assert one.model_copy(update={"text": "No"}).model_dump() == {**fields, "text": "No"}
