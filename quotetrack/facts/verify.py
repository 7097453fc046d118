"""Does a claimed figure agree with what is known?"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException, InvalidOperation

from quotetrack.facts.comparison import judge, signed, unit_name, words
from quotetrack.facts.facts_file import read_facts
from quotetrack.facts.intervals import interval, scaled
from quotetrack.facts.subjects import rank, stems
from quotetrack.models import Check, Claim, Fact, Quantity, TimeRef

_FITS = 0.5
"""Share of a subject's words, by weight, that the claim must speak of."""
_TIE = 0.999
"""Share of the best overlap from which a fact fits as well."""
_ALSO = 0.8
"""Share of the best overlap from which a fact with a unit that fits is preferred."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A claimed figure and the fact it is held against, in the fact's unit."""

    fact: Fact
    claimed: Quantity
    given: Quantity
    """The claimed figure as it stands in the claim."""


def verify(
    claim: Claim | Quantity,
    facts: Iterable[Fact] | str | os.PathLike[str],
    tolerance: float | Decimal = 0,
) -> Check:
    """Hold a claimed figure against known facts.

    The fact is the one whose subject the claim speaks of: at least half of the subject's
    words by weight, as stems.  Where none does, or several do equally well, the check says
    so and nothing is guessed.  The figures are compared as intervals that the value, the
    qualifier ("more than") and the precision shown leave open.  Units of one measure are
    scaled (miles to kilometers); money is never converted.  Where claim and fact both have
    a time, the times must meet.

    Args:
        claim: A claim, or a quantity (what it counts, ``of``, then names the subject; with
            one fact alone none is needed).  Of several quantities, the one whose unit, and
            then whose ``of``, fits the fact best is compared, the first where they tie.
        facts: Facts, or the path of a CSV or JSON Lines file of them (see
            `quotetrack.facts.facts_file.read_facts`); a bad row gives a `RuntimeWarning`.
        tolerance: Share of the known value by which a claim may miss it and still agree;
            0.02 is two percent.

    Returns:
        "agrees": the same within what both leave open; "rounding": the same once rounded
        to the digits that the claim or the fact shows; "contradicts"; "not_comparable".
        ``deviation`` is (claimed - known) / known, from the bound or the middle where a
        figure has no value; None where they cannot be compared or the known value is 0.

    Raises:
        TypeError: An argument is of another type.
        ValueError: ``tolerance`` is negative or no number.
        OSError: The file cannot be read.
    """
    if not isinstance(claim, Claim | Quantity):
        raise TypeError(f"claim must be a Claim or a Quantity, not {type(claim).__name__}")
    allowed = _tolerance(tolerance)
    known = _facts(facts)
    quantities = claim.quantities if isinstance(claim, Claim) else (claim,)
    if not quantities:
        return _incomparable("the claim holds no figure")
    if not known:
        return _incomparable("there are no facts to compare with")
    chosen = _choose(claim, quantities, known)
    if isinstance(chosen, Check):
        return chosen
    times = claim.times if isinstance(claim, Claim) else ()
    fact = chosen.fact
    if not _together(times, fact.as_of):
        return _incomparable(
            f"the claim speaks of {times[0].span.text}, the fact of {_time(fact)}", fact
        )
    return _compare(chosen, allowed, negated=isinstance(claim, Claim) and claim.negated)


def _tolerance(tolerance: float | Decimal) -> Decimal:
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float | Decimal):
        raise TypeError(f"tolerance must be a number, not {type(tolerance).__name__}")
    allowed = Decimal(str(tolerance))
    if not allowed.is_finite() or allowed < 0:
        raise ValueError(f"tolerance must be 0 or more, not {tolerance}")
    return allowed


def _facts(facts: Iterable[Fact] | str | os.PathLike[str]) -> tuple[Fact, ...]:
    if isinstance(facts, str | os.PathLike):
        found, problems = read_facts(facts)
        for problem in problems:
            warnings.warn(str(problem), RuntimeWarning, stacklevel=3)
        return found
    if isinstance(facts, Fact):
        raise TypeError("facts must be an iterable of Fact or a path, not one Fact")
    found = tuple(facts)
    for fact in found:
        if not isinstance(fact, Fact):
            raise TypeError(f"facts must hold Fact objects, not {type(fact).__name__}")
    return found


def _incomparable(reason: str, fact: Fact | None = None) -> Check:
    return Check(verdict="not_comparable", fact=fact, reason=reason)


# Which fact.


def _choose(
    claim: Claim | Quantity, quantities: Sequence[Quantity], facts: tuple[Fact, ...]
) -> _Pair | Check:
    """The fact that the claim speaks of and the figure to hold against it, or why none."""
    if isinstance(claim, Quantity) and len(facts) == 1 and not claim.of:
        ranked = [1.0]
    elif isinstance(claim, Quantity) and not claim.of:
        return _incomparable("the figure alone does not say what it measures")
    else:
        about = " ".join(
            [claim.text if isinstance(claim, Claim) else "", *(q.of or "" for q in quantities)]
        )
        ranked = rank(about, [fact.subject for fact in facts])
    best = max(ranked)
    if best < _FITS:
        nearest = facts[ranked.index(best)]
        hint = f" (nearest: “{nearest.subject}”)" if best else ""
        return _incomparable(f"no fact speaks of what the claim does{hint}")
    order = sorted(range(len(facts)), key=lambda i: -ranked[i])
    near = [i for i in order if ranked[i] >= _ALSO * best]
    pairs = [(i, pair) for i in near if (pair := _pair(facts[i], quantities)) is not None]
    if not pairs:
        fact = facts[near[0]]
        return _incomparable(_different_units(quantities, fact), fact)
    times = claim.times if isinstance(claim, Claim) else ()
    timely = [(i, pair) for i, pair in pairs if _together(times, pair.fact.as_of)]
    pairs = timely or pairs
    top = max(ranked[i] for i, _ in pairs)
    tied = [(i, pair) for i, pair in pairs if ranked[i] >= _TIE * top]
    if len(tied) > 1:
        # Of subjects that are spoken of in full, the one that says most is meant.
        most = max(len(set(stems(pair.fact.subject))) for _, pair in tied)
        tied = [(i, p) for i, p in tied if len(set(stems(p.fact.subject))) == most]
    first = tied[0][1]
    if any(_figure(pair.fact.quantity) != _figure(first.fact.quantity) for _, pair in tied):
        names = "; ".join(f"“{pair.fact.subject}” ({_where(pair.fact)})" for _, pair in tied[:4])
        return _incomparable(f"{len(tied)} facts fit equally well: {names}")
    return first


def _figure(quantity: Quantity) -> tuple[object, ...]:
    return (
        quantity.value,
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.qualifier,
        quantity.change,
        quantity.per,
    )


def _pair(fact: Fact, quantities: Sequence[Quantity]) -> _Pair | None:
    """The claimed figure that fits the fact's unit best; None: none does."""
    unit = fact.quantity.unit
    fitting = [
        (q, into) for q in quantities if (into := scaled(q, unit)) is not None and interval(into)
    ]
    if not fitting or interval(fact.quantity) is None:
        return None
    subject = {*stems(fact.subject), *stems(fact.quantity.of or "")}

    def fit(pair: tuple[Quantity, Quantity]) -> tuple[bool, int, bool]:
        given, _ = pair
        shared = len(subject & set(stems(given.of or "")))
        return given.unit == unit, shared, given.per == fact.quantity.per

    given, into = max(fitting, key=fit)
    return _Pair(fact, into, given)


def _different_units(quantities: Sequence[Quantity], fact: Fact) -> str:
    mine, known = quantities[0], fact.quantity
    if interval(known) is None:
        return "the fact has no value"
    if mine.dimension == known.dimension == "money":
        read = " (read from a bare sign)" if mine.assumed else ""
        return f"{mine.unit}{read} and {known.unit}: currencies are not converted"
    return f"the claim counts in {unit_name(mine.unit)}, the fact in {unit_name(known.unit)}"


def _together(times: Sequence[TimeRef], as_of: TimeRef | None) -> bool:
    """Whether a time of the claim meets the fact's; True where one has none."""
    spans = [(t.start, t.end) for t in times if t.start is not None and t.end is not None]
    if not spans or as_of is None or as_of.start is None or as_of.end is None:
        return True
    start, end = as_of.start, as_of.end
    return any(a <= end and start <= b for a, b in spans)


# How they stand.


def _compare(pair: _Pair, allowed: Decimal, *, negated: bool) -> Check:
    claimed, known = signed(pair.claimed, pair.fact.quantity)
    try:
        verdict, why, deviation = judge(claimed, known, allowed)
    except (DecimalException, InvalidOperation):
        return _incomparable("the figures are too large to compare", pair.fact)
    told = f"claimed {words(pair.given)}; known {words(pair.fact.quantity)} ({_where(pair.fact)})"
    rates = {claimed.per, known.per}
    if len(rates) == 2 and verdict == "contradicts":
        reason = f"{told}: {_rate(claimed)} against {_rate(known)}"
        return _incomparable(reason, pair.fact)
    if negated and verdict != "not_comparable":
        if verdict == "rounding":
            return _incomparable(f"{told}: the claim denies a figure that is near", pair.fact)
        verdict = "contradicts" if verdict == "agrees" else "agrees"
        why += "; the claim denies it"
    return Check(
        verdict=verdict,
        fact=pair.fact,
        deviation=None if verdict == "not_comparable" else deviation,
        reason=f"{told}: {why}",
    )


def _rate(quantity: Quantity) -> str:
    return f"per {quantity.per}" if quantity.per else "no rate"


def _time(fact: Fact) -> str:
    return fact.as_of.span.text if fact.as_of is not None else ""


def _where(fact: Fact) -> str:
    return ", ".join(filter(None, (fact.source, _time(fact))))
