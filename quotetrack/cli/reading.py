"""From the files on the command line to articles; problems are told as they come."""

from __future__ import annotations

import sys
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

import quotetrack
from quotetrack.formats import readers
from quotetrack.formats.documents import Document, Origin, Problem
from quotetrack.formats.identifiers import article_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotetrack.models import Article
    from quotetrack.parallel import ArticleError

_PATIENCE = 1.0
"""Seconds before a progress bar appears."""


@dataclass(slots=True)
class Reading:
    """The articles of the files, in order; what fails is told on standard error."""

    files: Sequence[str]
    kind: readers.Kind | None = None
    encoding: str | None = None
    text_field: str = "text"
    published: str | None = None
    jobs: int = 1
    min_confidence: float = 0.0
    with_url: bool = False
    """Give an article without an address that of its file."""
    failures: int = 0
    _bytes: int = 0
    """What was read of the files."""
    _told: set[str] = field(default_factory=set)

    def documents(self) -> Iterator[Document]:
        """What could be read of the files."""
        found = readers.read(
            self.files,
            kind=self.kind,
            encoding=self.encoding,
            text_field=self.text_field,
            told=self._count,
        )
        for item in found:
            if isinstance(item, Problem):
                self.fail(str(item))
                continue
            for note in item.notes:
                self._note(item.origin, note)
            yield item

    def articles(
        self, advance: Callable[[int], None] | None = None
    ) -> Iterator[tuple[Article, Origin]]:
        """The parsed articles with where they stand.

        Args:
            advance: Called when an article is done, with the bytes of the files up to its end.
        """
        waiting: deque[tuple[Origin, int]] = deque()

        def fields() -> Iterator[dict[str, object]]:
            for document in self.documents():
                waiting.append((document.origin, self._bytes))
                yield {
                    "text": document.text,
                    "title": document.title,
                    "published": document.published or self.published,
                    "url": document.url,
                }

        def fail(error: ArticleError) -> None:
            self.fail(f"{waiting.popleft()[0]}: {error.reason}")

        parsed = quotetrack.parse_many(
            fields(), self.jobs, min_confidence=self.min_confidence, on_error=fail
        )
        for article in parsed:
            origin, end = waiting.popleft()
            if self.with_url and article.url is None and origin.file not in {None, "-"}:
                article = article.model_copy(update={"url": article_iri(article, origin)})  # noqa: PLW2901
            yield article, origin
            if advance is not None:
                advance(end)

    def _count(self, more: int) -> None:
        self._bytes += more

    def fail(self, message: str) -> None:
        """Tell of something that could not be read; the rest goes on."""
        self.failures += 1
        say(message)

    def _note(self, origin: Origin, note: str) -> None:
        message = f"{origin.file}: {note}"
        if message not in self._told:
            self._told.add(message)
            say(message)

    def end(self) -> None:
        """Exit with 1 if something could not be read."""
        if self.failures:
            raise typer.Exit(1)


def say(message: str) -> None:
    """A line on standard error, in the name of the program."""
    line = f"quotetrack: {message}".replace("\n", " ")
    typer.echo(line.encode("utf-8", "backslashreplace").decode(), err=True)


@contextmanager
def progress(files: Sequence[str], *, shown: bool) -> Iterator[Callable[[int], None] | None]:
    """A bar on standard error, for long work on a terminal only: articles, rate, time left."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    total = readers.size(files)
    columns = [TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:,.1f}/s")]
    ends = [TextColumn("{task.percentage:.0f} %,"), TimeRemainingColumn(), TextColumn("left")]
    bar = Progress(
        *columns,
        BarColumn(),
        *(ends if total else [TimeElapsedColumn()]),
        console=Console(stderr=True),
        transient=True,
    )
    begin = time.monotonic()
    task = bar.add_task("", total=total, articles=0, rate=0.0)
    articles = 0

    def advance(done: int) -> None:
        nonlocal articles
        articles += 1
        passed = time.monotonic() - begin
        if not bar.live.is_started and passed > _PATIENCE:
            bar.start()
        bar.update(task, completed=done, articles=articles, rate=articles / max(passed, 0.001))

    try:
        yield advance
    finally:
        bar.stop()
