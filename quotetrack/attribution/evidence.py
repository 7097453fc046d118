"""What speaks for and against a candidate: the numbers that the judge weighs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.attribution import Cue
    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CUE_TAGS = ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB", "NN", "IN", "MD")
_MANNERS = ("speech", "writing", "thought", "document", "stance")
_CERTAIN = 1e-6
_OPENING_TAGS = ("IN", "PRP", "DT", "NNP", "NN", "TO", "VBG", "Q", "WP", "JJ")
_STOPS = frozenset((",", ".", ":", "-RRB-", "-LRB-", "Q"))


@dataclass(slots=True, frozen=True)
class Candidate:
    """A possible cue of a sentence with its arguments (all in view indices)."""

    view: View
    cue: Cue
    first: int
    last: int
    labels: Sequence[str]
    """O, B-S, I-S, B-C, I-C for every token."""
    certainty: Sequence[float]
    """Probability of each token's label."""
    by_model: bool
    """Whether the model labelled the tokens so; else the rules did."""


def evidence(
    candidate: Candidate, others: Sequence[tuple[int, float]], classes: WordClasses
) -> list[float]:
    """The judge's numbers for a candidate.

    Args:
        candidate: The cue with its arguments.
        others: First token (view index) and probability of the sentence's other cues.
        classes: Habits of the cue's verb.
    """
    view, first, last, labels = (
        candidate.view,
        candidate.first,
        candidate.last,
        candidate.labels,
    )
    tags, words = view.tags, view.words
    content = [i for i, label in enumerate(labels) if label[-1] == "C"]
    source = [i for i, label in enumerate(labels) if label[-1] == "S"]
    sure_content = [candidate.certainty[i] for i in content] or [0.0]
    sure_source = [candidate.certainty[i] for i in source] or [0.0]
    p = min(max(candidate.cue.score, _CERTAIN), 1 - _CERTAIN)
    opening = words[content[0]] if content else ""
    quoted = sum(view.quoted[i] for i in content)
    head = source[-1] if source else -1
    habit = classes.habit(view.stems[last - 1])
    rule = next((view.rule_labels[k] for k in range(first, last) if k in view.rule_labels), None)
    numbers: list[float] = [
        math.log(p / (1 - p)),
        min(sure_content),
        sum(sure_content) / len(sure_content),
        min(sure_source),
        sum(sure_source) / len(sure_source),
        min(len(source), 12),
        min(len(content), 40),
        sum(tags[i][0] == "V" or tags[i] == "MD" for i in content),
        sum(tags[i] in _FINITE for i in content),
        quoted / max(1, len(content)),
        opening == "that",
        opening == "to",
        bool(content) and content[0] < first,
        bool(content) and content[-1] >= last,
        bool(source) and source[0] < first,
        min((abs(i - first) for i in source), default=15),
        min((min(abs(i - first), abs(i - last + 1)) for i in content), default=15),
        view.quoted[first],
        len(others),
        sum(q for _, q in others),
        max((q for a, q in others if abs(a - first) < 4), default=0),
        sum(label == "B-C" for label in labels),
        last - first,
        len(words),
        head >= 0 and tags[head] == "PRP",
        any(tags[i] == "NNP" for i in source),
        head >= 0 and words[head] in {"i", "we", "you", "it"},
        head >= 0 and tags[head] == "NNS",
        head >= 0 and tags[head] in {"WP", "WDT"},
        *(tags[last - 1] == tag for tag in _CUE_TAGS),
        *(int(habit[k]) if len(habit) == 4 else -1 for k in range(4)),
        *(candidate.cue.manner == manner for manner in _MANNERS),
        view.any_quoted,
        sum(view.quoted) - quoted,
        view.opens_paragraph,
    ]
    votes = _rule_votes(view, first, rule, content, source)
    return [*numbers, *votes, candidate.by_model, *_edges(candidate, content)]


def _edges(candidate: Candidate, content: Sequence[int]) -> list[float]:
    """Where the content begins and ends, and how the cue stands in its clause."""
    view, first, last = candidate.view, candidate.first, candidate.last
    tags = view.tags
    n = len(tags)
    if not content:
        return [0.0] * (len(_OPENING_TAGS) + 10)
    begin, end = content[0], content[-1] + 1
    before = tags[first - 1] if first else "^"
    return [
        *(tags[begin] == tag for tag in _OPENING_TAGS),
        begin == last,
        begin == 0,
        end >= n - 1,
        end < n and tags[end] in _STOPS,
        begin > 0 and tags[begin - 1] in _STOPS,
        end - begin - len(content),
        end < n and view.quoted[end] and view.quoted[end - 1],
        before == "TO",
        before == "MD",
        first == 0,
    ]


def _rule_votes(
    view: View,
    first: int,
    rule: Sequence[str] | None,
    content: Sequence[int],
    source: Sequence[int],
) -> list[float]:
    """Whether the rules see a cue here, how sure, and how far they agree on the rest."""
    seen = view.rule_cues[first]
    sure = int(seen[3]) if seen != "-" else -1
    if rule is None:
        return [sure, -1, -1, 0]
    theirs = {i for i, label in enumerate(rule) if label == "C"}
    both = len(theirs.intersection(content))
    either = len(theirs.union(content))
    named = {i for i, label in enumerate(rule) if label == "S"}
    return [
        sure,
        both / either if either else 0,
        bool(named.intersection(source)) if named or source else 1,
        sum(view.quoted[i] for i in theirs) / len(theirs) if theirs else 0,
    ]
