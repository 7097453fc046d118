"""Which claims may be compared, and which say the same.

Every claim leaves a few keys in the ledger; claims that share one are candidates, and only
those are held against each other.  Most keys are pairs from a bottom sketch of the claim's
stems (Broder, On the Resemblance and Containment of Documents, 1997), each with a unit; a
figure of weight also gives its value with each stem, for the same figure in other words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import cache, cached_property, lru_cache
from itertools import combinations

from quotetrack import data
from quotetrack.facts.intervals import interval, rounding, scaled
from quotetrack.facts.subjects import stems
from quotetrack.models import Claim, Quantity

_ODD = 0x9E3779B97F4A7C15
_ALL_BITS = (1 << 64) - 1
_SKETCH = 5
"""Stems of the sketch: 10 pairs."""
_SHORT = 3
"""Stems up to which a claim is a candidate by a single one."""
_WITH_FIGURE = 8
"""Stems that stand beside a value."""
_SMALL = 10
"""Counts below it say little by themselves."""
_SAME_WORDS = 0.6
"""Jaccard index of the stems of two claims without figures that say the same."""
_SAME_SUBJECT = 0.5
"""Share of the shorter claim's stems that the other has, where the figures agree."""


_PARTS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LAST = re.compile(r"(\S+)\s*$")


@dataclass(frozen=True)
class Subject:
    """A claim as it is compared."""

    claim: Claim

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of what the claim speaks of: its words without the figures and times."""
        return frozenset(stems(_without(self.claim)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the words with a capital: whom or what the claim is about by name."""
        capital = " ".join(w for w in _PARTS.findall(_without(self.claim)) if w[0].isupper())
        return frozenset(stems(capital))

    @cached_property
    def counted(self) -> frozenset[str]:
        """Stems of the things that the figures count: "delegates"."""
        return frozenset(word for q in self.figures for word in stems(q.of or ""))

    def about_another(self, other: Subject) -> bool:
        """Whether each of the two names something that the other does not."""
        return bool(self.names - other.words and other.names - self.words)

    def wording(self, words: Collection[str]) -> str:
        """The words of the claim that have these stems, in order, each once."""
        told: dict[str, str] = {}
        for word in _without(self.claim).split():
            for stem in stems(word):
                if stem in words:
                    told.setdefault(stem, word.strip("“”‘’\"'.,;:!?()"))
        return " ".join(dict.fromkeys(told.values()))

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The figures that have a value."""
        return tuple(q for q in self.claim.quantities if interval(q) is not None)

    @cached_property
    def telling(self) -> tuple[Quantity, ...]:
        """The figures that can tell one claim from another: "two rows" hardly does."""
        return tuple(q for q in self.figures if not _small(q))

    @cached_property
    def keys(self) -> frozenset[int]:
        """What the claim is found by."""
        return frozenset(self._keys())

    def _keys(self) -> Iterator[int]:
        ordered = sorted(self.words, key=_hash)
        sketch = ordered[:_SKETCH]
        for unit in {_measure(q) for q in self.figures} or {""}:
            for one, other in combinations(sketch, 2):
                yield _mixed(unit, one, other)
            if len(ordered) <= _SHORT and unit:
                yield from (_mixed(unit, word) for word in ordered)
        for quantity in self.figures:
            for value in _values(quantity):
                for word in ordered[:_WITH_FIGURE]:
                    yield _mixed(_measure(quantity), value, word, "=")


def keys_of(claim: Claim) -> list[int]:
    """The keys under which the ledger keeps a claim, in order."""
    return sorted(Subject(claim).keys)


@lru_cache(maxsize=1 << 16)
def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest)


def _mixed(*parts: str) -> int:
    """One number, as databases hold it, for words in this order."""
    mixed = 0
    for part in parts:
        mixed = (mixed * _ODD + _hash(part)) & _ALL_BITS
    return mixed - (1 << 63)


def _without(claim: Claim) -> str:
    """The claim's text with its figures, their hedges and the times blanked."""
    text, start = claim.text, claim.span.start
    for span in [q.span for q in claim.quantities] + [t.span for t in claim.times]:
        low, high = span.start - start, span.end - start
        if 0 <= low < high <= len(text) and text[low:high] == span.text:
            while (before := _LAST.search(text, max(0, low - 24), low)) and (
                before[1].lower() in _hedges()
            ):
                low = before.start(1)
            text = text[:low] + " " * (high - low) + text[high:]
    return text


@cache
def _hedges() -> frozenset[str]:
    """The words of "at least", "no more than" and the like."""
    rows = (line.split("|")[1].replace(",", " ") for line in data.lines("qualifiers_before.txt"))
    return frozenset(word for row in rows for word in row.split())


def _small(quantity: Quantity) -> bool:
    values = [v for v in (quantity.value, quantity.low, quantity.high) if v is not None]
    return quantity.dimension == "count" and all(abs(v) < _SMALL for v in values)


def _measure(quantity: Quantity) -> str:
    """What a unit measures: figures in miles and kilometers are held against each other."""
    if quantity.dimension == "money":
        return quantity.unit
    if quantity.unit in {"count", "percent", "percentage_point", "times"}:
        return quantity.unit
    return quantity.dimension or quantity.unit


def _values(quantity: Quantity) -> set[str]:
    """The value to two digits, down and up, so that near ones share one of them."""
    value = quantity.value if quantity.value is not None else quantity.low
    if value is None or not value.is_finite() or not value:
        return set()
    if _small(quantity):
        return set()
    try:
        step = Decimal(1).scaleb(value.adjusted() - 1)
        down = value // step
        return {
            f"{end * step:.1e}" for end in ({down} if down * step == value else {down, down + 1})
        }
    except DecimalException:
        return set()


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two figures in one unit can be the same, once rounded."""
    a, b = interval(one), interval(other)
    if a is None or b is None:
        return False
    if one.per != other.per or (one.change or other.change) != (other.change or one.change):
        return False
    try:
        return a.widened(rounding(one)).meets(b.widened(rounding(other)))
    except DecimalException:
        return False


def same(one: Subject, other: Subject) -> bool:
    """Whether two claims say the same: alike in words, and in figures where they have any."""
    if one.claim.negated != other.claim.negated or one.about_another(other):
        return False
    shared = len(one.words & other.words)
    shorter = min(len(one.words), len(other.words))
    if not one.telling and not other.telling:
        return shared >= 3 and shared >= _SAME_WORDS * len(one.words | other.words)
    few, many = sorted((one.telling, other.telling), key=len)
    if not few or shared < min(2, shorter) or shared < _SAME_SUBJECT * shorter:
        return False
    return all(any(_alike(a, b) for b in many) for a in few)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are one: a bound and a value are not, though both may hold."""
    bounds = {"more_than", "at_least"}, {"less_than", "up_to"}
    sides = [next((i for i, b in enumerate(bounds) if q.qualifier in b), 2) for q in (one, other)]
    into = scaled(other, one.unit)
    return into is not None and sides[0] == sides[1] and agree(_point(one), _point(into))


def _point(quantity: Quantity) -> Quantity:
    """The figure without its bound."""
    if quantity.qualifier in {"exact", "about"}:
        return quantity
    return quantity.model_copy(update={"qualifier": "exact"})
