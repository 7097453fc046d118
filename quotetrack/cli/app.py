"""The list of the commands, and how the process ends."""

from __future__ import annotations

import inspect
from typing import Annotated

import typer

import quotetrack
from quotetrack.cli import extract, find_quote, ledger, options, report, reviews, serve, verify

_HELP = (
    "Who said what in a news article, in whose words, with which figures.\n\n"
    'Every command reads files, folders, globs or "-" (standard input): plain text, Markdown, '
    'HTML (with the extra "html") and JSON Lines, each also as .gz. On a terminal it shows a '
    "table; in a pipe it gives JSON Lines.\n\n"
    "Start with:  quotetrack quotes article.txt"
)

app = typer.Typer(
    name="quotetrack",
    help=_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (extract, find_quote, verify, reviews, ledger, report, serve):
    module.register(app)


def _lay_out_help(commands: typer.Typer) -> None:
    """Show docstrings as they are meant: paragraphs filled, examples line by line."""
    for command in commands.registered_commands:
        docstring = inspect.getdoc(command.callback) if command.callback else None
        about, heading, examples = (docstring or "").partition("Examples:\n")
        paragraphs = [" ".join(paragraph.split()) for paragraph in about.strip().split("\n\n")]
        if heading:
            lines = [line for line in examples.split("\n") if line.strip()]
            # typer leaves a paragraph after \b as it is
            paragraphs.append("\n".join(["\b", heading.strip(), *lines]))
        command.help = "\n\n".join(paragraphs)
    for group in commands.registered_groups:
        if group.typer_instance is not None:
            _lay_out_help(group.typer_instance)


_lay_out_help(app)


def _version(wanted: bool) -> None:  # noqa: FBT001  the form that typer calls
    if wanted:
        typer.echo(f"quotetrack {quotetrack.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool | None,
        typer.Option(
            "--version",
            metavar=options.FLAG,
            callback=_version,
            is_eager=True,
            help="Show the version.",
        ),
    ] = None,
) -> None:
    del version


def main() -> None:
    """Run the command line; the entry point ``quotetrack``."""
    app(prog_name="quotetrack")
