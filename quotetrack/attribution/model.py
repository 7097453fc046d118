"""The learned weights of attribution, all in one file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from quotetrack.attribution.argument_features import ArgumentFeatures
from quotetrack.attribution.chain import Chain
from quotetrack.attribution.chunks import Glue
from quotetrack.attribution.cue_features import CueFeatures
from quotetrack.attribution.evidence import FLAGS
from quotetrack.attribution.trees import Trees
from quotetrack.attribution.wordclass import WordClasses
from quotetrack.text import weights as files
from quotetrack.text.weights import Weights, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotetrack.text.weights import Packed, Row

NAME = "attribution.z"


@dataclass(slots=True, frozen=True)
class Model:
    """Word classes, the cue chain, the argument chain, and the judge of the two."""

    classes: WordClasses
    parts: frozenset[str]
    """Stems that were in cues, function words included: what a cue may be made of."""
    cues: Chain
    cue_features: CueFeatures[int]
    glue: Glue
    arguments: Chain
    argument_features: ArgumentFeatures[int]
    judge: Trees


@cache
def load() -> Model:
    """The model that comes with the package."""
    return _model(*files.load(NAME))


def build(header: Mapping[str, Any], rows: Mapping[str, Row]) -> Model:
    """A model from a header and rows as training makes them."""
    return _model(header, unpack(pack({}, rows))[1])


def glue(header: Mapping[str, Any]) -> Glue:
    """What holds together, as the header says."""
    return Glue(
        {
            (left, right, word, following): bool(stays)
            for left, right, word, following, stays in header["glue"]
        },
        header["frequent"].split(),
    )


def _model(header: Mapping[str, Any], packed: Packed) -> Model:
    classes = WordClasses(
        {
            word: str(number)
            for number, words in enumerate(header["clusters"])
            for word in words.split()
        },
        {stem: habit for habit, stems in header["habits"].items() for stem in stems.split()},
        {word: manner for manner, words in header["manners"].items() for word in words.split()},
    )
    # both chains share the lanes of the longer one, so that words have one record each
    labels = max(len(header[name]["labels"]) for name in ("cues", "arguments"))
    weights = Weights(packed, labels, baseline=0)
    cues, arguments = (
        Chain(
            tuple(header[name]["labels"]),
            weights.lanes,
            tuple(tuple(row) for row in header[name]["transitions"]),
            header["scale"],
        )
        for name in ("cues", "arguments")
    )
    return Model(
        classes,
        frozenset(header["parts"].split()),
        cues,
        CueFeatures(weights, classes, frozenset(header["heads"].split())),
        glue(header),
        arguments,
        ArgumentFeatures(weights, classes),
        Trees.from_lists(header["judge"], FLAGS),
    )
