"""Claims: what is asserted, by whom, with which figures and times.

Two sorts of statement become claims: each clause of attributed content that asserts
something a reader could check, and each sentence of the article's own voice that holds a
figure.  A figure belongs to the smallest content around it; one in a source ("42 percent
of voters said") or in the words around a quotation is the article's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from quotetrack import data
from quotetrack.claims.checkworthy import check_worthiness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.attribution import Attribution, Range
    from quotetrack.claims.figure import Figure
    from quotetrack.claims.times import Moment
    from quotetrack.text.layout import Layout

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_PAST_OR_PRESENT = frozenset(("VBD", "VBZ", "VBP"))
_SUBJECTS = frozenset(("PRP", "EX", "NNP", "DT", "NN", "NNS", "CD"))
_ASSERTING = frozenset(("speech", "writing", "document"))
_SHORTEST = 3
"""Words of a statement that holds no figure."""
_REACH = 4
"""Tokens after the first finite verb in which a negator denies it."""
_OLDEST = 125
_EDGES = frozenset("\"'“”‘’«»„,;:—–- \t\r\n")
_QUESTION = "?"


class Statement(NamedTuple):
    """A claim before it is numbered."""

    start: int
    end: int
    attribution: int | None
    """Index of the attribution that holds it; None: the article's own voice."""
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    negated: bool
    hedges: tuple[str, ...]
    check_worthiness: float


@dataclass(slots=True)
class _Unit:
    """A clause (or a sentence of the article's own voice): tokens ``first`` to ``last``."""

    first: int
    last: int
    attribution: int | None
    figures: list[Figure]
    moments: list[Moment]


def find_statements(
    layout: Layout,
    tags: Sequence[str],
    attributions: Sequence[Attribution],
    figures: Sequence[Figure],
    moments: Sequence[Moment],
) -> list[Statement]:
    """The claims of an article in reading order.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token.
        attributions: Who says what.
        figures: The quantities of the text, in reading order.
        moments: The dates and periods of the text, in reading order.
    """
    finder = _Finder(layout, tags, attributions)
    for figure in figures:
        if _is_age(figure):
            continue
        finder.place(figure.start, figure.end).figures.append(figure)
    for moment in moments:
        finder.place(moment.start, moment.end).moments.append(moment)
    return finder.statements()


def _is_age(figure: Figure) -> bool:
    """Whether a figure is how old somebody is, which nobody checks in passing."""
    return figure.dimension == "age" and figure.value is not None and figure.value <= _OLDEST


class _Finder:
    def __init__(
        self, layout: Layout, tags: Sequence[str], attributions: Sequence[Attribution]
    ) -> None:
        self._layout = layout
        self._tags = tags
        self._attributions = attributions
        self._clauses: list[_Unit] = []
        self._of_sentence: list[list[_Unit]] = [[] for _ in layout.sentences]
        self._own: dict[int, _Unit] = {}
        for index, attribution in enumerate(attributions):
            if attribution.source is None and self._only_hedges(attribution.cue):
                continue  # "The club reportedly paid": the article says it, hedged
            for piece in attribution.content:
                self._cut(index, piece)

    def _only_hedges(self, cue: Range | None) -> bool:
        if cue is None:
            return False
        first, last = (bisect_left(self._layout.starts, offset) for offset in cue)
        words = [word.lower() for word in self._layout.words[first:last]]
        return _hedges(words) == (" ".join(words),)

    def _cut(self, index: int, piece: Range) -> None:
        """Enter the clauses of one piece of content."""
        layout = self._layout
        first = bisect_left(layout.starts, piece[0])
        last = bisect_left(layout.starts, piece[1])
        while first < last:
            sentence = layout.sentences[layout.sentence_of[first]]
            stop = min(last, sentence.last)
            for a, b in self._split(first, stop):
                unit = _Unit(a, b, index, [], [])
                self._clauses.append(unit)
                self._of_sentence[layout.sentence_of[first]].append(unit)
            first = stop

    def _split(self, first: int, last: int) -> list[tuple[int, int]]:
        """Cut at a conjunction between two predicates, or between two whole clauses."""
        tags, words = self._tags, self._layout.words
        if "CC" not in tags[first:last] and ";" not in words[first:last]:
            return [(first, last)]
        cuts = [first]
        finite = False
        for i in range(first, last):
            if tags[i] in _FINITE:
                finite = True
            elif finite and (tags[i] == "CC" or words[i] == ";") and self._begins(i + 1, last):
                cuts.append(i)
                finite = False
        ends = [*cuts[1:], last]
        return list(zip(cuts, ends, strict=True))

    def _begins(self, i: int, last: int) -> bool:
        """Whether a predicate, or a short subject and its predicate, begins at token i."""
        tags = self._tags
        while i < last and tags[i] == "RB":
            i += 1
        if i < last and tags[i] in _FINITE:
            return True
        if i >= last or tags[i] not in _SUBJECTS:
            return False
        for k in range(i + 1, min(last, i + 5)):
            if tags[k] in _FINITE:
                return True
            if tags[k] not in _SUBJECTS and tags[k] not in {"JJ", "POS", "RB", "PRP$"}:
                return False
        return False

    def place(self, start: int, end: int) -> _Unit:
        """The smallest unit that holds the characters."""
        layout = self._layout
        token = max(0, bisect_right(layout.starts, start) - 1)
        sentence = layout.sentence_of[token]
        best: _Unit | None = None
        for unit in self._of_sentence[sentence]:
            holds = unit.first <= token < unit.last and self._holds(unit, start, end)
            if holds and (best is None or self._size(unit) < self._size(best)):
                best = unit
        return best or self._own_voice(sentence)

    def _holds(self, unit: _Unit, start: int, end: int) -> bool:
        layout = self._layout
        if not layout.starts[unit.first] <= start or end > layout.ends[unit.last - 1]:
            return False
        if unit.attribution is None:
            return True
        source = self._attributions[unit.attribution].source
        return source is None or not (source[0] <= start < source[1])

    def _size(self, unit: _Unit) -> tuple[int, int]:
        """Smaller contents first, then smaller clauses."""
        content = (
            0
            if unit.attribution is None
            else sum(end - start for start, end in self._attributions[unit.attribution].content)
        )
        return content, unit.last - unit.first

    def _own_voice(self, sentence: int) -> _Unit:
        unit = self._own.get(sentence)
        if unit is None:
            bounds = self._layout.sentences[sentence]
            unit = self._own[sentence] = _Unit(bounds.first, bounds.last, None, [], [])
        return unit

    def statements(self) -> list[Statement]:
        own = [unit for unit in self._own.values() if unit.figures]
        found = [s for unit in (*self._clauses, *own) if (s := self._statement(unit)) is not None]
        found.sort(key=lambda s: (s.start, -s.end, s.attribution is None))
        return found

    def _statement(self, unit: _Unit) -> Statement | None:
        if not unit.figures and not self._asserts(unit):
            return None
        layout = self._layout
        first, last = unit.first, unit.last
        if self._tags[first] == "CC" and last - first > 1:
            first += 1
        start, end = layout.starts[first], layout.ends[last - 1]
        if unit.attribution is not None:
            while start < end and layout.text[start] in _EDGES:
                start += 1
            while end > start and layout.text[end - 1] in _EDGES:
                end -= 1
        for figure in unit.figures:
            start, end = min(start, figure.start), max(end, figure.end)
        if start >= end:
            return None
        # "May" with a capital is the month
        lower = [word if word == "May" else word.lower() for word in layout.words[first:last]]
        return Statement(
            start,
            end,
            unit.attribution,
            tuple(unit.figures),
            tuple(unit.moments),
            self._negated(first, last, lower),
            _hedges(lower),
            check_worthiness(layout.text[start:end]),
        )

    def _asserts(self, unit: _Unit) -> bool:
        """Whether the clause states something, rather than asks, wishes or orders."""
        if unit.attribution is None:
            return False
        if self._attributions[unit.attribution].manner not in _ASSERTING:
            return False
        if _PAST_OR_PRESENT.isdisjoint(self._tags[unit.first : unit.last]):
            return False
        words = self._layout.words[unit.first : unit.last]
        return _QUESTION not in words[-3:] and _has_words(words, _SHORTEST)

    def _negated(self, first: int, last: int, lower: Sequence[str]) -> bool:
        """Whether the first predicate, its subject or its object holds a negator."""
        negators = data.words("negators.txt")
        if negators.isdisjoint(lower):
            return False
        tags = self._tags[first:last]
        verb = next((i for i, tag in enumerate(tags) if tag in _FINITE), None)
        if verb is None:
            return any(word in negators for word in lower[:_REACH])
        reach = verb + 1
        while reach < len(tags) and (tags[reach][:1] == "V" or tags[reach] == "RB"):
            reach += 1
        reach = min(len(tags), max(reach, verb + 2) + 1, verb + _REACH + 1)
        return any(lower[i] in negators for i in range(reach) if i < verb + 1 or tags[i] != "CC")


def _has_words(tokens: Sequence[str], many: int) -> bool:
    """Whether so many of the tokens are words or numbers."""
    for token in tokens:
        if token[0].isalnum():
            many -= 1
            if not many:
                return True
    return False


@cache
def _hedge_phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> the hedges that begin with it, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in data.lines("hedges.txt"):
        words = tuple(line.split())
        found.setdefault(words[0], []).append(words)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in found.items()}


def _hedges(lower: Sequence[str]) -> tuple[str, ...]:
    phrases = _hedge_phrases()
    found: list[str] = []
    done = 0
    for i in [i for i, word in enumerate(lower) if word in phrases]:
        for phrase in phrases[lower[i]] if i >= done else ():
            if tuple(lower[i : i + len(phrase)]) == phrase:
                found.append(" ".join(phrase))
                done = i + len(phrase)
                break
    return tuple(dict.fromkeys(found))
