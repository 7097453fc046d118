"""The learned weights of attribution, all in one file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from quotetrack.attribution.chain import Chain
from quotetrack.attribution.trees import Trees
from quotetrack.attribution.wordclass import WordClasses
from quotetrack.text import weights as files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotetrack.text.weights import Row

NAME = "attribution.z"


@dataclass(slots=True, frozen=True)
class Model:
    """Word classes, the cue chain, the argument chain, and the judge of the two."""

    classes: WordClasses
    heads: frozenset[str]
    """Stem and tag ("say/VB") of content words that were often cues: where one may stand."""
    parts: frozenset[str]
    """Stems that were in cues, function words included: what a cue may be made of."""
    cues: Chain
    arguments: Chain
    judge: Trees


@cache
def load() -> Model:
    """The model that comes with the package."""
    return build(*files.load(NAME))


def build(header: Mapping[str, Any], rows: Mapping[str, Row]) -> Model:
    """A model from the header and rows of its file."""
    clusters = {
        word: str(number)
        for number, words in enumerate(header["clusters"])
        for word in words.split()
    }
    habits = {stem: habit for habit, stems in header["habits"].items() for stem in stems.split()}
    manners = {
        word: manner for manner, words in header["manners"].items() for word in words.split()
    }
    cues, arguments = (
        Chain(
            tuple(header[name]["labels"]),
            rows,
            tuple(tuple(row) for row in header[name]["transitions"]),
            header["scale"],
        )
        for name in ("cues", "arguments")
    )
    return Model(
        WordClasses(clusters, habits, manners),
        frozenset(header["heads"].split()),
        frozenset(header["parts"].split()),
        cues,
        arguments,
        Trees.from_lists(header["judge"]),
    )
