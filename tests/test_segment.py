"""Paragraphs, sentences and tokens: cases in cases/segment.txt and cases/tokens.txt."""

from __future__ import annotations

import itertools
import time

import pytest
from case_files import params
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.text.segment import segment

ANY_TEXT = st.text(st.characters(exclude_categories=()))
PIECES = (
    *"“”‘’\"'.,!?…()—-$%",
    *("\n", "\r\n", "\n\n", " ", " ", "Mr.", "U.S.", "said", "He", "she"),
    *("8.6", "don’t", "p.m.", "The", "…”", "I", "no.", "5"),
)
NEWS_LIKE = st.lists(st.sampled_from(PIECES)).map("".join)


def sentences(text: str) -> list[str]:
    layout = segment(text)
    return [text[layout.starts[s.first] : layout.ends[s.last - 1]] for s in layout.sentences]


@pytest.mark.parametrize("case", params("segment.txt"))
def test_sentences(case: str) -> None:
    pieces = case.replace("⏎", "\n").split("‖")
    assert sentences("".join(pieces)) == [piece.strip() for piece in pieces]


@pytest.mark.parametrize("case", params("tokens.txt"))
def test_tokens(case: str) -> None:
    assert segment(case.replace("·", "")).words == case.replace("·", " ").split()


def test_hand_wrapped_lines_are_one_paragraph() -> None:
    line = "the harbour master walked along the pier and counted every one"
    text = f"{line}\n" * 5 + "of them.\n\nThen she\nleft."
    assert len(segment(text).paragraphs) == 2


def test_windows_line_ends_part_paragraphs() -> None:
    assert sentences("First one\r\nSecond one\r\n\r\nThird") == ["First one", "Second one", "Third"]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n", "\x00", "\ud800", "”", ".", "…" * 50])
def test_odd_texts(text: str) -> None:
    assert segment(text).text == text


@given(ANY_TEXT | NEWS_LIKE)
def test_tokens_hold_every_character_but_white_space(text: str) -> None:
    layout = segment(text)
    assert "".join(layout.words) == "".join(text.split())
    assert [text[a:b] for a, b in zip(layout.starts, layout.ends, strict=True)] == layout.words
    assert all(a < b for a, b in zip(layout.starts, layout.ends, strict=True))
    assert all(a <= b for a, b in zip(layout.ends, layout.starts[1:], strict=False))


@given(ANY_TEXT | NEWS_LIKE)
def test_sentences_part_the_tokens(text: str) -> None:
    layout = segment(text)
    bounds = [(s.first, s.last) for s in layout.sentences]
    assert all(first < last for first, last in bounds)
    edges = [0, *itertools.chain.from_iterable(bounds), len(layout.words)]
    assert edges[::2] == edges[1::2]
    assert layout.sentence_of == [
        index for index, (first, last) in enumerate(bounds) for _ in range(first, last)
    ]
    for s in layout.sentences:
        start, end = layout.paragraphs[s.paragraph]
        assert start <= layout.starts[s.first]
        assert layout.ends[s.last - 1] <= end


@given(NEWS_LIKE)
def test_paragraphs_are_in_order_and_without_space_at_the_edges(text: str) -> None:
    found = segment(text).paragraphs
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert found == sorted(found)


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", "“", "'", ".", ". ", "A.", "1,", "1.", "-", "a-", "a'", "\n", " \n", "\r", "no. "],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        begin = time.process_time()
        segment(unit * (length // len(unit)))
        return time.process_time() - begin

    seconds(1000)
    assert seconds(200_000) < 0.05 + 40 * seconds(20_000)  # quadratic would be 100
