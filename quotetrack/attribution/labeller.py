"""The labels that the argument model gives the sentence of a cue."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quotetrack.attribution.argument_features import LONGEST
from quotetrack.attribution.chunks import chunks
from quotetrack.attribution.edges import tidy
from quotetrack.attribution.frame import frame
from quotetrack.attribution.labels import LETTERS, of_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.chunks import Chunks
    from quotetrack.attribution.model import Model
    from quotetrack.attribution.view import View


class Labelling(NamedTuple):
    """Labels of a sentence for one cue."""

    labels: str
    """A letter for every token, see `quotetrack.attribution.labels`."""
    certainty: list[float]
    by_model: bool


def has_content(labels: str) -> bool:
    """Whether any token is labelled as content."""
    return "C" in labels or "c" in labels


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
        letters = [LETTERS[name] for name in chain.labels]
        paths = [chain.best(states)]
        if around.rule:
            by_rule = [*map(letters.index, of_roles(around.rule[low:high]))]
            if by_rule != paths[0]:
                paths.append(by_rule)
        found = []
        ahead, behind = low, cut.of[-1] - high
        for number, path in enumerate(paths):
            of_chunks = "-" * ahead + "".join([letters[k] for k in path]) + "-" * behind
            labels = tidy(view, first, last, cut.spread(of_chunks))
            if has_content(labels):
                certainty = [1.0] * ahead + chain.certainty(states, path) + [1.0] * behind
                of_tokens = [certainty[k] for k in cut.of[:-1]]
                found.append(Labelling(labels, of_tokens, number == 0))
        return found
