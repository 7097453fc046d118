"""No regular expression of the package can be made to backtrack: time grows as the text does.

Texts are made from each pattern itself: for everything that it repeats, an example of what
is repeated, many times, after an example of what comes before, and then what matches nothing.
"""

from __future__ import annotations

import json
import re
import re._parser as parser  # type: ignore[import-not-found]
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import regex

HERE = Path(__file__).parent
SIZES = [20, *(100 * 4**power for power in range(5))]
"""Characters.  What grows with the square takes 16 times as long for four times as many."""
TOO_FAST = 0.02
"""Seconds below which a time says nothing."""
TOO_MUCH = 9
WINDOW = 2_000
"""Characters: a pattern that is never let loose on more looks at a window of the text."""
END = "\x00"
Tree = Any
"""What the standard library's parser makes of a pattern; it has no public types."""
Pattern = Any
"""Of `re` or of `regex`."""
_MANY = 64
_PLAIN = ["a", " ", "\n", "1", "A", "a ", "Aa ", "1,", "a-", "“", "'", ". ", "$1 ", "\u00a0"]
_EXAMPLE = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_SPACE": " ",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_NOT_WORD": " ",
}


def example(tree: Tree, pumps: list[tuple[str, str]] | None = None, before: str = "") -> str:
    """A text that the parsed pattern may match; what it repeats goes to ``pumps``."""
    made = ""
    for op, value in tree:
        name = str(op)
        if name == "LITERAL":
            made += chr(value)
        elif name == "NOT_LITERAL":
            made += "a" if value != ord("a") else "b"
        elif name == "ANY":
            made += "a"
        elif name == "IN":
            made += _member(value)
        elif name == "BRANCH":
            options = [example(branch, pumps, before + made) for branch in value[1]]
            made += options[0]
        elif name == "SUBPATTERN":
            made += example(value[3], pumps, before + made)
        elif name == "ATOMIC_GROUP":
            made += example(value, pumps, before + made)
        elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            least, most, body = value
            one = example(body, pumps, before + made)
            if pumps is not None and most >= _MANY and one:
                pumps.append((before + made, one))
            made += one * max(1, least) if least < _MANY else one * least
        elif name in {"ASSERT", "GROUPREF_EXISTS"}:
            continue
    return made


def _member(items: Tree) -> str:
    negated = str(items[0][0]) == "NEGATE"
    if negated:
        source = re.compile("".join(_as_class(items[1:])) or "(?!)")
        return next(c for c in "a 1A.-\n" + chr(0x2603) if not source.fullmatch(c))
    op, value = items[0]
    if str(op) == "LITERAL":
        return chr(value)
    if str(op) == "RANGE":
        return chr(value[0])
    return _EXAMPLE[str(value)]


def _as_class(items: Tree) -> Iterator[str]:
    yield "["
    for op, value in items:
        if str(op) == "LITERAL":
            yield re.escape(chr(value))
        elif str(op) == "RANGE":
            yield f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            yield {"1": r"\d", " ": r"\s", "a": r"\w"}[_EXAMPLE[str(value)]]
    yield "]"


def texts(pattern: str, flags: int) -> Iterator[tuple[str, str]]:
    """Beginnings and what to repeat after them."""
    yield from (("", unit) for unit in _PLAIN)
    pumps: list[tuple[str, str]] = []
    try:
        example(parser.parse(pattern, flags), pumps)
    except re.error:
        return  # the syntax of `regex`
    for before, unit in dict.fromkeys(pumps):
        yield before, unit
        yield "", before + unit
        yield before, unit + " "


def seconds(pattern: Pattern, text: str, place: int | None = None) -> float:
    """What a search of the whole text takes, or a match at one place of it."""
    begin = time.process_time()
    if place is not None:
        pattern.match(text, place)
        return time.process_time() - begin
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begin


def is_slow(pattern: Pattern, before: str, unit: str, *, searched: bool) -> bool:
    """Whether the time grows faster than the text: seen while it is still short."""
    place = None if searched else 0

    def taken(size: int) -> float:
        return seconds(pattern, before + (unit * size)[:size] + END, place)

    for size in SIZES:
        if (time_ := taken(size)) > TOO_FAST:
            return time_ > TOO_MUCH * taken(size // 4) and taken(size) > TOO_MUCH * taken(size // 4)
    return False


@dataclass(frozen=True)
class Used:
    """A pattern of the package: whether its matches or its searches see a text's whole length."""

    source: str
    flags: int
    place: str
    compiled: Pattern
    searched: bool


@pytest.fixture(scope="module")
def patterns() -> list[Used]:
    done = subprocess.run(  # noqa: S603
        [sys.executable, HERE / "collect_patterns.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [
        Used(
            source,
            flags,
            place,
            (re if module == "re" else regex).compile(source, flags),
            search > WINDOW,
        )
        for module, source, flags, place, _, search in json.loads(done.stdout)
    ]


def test_patterns_are_found_in_the_whole_package(patterns: list[Used]) -> None:
    folders = {used.place.split(".")[1] for used in patterns}
    assert len(patterns) > 100
    assert {"text", "claims", "facts", "formats"} <= folders
    assert sum(used.searched for used in patterns) > 5


def test_no_pattern_backtracks(patterns: list[Used]) -> None:
    slow = [
        f"{used.place}: {used.source[:80]!r} on {before[:30]!r} + n * {unit[:30]!r}"
        for used in patterns
        for before, unit in texts(used.source, used.flags)
        if is_slow(used.compiled, before, unit, searched=used.searched)
    ]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize(
    ("source", "searched", "slow"),
    [
        (r"\s+x", True, True),
        (r"\s+x", False, False),
        (r"(?:a|a)+$", False, True),
        (r"(\w+)*!", False, True),
        (r"“[^”]*”", True, True),
        (r"“[^”“]*+”", True, False),
        (r"[a-z]{1,20}!", True, False),
    ],
)
def test_a_pattern_that_backtracks_is_seen(source: str, *, searched: bool, slow: bool) -> None:
    compiled = re.compile(source)
    found = [t for t in texts(source, 0) if is_slow(compiled, *t, searched=searched)]
    assert bool(found) == slow
