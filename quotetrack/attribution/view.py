"""One sentence as the learned stages see it: parallel lists, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from quotetrack.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.layout import Layout, Quotation, Sentence

_OPENING = frozenset(("“", "``", "„", "«", "‘"))
_CLOSING = frozenset(("”", "»", "’"))
_PUNCTUATION = frozenset((",", ".", ":", "``", "''", "-LRB-", "-RRB-", "(", ")", "--"))


@dataclass(slots=True, frozen=True)
class View:
    """A sentence.  Token i of the view is token ``first + i`` of the layout."""

    first: int
    words: list[str]
    """Lower-case, all quotation marks as ``"``."""
    cased: Sequence[str]
    tags: list[str]
    """Penn-like; quotation marks of every sort are ``Q``."""
    stems: list[str]
    shapes: list[str]
    quoted: list[bool]
    """Inside quotation marks, the marks included."""
    commas: list[int]
    """Punctuation marks before token i, counted from the sentence's beginning."""
    verbs: list[int]
    nouns: list[int]
    marks: list[int]
    """Quotation marks before token i."""
    any_quoted: bool
    opens_paragraph: bool


@lru_cache(maxsize=1 << 16)
def shape(word: str) -> str:
    """"O'Neill" -> "X'Xx", "39-year-old" -> "d-x-x": runs folded to one letter."""
    out: list[str] = []
    for char in word[:20]:
        sort = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if not out or out[-1] != sort:
            out.append(sort)
    return "".join(out)


def quoted_tokens(layout: Layout, quotations: Sequence[Quotation]) -> list[bool]:
    """For every token, whether it stands inside an outermost quotation, marks included."""
    inside = [False] * len(layout.words)
    starts, i, n = layout.starts, 0, len(layout.words)
    for quotation in quotations:
        if quotation.depth:
            continue
        for start, end in quotation.pieces:
            while i < n and starts[i] < start:
                i += 1
            while i < n and starts[i] < end:
                inside[i] = True
                i += 1
    return inside


def view(layout: Layout, tags: Sequence[str], quoted: Sequence[bool], sentence: Sentence) -> View:
    """The view of one sentence."""
    first, last = sentence.first, sentence.last
    cased = layout.words[first:last]
    words = [word.lower() for word in cased]
    own_tags = list(tags[first:last])
    inside = list(quoted[first:last])
    for i, word in enumerate(cased):
        if word in _OPENING or word in _CLOSING or word in {'"', "''"} or own_tags[i] in {"``", "''"}:
            if own_tags[i] != "POS":
                own_tags[i] = "Q"
                words[i] = '"'
    return View(
        first,
        words,
        cased,
        own_tags,
        [stem(word) for word in words],
        [shape(word) for word in cased],
        inside,
        list(accumulate((t in _PUNCTUATION or t == "Q" for t in own_tags), initial=0)),
        list(accumulate((t[0] == "V" or t == "MD" for t in own_tags), initial=0)),
        list(accumulate((t[:2] == "NN" or t[:3] == "PRP" for t in own_tags), initial=0)),
        list(accumulate((t == "Q" for t in own_tags), initial=0)),
        any(inside),
        first == 0 or layout.sentence_of[first] == 0
        or layout.sentences[layout.sentence_of[first] - 1].paragraph != sentence.paragraph,
    )
