"""What speaks for and against a candidate: the numbers that the judge weighs."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.attribution import Cue
    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_VERBS = _FINITE | {"VB", "VBN", "VBG"}
_CONTENT, _SOURCE = frozenset(("B-C", "I-C")), frozenset(("B-S", "I-S"))
_CERTAIN = 1e-6
_STOPS = frozenset((",", ".", ":", "-RRB-", "-LRB-", "Q"))
_FIRST_AND_SECOND = frozenset(("i", "we", "you", "it"))
_RELATIVE = frozenset(("WP", "WDT"))
_HABITS = 4
_FAR = 15


def _indicators(*names: str) -> dict[str, list[float]]:
    """Name -> a number for each name, 1 for its own; "" -> none is."""
    return {name: [float(name == other) for other in names] for name in ("", *names)}


_CUE_TAGS = _indicators("VBD", "VBZ", "VBP", "VBN", "VBG", "VB", "NN", "IN", "MD")
_MANNERS = _indicators("speech", "writing", "thought", "document", "stance")
_OPENING_TAGS = _indicators("IN", "PRP", "DT", "NNP", "NN", "TO", "VBG", "Q", "WP", "JJ")


@dataclass(slots=True)
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
    view, first, last = candidate.view, candidate.first, candidate.last
    labels, certainty = candidate.labels, candidate.certainty
    tags, words, inside = view.tags, view.words, view.quoted
    content = [i for i, label in enumerate(labels) if label in _CONTENT]
    source = [i for i, label in enumerate(labels) if label in _SOURCE]
    sure_content, sure_source = [certainty[i] for i in content], [certainty[i] for i in source]
    content_tags = [tags[i] for i in content]
    quoted = sum([inside[i] for i in content]) if view.any_quoted else 0
    p = min(max(candidate.cue.score, _CERTAIN), 1 - _CERTAIN)
    opening = words[content[0]] if content else ""
    head, head_tag = (words[source[-1]], tags[source[-1]]) if source else ("", "")
    habit = classes.habit(view.stems[last - 1])
    rule = next((view.rule_labels[k] for k in range(first, last) if k in view.rule_labels), None)
    return [
        math.log(p / (1 - p)),
        min(sure_content, default=0.0),
        sum(sure_content) / max(1, len(content)),
        min(sure_source, default=0.0),
        sum(sure_source) / max(1, len(source)),
        min(len(source), 12),
        min(len(content), 40),
        sum(map(_VERBS.__contains__, content_tags)),
        sum(map(_FINITE.__contains__, content_tags)),
        quoted / max(1, len(content)),
        opening == "that",
        opening == "to",
        bool(content) and content[0] < first,
        bool(content) and content[-1] >= last,
        bool(source) and source[0] < first,
        min([abs(i - first) for i in source], default=_FAR),
        _apart(content, first, last),
        inside[first],
        len(others),
        sum([q for _, q in others]),
        max([q for a, q in others if abs(a - first) < 4], default=0),
        labels.count("B-C"),
        last - first,
        len(words),
        head_tag == "PRP",
        "NNP" in [tags[i] for i in source],
        head in _FIRST_AND_SECOND,
        head_tag == "NNS",
        head_tag in _RELATIVE,
        *_CUE_TAGS.get(tags[last - 1], _CUE_TAGS[""]),
        *(map(int, habit) if len(habit) == _HABITS else [-1] * _HABITS),
        *_MANNERS[candidate.cue.manner],
        view.any_quoted,
        sum(inside) - quoted,
        view.opens_paragraph,
        *_rule_votes(view, first, rule, content, source),
        candidate.by_model,
        *_edges(candidate, content),
    ]


def _apart(content: Sequence[int], first: int, last: int) -> int:
    """Tokens from the cue to the nearest of the content, the next one being 1 on the left."""
    at = bisect_left(content, first)
    left = first - content[at - 1] if at else _FAR
    right = max(0, content[at] - last + 1) if at < len(content) else _FAR
    return min(left, right, _FAR)


def _edges(candidate: Candidate, content: Sequence[int]) -> list[float]:
    """Where the content begins and ends, and how the cue stands in its clause."""
    view, first, last = candidate.view, candidate.first, candidate.last
    tags = view.tags
    n = len(tags)
    if not content:
        return [*_OPENING_TAGS[""], *[0.0] * 10]
    begin, end = content[0], content[-1] + 1
    before = tags[first - 1] if first else "^"
    return [
        *_OPENING_TAGS.get(tags[begin], _OPENING_TAGS[""]),
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
    quoted = sum([view.quoted[i] for i in theirs]) if view.any_quoted else 0
    both = len(theirs.intersection(content))
    either = len(theirs.union(content))
    named = {i for i, label in enumerate(rule) if label == "S"}
    return [
        sure,
        both / either if either else 0,
        bool(named.intersection(source)) if named or source else 1,
        quoted / len(theirs) if theirs else 0,
    ]
