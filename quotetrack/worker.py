"""A process that reads articles for another: asked over its standard input, stopped when late.

It is a program of its own rather than a `multiprocessing` child, so that it needs no
``if __name__ == "__main__"`` in the caller's script, shares no lock or thread with it, can
be killed at any moment, and ends by itself when the caller does.
"""

from __future__ import annotations

import os
import pickle  # between a process and its own child only
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from quotetrack import pipeline

if TYPE_CHECKING:
    from datetime import date

    from quotetrack.models import Article

_BOOT = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from quotetrack.worker import serve; serve()"
)
_START_UP = 120.0
"""Seconds in which a process must have loaded the models, on the busiest machine."""
_ATTEMPTS = 3
"""What kills a process while it loads is no article's fault."""
_WARMED_UP = "“It is a start,” said Jane Doe."


class UnreadError(Exception):
    """An article could not be read; the message says why."""


class WorkerError(RuntimeError):
    """No process could be started."""


def reason(error: Exception) -> str:
    """An error in words."""
    if isinstance(error, TypeError | ValueError):
        return str(error)
    return f"{type(error).__name__}: {error}"


class Worker:
    """One process, started when it is first asked and again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def read(
        self,
        record: tuple[str, str | None, date | None, str | None],
        min_confidence: float,
        timeout: float | None,
    ) -> Article:
        """As `pipeline.read`, in the process.

        Raises:
            UnreadError: It raised, took longer than ``timeout`` seconds, or was killed.
            WorkerError: No process could be started.
        """
        process = self._process
        if process is None or process.poll() is not None:  # new, or killed while it waited
            process = self._start()
        if self._stopped:
            self.stop()
            raise UnreadError("stopped")
        answer, late = _ask(process, (*record, min_confidence), timeout)
        if late:
            self._end()
            raise UnreadError(f"took longer than {timeout:g} seconds")
        if answer is None:
            self._end()
            raise UnreadError("its process was killed (out of memory?)")
        if isinstance(answer, str):
            raise UnreadError(answer)
        article: Article = answer
        return article

    def stop(self) -> None:
        """End the process, whatever it does; the object reads no more."""
        self._stopped = True
        self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        for _ in range(_ATTEMPTS):
            self._end()
            process = subprocess.Popen(  # noqa: S603  this interpreter
                [sys.executable, "-c", _BOOT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._process = process
            ready, _ = _ask(process, sys.path, _START_UP)
            if ready is not None:
                return process
            if self._stopped:
                break
        self._end()
        raise WorkerError(f"{sys.executable} could not be started to read articles")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # unsent bytes for a process that is gone
                        pipe.close()


def _ask(
    process: subprocess.Popen[bytes], question: object, timeout: float | None
) -> tuple[Any, bool]:
    """The answer (None: the process is gone), and whether it was ended for being late."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = None if timeout is None else threading.Timer(timeout, end)
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        pickle.dump(question, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        answer = pickle.load(process.stdout)  # noqa: S301  from our own child
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return None, late.is_set()
    finally:
        if timer is not None:
            timer.cancel()
    return answer, False


def serve() -> None:
    """Answer until the caller closes the pipe or is gone."""
    questions, answers = sys.stdin.buffer, _private_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller decides what Ctrl-C ends
    pipeline.read(_WARMED_UP, None, None, None)
    _answer(answers, "ready")
    while True:
        try:
            question = pickle.load(questions)  # noqa: S301  from our own parent
        except EOFError:
            return
        try:
            answer: Article | str = pipeline.read(*question)
        except Exception as error:  # noqa: BLE001  told where it was asked
            answer = reason(error)
        try:
            _answer(answers, answer)
        except BrokenPipeError:
            return


def _answer(stream: BinaryIO, answer: object) -> None:
    stream.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    stream.flush()


def _private_stdout() -> BinaryIO:
    """The pipe to the caller; what anything else prints goes to standard error."""
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return stream
