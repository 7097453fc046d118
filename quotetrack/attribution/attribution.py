"""What the attribution stages hand on: who the words say said what, by offsets."""

from __future__ import annotations

from typing import NamedTuple

from quotetrack.models import Evidence, Manner

Range = tuple[int, int]
"""Characters of the text, end exclusive."""


class Cue(NamedTuple):
    """Words that introduce content, as a token range of the layout."""

    first: int
    last: int
    manner: Manner
    score: float
    """Estimated probability that this is a cue."""


class Attribution(NamedTuple):
    """Content with its cue and source, all as character ranges."""

    content: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    manner: Manner
    evidence: Evidence
    confidence: float
    continues: int | None = None
    """Index, in the article's list of attributions, of the one that this carries on."""
    parent: int | None = None
    """Index of the attribution whose content holds this one."""
