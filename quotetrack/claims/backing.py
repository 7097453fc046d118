"""Who stands behind a figure: the quoted speaker, a poll that the article goes on about, or nobody.

A figure in somebody's words is theirs.  Three sorts are not the mere article's:

- the rest of a sentence that names its source ("The bank expects 2 percent growth, half a
  point less than in May");
- the following figures of a poll or study that was named just before;
- what groups inside a poll are said to think ("42 percent of voters said …"): the poll's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.attribution import Attribution
    from quotetrack.claims.claims import Statement
    from quotetrack.speakers.cast import Cast
    from quotetrack.text.layout import Layout

_SHARES = frozenset(("percent", "percentage_point"))
_REACH = 2
"""Paragraphs after its last mention in which a poll's figures go on."""
_NAMING = frozenset(("document", "organization"))


@dataclass(slots=True, frozen=True)
class _Named:
    """An attribution as a possible source of the figures around it."""

    token: int
    sentence: int
    paragraph: int
    entity: int
    is_document: bool
    kind: str


def stand_behind(
    layout: Layout,
    attributions: Sequence[Attribution],
    cast: Cast,
    statements: Sequence[Statement],
) -> list[int | None]:
    """For each statement the index of the entity behind it; None: the article itself."""
    named = _named(layout, attributions, cast)
    tokens = [source.token for source in named]
    found: list[int | None] = []
    for statement in statements:
        own = None if statement.attribution is None else cast.speaker_of[statement.attribution]
        if not statement.figures:
            found.append(own)
            continue
        token = max(0, bisect_right(layout.starts, statement.figures[0].start) - 1)
        if own is None and statement.attribution is None:
            found.append(_behind_own_voice(layout, statement, named, tokens, token))
        elif own is not None and cast.entities[own].kind == "group":
            poll = _poll_before(layout, named, tokens, token)
            found.append(own if poll is None else poll)
        else:
            found.append(own)
    return found


def _named(layout: Layout, attributions: Sequence[Attribution], cast: Cast) -> list[_Named]:
    documents = data.words("document_nouns.txt")
    found = []
    for attribution, entity in zip(attributions, cast.speaker_of, strict=True):
        anchor = attribution.source or attribution.cue
        if entity is None or anchor is None:
            continue
        token = min(bisect_left(layout.starts, anchor[0]), len(layout.words) - 1)
        kind = cast.entities[entity].kind
        words = layout.text[anchor[0] : anchor[1]].lower().split()
        written = kind in _NAMING and any(word.strip(".,’'") in documents for word in words)
        found.append(
            _Named(
                token,
                layout.sentence_of[token],
                layout.sentences[layout.sentence_of[token]].paragraph,
                entity,
                written or kind == "document" or attribution.manner == "document",
                kind,
            )
        )
    found.sort(key=lambda source: source.token)
    return found


def _behind_own_voice(
    layout: Layout,
    statement: Statement,
    named: Sequence[_Named],
    tokens: Sequence[int],
    token: int,
) -> int | None:
    sentence = layout.sentences[layout.sentence_of[token]]
    low, high = bisect_left(tokens, sentence.first), bisect_left(tokens, sentence.last)
    here = [source for source in named[low:high] if source.kind != "group"]
    if here:
        before = [source for source in here if source.token < token]
        return (before[-1] if before else here[0]).entity
    if not any(figure.unit in _SHARES for figure in statement.figures) and high > low:
        return None
    return _poll_before(layout, named, tokens, token, shares=_has_share(statement))


def _has_share(statement: Statement) -> bool:
    return any(figure.unit in _SHARES for figure in statement.figures)


def _poll_before(
    layout: Layout,
    named: Sequence[_Named],
    tokens: Sequence[int],
    token: int,
    *,
    shares: bool = True,
) -> int | None:
    """The poll or study whose figures the text is giving at this token."""
    paragraph = layout.sentences[layout.sentence_of[token]].paragraph
    for source in reversed(named[: bisect_right(tokens, token)]):
        distance = paragraph - source.paragraph
        if distance > (_REACH if shares else 0):
            return None
        if source.is_document:
            return source.entity
        if source.kind in {"person", "unnamed"} and distance > 0:
            return None
    return None
