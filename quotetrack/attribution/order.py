"""Stretches of attributions: joined, put in reading order, one inside another."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.attribution.attribution import Attribution, Range


def ranges(attribution: Attribution) -> list[Range]:
    """Every stretch of the text that the attribution claims."""
    return [*attribution.content, *(r for r in (attribution.cue, attribution.source) if r)]


def overlap(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def merged(content: Sequence[Range]) -> tuple[Range, ...]:
    """In reading order, overlapping stretches joined."""
    merged: list[Range] = []
    for start, end in sorted(content):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def in_order(found: list[Attribution]) -> list[Attribution]:
    """Reading order, indices of ``continues`` renewed, ``parent`` set."""
    order = sorted(
        (k for k in range(len(found)) if found[k].content),
        key=lambda k: (found[k].content[0][0], -found[k].content[-1][1]),
    )
    place = {old: new for new, old in enumerate(order)}
    result: list[Attribution] = []
    around: list[int] = []
    for new, old in enumerate(order):
        attribution = found[old]
        start = attribution.content[0][0]
        around = [k for k in around if result[k].content[-1][1] > start]
        parent = next((k for k in reversed(around) if _holds(result[k], attribution)), None)
        carried = attribution.continues
        continues = None if carried is None else place.get(carried)
        if (parent, continues) != (attribution.parent, carried):
            attribution = attribution._replace(parent=parent, continues=continues)
        result.append(attribution)
        around.append(new)
    return result


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether one piece of the outer content holds all of the inner one, and its cue."""
    return any(
        all(start <= s and e <= end for s, e in ranges(inner)) for start, end in outer.content
    )
