"""Cues: the words that introduce content, each with its probability and manner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.cue_features import cue_features
from quotetrack.attribution.lexicon import manner_of
from quotetrack.attribution.model import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.model import Model
    from quotetrack.attribution.view import View

LEAST = 0.06
"""Candidates with a smaller probability are dropped, if the rules do not find them too."""
_LEAST_BY_RULE = 0.01
_NEAR = 3
"""Tokens from a content word of a cue to its furthest function word."""


def find_cues(views: Sequence[View], model: Model | None = None) -> list[Cue]:
    """Candidates for cues, doubtful ones included: the judge sees their arguments first."""
    model = model or load()
    found: list[Cue] = []
    for view in views:
        found += _in_sentence(view, model)
    return found


def _in_sentence(view: View, model: Model) -> list[Cue]:
    wanted = _possible(view, model)
    if not wanted:
        return []
    chain = model.cues
    outside, begin, inner = (chain.labels.index(label) for label in "OBI")
    rows = cue_features(view, model.classes, wanted)
    probability: dict[int, list[float]] = {}
    for first, last in _runs(sorted(wanted)):
        states = [chain.score(rows[i]) for i in range(first, last)]
        # before and after the run stands O for certain
        states[0] = [s + t for s, t in zip(states[0], chain.transitions[outside], strict=True)]
        states[-1] = [
            s + row[outside] for s, row in zip(states[-1], chain.transitions, strict=True)
        ]
        probability.update(zip(range(first, last), chain.marginals(states), strict=True))
    found = []
    for i, labels in probability.items():
        least = _LEAST_BY_RULE if view.rule_cues[i][0] == "B" else LEAST
        if labels[begin] < least:
            continue
        end = i + 1
        while end in probability and probability[end][inner] >= labels[begin] / 2:
            end += 1
        manner = manner_of(view.cased[i:end], view.tags[i:end])
        found.append(Cue(view.first + i, view.first + end, manner, labels[begin]))
    return found


def _possible(view: View, model: Model) -> set[int]:
    """The tokens that can belong to a cue; most cannot, and cost nothing further."""
    heads, parts, known = model.heads, model.parts, model.classes.habits
    n = len(view.words)
    near: set[int] = set()
    for i, (stem, tag) in enumerate(zip(view.stems, view.tags, strict=True)):
        strange_verb = tag[0] == "V" and stem not in known
        if stem in heads or strange_verb or view.rule_cues[i] != "-":
            near.update(range(max(0, i - _NEAR), min(n, i + _NEAR + 1)))
    return {
        i
        for i in near
        if view.stems[i] in parts or view.tags[i][0] == "V" or view.rule_cues[i] != "-"
    }


def _runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted indices as ranges without gaps."""
    runs: list[tuple[int, int]] = []
    for i in indices:
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs
