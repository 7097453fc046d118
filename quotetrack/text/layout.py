"""The frame that every stage reads: paragraphs, sentences and tokens with offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Sentence(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) of the layout."""

    first: int
    last: int
    paragraph: int


@dataclass(slots=True, frozen=True)
class Layout:
    """A text cut up.  Parallel lists: token i is ``words[i] == text[starts[i]:ends[i]]``."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence]
    paragraphs: list[tuple[int, int]]
    """Character ranges, white space at the edges left out."""
    sentence_of: list[int]
    """Token -> index of its sentence."""


@dataclass(slots=True, frozen=True)
class Quotation:
    """A pair of quotation marks and what stands between, marks included.

    ``pieces`` has one character range a paragraph: a quotation that runs over several
    paragraphs, each opened with a mark and only the last closed, is one object.
    """

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    depth: int
    """0: outermost."""
    parent: int | None
    """Index of the quotation around this one."""
    closed: bool
    """False: the mark was never closed, the quotation ends with its paragraph."""
