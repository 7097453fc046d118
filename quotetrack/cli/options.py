"""The options that several commands share, each written once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer
from typer.models import OptionInfo

from quotetrack.formats.readers import Kind
from quotetrack.models import Manner, QuoteKind, SpeakerKind

OutputFormat = Literal["table", "json", "jsonl", "csv", "jsonld", "annotations"]

_FILTER = "Which ones"
_INPUT = "Input"
OUTPUT = "Output"
BY_DEFAULT = "Default: by the name of the -o file; else table on a terminal, jsonl in a pipe."
FLAG = ""
"""The metavar of an option that takes no value."""


def a_date(value: str | None) -> str | None:
    """A usage error unless this is an ISO date."""
    if value is not None:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise typer.BadParameter(f"{value!r} is no date; write YYYY-MM-DD") from None
    return value


def _choices(name: str, allowed: tuple[str, ...], help_: str) -> OptionInfo:
    """A repeatable option with a few values; typer takes no lists of literals itself."""

    def check(values: list[str] | None) -> list[str] | None:
        for value in values or ():
            if value not in allowed:
                raise typer.BadParameter(f"{value!r} is not one of {', '.join(allowed)}")
        return values

    def complete(incomplete: str) -> list[str]:
        return [value for value in allowed if value.startswith(incomplete)]

    option: OptionInfo = typer.Option(
        name,
        metavar=name.removeprefix("--").upper(),
        callback=check,
        autocompletion=complete,
        help=f"{help_}: {', '.join(allowed)}. Repeatable.",
        rich_help_panel=_FILTER,
        show_default=False,
    )
    return option


def an_encoding(value: str | None) -> str | None:
    """A usage error unless Python knows this encoding."""
    if value is not None:
        try:
            "".encode(value)
        except LookupError:
            raise typer.BadParameter(f"unknown encoding {value!r}") from None
    return value


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        show_default=False,
        help='Text, Markdown, HTML or JSON Lines; folders, globs; "-" is standard input.',
    ),
]
Format = Annotated[
    OutputFormat | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(get_args(OutputFormat))}. {BY_DEFAULT}",
        rich_help_panel=OUTPUT,
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Write to this file.",
        rich_help_panel=OUTPUT,
        dir_okay=False,
        show_default=False,
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Parse in so many processes.")
]
SpeakerName = Annotated[
    str | None,
    typer.Option(
        "--speaker",
        "-s",
        metavar="NAME",
        help='Only of speakers whose name or alias has these words ("di stefano").',
        rich_help_panel=_FILTER,
        show_default=False,
    ),
]
Kinds = Annotated[
    list[str] | None,
    _choices("--kind", get_args(QuoteKind), "Only quotes of this kind"),
]
SpeakerKinds = Annotated[
    list[str] | None,
    _choices("--kind", get_args(SpeakerKind), "Only speakers of this kind"),
]
Manners = Annotated[
    list[str] | None,
    _choices("--manner", get_args(Manner), "Only of this manner (speech and writing: quotations)"),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        metavar="P",
        help="Leave out quotes less sure than this, and what rests on them.",
        rich_help_panel=_FILTER,
    ),
]
HasFigure = Annotated[
    bool,
    typer.Option(
        "--has-figure",
        metavar=FLAG,
        help="Only those with a figure.",
        rich_help_panel=_FILTER,
        show_default=False,
    ),
]
InputKind = Annotated[
    Kind | None,
    typer.Option(
        "--from",
        metavar="KIND",
        help=f"What the files hold: {', '.join(get_args(Kind))}. Default: their names say so.",
        rich_help_panel=_INPUT,
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        callback=an_encoding,
        help="Of the files. Default: found out.",
        rich_help_panel=_INPUT,
        show_default=False,
    ),
]
TextField = Annotated[
    str,
    typer.Option(
        "--text-field",
        metavar="NAME",
        help="The field of a JSON record that holds the text.",
        rich_help_panel=_INPUT,
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="YYYY-MM-DD",
        callback=a_date,
        help='The day, for files that do not say; "last week" counts from it.',
        rich_help_panel=_INPUT,
        show_default=False,
    ),
]
