"""Distances: "three weeks ago", "two days after Easter", "a year earlier", "in two months"."""

from __future__ import annotations

from collections.abc import Callable

from quotetrack.claims import time_calendar as calendar
from quotetrack.claims.time_dates import Found
from quotetrack.claims.time_reckoning import Amount, Distance, EndedBy, FromPrevious
from quotetrack.claims.time_relative import amount_at
from quotetrack.claims.time_tense import direction
from quotetrack.claims.time_words import Words

Reader = Callable[[Words, int], Found | None]
_UP_TO = frozenset(("ended", "ending", "through", "to"))
_FROM = {"from": 1, "after": 1, "following": 1, "before": -1}


def distance(words: Words, i: int, read: Reader) -> Found | None:
    """An amount of time at i that tells from where it counts."""
    amount = amount_at(words, i)
    if amount is None:
        return None
    return from_amount(words, i, amount[1], amount[0], read) or _ahead(words, i, *amount)


def from_amount(words: Words, i: int, j: int, amount: Amount, read: Reader) -> Found | None:
    """What stands after the amount (words i to j-1): "ago", "before X", "later"."""
    link = words.word(j)
    bare = words.kind(i) == "unit"
    if link in _UP_TO and words.word(i - 1) in {"the", "of"}:
        last = read(words, j + 2 if words.word(j + 1) == "the" else j + 1)
        if last is not None and last[0].granularity in {"day", "month"}:
            return EndedBy(amount, last[0]), last[1]
    if link == "ago" and not bare:
        return Distance(amount, -1), j + 1
    if link in _FROM:
        k = j + 2 if words.word(j + 1) == "the" else j + 1
        if words.word(k) == "now" and link == "from" and not bare:
            return Distance(amount, 1), k + 1
        anchor = read(words, k)
        # "two weeks from Monday" counts; "a year from 2001" is "for a year, from 2001 on".
        same = calendar.PRECISION.get(amount[-1][2])
        fine = anchor is not None and anchor[0].granularity in {"day", same}
        if anchor is not None and (fine or (not bare and link != "from")):
            return Distance(amount, _FROM[link], anchor[0]), anchor[1]
        if not bare or words.word(i - 1) != "the" or link == "from":
            return _before(words, j, amount) if link == "before" and not bare else None
        return _before(words, j, amount)
    if link in {"later", "earlier"} and not bare and words.word(j + 1) not in {"than", "or"}:
        return FromPrevious(amount, 1 if link == "later" else -1), j + 1
    return None


def _before(words: Words, j: int, amount: Amount) -> Found | None:
    """As in "the day before.", "two years before,": with nothing after it."""
    after = words.word(j + 1)
    if after.isalnum() and words.near(j):
        return None
    return FromPrevious(amount, _FROM[words.word(j)]), j + 1


def _ahead(words: Words, i: int, amount: Amount, end: int) -> Found | None:
    """As in "in two weeks", "in a month's time": from publication on, if the words look ahead."""
    if words.word(i - 1) != "in":
        return None
    if words.word(end) == "'" and "time" in {words.word(end + 1), words.word(end + 2)}:
        time = end + 1 if words.word(end + 1) == "time" else end + 2
        return Distance(amount, 1), time + 1
    if direction(words, i - 1, end) <= 0:
        return None
    return Distance(amount, 1), end
