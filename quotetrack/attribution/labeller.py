"""The labels that the argument model gives the sentence of a cue."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quotetrack.attribution.argument_features import LONGEST
from quotetrack.attribution.chunks import chunks
from quotetrack.attribution.edges import tidy
from quotetrack.attribution.frame import frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.chunks import Chunks
    from quotetrack.attribution.model import Model
    from quotetrack.attribution.view import View


class Labelling(NamedTuple):
    """Labels of a sentence for one cue."""

    labels: list[str]
    certainty: list[float]
    by_model: bool


def labels_of(roles: Sequence[str]) -> list[str]:
    """Labels for the roles S, C and - of the rules."""
    return [
        "O" if role == "-" else ("I-" if role == previous else "B-") + role
        for role, previous in zip(roles, ("-", *roles), strict=False)
    ]


def has_content(labels: Sequence[str]) -> bool:
    """Whether any token is labelled as content."""
    return "B-C" in labels or "I-C" in labels


class Labeller:
    """Labels the chunks of a sentence for one of its cues after the other.

    Args:
        view: The sentence.
        cues: Ranges of tokens.
        strong: Those that bound the content of their neighbours.
        model: Whose chain labels.
    """

    def __init__(
        self,
        view: View,
        cues: Sequence[tuple[int, int]],
        strong: Sequence[tuple[int, int]],
        model: Model,
    ) -> None:
        self._view = view
        self._cues = cues
        self._strong = strong
        self._model = model

    @cached_property
    def _chunks(self) -> Chunks:
        return chunks(self._view, self._model.glue, self._cues)

    @cached_property
    def _sides(self) -> tuple[list[int], list[int]]:
        """Contexts of the chunks left and right of the cues, the same for all of them.

        Of the right, those before any cue's end are 0: nobody asks.
        """
        cut, contexts = self._chunks, self._model.argument_features.contexts
        end = max(cut.of[first] for first, _ in self._cues)
        begin = min(cut.of[last] for _, last in self._cues)
        left = contexts(cut, "L", 0, end)
        return left, [0] * begin + contexts(cut, "R", begin, cut.of[-1])

    def readings(self, first: int, last: int) -> list[Labelling]:
        """The labels of model and rules for the cue ``first:last``, those with content."""
        found = self._readings(first, last, self._strong)
        alone = self._strong in ([], [(first, last)])
        if not alone and not any(reading.by_model for reading in found):
            found += [r for r in self._readings(first, last, []) if r.by_model]
        return found

    def _readings(
        self, first: int, last: int, others: Sequence[tuple[int, int]]
    ) -> list[Labelling]:
        view, cut, chain = self._view, self._chunks, self._model.arguments
        features = self._model.argument_features
        around = frame(cut, first, last, others, self._model.classes)
        begin, end = around.first, around.last
        low, high = max(0, begin - LONGEST), min(cut.of[-1], end + LONGEST)
        left, right = self._sides
        contexts = left[low:begin] + features.contexts(cut, "C", begin, end) + right[end:high]
        states = [*map(chain.lanes.unpack, features.rows(around, low, contexts))]
        paths = [chain.best(states)]
        if around.rule:
            by_rule = [*map(chain.labels.index, labels_of(around.rule[low:high]))]
            if by_rule != paths[0]:
                paths.append(by_rule)
        found = []
        outside = ["O"] * low, ["O"] * (cut.of[-1] - high)
        for number, path in enumerate(paths):
            labels = [*outside[0], *[chain.labels[k] for k in path], *outside[1]]
            labels = tidy(view, first, last, cut.spread(labels))
            if has_content(labels):
                certainty = [1.0] * low + chain.certainty(states, path) + [1.0] * len(outside[1])
                of_tokens = [certainty[k] for k in cut.of[:-1]]
                found.append(Labelling(labels, of_tokens, number == 0))
        return found
