"""Where a run of words stands in a source, word for word or nearly.

`Words.occurrences` finds exact runs.  Else rare words vote for the places they would put
the run at (a word at i in the run and j in the source votes for j - i), rapidfuzz ranks the
places by longest common subsequence, and a word-by-word alignment with free ends reads off
what agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel, LCSseq

from quotetrack.facts.tokens import Words
from quotetrack.text.stems import stem

_ANCHORS = 32
"""Rarest words of a run that vote for places."""
_COMMON = 400
"""Occurrences beyond which a word votes for nothing."""
_CELLS = 60_000
"""Size of a table of words by words beyond which the alignment is left to rapidfuzz."""
_PLACES = 128
"""Places of an exact run that are looked at."""
_SHARE = 0.34
"""Share of common words below which a place is not looked at."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A run of quoted words laid on the source."""

    pairs: tuple[tuple[int, int], ...]
    """Words that agree: (index in the quotation, index in the source), both rising."""
    first: int
    """First source word covered, replaced words included."""
    last: int
    """The source word after the last one."""
    score: float
    """Weight of the quoted words that agree, less what stands between them."""


def weight(key: str) -> float:
    """How much a word counts: short words, which stand everywhere, half."""
    return 1.0 if len(key) > 3 or key[0] == "#" else 0.5


def exact(quote: Words, first: int, last: int, source: Words) -> list[Placement]:
    """The places where words ``first`` to ``last`` of the quotation stand as they are."""
    keys = quote.keys[first:last]
    score = sum(map(weight, keys))
    return [
        Placement(
            tuple((first + k, place + k) for k in range(len(keys))),
            place,
            place + len(keys),
            score,
        )
        for place in source.occurrences(keys, _PLACES)
    ]


def nearly(quote: Words, first: int, last: int, source: Words, limit: int = 3) -> list[Placement]:
    """The best places for words ``first`` to ``last`` of the quotation, best first."""
    keys = quote.keys[first:last]
    ranked: list[tuple[float, int, int]] = []
    for start, end in _windows(keys, source):
        common = LCSseq.similarity(keys, source.keys[start:end])
        if common >= _SHARE * len(keys):
            ranked.append((common, start, end))
    ranked.sort(key=lambda item: (-item[0], item[1]))
    found = [
        placement
        for _, start, end in ranked[:limit]
        if (placement := _align(keys, source.keys[start:end], first, start)) is not None
    ]
    found.sort(key=lambda placement: -placement.score)
    best: list[Placement] = []
    for placement in found:
        # A window that clips a better placement shows the same words with the rest cut off.
        if all(placement.last <= p.first or placement.first >= p.last for p in best):
            best.append(placement)
    return best


def _windows(keys: list[str], source: Words, limit: int = 8) -> list[tuple[int, int]]:
    """Stretches of the source that the rare words of the run point to."""
    positions = source.positions
    known = sorted((len(positions[key]), i) for i, key in enumerate(keys) if key in positions)
    votes: list[tuple[int, float, int]] = []
    for count, i in known[:_ANCHORS]:
        if count > _COMMON and votes:
            break
        value = weight(keys[i]) / (1 + count / 8)
        votes.extend((j - i, value, i) for j in positions[keys[i]][:_COMMON])
    votes.sort()
    slack = 6 + len(keys) // 3
    heaps: list[tuple[float, int, int]] = []
    left, total = 0, 0.0
    for right, (shift, value, _) in enumerate(votes):
        total += value
        while votes[left][0] < shift - slack:
            total -= votes[left][1]
            left += 1
        heaps.append((total, votes[left][0], votes[right][0]))
    heaps.sort(key=lambda heap: (-heap[0], heap[1]))
    taken: list[tuple[int, int]] = []
    for _, low, high in heaps:
        if all(high < a or low > b for a, b in taken):
            taken.append((low, high))
            if len(taken) == limit:
                break
    end = len(source)
    return [
        (max(0, low - slack), min(end, high + len(keys) + slack))
        for low, high in taken
        if high + len(keys) + slack > 0
    ]


@lru_cache(maxsize=1 << 14)
def alike(a: str, b: str) -> bool:
    """Whether one word may stand for the other: two numbers, two forms, a negated form."""
    if a[0] == "#" or b[0] == "#":
        return a[0] == b[0]
    return (
        stem(a) == stem(b)
        or a == b + "nt"
        or b == a + "nt"
        or (min(len(a), len(b)) > 3 and Indel.normalized_similarity(a, b) > 0.72)
    )


_HIT, _SWAP, _QUOTED, _SOURCE = range(4)


def _align(keys: list[str], window: list[str], first: int, start: int) -> Placement | None:
    """Lay all words of the run on the window; the window's ends are free."""
    rows, columns = len(keys), len(window)
    if rows * columns > _CELLS:
        return _align_long(keys, window, first, start)
    above = [0.0] * (columns + 1)
    steps: list[bytearray] = [bytearray([_SOURCE]) * (columns + 1)]
    for key in keys:
        value = 2 * weight(key)
        before = steps[-1]
        step = bytearray(columns + 1)
        step[0] = _QUOTED
        row = [above[0] - 1.0]
        left = row[0]
        for j in range(columns):
            other = window[j]
            if other == key:
                # A run of agreeing words is worth more than the same words scattered.
                best = above[j] + value + (0.4 if before[j] == _HIT else 0.0)
                move = _HIT
            else:
                best = above[j] + (0.3 if alike(key, other) else -0.9)
                move = _SWAP
            if above[j + 1] - 1.0 > best:
                best, move = above[j + 1] - 1.0, _QUOTED
            if left - 0.35 > best:
                best, move = left - 0.35, _SOURCE
            step[j + 1] = move
            row.append(best)
            left = best
        steps.append(step)
        above = row
    j = max(range(columns + 1), key=above.__getitem__)
    i, last = rows, j
    pairs: list[tuple[int, int]] = []
    low = j
    while i > 0:
        move = steps[i][j]
        if move == _HIT:
            pairs.append((first + i - 1, start + j - 1))
        if move in {_HIT, _SWAP}:
            i, j = i - 1, j - 1
            low = j
        elif move == _QUOTED:
            i -= 1
        else:
            j -= 1
    return _placement(pairs[::-1], keys, first, start + low, start + last)


def _align_long(keys: list[str], window: list[str], first: int, start: int) -> Placement | None:
    pairs = [
        (first + block.src_start + k, start + block.dest_start + k)
        for block in LCSseq.opcodes(keys, window)
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]
    if not pairs:
        return None
    return _placement(pairs, keys, first, pairs[0][1], pairs[-1][1] + 1)


def _placement(
    pairs: list[tuple[int, int]], keys: list[str], first: int, low: int, high: int
) -> Placement | None:
    if not pairs:
        return None
    score = sum(weight(keys[i - first]) for i, _ in pairs)
    between = pairs[-1][1] - pairs[0][1] + 1 - len(pairs)
    return Placement(tuple(pairs), low, high, score - 0.05 * between)
