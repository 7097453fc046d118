"""Cues: the words that introduce content, each with its probability and manner."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.lexicon import manner_of
from quotetrack.attribution.model import load
from quotetrack.attribution.phrases import TIMES
from quotetrack.text.weights import LANE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotetrack.attribution.model import Model
    from quotetrack.attribution.view import View

LEAST = 0.4
"""Candidates with a smaller probability are dropped, if the rules do not find them too: one in
twenty of them was believed in the end, and not always with reason."""
LEAST_BESIDE_MARKS = 0.08
"""The same in sentences with quotation marks, where rare verbs are cues."""
_LEAST_BY_RULE = 0.03
_PROMISING = 2.5
"""Log-odds of the features alone from which a word may be the heart of a cue; transitions
speak against one, so that on development texts hardly any cue has less."""
_NEAR = 3
"""Tokens from a content word of a cue to its furthest function word."""


def find_cues(views: Sequence[View], model: Model | None = None) -> list[Cue]:
    """Candidates for cues, doubtful ones included: the judge sees their arguments first."""
    finder = _Finder(model or load())
    return [cue for view in views for cue in finder.cues(view)]


class _Finder:
    """Reads sentences with the weights of a model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        chain = model.cues
        # the signs of B and I, and what sets those that are above the least
        labels = len(chain.labels)
        self._signs = chain.lanes.signs & (1 << labels * LANE) - (1 << LANE)
        least = math.ceil(_PROMISING / chain.scale)
        self._above = chain.lanes.signs - chain.lanes.pack([least] * labels)
        # before and after a run stands O for certain
        self._entering = chain.lanes.pack(chain.transitions[0])
        self._leaving = chain.lanes.pack(chain.incoming[0])
        self._unpack = chain.lanes.unpacking(labels)

    def cues(self, view: View) -> Iterator[Cue]:
        """The candidates of one sentence."""
        least = LEAST_BESIDE_MARKS if view.any_quoted else LEAST
        marginals = self._model.cues.marginals
        for first, scores in self._runs(view):
            scores[0] += self._entering
            scores[-1] += self._leaving
            run = marginals(list(map(self._unpack, scores)))
            for i, (_, begins, _) in enumerate(run):
                if begins < least and (
                    begins < _LEAST_BY_RULE or view.rule_cues[first + i][0] != "B"
                ):
                    continue
                end = i + 1
                while end < len(run) and run[end][2] >= begins / 2:
                    end += 1
                begin, end = first + i, first + end
                end = _before_day(view, begin, end)
                manner = manner_of(view.cased[begin:end], view.tags[begin:end])
                yield Cue(view.first + begin, view.first + end, manner, begins)

    def _runs(self, view: View) -> Iterator[tuple[int, list[int]]]:
        """Neighbours that may well be in a cue: the first one's place, and their scores."""
        features, signs, above = self._model.cue_features, self._signs, self._above
        around, rules = features.surroundings(view), view.rule_cues
        scores = features.rows(around, around.wanted)
        promising = [i for i in around.wanted if (scores[i] + above) & signs or rules[i] != "-"]
        if not promising:
            return
        near = self._near(view, promising)
        scores |= features.rows(around, [i for i in near if i not in scores])
        for first, last in _ranges(near):
            yield first, [scores[i] for i in range(first, last)]

    def _near(self, view: View, promising: Sequence[int]) -> list[int]:
        """The promising words, and those beside them that may be in the same cue."""
        parts, stems, tags, n = self._model.parts, view.stems, view.tags, len(view.tags)
        near = set(promising)
        for i in promising:
            left, right = (
                range(i - 1, max(i - _NEAR, 0) - 1, -1),
                range(i + 1, min(i + _NEAR + 1, n)),
            )
            for beside in (left, right):
                for k in beside:
                    if k not in near:
                        if stems[k] not in parts and tags[k][0] != "V":
                            break
                        near.add(k)
        return sorted(near)


def _before_day(view: View, begin: int, end: int) -> int:
    """Where the cue ends that has a day behind its verb ("said Friday", "vowed Friday to go")."""
    for k in range(begin + 1, end):
        if view.tags[k] == "NNP" and view.words[k] in TIMES:
            promise = view.tags[k - 1][0] == "V" and view.tags[k + 1 : k + 2] == ["TO"]
            return k if promise or (k + 1 == end and view.tags[k - 1] != "IN") else end
    return end


def _ranges(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted indices as ranges without gaps."""
    ranges: list[tuple[int, int]] = []
    for i in indices:
        if ranges and ranges[-1][1] == i:
            ranges[-1] = (ranges[-1][0], i + 1)
        else:
            ranges.append((i, i + 1))
    return ranges
