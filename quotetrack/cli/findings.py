"""Verdicts, one for each figure or quotation that was checked, and how they are written."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer
from rich.text import Text

from quotetrack.cli import options, output, terminal
from quotetrack.formats.rows import Cell, dumps
from quotetrack.formats.tables import defused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

VerdictFormat = Literal["table", "json", "jsonl", "csv"]
Format = Annotated[
    VerdictFormat | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(get_args(VerdictFormat))}. {options.BY_DEFAULT}",
        rich_help_panel=options.OUTPUT,
        show_default=False,
    ),
]
FAILED = 3
"""Exit code of --fail; 1 is a file that could not be read, 2 a mistake in the command."""

_STYLES = {
    "agrees": "green",
    "rounding": "green",
    "contradicts": "bold red",
    "not_comparable": "dim",
    "verbatim": "green",
    "edited": "green",
    "altered": "bold red",
    "absent": "bold red",
}
_SUFFIXES: dict[str, VerdictFormat] = {".json": "json", ".csv": "csv"}


@dataclass(slots=True, frozen=True)
class Finding:
    """One verdict or match, ready for every format."""

    verdict: str
    record: dict[str, Any]
    """For JSON."""
    cells: dict[str, Cell]
    """For CSV; every finding of a command has the same columns."""
    lines: tuple[str, ...]
    """For people: what follows the verdict, then details, one a line."""


def write(
    findings: Iterable[Finding], format_: VerdictFormat | None, output_: Path | None
) -> Iterator[Finding]:
    """Write the findings as they come, and hand them on."""
    if format_ is None:
        suffix = output_.suffix.lower() if output_ is not None else ""
        on_screen = output_ is None and sys.stdout.isatty()
        format_ = "table" if on_screen else _SUFFIXES.get(suffix, "jsonl")
    with output.opened(output_) as out:
        if format_ == "csv":
            yield from _write_csv(findings, out)
        elif format_ == "json":
            yield from _write_json(findings, out)
        else:
            screen = terminal.console(out)
            for finding in findings:
                if format_ == "table":
                    screen.print(_shown(finding))
                else:
                    out.write(dumps(finding.record) + "\n")
                yield finding


def _write_csv(findings: Iterable[Finding], out: TextIO) -> Iterator[Finding]:
    table = csv.writer(out)
    first = True
    for finding in findings:
        if first:
            table.writerow(finding.cells)
            first = False
        table.writerow(map(defused, finding.cells.values()))
        yield finding


def _write_json(findings: Iterable[Finding], out: TextIO) -> Iterator[Finding]:
    opening = "[\n"
    for finding in findings:
        out.write(opening + dumps(finding.record))
        opening = ",\n"
        yield finding
    out.write("[]\n" if opening == "[\n" else "\n]\n")


def _shown(finding: Finding) -> Text:
    first, *rest = finding.lines
    # a rating that another publisher gave is no verdict of ours: its words are plain
    shown = Text.assemble(
        (terminal.clean(finding.verdict.replace("_", " ")).plain, _STYLES.get(finding.verdict, ""))
    )
    shown.append("  ").append_text(terminal.clean(first))
    for line in rest:
        shown.append("\n    ").append_text(terminal.clean(line))
    return shown
