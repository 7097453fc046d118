"""Every regular expression that the package compiles, as JSON: run as a program of its own.

It watches `re` from before the package is imported, imports all of it, and reads the
project's articles with every verb, so that patterns made inside functions are seen as well.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any

import regex

ROOT = Path(__file__).parent.parent
ANCHORED = {"match", "fullmatch"}
VERBS = ["search", "sub", "subn", "findall", "finditer", "split", *ANCHORED]
seen: dict[tuple[str, str, int], tuple[str, list[int]]] = {}
"""Module, pattern and flags -> where it was made, and the most characters that it was let
loose on: at one place (0) or in search (1)."""


class Watched:
    """A compiled pattern that notes how it is used."""

    def __init__(self, pattern: Any, most: list[int]) -> None:  # noqa: ANN401
        self._pattern = pattern
        self._most = most

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        real = getattr(self._pattern, name)
        if name not in VERBS:
            return real
        first = 1 if name in {"sub", "subn"} else 0

        def noting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            text, *place = arguments[first:] if len(arguments) > first else [named["string"]]
            start = place[0] if place and not first else named.get("pos", 0)
            end = place[1] if len(place) > 1 and not first else named.get("endpos", len(text))
            way = name not in ANCHORED
            self._most[way] = max(self._most[way], min(end, len(text)) - start)
            return real(*arguments, **named)

        return noting


def watch(module: Any) -> None:  # noqa: ANN401  re or regex
    """Note the patterns that are handed to the module by the package."""
    compiled = module.compile

    def compile_(pattern: Any, flags: int = 0, **named: Any) -> Any:  # noqa: ANN401
        caller = sys._getframe(1)  # noqa: SLF001
        name = str(caller.f_globals.get("__name__", ""))
        if name == __name__:  # by way of a verb of the module
            caller = sys._getframe(2)  # noqa: SLF001
            name = str(caller.f_globals.get("__name__", ""))
        if isinstance(pattern, Watched) or not name.startswith("quotetrack"):
            return pattern if isinstance(pattern, Watched) else compiled(pattern, flags, **named)
        place = f"{name}:{caller.f_lineno}"
        shown = pattern.decode("latin-1") if isinstance(pattern, bytes) else str(pattern)
        key = (module.__name__, shown, int(flags))
        return Watched(compiled(pattern, flags, **named), seen.setdefault(key, (place, [0, 0]))[1])

    def by_verb(verb: str) -> None:
        def call(pattern: Any, *others: Any, flags: int = 0, **named: Any) -> Any:  # noqa: ANN401
            caller = str(sys._getframe(1).f_globals.get("__name__", ""))  # noqa: SLF001
            if not caller.startswith("quotetrack"):
                return real(pattern, *others, flags=flags, **named)
            return getattr(compile_(pattern, flags), verb)(*others, **named)

        real = getattr(module, verb)
        setattr(module, verb, call)

    for verb in VERBS:
        by_verb(verb)
    module.compile = compile_


def main() -> None:
    watch(re)
    watch(regex)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    quotetrack = importlib.import_module("quotetrack")
    for module in pkgutil.walk_packages(quotetrack.__path__, "quotetrack."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError as error:  # an extra that is not installed
                print(f"{module.name} left out: {error}", file=sys.stderr)  # noqa: T201
    robust = importlib.import_module("test_robustness")
    for text in (*robust.BROKE, "".join(robust.what_holds.PIECES)):
        robust.every_verb(text)
    # long, so that what looks at windows of a text can be told from what searches it whole
    robust.every_verb("\n\n".join(document["text"] for document in robust.ARTICLES))
    rows = [[*key, place, *most] for key, (place, most) in seen.items()]
    print(json.dumps(rows))  # noqa: T201


if __name__ == "__main__":
    main()
