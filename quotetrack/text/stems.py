"""A short form that the inflections of a word share."""

from __future__ import annotations

from functools import cache, lru_cache

from quotetrack import data


@cache
def _irregular() -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in data.lines("irregular_verbs.txt"))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a lower-case word: "argues", "argued" and "arguing" give "argu".

    Irregular verbs come from a list, the rest by cutting the common endings; no
    dictionary, so two words may share a stem.
    """
    base = _irregular().get(word)
    if base is not None:
        word = base
    elif len(word) > 3:
        if word.endswith(("ies", "ied")) and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith("ing") and len(word) > 5:
            word = word[:-3]
        elif word.endswith("eed"):
            word = word[:-1]
        elif (word.endswith("ed") and len(word) > 4) or (
            word.endswith("es") and word[-3] in "sxzh"
        ):
            word = word[:-2]
        elif word.endswith("s") and word[-2] not in "su'":
            word = word[:-1]
        if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
            word = word[:-1]
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word
