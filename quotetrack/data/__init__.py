"""Language data, and how to read it."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def lines(name: str, language: str = "en") -> tuple[str, ...]:
    """The items of the list ``data/LANGUAGE/NAME``: one a line, comments (#) left out."""
    text = resources.files(__name__).joinpath(language, name).read_text(encoding="utf-8")
    return tuple(
        item for line in text.splitlines() if (item := line.strip()) and not item.startswith("#")
    )


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """The items of a list as a set."""
    return frozenset(lines(name, language))
