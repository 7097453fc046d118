"""Read the tables of cases: a name after "##", then the lines of the case."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent / "cases"


def read(name: str) -> list[tuple[str, str]]:
    """(name, lines) of each case of a file; lines before the first case are comments."""
    found: list[tuple[str, list[str]]] = []
    for line in (_FOLDER / name).read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            found.append((line[3:], []))
        elif found:
            found[-1][1].append(line)
    return [(title, "\n".join(lines).strip("\n")) for title, lines in found]


def params(name: str) -> list[object]:
    """The cases as parameters of a test, each under its name."""
    return [pytest.param(case, id=title.replace(" ", "-")) for title, case in read(name)]
