"""Interviews printed as questions and answers: who answers, and whose turn a token stands in."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.speakers.entities import Bearer
    from quotetrack.speakers.naming import Name
    from quotetrack.text.layout import Layout

_LEAST_QUESTIONS = 3
"""Paragraphs that are questions, before a text without labels is taken for an interview."""
_LABELS = frozenset(("Q", "A", "Q.", "A."))
_WITH = frozenset(("to", "with"))
_CREDITS = frozenset((":", "by", "By", "/"))
_CLEAR = 2
"""How often the one who answers is named in the introduction for one mention of another."""

Turn = Literal["question", "answer"]


class Interview:
    """What a text with questions and answers tells of its turns."""

    def __init__(
        self, layout: Layout, quoted: Sequence[int], persons: Sequence[Bearer], title: str | None
    ) -> None:
        self._layout = layout
        self._persons = persons
        self._title = title or ""
        self._asks = _questions(layout, quoted)
        self._labelled = _first_label(layout)
        self._first = self._labelled
        """The token at which questions and answers begin; None: this is no interview."""
        asked = [paragraph for paragraph, asks in enumerate(self._asks) if asks]
        if self._first is None and len(asked) >= _LEAST_QUESTIONS:
            self._first = bisect_left(layout.starts, layout.paragraphs[asked[0]][0])
        self._who: Bearer | None = None
        self._sought = False

    def turn(self, token: int) -> Turn | None:
        """Whose paragraph a token stands in, where no label says it; None: nobody's."""
        first = self._first
        if first is None or self._labelled is not None or token < first:
            return None
        paragraph = self._layout.sentences[self._layout.sentence_of[token]].paragraph
        return "question" if self._asks[paragraph] else "answer"

    def called(self, token: int) -> Bearer | None:
        """Whom the label "AD:" means: Ana Duarte, if nobody else has these initials."""
        words = self._layout.words
        if words[token + 1 : token + 2] != [":"] or not words[token].isupper():
            return None
        letters = list(words[token])
        found = [p for p in self._persons if [word[0] for word in p.words] == letters]
        return found[0] if len(found) == 1 else None

    def answering(self) -> Bearer | None:
        """The person whom the headline or else the introduction names; None: not clear."""
        if not self._sought:
            self._sought = True
            first = self._first
            self._who = None if first is None else self._introduced(first)
        return self._who

    def asking(
        self, names: Sequence[Name], of_name: Sequence[Bearer], tags: Sequence[str]
    ) -> Bearer | None:
        """Who is told something in the introduction: "she told The Estuary Review"."""
        if self._first is None:
            return None
        words = self._layout.words
        found = None
        for name, bearer in zip(names, of_name, strict=True):
            if name.first >= self._first:
                break
            k = name.first - 1
            while k > 0 and tags[k] == "DT":
                k -= 1
            talks = k > 0 and words[k] in _WITH and tags[k - 1] in {"VBD", "VBN", "RP"}
            if (talks or (k >= 0 and words[k] == "told")) and bearer is not self.answering():
                found = bearer
        return found

    def _introduced(self, first: int) -> Bearer | None:
        heading = [p for p in self._persons if " ".join(p.words) in self._title]
        if len(heading) == 1:
            return heading[0]
        counts = sorted(
            (
                (sum(self._introduces(name.first, first) for name in person.names), -k)
                for k, person in enumerate(self._persons)
            ),
            reverse=True,
        )
        if not counts or not counts[0][0]:
            return None
        if len(counts) > 1 and counts[0][0] < _CLEAR * counts[1][0]:
            return None
        first_named = self._persons[-counts[0][1]]
        return first_named if first_named.certain else None

    def _introduces(self, token: int, first: int) -> bool:
        """Whether a name stands before the questions and is no credit ("Image: Ana Duarte")."""
        return token < first and not (token and self._layout.words[token - 1] in _CREDITS)


def _questions(layout: Layout, quoted: Sequence[int]) -> list[bool]:
    """For every paragraph whether it is a question outside quotation marks."""
    asks = [False] * len(layout.paragraphs)
    for sentence in layout.sentences:
        last = sentence.last - 1
        asks[sentence.paragraph] = layout.words[last] == "?" and quoted[sentence.first] < 0
    return asks


def _first_label(layout: Layout) -> int | None:
    for token in (sentence.first for sentence in layout.sentences):
        if layout.words[token] in _LABELS and layout.words[token + 1 : token + 2] in ([":"], ["."]):
            return token
    return None
