"""Whom a pronoun or a description means: salience over the mentions before it.

The weights follow the factors of Lappin and Leass (1994): recency, being a subject, being
the source of a statement; names inside quotations hardly count outside them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.speakers.lexicon import given_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotetrack.speakers.entities import Bearer
    from quotetrack.speakers.lexicon import Gender
    from quotetrack.text.layout import Layout


_FURTHEST = 6.0
"""Sentences of narrative to look back."""
_MENTIONS_BACK = 48
_QUOTED_SENTENCE = 0.5
"""What a sentence that begins inside a quotation counts of one of narrative."""
_SUBJECT, _SOURCE, _IN_QUOTE, _POSSESSIVE, _FREQUENT = 1.2, 0.7, -3.5, -0.8, 0.3
_NOMINAL, _SAME_GENDER, _UNCLEAR, _DOUBTFUL, _PLACED = -0.5, 0.7, -0.5, -1.0, -1.0
_SINGULAR = -0.8
_JUST_ACTED = 0.4
_PER_SENTENCE, _PER_PARAGRAPH, _MOST_PARAGRAPHS = -0.9, -0.6, 3
_LEAST = -4.5
_BEFORE_SUBJECT, _APPOSITION = 5, 9
"""Tokens before a name that may belong to its phrase; tokens of an apposition after it."""
_IN_PHRASE = frozenset(("DT", "JJ", "PRP$", "NN", "POS"))


Trace = tuple[int, int, float]
"""A mention that a later pronoun may mean: its token, its number, its weight."""


class Salience:
    """The mentions of a text, ready to be looked back on."""

    def __init__(self, layout: Layout, quoted: Sequence[int]) -> None:
        self._layout = layout
        self._around = quoted
        self._traces: list[Trace] = []
        self._bearers: list[Bearer] = []
        self._distance: list[float] = []
        """Sentence -> how much narrative stands before it."""
        narrative = 0.0
        for sentence in layout.sentences:
            inside = sentence.first < len(quoted) and quoted[sentence.first] >= 0
            narrative += _QUOTED_SENTENCE if inside else 1.0
            self._distance.append(narrative)

    def add(
        self,
        token: int,
        bearer: Bearer,
        *,
        subject: bool = False,
        source: bool = False,
        possessive: bool = False,
        nominal: bool = False,
        placed: bool = False,
    ) -> None:
        """Enter a mention that begins with a token."""
        weight = _SUBJECT * subject + _SOURCE * source + _POSSESSIVE * possessive
        weight += _NOMINAL * nominal + _PLACED * placed
        trace = (token, len(self._bearers), weight)
        self._bearers.append(bearer)
        if not self._traces or self._traces[-1] < trace:
            self._traces.append(trace)
        else:
            insort(self._traces, trace)

    def best(
        self, token: int, fits: Callable[[Bearer], float | None]
    ) -> tuple[Bearer, float] | None:
        """The most salient fitting bearer before a token, and how clear the choice is, 0..1."""
        layout, around, distances = self._layout, self._around, self._distance
        here = layout.sentence_of[token]
        paragraph, quotation = layout.sentences[here].paragraph, around[token]
        scores: dict[int, tuple[float, Bearer]] = {}
        i = bisect_left(self._traces, (token, 0, 0.0))
        for at, number, weight in reversed(self._traces[max(0, i - _MENTIONS_BACK) : i]):
            sentence = layout.sentence_of[at]
            distance = distances[here] - distances[sentence]
            if distance > _FURTHEST:
                break
            bearer = self._bearers[number]
            fit = fits(bearer)
            if fit is None:
                continue
            apart = min(_MOST_PARAGRAPHS, paragraph - layout.sentences[sentence].paragraph)
            score = weight + fit + _PER_SENTENCE * distance + _PER_PARAGRAPH * apart
            if not apart and distance < 1 and weight >= _SUBJECT:
                score += _JUST_ACTED
            score += _FREQUENT * math.log1p(len(bearer.mentions))
            if around[at] != quotation and around[at] >= 0:
                score += _IN_QUOTE
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

    def recent(self, token: int, wanted: Callable[[Bearer], bool]) -> list[Bearer] | None:
        """The two persons, or the two bodies, named last before a token."""
        found: dict[bool, dict[int, Bearer]] = {True: {}, False: {}}
        i = bisect_left(self._traces, (token, 0, 0.0))
        for _, number, _ in reversed(self._traces[max(0, i - _MENTIONS_BACK) : i]):
            bearer = self._bearers[number]
            group = found[bearer.person]
            if bearer.names and not bearer.placed and wanted(bearer):
                group[id(bearer)] = bearer
                if len(group) == 2:
                    return list(group.values())
        return None


def of_gender(gender: Gender, other: Bearer | None) -> Callable[[Bearer], float | None]:
    """A person who can be "he" (m) or "she" (f), and hardly ``other``."""

    def fits(bearer: Bearer) -> float | None:
        if bearer.kind not in {"person", "unnamed"} or bearer.gender not in {gender, "n"}:
            return None
        if bearer is other:
            return -3.0
        if bearer.gender == gender:
            return _SAME_GENDER
        return 0.0 if bearer.certain or bearer.phrase is not None else _UNCLEAR

    return fits


def as_body(bearer: Bearer) -> float | None:
    """Can be "it": an organisation or a document, or what may be one."""
    if bearer.person:
        known = bearer.gender != "n" or bearer.titles or len(bearer.words) == 1
        known = known or bearer.words[0].lower() in given_names()
        return None if known else _DOUBTFUL
    return 0.0 if bearer.kind in {"organization", "document"} else None


def as_named_body(bearer: Bearer) -> float | None:
    """Can be "the company"."""
    named = bearer.kind == "organization" and bearer.phrase is None
    return 0.0 if named and not bearer.placed else None


def as_place(bearer: Bearer) -> float | None:
    """Can be "the town": a name that stands after "in"."""
    if bearer.kind != "organization":
        return None
    somewhere = bearer.placed or 2 * (bearer.placings + bearer.linkings) > len(bearer.names)
    known = bearer.words[0].lower() in data.words("place_speakers.txt")
    return 0.0 if somewhere or known else None


def as_plural(bearer: Bearer) -> float | None:
    """Can be "they"."""
    if bearer.kind == "group":
        return 0.5
    if bearer.kind == "unnamed" and bearer.gender == "n":
        return _SINGULAR  # "a spokesperson said … they added"
    return 0.0 if bearer.kind == "organization" and not bearer.placed else None


def as_person(bearer: Bearer) -> float | None:
    """Can be "the candidate"."""
    return 0.0 if bearer.kind == "person" else None


def is_subject(layout: Layout, tags: Sequence[str], first: int, last: int) -> bool:
    """Whether the phrase is (roughly) the subject of its clause."""
    words = layout.words
    k = first - 1
    while k >= 0 and k > first - _BEFORE_SUBJECT and tags[k] in _IN_PHRASE:
        k -= 1
    before = tags[k] if k >= 0 else "."
    verb = _after_apposition(words, last)
    if verb < len(tags) and (tags[verb][:1] == "V" or tags[verb] == "MD"):
        return before not in {"IN", "TO"}
    if first == layout.sentences[layout.sentence_of[first]].first or before in {".", "``"}:
        return True
    closes = last + 1 < len(words) and words[last] == ","
    if closes and before == "," and tags[last + 1] in {"VBD", "VBZ", "VBP", "MD"}:
        return True  # "The founder, Ana Duarte, said"
    # "“No,” said Ana Duarte.", not "Ida Holm told Ana Duarte."
    if before not in {"VBD", "VBZ"} or last >= len(words) or words[last] not in {",", "."}:
        return False
    return k < 1 or not words[k - 1][0].isalnum()


def _after_apposition(words: Sequence[str], last: int) -> int:
    """Where the clause goes on after a name: behind ", 41," or ", a nurse,"."""
    if last >= len(words) or words[last] != ",":
        return last
    stop = min(len(words), last + _APPOSITION)
    return next((k + 1 for k in range(last + 1, stop) if words[k] == ","), last)
