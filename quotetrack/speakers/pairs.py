""" "Both", "the two", "neither side": which two of those named before."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotetrack.speakers.coreference import Salience
    from quotetrack.speakers.entities import Bearer
    from quotetrack.speakers.naming import Name
    from quotetrack.text.layout import Layout

_BACK = 6
"""Sentences after which two joined names are no pair any more."""
_BETWEEN = 4
"""Tokens at most between two joined names ("and his wife,")."""


def means_two(words: Sequence[str]) -> bool:
    """Whether a phrase is "both sides" or "the two men", but not "two men"."""
    first = [word.lower() for word in words[:2]]
    return first[0] in {"both", "neither"} or first in (
        ["the", "two"],
        ["the", "pair"],
        ["the", "duo"],
    )


class Pairs:
    """The names that "and" joins ("Ana Duarte and the Left Bloc")."""

    def __init__(
        self,
        layout: Layout,
        names: Sequence[Name],
        of_name: Sequence[Bearer],
        salience: Salience,
    ) -> None:
        self._sentence_of = layout.sentence_of
        self._salience = salience
        self._at: list[int] = []
        self._joined: list[tuple[Bearer, Bearer]] = []
        for k in range(1, len(names)):
            one, two = names[k - 1], names[k]
            if layout.words[one.last] != "and":
                continue
            between = layout.words[one.last : min(two.first, one.last + _BETWEEN + 1)]
            if between[:1] == ["and"] and len(between) <= _BETWEEN:
                a, b = of_name[k - 1], of_name[k]
                if a is not b and a.person == b.person:
                    self._at.append(one.first)
                    self._joined.append((a, b))

    def first_of(self, token: int, wanted: Callable[[Bearer], bool]) -> Bearer | None:
        """The first of the two that "and" joined last before a token, or that were named last."""
        here = self._sentence_of[token]
        for k in range(bisect_left(self._at, token) - 1, -1, -1):
            if here - self._sentence_of[self._at[k]] > _BACK:
                break
            one, two = self._joined[k]
            if wanted(one) and wanted(two):
                return one
        named = self._salience.recent(token, wanted)
        return min(named, key=lambda bearer: bearer.names[0].first) if named else None
