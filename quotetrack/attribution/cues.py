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
        self._outside, self._begin, self._inner = (chain.labels.index(label) for label in "OBI")
        # the signs of B and I, and what sets those that are above the least
        labels = len(chain.labels)
        self._signs = chain.lanes.signs & (1 << labels * LANE) - (1 << LANE)
        least = math.ceil(_PROMISING / chain.scale)
        self._above = chain.lanes.signs - chain.lanes.pack([least] * labels)

    def cues(self, view: View) -> Iterator[Cue]:
        """The candidates of one sentence."""
        chain, begin, inner = self._model.cues, self._begin, self._inner
        scores = self._scores(view)
        if not scores:
            return
        least = LEAST_BESIDE_MARKS if view.any_quoted else LEAST
        probability: dict[int, tuple[float, float, float]] = {}
        for first, last in _runs(sorted(scores)):
            unpacked = (chain.lanes.unpack(scores[i]) for i in range(first, last))
            states = [labels[: len(chain.labels)] for labels in unpacked]
            # before and after the run stands O for certain
            states[0] = tuple(map(add, states[0], chain.transitions[self._outside]))
            states[-1] = tuple(map(add, states[-1], chain.incoming[self._outside]))
            probability.update(zip(range(first, last), chain.marginals(states), strict=True))
        for i, labels in probability.items():
            if labels[begin] < (_LEAST_BY_RULE if view.rule_cues[i][0] == "B" else least):
                continue
            end = i + 1
            while end in probability and probability[end][inner] >= labels[begin] / 2:
                end += 1
            manner = manner_of(view.cased[i:end], view.tags[i:end])
            yield Cue(view.first + i, view.first + end, manner, labels[begin])

    def _scores(self, view: View) -> dict[int, int]:
        """The scores of the words that may well be in a cue; most words cannot be."""
        wanted, rules = self._wanted(view), view.rule_cues
        if not wanted:
            return {}
        features, signs, above = self._model.cue_features, self._signs, self._above
        around = features.surroundings(view)
        scores = features.rows(around, wanted)
        promising = [i for i in wanted if (scores[i] + above) & signs or rules[i] != "-"]
        if not promising:
            return {}
        near = self._near(view, promising)
        kept = {i: scores[i] for i in wanted if i in near}
        return kept | features.rows(around, [i for i in sorted(near) if i not in kept])

    def _wanted(self, view: View) -> list[int]:
        """Words that are often cues, verbs never seen, and what the rules found."""
        heads, known = self._model.heads, self._model.classes.habits
        tags, stems = view.tags, view.stems
        return sorted(
            {i for i, stem in enumerate(stems) if stem in heads and tags[i][:2] in heads[stem]}
            | {i for i, tag in enumerate(tags) if tag[0] == "V" and stems[i] not in known}
            | {i for i, rule in enumerate(view.rule_cues) if rule != "-"}
        )

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
