"""Cues: the words that introduce content, each with its probability and manner."""

from __future__ import annotations

import math
from operator import add
from typing import TYPE_CHECKING

from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.lexicon import manner_of
from quotetrack.attribution.model import load
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

    def cues(self, view: View) -> Iterator[Cue]:
        """The candidates of one sentence."""
        scores = self._scores(view)
        least = LEAST_BESIDE_MARKS if view.any_quoted else LEAST
        for first, last in _runs(sorted(scores)):
            run = self._probabilities([scores[i] for i in range(first, last)])
            for i, (_, begins, _) in enumerate(run, first):
                if begins < least and (begins < _LEAST_BY_RULE or view.rule_cues[i][0] != "B"):
                    continue
                end = i + 1
                while end < last and run[end - first][2] >= begins / 2:
                    end += 1
                manner = manner_of(view.cased[i:end], view.tags[i:end])
                yield Cue(view.first + i, view.first + end, manner, begins)

    def _probabilities(self, scores: Sequence[int]) -> list[tuple[float, float, float]]:
        """Those of O, B and I for the words of a run; before and after it stands O for certain."""
        chain = self._model.cues
        unpack, labels = chain.lanes.unpack, len(chain.labels)
        states = [unpack(score)[:labels] for score in scores]
        states[0] = tuple(map(add, states[0], chain.transitions[0]))
        states[-1] = tuple(map(add, states[-1], chain.incoming[0]))
        return chain.marginals(states)

    def _scores(self, view: View) -> dict[int, int]:
        """The scores of the words that may well be in a cue; most words cannot be."""
        features, signs, above = self._model.cue_features, self._signs, self._above
        around, rules = features.surroundings(view), view.rule_cues
        wanted = around.wanted
        if not wanted:
            return {}
        scores = features.rows(around, wanted)
        promising = [i for i in wanted if (scores[i] + above) & signs or rules[i] != "-"]
        if not promising:
            return {}
        near = self._near(view, promising)
        kept = {i: scores[i] for i in wanted if i in near}
        return kept | features.rows(around, [i for i in sorted(near) if i not in kept])

    def _near(self, view: View, promising: Sequence[int]) -> set[int]:
        """The promising words, and those beside them that may be in the same cue."""
        parts, stems, tags, n = self._model.parts, view.stems, view.tags, len(view.tags)
        near = set(promising)
        for i in promising:
            for step in (-1, 1):
                k = i + step
                while (
                    abs(k - i) <= _NEAR
                    and 0 <= k < n
                    and (k in near or stems[k] in parts or tags[k][0] == "V")
                ):
                    near.add(k)
                    k += step
        return near


def _runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted indices as ranges without gaps."""
    runs: list[tuple[int, int]] = []
    for i in indices:
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs
