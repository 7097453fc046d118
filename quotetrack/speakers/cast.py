"""The cast of an article: who speaks, under which names, and who is meant by each source."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotetrack.speakers.sources import Resolver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.attribution import Attribution, Range
    from quotetrack.models import SpeakerKind
    from quotetrack.speakers.entities import Bearer
    from quotetrack.text.layout import Layout, Quotation


@dataclass(slots=True, frozen=True)
class Entity:
    """Someone or something that an article names or describes."""

    name: str
    kind: SpeakerKind
    descriptions: tuple[str, ...]
    mentions: tuple[Range, ...]
    """In characters, in order."""
    _layout: Layout
    _forms: tuple[tuple[int, int], ...]
    """Token ranges of its names without titles."""

    @property
    def role(self) -> str | None:
        return self.descriptions[0] if self.descriptions else None

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other wordings of its name; worked out where asked for, as few entities speak."""
        starts, ends, text = self._layout.starts, self._layout.ends, self._layout.text
        forms = dict.fromkeys(
            " ".join(text[starts[a] : ends[b - 1]].split()) for a, b in self._forms
        )
        return tuple(form for form in forms if form != self.name)


@dataclass(slots=True, frozen=True)
class Cast:
    """The entities of an article, in order of first appearance, and who says what."""

    entities: tuple[Entity, ...]
    speaker_of: tuple[int | None, ...]
    """For each attribution the index of its entity; None: unknown."""
    certainty: tuple[float, ...]
    """For each attribution how sure the name is, 0..1."""
    places: tuple[tuple[int, int, int], ...] = ()
    """Every mention as (start, end, index of its entity), in order."""

    def entity_at(self, start: int, end: int) -> int | None:
        """The entity that characters ``start`` to ``end`` speak of; None: none is known.

        The mention with just these bounds, else the last one inside that no possessive
        makes a mere part of another ("the mayor's lawyer").
        """
        first = bisect_left(self.places, (start, -1, -1))
        inside: int | None = None
        for begin, stop, entity in self.places[first:]:
            if begin >= end:
                break
            if (begin, stop) == (start, end):
                return entity
            if stop <= end:
                inside = entity
        return inside


def resolve(
    layout: Layout,
    tags: Sequence[str],
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    title: str | None,
) -> Cast:
    """Find the entities of an article and the one behind each attribution.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token.
        quotations: Names inside them count little for pronouns outside.
        attributions: In reading order.
        title: The headline, if known: it lends full names.
    """
    resolver = Resolver(layout, tags, quotations, attributions, title)
    speakers = resolver.speakers()
    everyone = [bearer for bearer in resolver.bearers() if bearer.mentions]
    everyone.sort(key=lambda bearer: min(bearer.mentions))
    number = {id(bearer): k for k, bearer in enumerate(everyone)}
    entities = tuple(_entity(layout, bearer) for bearer in everyone)
    return Cast(
        entities,
        tuple(None if bearer is None else number[id(bearer)] for bearer, _ in speakers),
        tuple(0.0 if bearer is None else round(sure, 4) for bearer, sure in speakers),
        tuple(sorted((a, b, k) for k, entity in enumerate(entities) for a, b in entity.mentions)),
    )


def _entity(layout: Layout, bearer: Bearer) -> Entity:
    starts, ends = layout.starts, layout.ends
    return Entity(
        bearer.name,
        bearer.kind,
        tuple(bearer.descriptions),
        tuple([(starts[a], ends[b - 1]) for a, b in sorted(bearer.mentions)]),
        layout,
        tuple([(n.start, n.last) for n in bearer.names if n.start < n.last]),
    )
