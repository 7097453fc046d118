"""Pairs of quotation marks: cases in cases/quotemarks.txt, and what always holds."""

from __future__ import annotations

import re
import time

import pytest
from case_files import params
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.text.layout import Quotation
from quotetrack.text.quotemarks import find_quotations
from quotetrack.text.segment import segment

MARKS = st.lists(
    st.sampled_from([*"“”‘’\"'„«»‚`", "''", "``", " ", "a", "s", "9", ",", "\n\n", " He said "])
).map("".join)


def expected(case: str) -> tuple[str, list[Quotation]]:
    """The text without its ⟦ ⟧, and the quotations that they mark."""
    text = ""
    found: list[Quotation] = []
    open_: list[tuple[int, int, str]] = []
    for piece in re.split(r"(⟦[?+]?|⟧)", case.replace("⏎", "\n")):
        if piece.startswith("⟦"):
            open_.append((len(found), len(text), piece[1:]))
            if piece != "⟦+":
                parent = open_[-2][0] if len(open_) > 1 else None
                found.append(Quotation(len(text), -1, (), len(open_) - 1, parent, piece != "⟦?"))
        elif piece == "⟧":
            index, start, mark = open_.pop()
            index = index - 1 if mark == "+" else index
            before = found[index]
            pieces = (*before.pieces, (start, len(text)))
            found[index] = Quotation(
                before.start, len(text), pieces, before.depth, before.parent, before.closed
            )
        else:
            text += piece
    return text, found


@pytest.mark.parametrize("case", params("quotemarks.txt"))
def test_pairs(case: str) -> None:
    text, quotations = expected(case)
    assert find_quotations(segment(text)) == quotations


@given(MARKS | st.text(st.characters(exclude_categories=())))
def test_quotations_nest_and_stay_inside_their_paragraphs(text: str) -> None:
    layout = segment(text)
    found = find_quotations(layout)
    for quotation in found:
        assert quotation.pieces
        assert (quotation.start, quotation.end) == (
            quotation.pieces[0][0],
            quotation.pieces[-1][1],
        )
        for start, end in quotation.pieces:
            assert start < end
            assert any(left <= start and end <= right for left, right in layout.paragraphs)
    pieces = [piece for quotation in found for piece in quotation.pieces]
    for start, end in pieces:
        for left, right in pieces:
            crossing = start < left < end < right
            assert not crossing


@given(MARKS)
def test_depth_counts_the_quotations_around(text: str) -> None:
    found = find_quotations(segment(text))
    for quotation in found:
        if quotation.parent is None:
            assert quotation.depth == 0
        else:
            around = found[quotation.parent]
            assert quotation.depth == around.depth + 1
            assert around.start <= quotation.start < around.end


@pytest.mark.parametrize("unit", ["“", "”", '"', "'", "‘", "’", "“‘", " 'a", "‘a ", '"a" ', "'s "])
def test_time_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        layout = segment(unit * (length // len(unit)))
        begin = time.process_time()
        find_quotations(layout)
        return time.process_time() - begin

    seconds(1000)
    assert seconds(100_000) < 0.05 + 40 * seconds(10_000)  # quadratic would be 100
