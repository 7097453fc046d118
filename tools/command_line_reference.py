"""Write the commands' part of docs/reference/command-line.md from the program itself.

python tools/command_line_reference.py docs/reference/command-line.md

What stands above the first command is written by hand and kept.  A test runs `render` and
fails when the page is older than the program.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main

from quotetrack.cli.app import app

BEGIN = "<!-- From here on made by tools/command_line_reference.py: change the program instead. -->"


def render(page: str) -> str:
    """The page with its commands as the program has them now."""
    by_hand, found, _ = page.partition(BEGIN)
    if not found:
        raise ValueError(f"the page has no line {BEGIN!r}")
    sections = "\n\n".join(_section(path, command) for path, command in commands())
    return f"{by_hand}{BEGIN}\n\n{sections}\n"


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its words on the command line: "ledger add"."""
    root: Any = typer.main.get_command(app)
    return _below("", root.commands)


def _below(prefix: str, commands: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, command in commands.items():
        if hasattr(command, "commands"):
            yield from _below(f"{prefix}{name} ", command.commands)
        else:
            yield prefix + name, command


def _section(path: str, command: Any) -> str:
    about, _, examples = (command.help or "").replace("\b", "").partition("Examples:\n")
    options = [p for p in command.params if p.param_type_name == "option"]
    parts = [
        f"## `{path}`",
        "\n\n".join(_cell(paragraph) for paragraph in about.strip().split("\n\n")),
        f"```text\nquotetrack {path} [OPTIONS]{''.join(map(_argument, command.params))}\n```",
    ]
    if examples.strip():
        lines = "\n".join(line.strip() for line in examples.strip().splitlines())
        parts.append(f"```sh\n{lines}\n```")
    rows = [f"| {_names(option)} | {_cell(_about(option))} |" for option in options]
    parts.append("\n".join(["| Option | |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def _argument(parameter: Any) -> str:
    if parameter.param_type_name != "argument":
        return ""
    name = parameter.metavar or parameter.name.upper()
    return f" {name}..." if parameter.nargs == -1 and not name.endswith("...") else f" {name}"


def _names(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    return f"{names} {option.metavar}" if option.metavar else names


def _about(option: Any) -> str:
    words = option.help or ""
    shown = option.show_default and option.default not in {None, False}
    return f"{words} Default: {option.default}." if shown else words


def _cell(words: str) -> str:
    """Words for Markdown, in a table as well."""
    return words.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(render(target.read_text(encoding="utf-8")), encoding="utf-8")
