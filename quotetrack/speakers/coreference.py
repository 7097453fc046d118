"""Whom a pronoun or a description means: salience over the mentions before it.

The weights follow the factors of Lappin and Leass (1994): recency, being a subject, being
the source of a statement; names inside quotations hardly count outside them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotetrack.speakers.entities import Bearer
    from quotetrack.speakers.lexicon import Gender
    from quotetrack.text.layout import Layout

_SENTENCES_BACK = 6
_MENTIONS_BACK = 24
_SUBJECT, _SOURCE, _IN_QUOTE, _POSSESSIVE, _FREQUENT = 1.2, 1.0, -3.5, -0.8, 0.35
_NOMINAL, _OTHER, _SAME_GENDER = -0.5, -3.0, 0.7
_PER_SENTENCE, _PER_PARAGRAPH = -0.8, -0.4
_LEAST = -4.0


@dataclass(slots=True, frozen=True, order=True)
class Trace:
    """A mention that a later pronoun may mean."""

    token: int
    number: int
    """Orders traces of one token."""
    weight: float


class Salience:
    """The mentions of a text, ready to be looked back on."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._traces: list[Trace] = []
        self._bearers: list[Bearer] = []
        self._quoted: list[int] = []

    def add(
        self,
        token: int,
        bearer: Bearer,
        *,
        subject: bool = False,
        source: bool = False,
        possessive: bool = False,
        nominal: bool = False,
        quotation: int = -1,
    ) -> None:
        """Enter a mention; ``quotation`` is the index of the one around it, or -1."""
        weight = _SUBJECT * subject + _SOURCE * source + _POSSESSIVE * possessive
        weight += _NOMINAL * nominal
        trace = Trace(token, len(self._bearers), weight)
        self._bearers.append(bearer)
        self._quoted.append(quotation)
        if not self._traces or self._traces[-1] < trace:
            self._traces.append(trace)
        else:
            insort(self._traces, trace)

    def best(
        self,
        token: int,
        quotation: int,
        fits: Callable[[Bearer], bool],
        other: Bearer | None = None,
        gender: Gender = "n",
    ) -> tuple[Bearer, float] | None:
        """The most salient fitting bearer before a token, and how clear the choice is, 0..1.

        ``other`` is one who is hardly meant: the asker where somebody replies; one known
        to be of the ``gender`` asked for goes before one who may be.
        """
        layout = self._layout
        here = layout.sentence_of[token]
        paragraph = layout.sentences[here].paragraph
        scores: dict[int, tuple[float, Bearer]] = {}
        i = bisect_left(self._traces, Trace(token, 0, 0.0))
        for trace in reversed(self._traces[max(0, i - _MENTIONS_BACK) : i]):
            sentence = layout.sentence_of[trace.token]
            if here - sentence > _SENTENCES_BACK:
                break
            bearer = self._bearers[trace.number]
            if not fits(bearer):
                continue
            score = trace.weight + _PER_SENTENCE * (here - sentence)
            score += _PER_PARAGRAPH * min(3, paragraph - layout.sentences[sentence].paragraph)
            score += _FREQUENT * math.log1p(len(bearer.mentions))
            if self._quoted[trace.number] not in {-1, quotation}:
                score += _IN_QUOTE
            if gender != "n" and bearer.gender == gender:
                score += _SAME_GENDER
            if bearer is other:
                score += _OTHER
            key = id(bearer)
            if key not in scores or scores[key][0] < score:
                scores[key] = (score, bearer)
        if not scores:
            return None
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        top, bearer = ranked[0]
        if top < _LEAST:
            return None
        lead = top - ranked[1][0] if len(ranked) > 1 else 3.0
        return bearer, 0.55 + 0.4 * (1 - math.exp(-lead))

    def pair(self, token: int, people_only: bool | None) -> tuple[Bearer, Bearer] | None:
        """The two persons, or the two bodies, that were named last before a token.

        ``people_only``: True for persons, False for bodies, None for either.
        """
        layout = self._layout
        here = layout.sentence_of[token]
        people: dict[int, Bearer] = {}
        bodies: dict[int, Bearer] = {}
        i = bisect_left(self._traces, Trace(token, 0, 0.0))
        for trace in reversed(self._traces[max(0, i - _MENTIONS_BACK) : i]):
            if here - layout.sentence_of[trace.token] > _SENTENCES_BACK:
                break
            bearer = self._bearers[trace.number]
            group = people if bearer.person else bodies
            wanted = people_only is None or people_only == bearer.person
            if wanted and bearer.names and (bearer.person or not is_place(bearer)):
                group.setdefault(id(bearer), bearer)
                if len(group) == 2:
                    one, two = group.values()
                    return one, two
        return None


def of_gender(gender: Gender) -> Callable[[Bearer], bool]:
    """A person who can be "he" (m) or "she" (f)."""

    def fits(bearer: Bearer) -> bool:
        single = bearer.kind in {"person", "unnamed"}
        return single and bearer.gender in {gender, "n"}

    return fits


def is_body(bearer: Bearer) -> bool:
    """Can be "it": an organisation or a document."""
    return bearer.kind in {"organization", "document"}


def is_named_body(bearer: Bearer) -> bool:
    """Can be "the company"."""
    return bearer.kind == "organization" and bearer.phrase is None


def is_place(bearer: Bearer) -> bool:
    """Can be "the town": a name that stands after "in" or is a known place's."""
    return bearer.kind == "organization" and bearer.placed


def is_plural(bearer: Bearer) -> bool:
    """Can be "they"."""
    return bearer.kind in {"group", "organization"}


def is_person(bearer: Bearer) -> bool:
    """Can be "the 39-year-old"."""
    return bearer.kind == "person"


def is_subject(layout: Layout, tags: Sequence[str], first: int, last: int) -> bool:
    """Whether the phrase is (roughly) the subject of its clause."""
    words = layout.words
    if last < len(tags) and (tags[last][:1] == "V" or tags[last] == "MD"):
        return not (first and tags[first - 1] in {"IN", "TO"})
    opens = layout.sentences[layout.sentence_of[first]].first
    if first == opens or tags[first - 1] in {".", "``"}:
        return True
    # "said Ana Duarte", ", Ana Duarte, …"
    return tags[first - 1] in {"VBD", "VBZ"} and last < len(words) and words[last] in {",", "."}
