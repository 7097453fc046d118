"""Many articles: in order, lazily, in flat memory, and whatever happens to one of them."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import tracemalloc
from collections import deque
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest

import quotetrack
from quotetrack.parallel import ArticleError

ARTICLE = (
    "The harbour board approved the plan on Monday. “We lost $4.5 million last year,” said "
    "Petra Lindqvist, the board's treasurer.\n\n"
    "“It cannot go on,” she added. The mayor, Jonas Weber, said that the city would not pay "
    "more than 3 percent of the bill.\n"
)
ROOT = Path(__file__).parent.parent


def numbered(number: int) -> str:
    return f"“Number {number},” said Ana Duarte."


def endless() -> Iterator[str]:
    return map(numbered, count())


def children() -> set[int]:
    """The processes that this one has started and not yet waited for (Linux)."""
    lists = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for each in lists for pid in each.read_text().split()}


needs_proc = pytest.mark.skipif(
    not children.__doc__ or not Path("/proc/self/task").is_dir(), reason="needs /proc"
)


@pytest.mark.parametrize("workers", [1, 2])
def test_many_come_in_order_and_a_bad_one_is_reported(workers: int) -> None:
    errors: list[ArticleError] = []
    texts: list[object] = [ARTICLE, 3, {"title": "no text"}, {"text": ARTICLE, "url": "u"}]
    found = list(quotetrack.parse_many(texts, workers, on_error=errors.append))  # type: ignore[arg-type]
    assert [a.url for a in found] == [None, "u"]
    assert [(e.index, e.reason) for e in errors] == [
        (1, "expected a text or a mapping, not int"),
        (2, "the mapping has no key 'text'"),
    ]


def test_processes_give_the_same_as_one() -> None:
    texts = [ARTICLE * (1 + number % 7) for number in range(12)]
    assert list(quotetrack.parse_many(texts, 3)) == [quotetrack.parse(text) for text in texts]


def test_the_caller_has_little_to_do_while_processes_read() -> None:
    # what bounds the gain of more processes, whatever else the machine does meanwhile
    texts = [ARTICLE * 20] * 6
    quotetrack.parse(ARTICLE)
    gc.collect()
    gc.freeze()  # a look through what other tests left behind costs more than all of this
    try:
        begin = time.process_time()
        deque(quotetrack.parse_many(texts), maxlen=0)
        alone = time.process_time() - begin
        many = quotetrack.parse_many([ARTICLE, *texts], 2)
        next(many)
        begin = time.process_time()
        deque(many, maxlen=0)
        spent = time.process_time() - begin
    finally:
        gc.unfreeze()
    assert spent < 0.3 * alone


def test_many_is_lazy_on_an_endless_input() -> None:
    taken = 0

    def counted() -> Iterator[str]:
        nonlocal taken
        for text in endless():
            taken += 1
            yield text

    before = children()
    many = quotetrack.parse_many(counted(), 2)
    assert [a.text[8:10] for a in islice(many, 3)] == ["0,", "1,", "2,"]
    assert taken <= 30
    many.close()  # type: ignore[attr-defined]
    assert children() == before


@pytest.mark.parametrize("workers", [1, 2])
def test_memory_stays_flat_on_an_endless_input(workers: int) -> None:
    many = quotetrack.parse_many(
        ({"text": text, "url": str(n) * 10_000} for n, text in enumerate(endless(), 10)), workers
    )
    deque(islice(many, 20), maxlen=0)
    tracemalloc.start(1)
    try:
        deque(islice(many, 40), maxlen=0)
        early = tracemalloc.get_traced_memory()[0]
        deque(islice(many, 250), maxlen=0)
        late = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    # 250 addresses of 30 kB would be 7 MB; those on their way, two dozen, come and go
    assert late - early < 3_000_000


@needs_proc
def test_a_process_that_is_killed_costs_its_article_alone() -> None:
    errors: list[ArticleError] = []
    before = children()

    def killing() -> Iterator[str]:
        yield from map(numbered, range(30))  # both processes are at work by then
        yield ARTICLE * 20_000
        yield numbered(31)
        time.sleep(2)  # one has come to the long one, the other waits
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)  # until they are seen to be dead
        yield from map(numbered, range(32, 40))

    found = list(quotetrack.parse_many(killing(), 2, on_error=errors.append))
    assert [(e.index, e.reason) for e in errors] == [
        (30, "its process was killed (out of memory?)")
    ]
    assert [a.text for a in found] == [numbered(n) for n in range(40) if n != 30]
    assert children() == before


@needs_proc
def test_a_process_that_hangs_is_ended_and_its_article_reported() -> None:
    errors: list[ArticleError] = []
    before = children()

    def hanging() -> Iterator[str]:
        yield from map(numbered, range(30))
        time.sleep(1)
        for pid in children() - before:
            os.kill(pid, signal.SIGSTOP)  # as a call that never comes back
        yield from map(numbered, range(30, 40))

    found = list(quotetrack.parse_many(hanging(), 2, timeout=3, on_error=errors.append))
    late = [e.index for e in errors]
    assert len(late) == 2  # one a process
    assert min(late) >= 28
    assert all(e.reason == "took longer than 3 seconds" for e in errors)
    assert [a.text for a in found] == [numbered(n) for n in range(40) if n not in late]
    assert children() == before


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_takes_too_long_is_reported(workers: int) -> None:
    errors: list[ArticleError] = []
    texts = [ARTICLE, ARTICLE * 20_000, ARTICLE]
    found = list(quotetrack.parse_many(texts, workers, timeout=1, on_error=errors.append))
    assert [a.text for a in found] == [ARTICLE, ARTICLE]
    assert [(e.index, e.reason.partition(": ")[2] or e.reason) for e in errors] == [
        (1, "took longer than 1 seconds")
    ]


def test_a_long_article_holds_up_none_of_the_others() -> None:
    begin = time.monotonic()
    ends: list[float] = []

    def timed() -> Iterator[str]:
        yield ARTICLE * 20_000
        for number in range(20):
            ends.append(time.monotonic() - begin)
            yield numbered(number)

    list(quotetrack.parse_many(timed(), 2, timeout=5, on_error=lambda _: None))
    assert len(ends) == 20
    assert ends[-1] < 5


@pytest.mark.parametrize("workers", [1, 2])
def test_an_input_that_breaks_breaks_after_what_it_gave(workers: int) -> None:
    def breaking() -> Iterator[str]:
        yield from map(numbered, range(3))
        raise OSError("the disk is gone")

    many = quotetrack.parse_many(breaking(), workers)
    assert [a.text for a in islice(many, 3)] == list(map(numbered, range(3)))
    with pytest.raises(OSError, match="the disk is gone"):
        next(many)


def test_processes_need_no_guard_in_a_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent("""
        import quotetrack
        texts = ["“It can,” said Ana Duarte."] * 4
        print(sum(len(a.quotes) for a in quotetrack.parse_many(texts, workers=2)))
        """),
        encoding="utf-8",
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, script],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.stderr) == ("4\n", "")


@needs_proc
def test_processes_end_with_their_caller() -> None:
    code = (
        "import itertools, json, os, quotetrack, sys; "
        "many = quotetrack.parse_many(itertools.repeat('“It can,” said Ana Duarte.'), 2); "
        "next(many); from tests.test_parallel import children; "
        "print(json.dumps(sorted(children())), flush=True); sys.stdin.read()"
    )
    caller = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert caller.stdout is not None
    workers: list[int] = json.loads(caller.stdout.readline())
    assert len(workers) == 2
    caller.kill()
    caller.communicate()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in workers):
        time.sleep(0.1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_the_callers_own_alarm_still_rings() -> None:
    if not hasattr(signal, "setitimer"):
        pytest.skip("no interval timers here")
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        list(quotetrack.parse_many([ARTICLE], timeout=30))
        time.sleep(0.8)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert rung == [signal.SIGALRM]


def test_subclasses_of_str_are_read_as_their_characters() -> None:
    class Loud(str):
        __slots__ = ()

        def __str__(self) -> str:
            raise AssertionError("not asked")

    article = quotetrack.parse(Loud(ARTICLE), title=Loud("Plan"), url=Loud("u"))
    assert {type(article.text), type(article.title), type(article.url)} == {str}
    assert [a.text for a in quotetrack.parse_many([Loud(ARTICLE)], 2)] == [ARTICLE]


def test_without_a_handler_a_failure_warns() -> None:
    with pytest.warns(RuntimeWarning, match="article 0: expected a text"):
        assert list(quotetrack.parse_many([3])) == []  # type: ignore[list-item]


def test_one_text_is_not_many() -> None:
    with pytest.raises(TypeError, match="iterable of texts"):
        quotetrack.parse_many(ARTICLE)
