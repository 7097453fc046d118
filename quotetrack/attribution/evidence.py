"""What speaks for and against a candidate: the numbers that the judge weighs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from quotetrack.attribution.labels import runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotetrack.attribution.attribution import Cue, Range
    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

Item = TypeVar("Item")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_VERBS = _FINITE | {"VB", "VBN", "VBG"}
_CERTAIN = 1e-6
_STOPS = frozenset((",", ".", ":", "-RRB-", "-LRB-", "Q"))
_FIRST_AND_SECOND = frozenset(("i", "we", "you", "it"))
_RELATIVE = frozenset(("WP", "WDT"))
_HABITS = 4
_FAR = 15
_NEAR = 4
"""Distances from the cue, in tokens: no argument is further, and nearer cues are looked at."""


def _indicators(*names: str) -> dict[str, list[float]]:
    """Name -> a number for each name, 1 for its own; "" -> none is."""
    return {name: [float(name == other) for other in names] for name in ("", *names)}


_CUE_TAGS = _indicators("VBD", "VBZ", "VBP", "VBN", "VBG", "VB", "NN", "IN", "MD")
_MANNERS = _indicators("speech", "writing", "thought", "document", "stance")
_OPENING_TAGS = _indicators("IN", "PRP", "DT", "NNP", "NN", "TO", "VBG", "Q", "WP", "JJ")

FLAGS = (slice(6, 32), slice(32, 61))
"""Which of the numbers take few values: those of the cue, and those of its arguments."""


@dataclass(slots=True)
class Candidate:
    """A possible cue of a sentence with its arguments (all in view indices)."""

    view: View
    cue: Cue
    first: int
    last: int
    labels: str
    """A letter for every token, see `quotetrack.attribution.labels`."""
    certainty: Sequence[float]
    """Probability of each token's label."""
    by_model: bool
    """Whether the model labelled the tokens so; else the rules did."""


class Evidence:
    """The judge's numbers for the candidates of one sentence.

    Args:
        view: The sentence.
        cues: Its cues, with their ranges in view indices.
        classes: Habits of the cues' verbs.
    """

    def __init__(self, view: View, cues: Mapping[Cue, Range], classes: WordClasses) -> None:
        self._view = view
        self._cues = cues
        self._classes = classes
        self._verbs = "".join(
            ["f" if tag in _FINITE else "v" if tag in _VERBS else "-" for tag in view.tags]
        )
        self._quoted = sum(view.quoted)
        self._rules: dict[Cue, str] = {}
        self._of_cues: dict[Cue, list[float]] = {}

    def numbers(self, candidate: Candidate) -> list[float]:
        """The numbers, those of the cue first."""
        cue = candidate.cue
        if cue not in self._of_cues:
            self._rules[cue] = self._rule(cue)
            self._of_cues[cue] = self._of_cue(cue)
        return self._of_cues[cue] + self._of_arguments(candidate)

    def _rule(self, cue: Cue) -> str:
        """The roles that the rules give the tokens for this cue; empty: not their cue."""
        labels, (first, last) = self._view.rule_labels, self._cues[cue]
        return next(("".join(labels[k]) for k in range(first, last) if k in labels), "")

    def _of_cue(self, cue: Cue) -> list[float]:
        """What holds whatever its arguments are."""
        view, (first, last) = self._view, self._cues[cue]
        others = [
            (place[0], other.score) for other, place in self._cues.items() if other is not cue
        ]
        p = min(max(cue.score, _CERTAIN), 1 - _CERTAIN)
        tag, habit = view.tags[last - 1], self._classes.habit(view.stems[last - 1])
        before = view.tags[first - 1] if first else "^"
        seen = view.rule_cues[first]
        return [
            math.log(p / (1 - p)),
            len(others),
            sum([q for _, q in others]),
            max([q for at, q in others if abs(at - first) < _NEAR], default=0),
            len(view.words),
            self._quoted_by_rule(cue),
            last - first,
            view.quoted[first],
            *_CUE_TAGS.get(tag, _CUE_TAGS[""]),
            *(map(int, habit) if len(habit) == _HABITS else [-1] * _HABITS),
            *_MANNERS[cue.manner],
            view.any_quoted,
            view.opens_paragraph,
            int(seen[3]) if seen != "-" else -1,
            before == "TO",
            before == "MD",
            first == 0,
        ]

    def _quoted_by_rule(self, cue: Cue) -> float:
        """How much of the content that the rules see is quoted."""
        rule = self._rules[cue]
        theirs = rule.count("C")
        if not theirs or not self._quoted:
            return 0
        roles = zip(rule, self._view.quoted, strict=True)
        return sum([quoted for role, quoted in roles if role == "C"]) / theirs

    def _of_arguments(self, candidate: Candidate) -> list[float]:
        """What the arguments add."""
        view, first, last, labels = self._view, candidate.first, candidate.last, candidate.labels
        tags, words, n = view.tags, view.words, len(labels)
        roles = labels.upper()
        content, source = runs(roles, "C"), runs(roles, "S")
        begin, end = content[0][0], content[-1][1]
        source_begin, source_end = (source[0][0], source[-1][1]) if source else (n, 0)
        head, head_tag = (words[source_end - 1], tags[source_end - 1]) if source else ("", "")
        sure_content = _within(candidate.certainty, content)
        sure_source = _within(candidate.certainty, source)
        verbs = "".join([self._verbs[a:b] for a, b in content])
        length = len(verbs)
        quoted = sum([sum(view.quoted[a:b]) for a, b in content]) if self._quoted else 0
        opening = words[begin]
        overlap, named = self._agreement(candidate, content, source)
        return [
            opening == "that",
            opening == "to",
            begin < first,
            end > last,
            source_begin < first,
            labels.count("C"),
            head_tag == "PRP",
            "NNP" in _within(tags, source),
            head in _FIRST_AND_SECOND,
            head_tag == "NNS",
            head_tag in _RELATIVE,
            named,
            candidate.by_model,
            *_OPENING_TAGS.get(tags[begin], _OPENING_TAGS[""]),
            begin == last,
            begin == 0,
            end >= n - 1,
            end < n and tags[end] in _STOPS,
            begin > 0 and tags[begin - 1] in _STOPS,
            end < n and view.quoted[end] and view.quoted[end - 1],
            min(sure_content),
            sum(sure_content) / length,
            min(sure_source, default=0.0),
            sum(sure_source) / max(1, len(sure_source)),
            min(len(sure_source), 12),
            min(length, 40),
            length - verbs.count("-"),
            verbs.count("f"),
            quoted / length,
            min([_distance(a, b, first) for a, b in source], default=_FAR),
            _apart(content, first, last),
            self._quoted - quoted,
            overlap,
            end - begin - length,
        ]

    def _agreement(
        self, candidate: Candidate, content: Sequence[Range], source: Sequence[Range]
    ) -> tuple[float, float]:
        """How much content, and whether the source, is that of the rules (-1: not their cue)."""
        rule = self._rules[candidate.cue]
        if not rule:
            return -1, -1
        both = _within(rule, content).count("C")
        either = sum([b - a for a, b in content]) + rule.count("C") - both
        named = "S" in _within(rule, source)
        return both / either, named or not (source or "S" in rule)


def _within(every: Sequence[Item], stretches: Sequence[Range]) -> Sequence[Item]:
    """The items of the stretches."""
    if len(stretches) == 1:
        return every[slice(*stretches[0])]
    return [item for begin, end in stretches for item in every[begin:end]]


def _distance(begin: int, end: int, at: int) -> int:
    """From a token to the nearest of a stretch."""
    return max(begin - at, at - end + 1, 0)


def _apart(content: Sequence[Range], first: int, last: int) -> int:
    """Tokens from the cue to the nearest of the content, the next one being 1 on the left."""
    least = _FAR
    for begin, end in content:
        if begin < first:
            least = min(least, first - min(end, first) + 1)
        if end > first:
            least = min(least, max(0, max(begin, first) - last + 1))
    return least
