"""Articles over time: who said what when, what was said again, what cannot both hold."""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar, get_args

from sqlalchemy import Connection, func, select

from quotetrack.facts.ledger import comparing, people, reading, search, writing
from quotetrack.facts.ledger.database import Database
from quotetrack.facts.ledger.people import Who
from quotetrack.facts.ledger.results import (
    Added,
    ArticleRef,
    Conflict,
    LedgerClaim,
    LedgerQuote,
    Person,
    Repeat,
)
from quotetrack.facts.ledger.tables import LATEST, articles
from quotetrack.models import Article, Manner, QuoteKind

_Item = TypeVar("_Item")
_Page = Callable[[Connection, reading.Place | None, int], Sequence[tuple[reading.Place, _Item]]]
Day = date | str | None


class Ledger:
    """Articles with their quotes, speakers and claims, kept in a database.

    What it gives comes lazily: each iterator reads page by page, so that a ledger of any
    size can be walked through while others write to it.  Several processes may add at once;
    they take turns, one article a transaction.

    Args:
        url: "sqlite:///ledger.db" or a path; "sqlite://" for one in memory;
            "postgresql://user@host/database" (driver psycopg).  Tables are made, and those
            of an older quotetrack brought up to date, when it is opened.
        create: Make the ledger where there is none; False: that is an error.

    Raises:
        LedgerError: The database cannot be reached, or a newer quotetrack made the ledger.
        ValueError: The URL cannot be read or names another kind of database.
    """

    def __init__(
        self, url: str | os.PathLike[str] = "sqlite:///ledger.db", *, create: bool = True
    ) -> None:
        address = os.fspath(url) if isinstance(url, os.PathLike) else url
        self._database = Database(address, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({self._database.name!r})"

    def __len__(self) -> int:
        """How many articles it holds."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(articles)) or 0

    def close(self) -> None:
        """Give the connections back; the ledger opens them again if it is used."""
        self._database.engine.dispose()

    # Writing.

    def add(self, article: Article) -> Added:
        """Add an article, in one transaction; all of it is kept, or nothing.

        An article whose text is there changes nothing, unless this one has a date, title
        or address that the other lacked: then it takes its place, under the same number.

        Raises:
            TypeError: ``article`` is no `Article`.
            LedgerError: The database refused.
        """
        if not isinstance(article, Article):
            raise TypeError(f"expected an Article (see quotetrack.parse), not {_type(article)}")
        with self._database.write() as connection:
            return writing.add(connection, article)

    def merge(self, keep: Who, *others: Who) -> Person:
        """Make one speaker of several; later articles with any of their names join it.

        Args:
            keep: The speaker whose number and name stay: a number, a `Person`, or a name
                that only one has.
            others: The speakers who are the same.

        Raises:
            LedgerError: No speaker, or several, have a name or number.
        """
        with self._database.write() as connection:
            number = people.one(connection, keep)
            people.merge(connection, number, [people.one(connection, who) for who in others])
            [person] = people.describe(connection, [number])
        return person

    def split(
        self,
        speaker: Who,
        *,
        articles: Iterable[int | ArticleRef] = (),
        names: Iterable[str] = (),
        name: str | None = None,
    ) -> Person:
        """Take some articles, or some names, from a speaker for a new one of their own.

        The decision stays for these articles, and for these names in later ones.  Where
        both bear the same name, a later speaker is the one whose roles and descriptions
        are more like theirs, the older one where they do not tell.

        Args:
            speaker: Who was two: a number, a `Person`, or a name that only one has.
            articles: Numbers of the articles in which the other is meant.
            names: Full names under which the other appears.
            name: What to call the new speaker; None: the name in the first article.

        Raises:
            ValueError: Neither articles nor names are given.
            LedgerError: Nothing, or everything, of the speaker fits.
        """
        numbers = [each.id if isinstance(each, ArticleRef) else each for each in articles]
        wanted = [names] if isinstance(names, str) else list(names)
        if not numbers and not wanted:
            raise ValueError("split needs articles or names")
        with self._database.write() as connection:
            person = people.one(connection, speaker)
            number = people.split(connection, person, numbers, wanted, name)
            [found] = people.describe(connection, [number])
        return found

    # Reading.

    def article(self, number: int | ArticleRef) -> Article:
        """A whole article as it was added.

        Raises:
            LedgerError: No article has this number.
        """
        wanted = number.id if isinstance(number, ArticleRef) else number
        with self._database.read() as connection:
            return reading.article(connection, wanted)

    def articles(
        self, *, since: Day = None, until: Day = None, limit: int | None = None
    ) -> Iterator[ArticleRef]:
        """The articles, the oldest first; with ``since`` or ``until`` only dated ones."""
        asked = reading.Asked(since=_day(since, 0), until=_day(until, LATEST))
        return _limited(
            self._pages(lambda c, at, size: reading.article_page(c, asked, at, size)), limit
        )

    def speakers(self, name: str | None = None, *, limit: int | None = None) -> Iterator[Person]:
        """The speakers, in order of arrival; only those with these words in one of their names.

        Raises:
            ValueError: There is no word in ``name``.
        """
        if name is not None:
            with self._database.read() as connection:
                found = people.find(connection, name)
            numbers: Iterator[int] = iter(found)
        else:
            numbers = self._numbers()
        return _limited(self._described(numbers), limit)

    def quotes(
        self,
        *,
        speaker: Who | None = None,
        text: str | None = None,
        since: Day = None,
        until: Day = None,
        kind: QuoteKind | Collection[QuoteKind] = (),
        manner: Manner | Collection[Manner] = (),
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> Iterator[LedgerQuote]:
        """The quotes that fit, those of the newest article first, of undated ones last.

        Args:
            speaker: A number, a `Person`, or words of a name; of all who bear it.
            text: Words that the quote has, in any inflection, and phrases in quotation
                marks; a figure is found by its value.
            since: First day of publication, a date or "YYYY-MM-DD"; articles without a
                date are left out.
            until: Last day, included.
            kind: direct, mixed, indirect, or several of them.
            manner: speech, writing, thought, document, stance, or several of them.
            min_confidence: 0..1.
            limit: How many at most.

        Raises:
            ValueError: An argument has no such value; there is no word in ``text``.
            LedgerError: No speaker has the number.
        """
        words = None if text is None else search.matching(text, self._database.kind)
        asked = reading.Asked(
            people=self._people(speaker),
            words=words,
            since=_day(since, 0),
            until=_day(until, LATEST),
            kinds=_several("kind", kind, get_args(QuoteKind)),
            manners=_several("manner", manner, get_args(Manner)),
            min_confidence=min_confidence,
        )
        return _limited(
            self._pages(lambda c, at, size: reading.quote_page(c, asked, at, size, newest=True)),
            limit,
        )

    def history(
        self,
        speaker: Who,
        *,
        since: Day = None,
        until: Day = None,
        limit: int | None = None,
    ) -> Iterator[LedgerQuote | LedgerClaim]:
        """All that a speaker said, the oldest first: quotes, and claims outside of quotes.

        What articles without a date say comes before all else.

        Args:
            speaker: A number, a `Person`, or words of a name; of all who bear it.
            since: As in `quotes`.
            until: As in `quotes`.
            limit: How many at most.
        """
        asked = reading.Asked(
            people=self._people(speaker),
            since=_day(since, 0),
            until=_day(until, LATEST),
        )
        said: Iterator[LedgerQuote | LedgerClaim] = self._pages(
            lambda c, at, size: reading.quote_page(c, asked, at, size, newest=False)
        )
        claimed: Iterator[LedgerQuote | LedgerClaim] = self._pages(
            lambda c, at, size: reading.claim_page(c, asked, at, size)
        )
        return _limited(heapq.merge(said, claimed, key=_when), limit)

    def repeats(
        self,
        *,
        speaker: Who | None = None,
        since: Day = None,
        until: Day = None,
        limit: int | None = None,
    ) -> Iterator[Repeat]:
        """Claims that several articles have, the most repeated first.

        Two claims are the same if they are alike in words and none is the denial of the
        other; where they have figures, if these agree once rounded.  Two versions under one
        address do not count.

        Args:
            speaker: Only claims that this speaker made, too.
            since: As in `quotes`.
            until: As in `quotes`.
            limit: How many at most.
        """
        days = _day(since, 0), _day(until, LATEST)
        chosen = self._people(speaker)
        return _limited(self._repeats(chosen, days), limit)

    def conflicts(
        self,
        *,
        speaker: Who | None = None,
        since: Day = None,
        until: Day = None,
        within: int | None = 366,
        limit: int | None = None,
    ) -> Iterator[Conflict]:
        """Pairs of claims on one subject in one unit whose figures cannot both hold.

        Values, qualifiers and rounding are compared as in `quotetrack.verify`.  Where both
        claims have a time, the times must meet.  A pair of wordings comes once.

        Args:
            speaker: One of the two claims must be this speaker's.
            since: As in `quotes`, for both claims.
            until: As in `quotes`, for both claims.
            within: Days between the articles of two claims that do not both say their
                time; None: any number.
            limit: How many at most.
        """
        days = _day(since, 0), _day(until, LATEST)
        chosen = self._people(speaker)
        return _limited(self._conflicts(chosen, days, within), limit)

    # How.

    def _people(self, speaker: Who | None) -> list[int] | None:
        if speaker is None:
            return None
        with self._database.read() as connection:
            return people.find(connection, speaker)

    def _pages(self, page: _Page[_Item]) -> Iterator[_Item]:
        """All pages; between them nothing is held open."""
        after: reading.Place | None = None
        size = _FIRST_PAGE
        while True:
            with self._database.read() as connection:
                rows = page(connection, after, size)
            yield from (item for _, item in rows)
            if len(rows) < size:
                return
            after, size = rows[-1][0], reading.PAGE

    def _numbers(self) -> Iterator[int]:
        return self._pages(
            lambda c, at, size: [
                ((0, number), number) for number in people.page(c, at[1] if at else 0, size)
            ]
        )

    def _described(self, numbers: Iterator[int]) -> Iterator[Person]:
        while part := list(islice(numbers, _FIRST_PAGE)):
            with self._database.read() as connection:
                found = list(people.describe(connection, part))
            yield from found

    def _repeats(self, chosen: list[int] | None, days: tuple[int, int]) -> Iterator[Repeat]:
        grouped = comparing.groups(self._pairs(chosen, days))
        for group in grouped:
            with self._database.read() as connection:
                made = reading.claims_by_id(connection, group)
            speakers = dict.fromkeys(claim.speaker for claim in made if claim.speaker is not None)
            dates = [claim.article.published for claim in made if claim.article.published]
            yield Repeat(
                text=made[0].claim.text,
                speakers=tuple(speakers),
                first=min(dates, default=None),
                last=max(dates, default=None),
                claims=tuple(made),
            )

    def _conflicts(
        self, chosen: list[int] | None, days: tuple[int, int], within: int | None
    ) -> Iterator[Conflict]:
        told: set[int] = set()
        for one, other in self._pairs(chosen, days):
            found = comparing.clash(one, other, within)
            if found is None:
                continue
            # copies of both articles would tell the same again
            wording = hash((one.subject.claim.text, other.subject.claim.text))
            if wording in told:
                continue
            told.add(wording)
            with self._database.read() as connection:
                earlier, later = reading.claims_by_id(connection, [one.id, other.id])
            yield Conflict(
                subject=found.subject,
                earlier=earlier,
                later=later,
                figures=found.figures,
                deviation=found.deviation,
                reason=found.why,
            )

    def _pairs(
        self, chosen: list[int] | None, days: tuple[int, int]
    ) -> Iterator[tuple[comparing.Candidate, comparing.Candidate]]:
        """Claims worth comparing; between the pages nothing is held open."""
        people = None if chosen is None else frozenset(chosen)
        after: int | None = None
        while True:
            with self._database.read() as connection:
                page = comparing.key_page(connection, chosen, days, after, _KEYS)
            few = [key for key, count in page if count < comparing.FEW]
            for at in range(0, len(few), reading.PAGE):
                with self._database.read() as connection:
                    found = comparing.under(connection, few[at : at + reading.PAGE], days)
                for key, listed in found.items():
                    yield from comparing.pairs(key, listed, people)
            for key, count in page:
                if count >= comparing.FEW:
                    yield from self._pairs_of_many(key, people, days)
            if len(page) < _KEYS:
                return
            after = page[-1][0]

    def _pairs_of_many(
        self, key: int, people: Collection[int] | None, days: tuple[int, int]
    ) -> Iterator[tuple[comparing.Candidate, comparing.Candidate]]:
        before: list[comparing.Candidate] = []
        while True:
            with self._database.read() as connection:
                last = before[-1] if before else None
                # of a key that very many share, a speaker's own claims say enough
                listed = comparing.under(connection, [key], days, last, people).get(key, [])
            yield from comparing.pairs(key, before + listed, people, len(before))
            if len(listed) < comparing.FEW:
                return
            before = listed[-comparing.FEW // 8 :]


_KEYS = 4096
"""Keys of claims that are read at once."""
_FIRST_PAGE = 64
"""Rows that are read first: most readers want few."""


def _type(value: object) -> str:
    return type(value).__name__


def _limited(items: Iterator[_Item], limit: int | None) -> Iterator[_Item]:
    if limit is None:
        return items
    if isinstance(limit, bool) or not isinstance(limit, int):
        raise TypeError(f"limit must be a whole number or None, not {_type(limit)}")
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    return islice(items, limit)


def _day(value: Day, unknown: int) -> int:
    """The day as an ordinal."""
    if value is None:
        return unknown
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no date; write YYYY-MM-DD") from None
    if not isinstance(value, date):
        raise TypeError(f"expected a date or YYYY-MM-DD, not {_type(value)}")
    return value.toordinal()


def _several(what: str, value: str | Collection[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    chosen = (value,) if isinstance(value, str) else tuple(value)
    for each in chosen:
        if each not in allowed:
            raise ValueError(f"{what} {each!r} is none of {', '.join(allowed)}")
    return chosen


def _when(item: LedgerQuote | LedgerClaim) -> tuple[int, int, int]:
    day = item.article.published.toordinal() if item.article.published else 0
    start = item.claim.span.start if isinstance(item, LedgerClaim) else item.quote.spans[0].start
    return day, item.article.id, start
