"""Worker processes with a hard limit of time: one that takes too long is killed and replaced.

A thread for each process waits for its answer, so that the event loop never does.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_START = 60.0
"""Seconds that a process may take to load."""


class RefusedError(ValueError):
    """The task says what is wrong with its input."""


class FailedError(RuntimeError):
    """The task broke; no word of the input is in the message."""


class BusyError(RuntimeError):
    """More is waiting than may wait."""


class Workers:
    """A fixed number of processes.

    Args:
        number: Processes.
        seconds: What one task may take, and how long it may wait for a free process.
        queue: Tasks that may wait.
    """

    def __init__(self, number: int, seconds: float, queue: int) -> None:
        self._seconds = seconds
        self._queue = queue
        self._waiting = 0
        self._threads = ThreadPoolExecutor(number, "quotetrack-worker")
        self._every = [_Worker() for _ in range(number)]
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        for worker in self._every:
            self._idle.put_nowait(worker)

    async def start(self) -> None:
        """Load every process."""
        loop = asyncio.get_running_loop()
        calls = [loop.run_in_executor(self._threads, w.start) for w in self._every]
        await asyncio.gather(*calls)

    async def run(self, task: str, *arguments: object) -> bytes:
        """The answer of a task of `tasks.TASKS`.

        Raises:
            RefusedError: The input is at fault.
            FailedError: The task broke, or its process died.
            BusyError: Too many wait.
            TimeoutError: It took too long.
        """
        worker = await self._free()
        loop = asyncio.get_running_loop()
        call = loop.run_in_executor(self._threads, worker.call, task, arguments, self._seconds)
        # the process is free when its thread is, also where the client has gone meanwhile
        call.add_done_callback(lambda done: self._release(worker, done))
        return await asyncio.shield(call)

    async def _free(self) -> _Worker:
        if self._idle.empty() and self._waiting >= self._queue:
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                return await self._idle.get()
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1

    def _release(self, worker: _Worker, done: asyncio.Future[bytes]) -> None:
        if not done.cancelled():
            done.exception()  # seen: nobody else may be there to take it
        self._idle.put_nowait(worker)

    def stop(self) -> None:
        """End every process, whatever it is doing."""
        for worker in self._every:
            worker.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Worker:
    """One process and the pipe to it; started when first used, and again after its death."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def start(self) -> None:
        with self._lock:
            if self._stopped:
                raise FailedError("the server is stopping")
            # spawn: forking a process with threads can hang it
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        self.call("warm_up", (), _START)

    def call(self, task: str, arguments: tuple[object, ...], seconds: float) -> bytes:
        if self._process is None or not self._process.is_alive():
            self.start()
        assert self._pipe is not None
        try:
            self._pipe.send((task, arguments))
            if not self._pipe.poll(seconds):
                self._kill()
                raise TimeoutError(f"took longer than {seconds:g} seconds")
            outcome, value = self._pipe.recv()
        except (EOFError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            self._kill()
            raise FailedError("the worker process died") from None
        if outcome == "refused":
            raise RefusedError(value)
        if outcome == "failed":
            raise FailedError(value)
        answer: bytes = value
        return answer

    def _kill(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.join()
                self._process = None
            if self._pipe is not None:
                self._pipe.close()
                self._pipe = None

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()


def _work(pipe: Connection) -> None:
    """The process: tasks come, answers go, until the other side is gone."""
    # Ctrl-C goes to the whole group: the server ends us
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from quotetrack.integrations.server.tasks import TASKS  # noqa: PLC0415  only in the process

    while True:
        try:
            task, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[str, object] = ("done", TASKS[task](*arguments))
        except (TypeError, ValueError) as error:
            answer = ("refused", str(error))
        except Exception as error:  # noqa: BLE001  the next task must still be served
            answer = ("failed", type(error).__name__)
        try:
            pipe.send(answer)
        except OSError:
            return
