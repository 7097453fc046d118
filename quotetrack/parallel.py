"""Many articles: one after the other, or over several processes, with order kept."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import warnings
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quotetrack import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from datetime import date
    from types import FrameType

    from quotetrack.models import Article

Record = tuple["str", "str | None", "date | None", "str | None"]
"""Text, title, published, url."""

_AHEAD = 4
"""Articles a worker may be ahead of the reader: enough to keep it busy, few to hold."""
_WARMED_UP = "“It is a start,” said Jane Doe."


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


def _reason(error: Exception) -> str:
    if isinstance(error, TypeError | ValueError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _here(
    articles: Iterable[str | Mapping[str, object]],
    as_record: Callable[[str | Mapping[str, object]], Record],
    min_confidence: float,
    timeout: float | None,
) -> Iterator[Article | ArticleError]:
    for index, article in enumerate(articles):
        try:
            yield _read(as_record(article), min_confidence, timeout)
        except Exception as error:  # noqa: BLE001  one bad article must not end the rest
            yield ArticleError(index, _reason(error))


def _read(record: Record, min_confidence: float, timeout: float | None) -> Article:
    with _limit(timeout):
        return pipeline.read(*record, min_confidence)


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
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Workers:
    """A pool that is built anew when a worker dies."""

    def __init__(self, workers: int, min_confidence: float, timeout: float | None) -> None:
        self._workers = workers
        self._min_confidence = min_confidence
        self._timeout = timeout
        self._pool = self._new(workers)

    @staticmethod
    def _new(workers: int) -> ProcessPoolExecutor:
        # spawn: forking a process with threads can hang it
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, context, pipeline.read, (_WARMED_UP, None, None, None))

    def read(
        self,
        articles: Iterable[str | Mapping[str, object]],
        as_record: Callable[[str | Mapping[str, object]], Record],
    ) -> Iterator[Article | ArticleError]:
        waiting: deque[tuple[int, Record | None, Future[Article] | ArticleError]] = deque()
        try:
            for index, article in enumerate(articles):
                try:
                    record = as_record(article)
                except (TypeError, ValueError) as error:
                    waiting.append((index, None, ArticleError(index, _reason(error))))
                else:
                    waiting.append((index, record, self._submit(record)))
                if len(waiting) >= _AHEAD * self._workers:
                    yield self._outcome(waiting)
            while waiting:
                yield self._outcome(waiting)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, record: Record) -> Future[Article]:
        try:
            return self._pool.submit(_read, record, self._min_confidence, self._timeout)
        except BrokenProcessPool:
            self._renew()
            return self._pool.submit(_read, record, self._min_confidence, self._timeout)

    def _renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new(self._workers)

    def _outcome(
        self, waiting: deque[tuple[int, Record | None, Future[Article] | ArticleError]]
    ) -> Article | ArticleError:
        index, record, future = waiting.popleft()
        if isinstance(future, ArticleError) or record is None:
            return future if isinstance(future, ArticleError) else ArticleError(index, "no text")
        try:
            return future.result()
        except BrokenProcessPool:
            # any article under way may have killed the worker: this one is tried alone
            self._renew()
            outcome = self._alone(index, record)
            for place, (number, other, pending) in enumerate(waiting):
                if other is None or isinstance(pending, ArticleError):
                    continue
                if not pending.done() or pending.exception() is not None:
                    waiting[place] = (number, other, self._submit(other))
            return outcome
        except Exception as error:  # noqa: BLE001  one bad article must not end the rest
            return ArticleError(index, _reason(error))

    def _alone(self, index: int, record: Record) -> Article | ArticleError:
        with self._new(1) as pool:
            try:
                return pool.submit(_read, record, self._min_confidence, self._timeout).result()
            except BrokenProcessPool:
                return ArticleError(index, "its process was killed (out of memory?)")
            except Exception as error:  # noqa: BLE001
                return ArticleError(index, _reason(error))
