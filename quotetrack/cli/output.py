"""Where the results go, and in which format."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from quotetrack.cli import terminal
from quotetrack.formats import writers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotetrack.cli.options import OutputFormat
    from quotetrack.formats.rows import What

_PIPE_CLOSED = 141
"""What a shell reports of a command that a closed pipe ended (128 + SIGPIPE)."""


def chosen(format_: OutputFormat | None, output: Path | None) -> OutputFormat:
    """The format asked for, else that of the file's name, else what suits the reader."""
    if format_ is not None:
        return format_
    if output is not None:
        return writers.SUFFIXES.get(output.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def write(
    articles: Iterable[writers.Sourced], what: What, format_: OutputFormat, output: Path | None
) -> None:
    """Write the results as they come."""
    with opened(output) as out:
        if format_ == "table":
            terminal.write(articles, what, out)
        else:
            writers.write(articles, out, format_, what)


def refuse_input(output: Path | None, files: Sequence[str]) -> None:
    """A usage error where the output would overwrite what is read."""
    if output is None or not output.exists() or not output.is_file():
        return
    for file in files:
        if os.path.exists(file) and os.path.samefile(file, output):  # noqa: PTH110, PTH121
            raise typer.BadParameter(f"{output} is read; write to another file")


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """The output file, or standard output, in UTF-8; lone surrogates become escapes."""
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            # whoever read our output has enough: leave without a word
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(_PIPE_CLOSED) from None
        return
    try:
        out = output.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise typer.BadParameter(f"cannot write {output}: {error.strerror}") from None
    with out:
        yield out
