"""The cast of an article: who speaks, under which names, and who is meant by each source."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quotetrack.speakers.sources import Resolver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.attribution.attribution import Attribution, Range
    from quotetrack.models import SpeakerKind
    from quotetrack.speakers.entities import Bearer
    from quotetrack.text.layout import Layout, Quotation


class Entity(NamedTuple):
    """Someone or something that an article names or describes; few of them speak.

    So what only speakers are asked for is worked out where asked for.
    """

    kind: SpeakerKind
    bearer: Bearer
    layout: Layout

    @property
    def name(self) -> str:
        return self.bearer.name

    @property
    def descriptions(self) -> tuple[str, ...]:
        return self.bearer.descriptions

    @property
    def role(self) -> str | None:
        return self.descriptions[0] if self.descriptions else None

    @property
    def mentions(self) -> tuple[Range, ...]:
        """In characters, in order."""
        starts, ends = self.layout.starts, self.layout.ends
        return tuple([(starts[a], ends[b - 1]) for a, b in sorted(self.bearer.mentions)])

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other wordings of its name, without titles."""
        starts, ends, text = self.layout.starts, self.layout.ends, self.layout.text
        forms = dict.fromkeys(
            " ".join(text[starts[name.start] : ends[name.last - 1]].split())
            for name in self.bearer.names
            if name.start < name.last
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
    bearers = list(resolver.bearers())
    places = sorted([(a, b, k) for k, bearer in enumerate(bearers) for a, b in bearer.mentions])
    number = {k: n for n, k in enumerate(dict.fromkeys([k for _, _, k in places]))}
    entities = [Entity(bearers[k].kind, bearers[k], layout) for k in number]
    index = {id(entity.bearer): n for n, entity in enumerate(entities)}
    starts, ends = layout.starts, layout.ends
    return Cast(
        tuple(entities),
        tuple([None if bearer is None else index[id(bearer)] for bearer, _ in speakers]),
        tuple([0.0 if bearer is None else round(sure, 4) for bearer, sure in speakers]),
        tuple(sorted([(starts[a], ends[b - 1], number[k]) for a, b, k in places])),
    )
