"""Language data, and how to read it."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data


def read(name: str, language: str = "en") -> bytes:
    """The file ``data/LANGUAGE/NAME``, which may lie in an archive."""
    # `importlib.resources` would do the same, but takes long to import
    found = get_data(__name__, f"{language}/{name}")
    if found is None:
        raise FileNotFoundError(name)
    return found


@cache
def lines(name: str, language: str = "en") -> tuple[str, ...]:
    """The items of the list ``data/LANGUAGE/NAME``: one a line, comments (#) left out."""
    text = read(name, language).decode()
    return tuple(
        item for line in text.splitlines() if (item := line.strip()) and not item.startswith("#")
    )


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """The items of a list as a set."""
    return frozenset(lines(name, language))
