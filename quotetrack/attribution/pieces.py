"""Pieces of quotations, one a paragraph, and who stands beside one that has no cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from quotetrack.attribution.attribution import Range
from quotetrack.attribution.phrases import noun_phrase_before
from quotetrack.attribution.reading import FINITE, Reading, TokenRange
from quotetrack.attribution.subjects import subject_before

_SHORTEST = 4
"""Words.  Shorter quotations without a cue are names and scare quotes, unless they are
sentences."""


class Piece(NamedTuple):
    """One paragraph's worth of an outermost quotation."""

    quotation: int
    number: int
    """0: the quotation's first piece."""
    span: Range
    first: int
    last: int
    """Tokens, end exclusive."""


def pieces_of(reading: Reading) -> Iterator[Piece]:
    """The pieces of all outermost quotations, in reading order."""
    starts = reading.layout.starts
    for index, quotation in enumerate(reading.quotations):
        if quotation.depth:
            continue
        for number, (start, end) in enumerate(quotation.pieces):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            yield Piece(index, number, (start, end), first, last)


def is_note(reading: Reading, piece: Piece) -> bool:
    """Whether a piece is a note in brackets: "(CROSSTALK)", "[Laughter.]"."""
    words = [reading.lower[k] for k in range(piece.first, piece.last)]
    inner = [word for word in words if word not in {"“", "”", '"', ".", "``", "''"}]
    return len(inner) > 1 and inner[0] in {"(", "["} and inner[-1] in {")", "]"} and len(inner) < 6


def stands_alone(reading: Reading, piece: Piece) -> bool:
    """Whether the quotation is made of whole sentences: neither scare quote nor title."""
    layout = reading.layout
    first = layout.sentences[layout.sentence_of[piece.first]]
    last = layout.sentences[layout.sentence_of[piece.last - 1]]
    if first.first != piece.first:
        return False
    ends = last.last == piece.last or (
        last.last == piece.last + 1 and reading.lower[piece.last] in {".", "!", "?"}
    )
    words = [k for k in range(piece.first, piece.last) if reading.lower[k][0].isalnum()]
    stopped = any(
        reading.lower[k] in {".", "!", "?", "…", "..."}
        for k in range(max(piece.first, piece.last - 3), piece.last)
    )
    if not ends:
        return len(words) >= _SHORTEST and any(reading.tags[k] in FINITE for k in words) and stopped
    return len(words) >= _SHORTEST or stopped


def person_told_of(reading: Reading, sentence: int) -> TokenRange | None:
    """The subject of a sentence without quotation, if it is "he", "she" or a name."""
    first, last = reading.layout.sentences[sentence].first, reading.layout.sentences[sentence].last
    if any(reading.inside[k] >= 0 for k in range(first, last)):
        return None
    verb = next((k for k in range(first, last) if reading.tags[k] in FINITE), None)
    subject = None if verb is None else subject_before(reading, verb, first)
    if subject is not None and reading.tags[subject[0]] == "WP":  # "Ann Lee, who …, nodded"
        comma = reading.lower[max(0, subject[0] - 1)] == ","
        subject = noun_phrase_before(reading, subject[0] - comma, first)
    if subject is None:
        return None
    tags = reading.tags[slice(*subject)]
    if list(tags) == ["PRP"]:
        return subject if reading.lower[subject[0]] in {"he", "she"} else None
    return subject if all(tag == "NNP" for tag in tags) else None
