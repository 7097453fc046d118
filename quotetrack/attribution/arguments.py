"""Source and content of each cue, and which candidates to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quotetrack.attribution.argument_features import LONGEST
from quotetrack.attribution.attribution import Attribution, Cue, Range
from quotetrack.attribution.chunks import chunks
from quotetrack.attribution.edges import tidy
from quotetrack.attribution.evidence import Candidate, evidence
from quotetrack.attribution.frame import frame
from quotetrack.attribution.lexicon import manner_towards
from quotetrack.attribution.model import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.chain import Chain
    from quotetrack.attribution.model import Model
    from quotetrack.attribution.view import View
    from quotetrack.models import Manner
    from quotetrack.text.layout import Layout

BELIEVED = 0.4
"""Candidates that the judge gives less are dropped."""
_EVEN = 0.5
_IN_DOUBT = frozenset(("thought", "document", "writing"))
"""Manners that need even odds: below, only a third of them were right on development texts,
where of speech and stance more than half were."""
STRONG = 0.6
"""Cues at least this probable bound the content of their neighbours."""
_OF_STATEMENTS = frozenset(("speech", "writing", "thought"))
_SAME = 0.7
"""Overlap of two contents (intersection over union) from which they are one."""


def find_arguments(
    layout: Layout, views: Sequence[View], cues: Sequence[Cue], model: Model | None = None
) -> list[Attribution]:
    """The believed attributions, in reading order of their cues."""
    model = model or load()
    found: list[Attribution] = []
    by_sentence: dict[int, list[Cue]] = {}
    for cue in cues:
        by_sentence.setdefault(layout.sentence_of[cue.first], []).append(cue)
    for number, here in by_sentence.items():
        judged = [
            (model.judge.probability(numbers), candidate)
            for candidate, numbers in candidates(views[number], here, model)
        ]
        found += _believed(layout, judged)
    return found


def candidates(
    view: View, cues: Sequence[Cue], model: Model
) -> list[tuple[Candidate, list[float]]]:
    """Each cue of one sentence with its arguments and the evidence for it.

    A cue may come twice, with the arguments of the model and with those of the rules,
    where they differ: the judge chooses.  A cue that has no content is left out.
    """
    ranges = {cue: (cue.first - view.first, cue.last - view.first) for cue in cues}
    strong = [ranges[cue] for cue in cues if cue.score >= STRONG]
    labeller = _Labeller(view, list(ranges.values()), model)
    found = []
    for cue, (first, last) in ranges.items():
        readings = labeller.readings(first, last, strong)
        if strong not in ([], [(first, last)]) and not any(r.by_model for r in readings):
            alone = labeller.readings(first, last, [])
            readings += [reading for reading in alone if reading.by_model]
        others = [(ranges[other][0], other.score) for other in cues if other is not cue]
        for reading in readings:
            candidate = Candidate(view, cue, first, last, *reading)
            found.append((candidate, evidence(candidate, others, model.classes)))
    return found


class _Labelling(NamedTuple):
    """Labels of a sentence for one cue."""

    labels: list[str]
    certainty: list[float]
    by_model: bool


class _Labeller:
    """Labels the chunks of a sentence for one of its cues after the other."""

    def __init__(self, view: View, cues: Sequence[tuple[int, int]], model: Model) -> None:
        self._view = view
        self._chain = model.arguments
        self._features = model.argument_features
        self._classes = model.classes
        self._chunks = chunks(view, model.glue, cues)
        of = self._chunks.of
        # contexts stay the same for all cues on one side of a chunk
        self._end = max(of[first] for first, _ in cues)
        self._begin = min(of[last] for _, last in cues)
        self._left = self._features.contexts(self._chunks, "L", 0, self._end)
        self._right = self._features.contexts(self._chunks, "R", self._begin, of[-1])

    def readings(self, first: int, last: int, cues: Sequence[tuple[int, int]]) -> list[_Labelling]:
        """The labels of model and rules for the cue ``first:last``, those with content."""
        view, chain, cut = self._view, self._chain, self._chunks
        around = frame(cut, first, last, cues, self._classes)
        begin, end = around.first, around.last
        low, high = max(0, begin - LONGEST), min(cut.of[-1], end + LONGEST)
        contexts = (
            self._left[low:begin]
            + self._features.contexts(cut, "C", begin, end)
            + self._right[end - self._begin : high - self._begin]
        )
        states = [*map(chain.lanes.unpack, self._features.rows(around, low, contexts))]
        paths = [chain.best(states)]
        if around.rule:
            by_rule = _path(around.rule[low:high], chain)
            if by_rule != paths[0]:
                paths.append(by_rule)
        found = []
        outside = ["O"] * low, ["O"] * (cut.of[-1] - high)
        for number, path in enumerate(paths):
            labels = [*outside[0], *[chain.labels[k] for k in path], *outside[1]]
            labels = tidy(view, first, last, cut.spread(labels))
            if "B-C" in labels or "I-C" in labels:
                certainty = [1.0] * low + chain.certainty(states, path) + [1.0] * len(outside[1])
                of_tokens = [certainty[k] for k in cut.of[:-1]]
                found.append(_Labelling(labels, of_tokens, number == 0))
        return found


def _path(roles: Sequence[str], chain: Chain) -> list[int]:
    """Label indices for the roles S, C and - of the rules."""
    index = chain.labels.index
    begins, inside = (
        {role: index(opening + role) for role in "SC"} | {"-": 0} for opening in ("B-", "I-")
    )
    return [
        inside[role] if role == previous else begins[role]
        for role, previous in zip(roles, ("-", *roles), strict=False)
    ]


def _believed(layout: Layout, judged: Sequence[tuple[float, Candidate]]) -> list[Attribution]:
    """The probable candidates of one sentence, none on another's cue or content."""
    kept: list[tuple[float, Candidate, frozenset[int]]] = []
    for probability, candidate in sorted(judged, key=lambda pair: -pair[0]):
        if probability < BELIEVED:
            break
        if probability < _EVEN and _manner(candidate) in _IN_DOUBT:
            continue
        content = frozenset(i for i, label in enumerate(candidate.labels) if label[-1] == "C")
        clashes = any(
            (candidate.first < other.last and other.first < candidate.last)
            or len(content & taken) > _SAME * len(content | taken)
            for _, other, taken in kept
        )
        if not clashes:
            kept.append((probability, candidate, content))
    kept.sort(key=lambda item: item[1].first)
    return [_attribution(layout, candidate, probability) for probability, candidate, _ in kept]


def _attribution(layout: Layout, candidate: Candidate, probability: float) -> Attribution:
    """A candidate in characters of the text."""
    first = candidate.view.first
    cue = layout.starts[first + candidate.first]
    source = _pieces(layout, candidate.labels, first, "S")
    before = [piece for piece in source if piece[0] < cue]
    if before and len(before) < len(source):
        source = before  # none stands on both sides of its cue
    return Attribution(
        tuple(_pieces(layout, candidate.labels, first, "C")),
        (cue, layout.ends[first + candidate.last - 1]),
        (source[0][0], source[-1][1]) if source else None,
        _manner(candidate),
        "cue",
        probability,
    )


def _manner(candidate: Candidate) -> Manner:
    """The cue's manner towards this source, but a thing named and not stated is a stance.

    "announced that the bridge is safe" reports words, "announced a bridge" an act.
    """
    view, labels = candidate.view, candidate.labels
    source = [i for i, label in enumerate(labels) if label[-1] == "S"]
    manner = manner_towards(
        candidate.cue.manner, [view.words[i] for i in source], [view.tags[i] for i in source]
    )
    if manner in _OF_STATEMENTS and not any(
        label[-1] == "C" and (view.quoted[i] or view.tags[i][0] == "V" or view.tags[i] == "MD")
        for i, label in enumerate(labels)
    ):
        return "stance"
    return manner


def _pieces(layout: Layout, labels: Sequence[str], first: int, role: str) -> list[Range]:
    """The stretches with a role, in characters; a B begins a new one."""
    begins, inside = "B-" + role, "I-" + role
    pieces: list[Range] = []
    last = -1
    for i in [i for i, label in enumerate(labels) if label in (begins, inside)]:
        start, end = layout.starts[first + i], layout.ends[first + i]
        if i > last + 1 or labels[i] == begins or not pieces:
            pieces.append((start, end))
        else:
            pieces[-1] = (pieces[-1][0], end)
        last = i
    return pieces
