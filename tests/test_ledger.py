"""The ledger on SQLite and on a real PostgreSQL server: what it keeps, finds and compares."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import ledger_writer
import postgres
import pytest
from sample_articles import ferry, hostile

import quotetrack
from quotetrack import Article, Ledger, Quote, Span, Speaker, SpeakerRef, parse

sqlalchemy = pytest.importorskip("sqlalchemy", reason="the extra ledger is not installed")

from quotetrack.facts.ledger import (  # noqa: E402
    LedgerClaim,
    LedgerError,
    LedgerQuote,
    Repeat,
    migrations,
)

WRITER = Path(__file__).parent / "ledger_writer.py"
CASES = Path(__file__).parent / "cases" / "ledger.txt"
HARBOUR = (Path(__file__).parent.parent / "examples" / "harbour.txt").read_text(encoding="utf-8")
_numbers = iter(range(1, 1_000_000))


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    reason = postgres.missing()
    if reason is not None:
        pytest.skip(reason)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place for a ledger: a file, or a schema of its own on the server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server: str = request.getfixturevalue("cluster")
    return schema(server)


def schema(server: str) -> str:
    """A new schema on the server, as the URL of a ledger."""
    name = f"test{next(_numbers)}"
    engine = sqlalchemy.create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    return f"{server}&options=-csearch_path%3D{name}"


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with Ledger(url) as opened:
        yield opened


def said(
    words: str, by: str = "Tom Reyes", day: str | None = None, url: str | None = None
) -> Article:
    """An article with one statement."""
    return parse(f"“{words},” said {by}.", published=day, url=url)


def texts(found: Iterator[LedgerQuote]) -> list[str]:
    return [item.quote.text for item in found]


# What it keeps.


@pytest.mark.parametrize("article", [ferry(), hostile(), parse(HARBOUR), Article(text="")])
def test_an_article_comes_back_whole(ledger: Ledger, article: Article) -> None:
    added = ledger.add(article)
    assert (added.status, added.quotes, added.claims) == (
        "added",
        len(article.quotes),
        len(article.claims),
    )
    assert ledger.article(added.article) == article
    assert [item.quote for item in ledger.quotes()] == list(article.quotes)


def test_very_long_things_are_kept(ledger: Ledger) -> None:
    words = " ".join(f"word{number}" for number in range(200_000))
    one = speaker(f"Ana {words}")
    many = tuple(
        Speaker(id=f"s{number}", name=f"Ana Nr{number}", kind="person", aliases=(f"A Nr{number}",))
        for number in range(1200)
    )
    for article in (one, Article(text="many", speakers=many)):
        assert ledger.article(ledger.add(article).article) == article
    assert len(list(ledger.quotes(text="word17 word40"))) == 1
    with pytest.raises(LedgerError, match="more than 1000 speakers"):
        ledger.quotes(speaker="ana")


def test_adding_again_changes_nothing(ledger: Ledger) -> None:
    first = ledger.add(ferry())
    again = ledger.add(ferry())
    assert (first.status, again.status) == ("added", "known")
    assert first.article == again.article
    assert len(ledger) == 1
    assert len(list(ledger.quotes())) == len(ferry().quotes)


def test_a_copy_that_says_more_takes_the_place(ledger: Ledger) -> None:
    bare = ledger.add(parse(HARBOUR, title="Pier"))
    dated = ledger.add(parse(HARBOUR, published="2024-03-05"))
    assert (dated.status, dated.article) == ("replaced", bare.article)
    kept = ledger.article(bare.article)
    assert (kept.title, kept.published) == ("Pier", date(2024, 3, 5))
    assert len(ledger) == 1
    assert ledger.add(parse(HARBOUR)).status == "known"
    assert len(list(ledger.quotes(text="reopen"))) == 1
    assert len(list(ledger.speakers())) == len(kept.speakers)


def test_it_is_there_after_closing(url: str) -> None:
    with Ledger(url) as ledger:
        ledger.add(ferry())
    with Ledger(url, create=False) as again:
        assert texts(again.quotes()) == [quote.text for quote in ferry().quotes]


def test_no_ledger_is_made_where_none_is_wanted(url: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger(url, create=False)
    assert not list(tmp_path.iterdir())


def test_results_are_frozen_and_round_trip(ledger: Ledger) -> None:
    ledger.add(parse(HARBOUR, published="2024-03-05"))
    [quote, *_] = ledger.quotes(text="$3.2 million")
    assert LedgerQuote.model_validate_json(quote.model_dump_json()) == quote
    assert [claim.quote for claim in quote.claims] == [quote.quote.id]
    with pytest.raises(ValueError, match="frozen"):
        quote.article.title = "other"


# What it finds.


@pytest.fixture
def three(ledger: Ledger) -> Ledger:
    ledger.add(parse(HARBOUR, published="2024-03-05"))
    ledger.add(said("The pier will never reopen", "Tom Reyes, the treasurer", "2024-04-20"))
    ledger.add(said("The ferries are reopening at 8,600,000 euros", "Ida Brandt"))
    return ledger


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("reopen", 3),  # in every inflection
        ("REOPENED pier", 1),
        ('"will reopen"', 1),
        ("“never reopen”", 1),
        ('"reopen will"', 0),
        ("the reopen", 3),  # words too common to tell anything are left aside
        ("8.6 million", 1),
        ("€8,600,000", 1),
        ("9 million", 0),
        ("submarine", 0),
        ("we'll", 1),
        ("naïve OR (reopen* AND NEAR", 0),  # no language of queries: words
    ],
)
def test_words_are_found(three: Ledger, words: str, count: int) -> None:
    assert len(list(three.quotes(text=words))) == count


def test_common_words_are_found_where_they_are_alone(three: Ledger) -> None:
    spoken = [item.quote.text.lower().replace("“", "").split() for item in three.quotes()]
    assert len(list(three.quotes(text="the"))) == sum("the" in words for words in spoken) > 3


def test_quotes_come_newest_first_and_are_filtered(three: Ledger) -> None:
    days = [item.article.published for item in three.quotes()]
    assert days[0] == date(2024, 4, 20)
    assert days[-1] is None
    assert {i.speaker.name for i in three.quotes(speaker="reyes") if i.speaker} == {"Tom Reyes"}
    assert {i.quote.kind for i in three.quotes(kind="indirect")} == {"indirect"}
    both = three.quotes(kind=["direct", "mixed"], manner="speech", min_confidence=0.1)
    assert {i.quote.kind for i in both} <= {"direct", "mixed"}
    since = list(three.quotes(since="2024-04-01"))
    assert [i.article.published for i in since] == [date(2024, 4, 20)]
    until = list(three.quotes(until=date(2024, 4, 19)))
    assert {i.article.published for i in until} == {date(2024, 3, 5)}
    assert len(list(three.quotes(limit=2))) == 2
    assert list(three.quotes(speaker="nobody at all")) == []


def test_a_history_is_told_in_order(three: Ledger) -> None:
    days = [item.article.published for item in three.history("Tom Reyes")]
    assert days == [date(2024, 3, 5)] * (len(days) - 1) + [date(2024, 4, 20)]
    assert {i.speaker.name for i in three.history("Reyes") if i.speaker} == {"Tom Reyes"}
    assert list(three.history("Tom Reyes", since="2025-01-01")) == []
    assert len(list(three.history("Tom Reyes", limit=1))) == 1


def test_a_history_has_claims_outside_of_quotes_in_their_place(ledger: Ledger) -> None:
    loose = [claim.model_copy(update={"quote": None}) for claim in ferry().claims]
    ledger.add(ferry().model_copy(update={"claims": tuple(loose)}))
    items = [item for person in ledger.speakers() for item in ledger.history(person)]
    told = [item.claim for item in items if isinstance(item, LedgerClaim)]
    assert sorted(claim.id for claim in told) == sorted(claim.id for claim in loose)
    petra = list(ledger.history("Petra"))
    starts = [
        item.claim.span.start if isinstance(item, LedgerClaim) else item.quote.spans[0].start
        for item in petra
    ]
    assert len(starts) > 1
    assert starts == sorted(starts)


def test_many_pages_are_one_list(ledger: Ledger) -> None:
    expected = 0
    for number in range(90):
        article = parse(ledger_writer.text(number), published=date(2024, 1 + number % 3, 5))
        expected += len(article.quotes)
        ledger.add(article)
    found = list(ledger.quotes())
    assert len(found) == expected > 256
    assert len({(item.article.id, item.quote.id) for item in found}) == expected
    days = [item.article.published or date.min for item in found]
    assert days == sorted(days, reverse=True)
    assert len(list(ledger.quotes(text="pier"))) == sum(
        "pier" in item.quote.text.lower() for item in found
    )
    histories = [list(ledger.history(person)) for person in ledger.speakers()]
    assert sum(isinstance(i, LedgerQuote) for items in histories for i in items) == expected
    assert [ref.id for ref in ledger.articles(limit=3)] == [1, 4, 7]


def test_adding_while_reading(ledger: Ledger) -> None:
    for number in range(40):
        ledger.add(parse(ledger_writer.text(number)))
    reading = ledger.quotes()
    first = next(reading)
    ledger.add(parse(HARBOUR, published="2024-03-05"))
    rest = list(reading)
    assert len({(i.article.id, i.quote.id) for i in [first, *rest]}) == 1 + len(rest)


# Who is who.


def test_speakers_are_joined_by_their_full_name(ledger: Ledger) -> None:
    ledger.add(parse(HARBOUR, published="2024-03-05"))
    ledger.add(said("It leaks", "Tom Reyes, the mayor", "2024-04-01"))
    [reyes] = ledger.speakers("tom reyes")
    assert (reyes.articles, reyes.kind) == (2, "person")
    assert reyes.roles == ("council's treasurer", "mayor")
    assert (reyes.first, reyes.last) == (date(2024, 3, 5), date(2024, 4, 1))
    assert reyes.quotes == len(list(ledger.quotes(speaker=reyes)))
    assert [p.id for p in ledger.speakers("Reyes")] == [reyes.id]


def speaker(
    name: str, kind: str = "person", aliases: tuple[str, ...] = (), role: str | None = None
) -> Article:
    """An article whose one speaker says its own name."""
    words = f"“{name}”"
    ref = SpeakerRef(id="s1", name=name)
    span = Span(start=0, end=len(words), text=words)
    return Article(
        text=words + str(next(_numbers)),
        quotes=(
            Quote(
                id="q1", kind="direct", text=words, spans=(span,), speaker=ref,
                manner="speech", confidence=0.9,
            ),
        ),
        speakers=(
            Speaker.model_validate(
                {"id": "s1", "name": name, "kind": kind, "aliases": aliases, "role": role}
            ),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (speaker("Ana Duarte"), speaker("ANA DUARTE"), True),
        (speaker("Ana Duarte"), speaker("Ana Dúarte"), True),
        (speaker("Ana Duarte"), speaker("Duarte"), False),
        (speaker("Ana Duarte"), speaker("Ana Duarte", "organization"), False),
        (speaker("Ana Duarte"), speaker("Ana Duarte Jr."), False),
        (speaker("Ana M. Duarte", aliases=("Ana Duarte",)), speaker("Ana Duarte"), True),
        (speaker("Ana Duarte"), speaker("Ana M. Duarte", aliases=("Ana Duarte",)), True),
        (speaker("Ana Duarte", aliases=("Duarte",)), speaker("Duarte"), False),
        (speaker("Pelé"), speaker("Pelé"), True),
        (speaker("Harbour Trust", "organization"), speaker("Harbour Trust", "document"), True),
        (speaker("town council", "organization"), speaker("town council", "organization"), False),
        (speaker("a senior official", "unnamed"), speaker("a senior official", "unnamed"), False),
        (speaker("some residents", "group"), speaker("some residents", "group"), False),
        (speaker("Greens", "group"), speaker("Greens", "group"), True),
    ],
)  # fmt: skip
def test_who_is_joined(one: Article, other: Article, joined: bool) -> None:  # noqa: FBT001
    with Ledger("sqlite://") as ledger:
        ledger.add(one)
        ledger.add(other)
        assert len(list(ledger.speakers())) == (1 if joined else 2)


def test_two_speakers_of_one_article_stay_two(ledger: Ledger) -> None:
    ledger.add(speaker("George Holm"))
    one, other = speaker("George Holm").speakers[0], speaker("George P. Holm").speakers[0]
    both = (one, other.model_copy(update={"id": "s2", "aliases": ("George Holm",)}))
    ledger.add(Article(text="x", speakers=both))
    assert [p.name for p in ledger.speakers()] == ["George Holm", "George P. Holm"]


def test_a_merge_holds_for_later_articles(ledger: Ledger) -> None:
    for name in ("Ana Duarte", "Ana Duarte-Holm", "Ana Duarte"):
        ledger.add(speaker(name))
    one, other = ledger.speakers("ana duarte")
    with pytest.raises(LedgerError, match="2 speakers have the name"):
        ledger.merge("ana", other)
    merged = ledger.merge(one, other.id)
    assert (merged.id, merged.articles) == (one.id, 3)
    assert set(merged.names) == {"Ana Duarte", "Ana Duarte-Holm"}
    ledger.add(speaker("Ana Duarte-Holm"))
    [person] = ledger.speakers()
    assert person.articles == person.quotes == 4
    with pytest.raises(LedgerError, match="no speaker has the number"):
        ledger.merge(one, 9999)


def test_a_merge_of_what_is_not_joined_by_name(ledger: Ledger) -> None:
    ledger.add(speaker("harbour council", "organization"))
    ledger.add(speaker("harbour council", "organization"))
    one, other = ledger.speakers("harbour council")
    ledger.merge(one, other)
    ledger.add(speaker("harbour council", "organization"))
    assert [person.articles for person in ledger.speakers()] == [3]


def test_a_split_holds_for_later_articles(ledger: Ledger) -> None:
    ledger.add(speaker("Tom Reyes", role="council's treasurer"))
    other = speaker("Tom Reyes", role="striker of Norden United")
    number = ledger.add(other).article
    [both] = ledger.speakers()
    new = ledger.split(both, articles=[number], name="Tom Reyes (striker)")
    assert (new.name, new.articles, new.quotes) == ("Tom Reyes (striker)", 1, 1)
    for role in ("former striker", "council's treasurer", None):
        ledger.add(speaker("Tom Reyes", role=role))
    assert [(p.id, p.articles) for p in ledger.speakers()] == [(both.id, 3), (new.id, 2)]
    # read again, the article keeps what was decided for it
    again = other.model_copy(update={"title": "Twelve goals", "quotes": ()})
    assert ledger.add(again).status == "replaced"
    assert [(p.id, p.articles) for p in ledger.speakers()] == [(both.id, 3), (new.id, 2)]


def test_a_split_by_name_undoes_a_merge(ledger: Ledger) -> None:
    ledger.add(speaker("Ana Duarte"))
    ledger.add(speaker("Ada Duarte"))
    one, other = ledger.speakers()
    ledger.merge(one, other)
    new = ledger.split(one, names=["Ada Duarte"])
    assert new.name == "Ada Duarte"
    ledger.add(speaker("Ada Duarte"))
    ledger.add(speaker("Ana Duarte"))
    assert [(p.name, p.articles) for p in ledger.speakers()] == [
        ("Ana Duarte", 2),
        ("Ada Duarte", 2),
    ]
    for wrong in ({"names": ["Ida Duarte"]}, {"articles": [1, 4]}):
        with pytest.raises(LedgerError, match="of the speaker fits"):
            ledger.split(one, **wrong)
    with pytest.raises(ValueError, match="articles or names"):
        ledger.split(one)


# Claims against claims.


def read_cases() -> list[tuple[str, str, str]]:
    lines = [x for x in CASES.read_text(encoding="utf-8").splitlines() if x and x[0] != "#"]
    return [(a, b, c) for a, b, c in ([p.strip() for p in x.split("|")] for x in lines)]


@pytest.mark.parametrize(("first", "second", "expected"), read_cases())
def test_case(first: str, second: str, expected: str) -> None:
    with Ledger("sqlite://") as ledger:
        ledger.add(parse(first, published="2024-03-05"))
        ledger.add(parse(second, published="2024-04-05"))
        found = {"repeat": list(ledger.repeats()), "conflict": list(ledger.conflicts())}
        assert [name for name, items in found.items() if items] == [expected][: expected != "-"]


def test_repeats_say_by_whom_and_since_when(ledger: Ledger) -> None:
    for day, who in (
        ("2024-05-01", "Ida Brandt"),
        ("2024-03-01", "Tom Reyes"),
        (None, "Ana Duarte"),
    ):
        ledger.add(said("The closure cost the company $3.2 million", who, day, url=f"http://{day}"))
    ledger.add(said("The lake is 900 metres deep", "Karl Bauer", "2024-03-01"))
    [found] = ledger.repeats()
    assert (found.first, found.last) == (date(2024, 3, 1), date(2024, 5, 1))
    assert [who.name for who in found.speakers] == [
        "Ana Duarte",
        "Tom Reyes",
        "Ida Brandt",
    ]
    assert len(found.claims) == 3
    assert Repeat.model_validate_json(found.model_dump_json()) == found
    assert len(list(ledger.repeats(speaker="Brandt"))) == 1
    assert list(ledger.repeats(speaker="Bauer")) == []
    assert list(ledger.repeats(since="2024-04-01")) == []


def test_two_versions_of_one_page_are_no_repetition(ledger: Ledger) -> None:
    words = "The closure of pier {} cost the company $3.2 million"
    for version in ("seven", "7 again"):
        ledger.add(said(words.format(version), url="https://example.org/pier"))
    assert list(ledger.repeats()) == []


def test_conflicts_name_both_sides(ledger: Ledger) -> None:
    ledger.add(said("The council has set aside €5 million for the pier", day="2024-03-05"))
    ledger.add(
        said("The council has set aside €7.5 million for the pier", "Ida Brandt", "2024-06-01")
    )
    ledger.add(
        said("The council has set aside €2 million for the pier", "Ida Brandt", "2019-06-01")
    )
    [found] = ledger.conflicts()
    assert found.earlier.speaker is not None
    assert found.later.speaker is not None
    assert (found.earlier.speaker.name, found.later.speaker.name) == ("Tom Reyes", "Ida Brandt")
    assert found.reason == "5,000,000 EUR, then 7,500,000 EUR: 50 % above the earlier figure"
    assert found.subject == "council set aside pier"
    assert str(found.deviation) == "0.500000"
    assert len(list(ledger.conflicts(within=None))) == 3
    assert list(ledger.conflicts(within=10)) == []
    assert list(ledger.conflicts(speaker="Karl Bauer")) == []
    assert len(list(ledger.conflicts(speaker="Tom Reyes", limit=1))) == 1


# Bad arguments.


def test_wrong_arguments_say_what_was_expected(ledger: Ledger) -> None:
    with pytest.raises(TypeError, match="expected an Article"):
        ledger.add("text")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no word to search for"):
        ledger.quotes(text="!!")
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        ledger.quotes(since="May")
    with pytest.raises(ValueError, match="kind 'spoken' is none of"):
        ledger.quotes(kind="spoken")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="limit"):
        ledger.quotes(limit=0)
    with pytest.raises(LedgerError, match="no speaker has the number 7"):
        ledger.history(7)
    with pytest.raises(ValueError, match="no word of a name"):
        ledger.history("…")
    with pytest.raises(TypeError, match="a name, a number or a Person"):
        ledger.history(1.5)  # type: ignore[arg-type]
    with pytest.raises(LedgerError, match="no article has the number 5"):
        ledger.article(5)


@pytest.mark.parametrize("wrong", ["", "mysql://host/x", "sqlite+aiosqlite:///x.db", "://"])
def test_other_urls_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="ledger"):
        Ledger(wrong)


def test_a_ledger_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="unable to open"):
        Ledger(f"sqlite:///{tmp_path}/no/such/folder.db")
    other = tmp_path / "notes.db"
    other.write_text("not a database at all, only some words in a file of this name" * 20)
    with pytest.raises(LedgerError, match=r"notes\.db: file is not a database"):
        Ledger(other)
    with pytest.raises(LedgerError, match="connection"):
        Ledger(f"postgresql://me:secret@/x?host={tmp_path}")
    with pytest.raises(LedgerError) as error:
        Ledger(f"postgresql://me:secret@/x?host={tmp_path}")
    assert "secret" not in str(error.value)


# The schema.


def test_an_older_ledger_is_brought_up_to_date(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(url) as ledger:
        ledger.add(ferry())
    step = ("ALTER TABLE articles ADD COLUMN section TEXT", "UPDATE articles SET section = 'news'")
    newer = (*migrations.MIGRATIONS, migrations.Migration(step, step))
    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    for _ in range(2):
        with Ledger(url) as ledger:
            assert ledger.article(1) == ferry()
            assert ledger.add(parse(HARBOUR)).status in {"added", "known"}
    monkeypatch.undo()
    with pytest.raises(LedgerError, match="newer quotetrack"):
        Ledger(url)


def test_a_step_that_fails_leaves_the_ledger_as_it_was(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(url) as ledger:
        ledger.add(ferry())
    step = ("ALTER TABLE articles ADD COLUMN section TEXT", "UPDATE nowhere SET section = 'news'")
    newer = (*migrations.MIGRATIONS, migrations.Migration(step, step))
    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    with pytest.raises(LedgerError, match="nowhere"):
        Ledger(url)
    monkeypatch.undo()
    with Ledger(url) as ledger:
        assert ledger.article(1) == ferry()


# Several writers, and the end of some.


def start(url: str, first: int, count: int, *stop: int) -> subprocess.Popen[str]:
    root = str(Path(quotetrack.__file__).parent.parent)
    return subprocess.Popen(  # noqa: S603
        [sys.executable, str(WRITER), url, *map(str, (first, count, *stop))],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )


def check_whole(url: str, numbers: set[int]) -> set[int]:
    """Every article in the ledger is there whole, once; the numbers of all of them."""
    with Ledger(url) as ledger:
        found = {ledger.article(ref).text: ledger.article(ref) for ref in ledger.articles()}
        assert len(ledger) == len(found)
        there = {n for n in range(200) if ledger_writer.text(n) in found}
        assert len(there) == len(found)
        assert numbers <= there
        for number in there:
            article = found[ledger_writer.text(number)]
            assert article == parse(ledger_writer.text(number))
        quotes = list(ledger.quotes())
        assert len(quotes) == sum(len(article.quotes) for article in found.values())
        assert len(list(ledger.quotes(text="pier"))) == sum(
            "pier" in quote.text.lower() for article in found.values() for quote in article.quotes
        )
        names = [person.name for person in ledger.speakers()]
        assert len(names) == len(set(names))
    if url.startswith("sqlite:///"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return there


def test_several_processes_write_at_once(url: str) -> None:
    # they open the same new ledger, and every article comes from two of them
    writers = [start(url, first, 20) for first in (0, 10, 20, 0)]
    for writer in writers:
        said, _ = writer.communicate(timeout=300)
        assert writer.returncode == 0
        assert len(said.split()) == 20
    assert check_whole(url, set(range(40))) == set(range(40))


@pytest.mark.parametrize("statements", [1, 4, 7])
def test_killed_in_the_middle_of_an_article(url: str, statements: int) -> None:
    writer = start(url, 0, 3, statements)
    assert writer.stdout is not None
    lines = [writer.stdout.readline().strip() for _ in range(3)]
    assert lines == ["0", "1", "inside"]
    writer.send_signal(signal.SIGKILL)
    writer.wait(60)
    # the lock went with it, the two are there, and nothing of the third
    assert check_whole(url, {0, 1}) == {0, 1}
    with Ledger(url) as ledger:
        assert ledger.add(parse(ledger_writer.text(2))).status == "added"
    assert check_whole(url, {0, 1, 2}) == {0, 1, 2}


def test_killed_at_any_moment(url: str) -> None:
    told: set[int] = set()
    for first in (0, 60):
        writer = start(url, first, 60)
        assert writer.stdout is not None
        for _ in range(7):
            told.add(int(writer.stdout.readline()))
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate(timeout=60)
        told |= {int(line) for line in rest.split("\n")[:-1]}
    check_whole(url, told)


# The command line.


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "quotetrack", "ledger", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "90", **environment},
        timeout=120,
        check=False,
    )


def test_the_commands(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    later = tmp_path / "later.txt"
    later.write_text("Tom Reyes said the council had set aside €7.5 million.", encoding="utf-8")
    harbour = tmp_path / "harbour.txt"
    harbour.write_text(HARBOUR, encoding="utf-8")
    missing = tmp_path / "missing.txt"
    done = run("add", str(harbour), str(missing), "--db", url, "--published", "2024-03-05")
    assert (done.returncode, done.stdout) == (1, "1 added, 0 known, 0 replaced\n")
    assert "missing.txt" in done.stderr
    done = run("add", str(harbour), str(later), "--published", "2024-04-20", QUOTETRACK_DB=url)
    assert (done.returncode, done.stdout) == (0, "1 added, 1 known, 0 replaced\n")
    [quote] = run("quotes", "reopen", "--db", url).stdout.splitlines()
    assert json.loads(quote)["speaker"]["name"] == "Ana Duarte"
    history = run("history", "reyes", "--db", url, "--format", "csv").stdout.splitlines()
    assert history[0].startswith("published,speaker")
    assert history[-1].startswith("2024-04-20,Tom Reyes")
    shown = run("conflicts", "--db", url, "--format", "table").stdout
    assert "about 5,000,000 EUR, then 7,500,000 EUR: 50 % above the earlier figure" in shown
    assert json.loads(run("repeats", "--db", url, "--format", "json").stdout) == []
    people = [json.loads(line) for line in run("speakers", "--db", url).stdout.splitlines()]
    numbers = {person["name"]: str(person["id"]) for person in people}
    merged = run("merge", numbers["Ana Duarte"], numbers["Ida Brandt"], "--db", url)
    assert json.loads(merged.stdout)["names"] == ["Ana Duarte", "Ida Brandt"]
    part = run("split", "tom reyes", "--article", "2", "--as", "Tom Reyes II", "--db", url)
    assert json.loads(part.stdout)["name"] == "Tom Reyes II"


def test_commands_on_a_server(cluster: str) -> None:
    example = Path(__file__).parent.parent / "examples" / "harbour.txt"
    url = schema(cluster)
    assert run("add", str(example), "--db", url).stdout.startswith("1 added")
    [quote] = run("quotes", "reopen", "--db", url).stdout.splitlines()
    assert json.loads(quote)["speaker"]["name"] == "Ana Duarte"


def test_mistakes_in_commands_are_told(tmp_path: Path) -> None:
    db = str(tmp_path / "ledger.db")
    done = run("quotes", "--db", db)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "there is no ledger" in done.stderr
    with Ledger(db) as ledger:
        ledger.add(ferry())
    for arguments, code in (
        (("merge", "1", "nobody"), 1),
        (("quotes", "!!"), 2),
        (("split", "1"), 2),
    ):
        done = run(*arguments, "--db", db)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
