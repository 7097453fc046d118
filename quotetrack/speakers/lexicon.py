"""Word lists of the speakers stage, read once."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from quotetrack import data

Gender = Literal["m", "f", "n"]
"""n: either, or not known."""


@cache
def given_names() -> dict[str, Gender]:
    """Lower-case given name -> the gender it suggests."""
    return _gendered("given_names.txt")


@cache
def titles() -> dict[str, Gender]:
    """Lower-case title -> the gender it tells."""
    return _gendered("titles.txt")


@cache
def person_nouns() -> dict[str, Gender]:
    """Lower-case common noun for one person -> the gender it tells."""
    return _gendered("person_nouns.txt")


def _gendered(name: str) -> dict[str, Gender]:
    found: dict[str, Gender] = {}
    for line in data.lines(name):
        word, gender = line.split()
        found[word] = cast(Gender, gender)
    return found
