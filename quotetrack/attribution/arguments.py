"""Source and content of each cue, and which candidates to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack.attribution.attribution import Attribution, Cue, Range
from quotetrack.attribution.edges import of_nobody, tidy
from quotetrack.attribution.evidence import Candidate, Evidence
from quotetrack.attribution.labeller import Labeller, has_content
from quotetrack.attribution.labels import CONTENT, of_roles, pieces, runs
from quotetrack.attribution.lexicon import manner_towards
from quotetrack.attribution.model import load

if TYPE_CHECKING:
    from collections.abc import Sequence

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
SURE = 0.9
"""Readings of the rules that the judge gives as much are not weighed against the model's."""
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
        found += _believed(layout, _judged(views[number], here, model))
    return found


def _judged(view: View, cues: Sequence[Cue], model: Model) -> list[tuple[float, Candidate]]:
    """Candidates of one sentence with their probabilities.

    Where the judge is sure of what the rules say, the model is not asked.
    """
    sentence, judge = _Sentence(view, cues, model), model.judge
    found: list[tuple[float, Candidate]] = []
    for cue in cues:
        plain = sentence.by_rule(cue) if cue.score >= STRONG else None
        sure = judge.probability(sentence.evidence(plain)) if plain else 0.0
        if plain and sure >= SURE:
            found.append((sure, plain))
        else:
            doubtful = sentence.candidates(cue)
            found += [(judge.probability(sentence.evidence(c)), c) for c in doubtful]
    return found


def candidates(
    view: View, cues: Sequence[Cue], model: Model
) -> list[tuple[Candidate, list[float]]]:
    """Each cue of one sentence with its arguments and the evidence for it, the model asked.

    A cue may come twice, with the arguments of the model and with those of the rules,
    where they differ: the judge chooses.  A cue that has no content is left out.
    """
    sentence = _Sentence(view, cues, model)
    found = [candidate for cue in cues for candidate in sentence.candidates(cue)]
    return [(candidate, sentence.evidence(candidate)) for candidate in found]


class _Sentence:
    """The candidates of one sentence and the evidence for them."""

    def __init__(self, view: View, cues: Sequence[Cue], model: Model) -> None:
        self._view = view
        self._at = {cue: (cue.first - view.first, cue.last - view.first) for cue in cues}
        self._evidence = Evidence(view, self._at, model.classes)
        strong = [self._at[cue] for cue in cues if cue.score >= STRONG]
        self._labeller = Labeller(view, list(self._at.values()), strong, model)

    def by_rule(self, cue: Cue) -> Candidate | None:
        """The cue with what the rules say, taken at their word; if they see content."""
        view, (first, last) = self._view, self._at[cue]
        rule = next((view.rule_labels[k] for k in range(first, last) if k in view.rule_labels), [])
        labels = tidy(view, first, last, of_roles(rule)) if "C" in rule else ""
        if not has_content(labels) or not _is_plain(view, first, last, labels):
            return None
        return Candidate(view, cue, first, last, labels, [1.0] * len(labels), by_model=False)

    def candidates(self, cue: Cue) -> list[Candidate]:
        """The cue with what the model says, and with what the rules say if they differ."""
        first, last = self._at[cue]
        readings = self._labeller.readings(first, last)
        return [Candidate(self._view, cue, first, last, *reading) for reading in readings]

    def evidence(self, candidate: Candidate) -> list[float]:
        """The judge's numbers."""
        return self._evidence.numbers(candidate)


def _is_plain(view: View, first: int, last: int, labels: str) -> bool:
    """Whether nothing hints that the rules saw only a part, or too much.

    They know too little of what "as" speaks of, of words not quoted that go on behind the cue,
    and of names that end before a mark or "of".
    """
    words = view.words
    roles = labels.upper()
    begin, end = roles.index("C"), roles.rindex("C") + 1
    if "as" in words[max(0, begin - 1) : begin + 1]:
        return False
    if begin < first and end > last and not view.quoted[end - 1]:
        return False
    source_end = roles.rfind("S") + 1
    return not (last < source_end < len(words) and words[source_end] in {'"', "of"})


def _believed(layout: Layout, judged: Sequence[tuple[float, Candidate]]) -> list[Attribution]:
    """The probable candidates of one sentence, none on another's cue or content."""
    kept: list[tuple[float, Candidate]] = []
    for probability, candidate in sorted(judged, key=lambda pair: -pair[0]):
        if probability < BELIEVED:
            break
        if probability < _EVEN and _manner(candidate) in _IN_DOUBT:
            continue
        if not any(_clash(candidate, other) for _, other in kept):
            kept.append((probability, candidate))
    kept.sort(key=lambda item: item[1].first)
    return [_attribution(layout, candidate, probability) for probability, candidate in kept]


def _clash(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates share words of their cues, or content."""
    if one.first < other.last and other.first < one.last:
        return True
    both = either = 0
    for mine, theirs in zip(one.labels, other.labels, strict=True):
        both += mine in CONTENT and theirs in CONTENT
        either += mine in CONTENT or theirs in CONTENT
    return both > _SAME * either


def _attribution(layout: Layout, candidate: Candidate, probability: float) -> Attribution:
    """A candidate in characters of the text."""
    first = candidate.view.first
    cue = layout.starts[first + candidate.first]
    source = _ranges(layout, candidate, "S")
    if source and of_nobody(candidate.view, candidate.first, candidate.last):
        source = [piece for piece in source if piece[0] > cue]
    before = [piece for piece in source if piece[0] < cue]
    if before and len(before) < len(source):
        source = before  # none stands on both sides of its cue
    return Attribution(
        tuple(_ranges(layout, candidate, "C")),
        (cue, layout.ends[first + candidate.last - 1]),
        (source[0][0], source[-1][1]) if source else None,
        _manner(candidate),
        "cue",
        probability,
    )


def _ranges(layout: Layout, candidate: Candidate, role: str) -> list[Range]:
    """The pieces with a role, in characters."""
    starts, ends, first = layout.starts, layout.ends, candidate.view.first
    return [
        (starts[first + begin], ends[first + end - 1])
        for begin, end in pieces(candidate.labels, role)
    ]


def _manner(candidate: Candidate) -> Manner:
    """The cue's manner towards this source, but a thing named and not stated is a stance.

    "announced that the bridge is safe" reports words, "announced a bridge" an act.
    """
    view, labels = candidate.view, candidate.labels
    source = [i for begin, end in runs(labels.upper(), "S") for i in range(begin, end)]
    manner = manner_towards(
        candidate.cue.manner, [view.words[i] for i in source], [view.tags[i] for i in source]
    )
    if manner in _OF_STATEMENTS and not any(
        label in CONTENT and (quoted or tag[0] == "V" or tag == "MD")
        for label, quoted, tag in zip(labels, view.quoted, view.tags, strict=True)
    ):
        return "stance"
    return manner
