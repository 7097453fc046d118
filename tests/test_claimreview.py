"""Earlier fact-checks: reading ClaimReview, ranking, what always holds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack import Claim, Span, SpeakerRef, match_reviews
from quotetrack.facts.claimreview import Review, ReviewMatch, Reviews

CASES = Path(__file__).parent / "cases" / "claimreview.txt"


def read_cases() -> tuple[Reviews, list[tuple[str, str]]]:
    reviews: list[Review] = []
    cases: list[tuple[str, str]] = []
    claim = ""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "R:":
            name, _, text = rest.partition("; ")
            reviews.append(Review(claim=text, url=name))
        elif mark == "Q:":
            claim = rest
        elif mark == "=>":
            cases.append((claim, rest))
    return Reviews(reviews), cases


REVIEWS, QUESTIONS = read_cases()


@pytest.mark.parametrize(("claim", "expected"), QUESTIONS)
def test_case(claim: str, expected: str) -> None:
    found = match_reviews(claim, REVIEWS)
    if expected == "none":
        assert found == ()
    else:
        assert found[0].review.url == expected, found


def node(claim: str = "The mill burned down twice", **more: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim,
        "url": "https://example.org/mill",
        "datePublished": "2023-04-05T10:00:00Z",
        "author": {"@type": "Organization", "name": "Check Desk"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ida Holm"}},
        "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "False"},
        **more,
    }


EXPECTED = Review(
    claim="The mill burned down twice",
    claimant="Ida Holm",
    rating="False",
    publisher="Check Desk",
    url="https://example.org/mill",
    published=date(2023, 4, 5),
)


@pytest.mark.parametrize(
    "document",
    [
        node(),
        [node()],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, node()]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [node()]}]},
        node(author=[{"name": "Check Desk"}, {"name": "Other"}]),
        {**node(), "@type": ["Review", "ClaimReview"]},
        json.loads(EXPECTED.model_dump_json()),
    ],
)
def test_shapes_of_json_ld(document: object, tmp_path: Path) -> None:
    path = tmp_path / "review.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    reviews = Reviews.load(path)
    assert reviews.items == (EXPECTED,)
    assert not reviews.problems


def test_a_folder_and_its_problems(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(node()), encoding="utf-8")
    (tmp_path / "b.json").write_text("{broken", encoding="utf-8")
    lines = [json.dumps(node("The lake is 900 metres deep")), "{broken", "[]", json.dumps(node(""))]
    (tmp_path / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not read", encoding="utf-8")
    reviews = Reviews.load(tmp_path)
    assert [r.claim for r in reviews.items] == [
        "The mill burned down twice",
        "The lake is 900 metres deep",
    ]
    places = [(Path(p.origin.file or "").name, p.origin.line) for p in reviews.problems]
    assert places == [("b.json", None), ("c.jsonl", 2), ("c.jsonl", 3), ("c.jsonl", 4)]
    assert match_reviews("How deep is the lake?", tmp_path)[0].review.claim.startswith("The lake")


def test_the_speaker_of_the_claim_counts() -> None:
    text = "The mill burned down twice"
    claim = Claim(
        id="c1",
        text=text,
        span=Span(start=0, end=len(text), text=text),
        speaker=SpeakerRef(id="s1", name="Ida Holm"),
    )
    other = EXPECTED.model_copy(update={"claimant": "Per Dahl"})
    first, second = match_reviews(claim, [other, EXPECTED])
    assert first.review == EXPECTED
    assert first.score > second.score
    assert {"ida", "holm"} <= set(first.shared)


def test_the_limit() -> None:
    assert len(match_reviews("rents doubled in ten years", REVIEWS, limit=1)) == 1
    with pytest.raises(ValueError, match="limit"):
        match_reviews("rents", REVIEWS, limit=0)


def test_wrong_types_say_what_was_expected() -> None:
    with pytest.raises(TypeError, match="claim must be"):
        match_reviews(5, REVIEWS)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Review objects"):
        match_reviews("x", ["x"])  # type: ignore[list-item]
    with pytest.raises(FileNotFoundError):
        match_reviews("x", "no-such-folder")


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=40), max_size=8))
def test_matches_are_ranked_and_share_something(claim: str, texts: list[str]) -> None:
    found = match_reviews(claim, [Review(claim=text) for text in texts])
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    for match in found:
        assert match.shared
        assert ReviewMatch.model_validate_json(match.model_dump_json()) == match


WORDS = st.lists(
    st.sampled_from(["the", "mill", "lake", "ferry", "tax", "rent", "40", "500", "Ida"]), max_size=7
)


@given(WORDS, st.lists(WORDS, max_size=30), st.integers(1, 4))
def test_a_limit_leaves_the_best(claim: list[str], texts: list[list[str]], limit: int) -> None:
    reviews = Reviews([Review(claim=" ".join(words) or "x") for words in texts])
    everything = reviews.match(" ".join(claim), limit=100)
    best = reviews.match(" ".join(claim), limit=limit)
    assert [m.score for m in best] == pytest.approx([m.score for m in everything[:limit]])


@given(st.sampled_from(REVIEWS.items))
def test_a_review_matches_itself_first(review: Review) -> None:
    first = match_reviews(review.claim, REVIEWS)[0]
    assert first.review == review
    assert first.overlap == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "claimReviewed", "itemReviewed", "author", "name", "url"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_taken(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.mktemp("reviews") / "any.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    reviews = Reviews.load(path)
    assert reviews.items or reviews.problems
