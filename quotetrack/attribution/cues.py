"""Cues: the words that introduce content, each with its probability and manner."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quotetrack.attribution.attribution import Cue
from quotetrack.attribution.lexicon import manner_of
from quotetrack.attribution.model import load

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from quotetrack.attribution.model import Model
    from quotetrack.attribution.view import View

LEAST = 0.08
"""Candidates with a smaller probability are dropped, if the rules do not find them too."""
_LEAST_BY_RULE = 0.01
_HOPELESS = -5.0
"""Log-odds of the features alone below which a word is not looked at further."""
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
    chain = model.cues
    outside, begin, inner = (chain.labels.index(label) for label in "OBI")
    scores = _promising(view, model)
    if not scores:
        return []
    scores |= model.cue_features.rows(view, _around(view, model, scores))
    probability: dict[int, list[float]] = {}
    for first, last in _runs(sorted(scores)):
        states = [chain.scores(scores[i]) for i in range(first, last)]
        # before and after the run stands O for certain
        states[0] = [s + t for s, t in zip(states[0], chain.transitions[outside], strict=True)]
        states[-1] = [s + t for s, t in zip(states[-1], chain.incoming[outside], strict=True)]
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


def _promising(view: View, model: Model) -> dict[int, int]:
    """The scores of the content words that may well be in a cue; most words cannot be."""
    heads, known, rules = model.heads, model.classes.habits, view.rule_cues
    wanted = {
        i
        for i, (stem, tag, rule) in enumerate(zip(view.stems, view.tags, rules, strict=True))
        if stem + "/" + tag[:2] in heads or (tag[0] == "V" and stem not in known) or rule != "-"
    }
    if not wanted:
        return {}
    least = model.cues.lanes.pack([math.ceil(_HOPELESS / model.cues.scale)] * 2)
    signs = model.cues.lanes.signs
    return {
        i: score
        for i, score in model.cue_features.rows(view, wanted).items()
        if (score - least + signs) & signs or rules[i] != "-"
    }


def _around(view: View, model: Model, scores: Container[int]) -> set[int]:
    """The further words that cues may be made of, near the promising ones."""
    parts = model.parts
    n = len(view.words)
    near = {
        k for i in range(n) if i in scores for k in range(max(0, i - _NEAR), min(n, i + _NEAR + 1))
    }
    return {
        k for k in near if k not in scores and (view.stems[k] in parts or view.tags[k][0] == "V")
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
