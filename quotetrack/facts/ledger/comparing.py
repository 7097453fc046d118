"""Claims against claims: what was said again, and what cannot both hold."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from quotetrack.facts.comparison import judge, signed, words
from quotetrack.facts.intervals import scaled
from quotetrack.facts.ledger.likeness import Subject, agree, same
from quotetrack.facts.ledger.stored import read_claim
from quotetrack.facts.ledger.tables import LATEST, articles, claim_keys, claims
from quotetrack.facts.subjects import stems
from quotetrack.models import Quantity, TimeRef

FEW = 512
"""Claims under one key that are read at once."""
_NEIGHBOURS = 64
"""Claims that each is held against: so many before it in time."""
_NEIGHBOURS_OF_MANY = 4
"""The same under a key with more than `FEW`: it tells little, but what is said again and again
still comes out, each time beside the last."""
_SAME_SUBJECT = 0.5
"""Jaccard index of the stems of two claims on one subject."""


ALWAYS = (0, LATEST)
"""Days, as ordinals, that leave out nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim with what decides whether another can be held against it."""

    id: int
    article: int
    url: str | None
    day: int
    person: int | None
    subject: Subject


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that cannot both hold."""

    earlier: Candidate
    later: Candidate
    figures: tuple[Quantity, Quantity]
    subject: str
    deviation: Decimal | None
    why: str


def key_page(
    connection: Connection,
    people: Sequence[int] | None,
    days: tuple[int, int],
    after: int | None,
    size: int,
) -> list[tuple[int, int]]:
    """The next keys that several claims share, each with how many; with people, only theirs."""
    count = func.count()
    query = select(claim_keys.c.key, count).group_by(claim_keys.c.key).having(count > 1)
    if people is not None or days != ALWAYS:
        query = query.join(claims, claims.c.id == claim_keys.c.claim_id).where(*_within(days))
    if people is not None:
        theirs = select(claim_keys.c.key).join(claims, claims.c.id == claim_keys.c.claim_id)
        query = query.where(claim_keys.c.key.in_(theirs.where(claims.c.person_id.in_(people))))
    if after is not None:
        query = query.where(claim_keys.c.key > after)
    rows = connection.execute(query.order_by(claim_keys.c.key).limit(size))
    return [(row[0], row[1]) for row in rows]


def _within(days: tuple[int, int]) -> Iterator[ColumnElement[bool]]:
    since, until = days
    if since:
        yield claims.c.day >= since
    if until != LATEST:
        yield and_(claims.c.day <= until, claims.c.day > 0)


def under(
    connection: Connection,
    keys: Sequence[int],
    days: tuple[int, int],
    after: Candidate | None = None,
    people: Collection[int] | None = None,
) -> dict[int, list[Candidate]]:
    """The claims under each key, oldest first: all of few keys, or the next `FEW` of one.

    With people, theirs alone.
    """
    query = (
        select(claim_keys.c.key, claims, articles.c.url)
        .join(claims, claims.c.id == claim_keys.c.claim_id)
        .join(articles, articles.c.id == claims.c.article_id)
        .where(claim_keys.c.key.in_(keys), *_within(days))
        .order_by(claim_keys.c.key, claims.c.day, claims.c.id)
    )
    if len(keys) == 1:
        query = query.limit(FEW)
    if after is not None:
        query = query.where(
            or_(claims.c.day > after.day, and_(claims.c.day == after.day, claims.c.id > after.id))
        )
    if people is not None:
        query = query.where(claims.c.person_id.in_(people))
    subjects: dict[int, Subject] = {}
    found: dict[int, list[Candidate]] = {}
    for row in connection.execute(query):
        subject = subjects.get(row.id)
        if subject is None:
            subject = subjects[row.id] = Subject(read_claim(row.data))
        found.setdefault(row.key, []).append(
            Candidate(row.id, row.article_id, row.url, row.day, row.person_id, subject)
        )
    return found


def pairs(
    key: int, listed: Sequence[Candidate], people: Collection[int] | None, compared: int = 0
) -> Iterator[tuple[Candidate, Candidate]]:
    """The pairs under a key, the earlier first; each pair comes under one key only.

    Args:
        key: Under which they are.
        listed: The claims, oldest first.
        people: One of the two must be of one of them; None: of anybody.
        compared: How many at the beginning are there only to be compared with.
    """
    near = _NEIGHBOURS if len(listed) < FEW else _NEIGHBOURS_OF_MANY
    before = deque(listed[:compared], maxlen=near)
    for later in listed[compared:]:
        for earlier in before:
            if people is not None and earlier.person not in people and later.person not in people:
                continue
            if min(earlier.subject.keys & later.subject.keys, default=key) == key:
                yield earlier, later
        before.append(later)


# The same again.


def groups(found: Iterable[tuple[Candidate, Candidate]]) -> list[list[int]]:
    """Ids of claims that say the same, from two articles at least; the most repeated first."""
    root: dict[int, int] = {}
    days: dict[int, int] = {}

    def top(number: int) -> int:
        while root.setdefault(number, number) != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for one, other in found:
        if not _copy(one, other) and same(one.subject, other.subject):
            days.update({one.id: one.day, other.id: other.day})
            root[top(other.id)] = top(one.id)
    members: dict[int, list[int]] = {}
    for number in root:
        members.setdefault(top(number), []).append(number)
    grouped = [sorted(group, key=lambda i: (days[i], i)) for group in members.values()]
    return sorted(grouped, key=lambda group: (-len(group), days[group[0]], group[0]))


def _copy(one: Candidate, other: Candidate) -> bool:
    """Whether both stand in one article, or in two versions of it."""
    return one.article == other.article or (one.url is not None and one.url == other.url)


# What cannot both hold.


def clash(one: Candidate, other: Candidate, within: int | None) -> Clash | None:
    """How two claims contradict each other; None: both can hold, or one cannot tell.

    Args:
        one: The earlier claim.
        other: The later one.
        within: Days between two claims without a time of their own that still speak of the
            same state of things; None: any number.
    """
    a, b = one.subject, other.subject
    if not _of_one_time(one, other, within) or a.about_another(b):
        return None
    shared, together = a.words & b.words, a.words | b.words
    few = len(shared) < 2 and not (len(shared) == 1 and len(together) <= 2)
    if few or len(shared) < _SAME_SUBJECT * len(together) or shared <= a.counted | b.counted:
        return None
    for mine, theirs in _matched(a, b):
        found = _held_against(mine, theirs, denied=a.claim.negated != b.claim.negated)
        if found is not None:
            deviation, why = found
            return Clash(one, other, (mine, theirs), a.wording(shared), deviation, why)
    return None


def _matched(one: Subject, other: Subject) -> Iterator[tuple[Quantity, Quantity]]:
    """The figures that measure the same, where it is clear which do."""
    denied = one.claim.negated != other.claim.negated
    if not denied and any(_agree(a, b) for a in one.telling for b in other.telling):
        return  # they say the same of one thing: the other figures are of others
    for mine in one.telling:
        theirs = [q for q in other.telling if _measure_alike(mine, q)]
        rivals = [q for q in one.telling if _measure_alike(mine, q)]
        if len(theirs) == 1 and len(rivals) == 1:
            if _counts_alike(mine, theirs[0]):
                yield mine, theirs[0]
            continue
        for figure in theirs:
            counted = set(stems(mine.of or "")), set(stems(figure.of or ""))
            if counted[0] and counted[0] == counted[1]:
                yield mine, figure


def _agree(one: Quantity, other: Quantity) -> bool:
    into = scaled(other, one.unit)
    return into is not None and agree(one, into)


def _measure_alike(one: Quantity, other: Quantity) -> bool:
    return scaled(other, one.unit) is not None and one.per == other.per


def _counts_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two counts or shares name the same things, where both name any."""
    counted = set(stems(one.of or "")), set(stems(other.of or ""))
    return not all(counted) or bool(counted[0] & counted[1])


def _held_against(
    mine: Quantity, theirs: Quantity, *, denied: bool
) -> tuple[Decimal | None, str] | None:
    into = scaled(theirs, mine.unit)
    if into is None:
        return None
    if denied:
        if not agree(mine, into):
            return None
        return Decimal(0), f"{words(mine)} and {words(theirs)}, and one of the two denies it"
    if bool(mine.change) != bool(into.change) and mine.unit == "percent":
        return None  # a level and a change
    later, earlier = signed(into, mine)
    try:
        verdict, why, deviation = judge(later, earlier, Decimal(0))
        if verdict != "contradicts" or agree(mine, into):
            return None
    except DecimalException:
        return None
    return deviation, f"{words(mine)}, then {words(theirs)}: {_than_before(why)}"


def _than_before(why: str) -> str:
    return why.replace("what is known", "the earlier figure")


def _of_one_time(one: Candidate, other: Candidate, within: int | None) -> bool:
    a, b = _spans(one.subject.claim.times), _spans(other.subject.claim.times)
    if a and b:
        return any(start <= until and since <= end for start, end in a for since, until in b)
    if within is None or not one.day or not other.day:
        return True
    return abs(one.day - other.day) <= within


def _spans(times: Sequence[TimeRef]) -> list[tuple[int, int]]:
    return [
        (time.start.toordinal(), time.end.toordinal())
        for time in times
        if time.start is not None and time.end is not None
    ]
