"""Many articles: one after the other, or over several processes, with order kept."""

from __future__ import annotations

import signal
import threading
import time
import warnings
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

from quotetrack import pipeline
from quotetrack.worker import UnreadError, Worker, WorkerError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from datetime import date
    from types import FrameType

    from quotetrack.models import Article

Record = tuple["str", "str | None", "date | None", "str | None"]
"""Text, title, published, url."""

_AHEAD = 12
"""Articles a worker may be ahead of the reader: a long one holds up none, few are held."""


class ArticleError(Exception):
    """One article of many could not be read.

    Attributes:
        index: Its place in the input, from 0.
        reason: The error, in words.
    """

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(f"article {index}: {reason}")
        self.index = index
        self.reason = reason


def read_many(
    articles: Iterable[str | Mapping[str, object]],
    as_record: Callable[[str | Mapping[str, object]], Record],
    workers: int,
    min_confidence: float,
    timeout: float | None,
    on_error: Callable[[ArticleError], None] | None,
) -> Iterator[Article]:
    """See `quotetrack.parse_many`."""
    report = on_error or _warn
    outcomes = (
        _here(articles, as_record, min_confidence, timeout)
        if workers == 1
        else _Workers(workers, min_confidence, timeout).read(articles, as_record)
    )
    for outcome in outcomes:
        if isinstance(outcome, ArticleError):
            report(outcome)
        else:
            yield outcome


def _warn(error: ArticleError) -> None:
    warnings.warn(str(error), RuntimeWarning, stacklevel=3)


def _here(
    articles: Iterable[str | Mapping[str, object]],
    as_record: Callable[[str | Mapping[str, object]], Record],
    min_confidence: float,
    timeout: float | None,
) -> Iterator[Article | ArticleError]:
    for index, article in enumerate(articles):
        outcome: Article | ArticleError
        try:
            outcome = read_one(as_record(article), min_confidence, timeout)
        except Exception as error:  # noqa: BLE001  one bad article must not end the rest
            outcome = ArticleError(index, reason(error))
        yield outcome


def read_one(record: Record, min_confidence: float, timeout: float | None) -> Article:
    """Read one in this process; a `TimeoutError` after ``timeout`` seconds, where it can."""
    with _limit(timeout):
        return pipeline.read(*record, min_confidence)


_AGAIN = 0.5
"""Seconds after which an article that still runs is stopped once more."""


@contextmanager
def _limit(seconds: float | None) -> Iterator[None]:
    """Raise TimeoutError in the block after so many seconds, where the platform can."""
    usable = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    if seconds is None or not usable:
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    begin = time.monotonic()
    # again and again: an exception in a destructor or callback is dropped by Python
    theirs, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if theirs:  # the caller's own alarm, as much later as it should have been
            left = max(theirs - (time.monotonic() - begin), 1e-6)
            signal.setitimer(signal.ITIMER_REAL, left, interval)


class _Workers:
    """Processes that read, each spoken to by a thread of its own."""

    def __init__(self, workers: int, min_confidence: float, timeout: float | None) -> None:
        self._min_confidence = min_confidence
        self._timeout = timeout
        self._all = [Worker() for _ in range(workers)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, "quotetrack")

    def read(
        self,
        articles: Iterable[str | Mapping[str, object]],
        as_record: Callable[[str | Mapping[str, object]], Record],
    ) -> Iterator[Article | ArticleError]:
        waiting: deque[Future[Article | ArticleError]] = deque()
        broken: Exception | None = None
        try:
            given = enumerate(articles)
            while True:
                try:
                    index, article = next(given)
                except StopIteration:
                    break
                except Exception as error:  # noqa: BLE001  told after what came before it
                    broken = error
                    break
                waiting.append(self._threads.submit(self._outcome, index, article, as_record))
                while waiting and (waiting[0].done() or len(waiting) >= _AHEAD * len(self._all)):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
            if broken is not None:
                raise broken
        finally:
            for worker in self._all:
                worker.stop()
            self._threads.shutdown(cancel_futures=True)

    def _outcome(
        self,
        index: int,
        article: str | Mapping[str, object],
        as_record: Callable[[str | Mapping[str, object]], Record],
    ) -> Article | ArticleError:
        worker = self._idle.get()
        try:
            return worker.read(as_record(article), self._min_confidence, self._timeout)
        except WorkerError:  # no article's fault, and the next would fare no better
            raise
        except UnreadError as error:
            return ArticleError(index, str(error))
        except Exception as error:  # noqa: BLE001  one bad article must not end the rest
            return ArticleError(index, reason(error))
        finally:
            self._idle.put(worker)
