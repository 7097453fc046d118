"""Pair the quotation marks of a text.

Curly, straight and doubled marks, single ones against apostrophes, guillemets and
low-high marks; quotations inside quotations; a quotation that runs over paragraphs,
each opened with a mark and only the last closed.  A mark that nothing closes ends with
its paragraph and says so.  Time is linear: one pass over the marks of each paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from quotetrack import data
from quotetrack.text.layout import Layout, Quotation

_MARK = re.compile(
    r"[\"“”„«»‘’'‚`](?:(?<=')'(?!')|(?<=`)`(?!`)|(?<=[‘’])[‘’](?![‘’]))?+"  # some are doubled
)
_ELIDED = re.compile(r"\d\ds?\b|\w++")

_DOUBLE_OPENERS: dict[str, tuple[str, ...]] = {
    "“": ("„", "“"),
    "”": ("“", "„", '"', "''", "``"),
    "„": (),
    "«": ("»",),
    "»": ("«",),
    '"': ('"', "“"),
    "''": ("''", "``", "“"),
    "``": (),
}
"""For each double mark, the marks that it can close."""
_TYPED_TWICE = frozenset(("‘‘", "‘’", "’’", "’‘"))
"""Two curly single marks for a double one; typists and converters mix their sides."""
_SINGLE_OPENERS: dict[str, tuple[str, ...]] = {
    "‘": ("‚",),
    "’": ("‘", "'", "`"),
    "'": ("'", "‘", "`"),
    "‚": (),
    "`": (),
}
_SINGLE = frozenset(_SINGLE_OPENERS)
_APOSTROPHES = frozenset("'’")
_STRAIGHT = frozenset(('"', "''"))
_AMBIGUOUS = _STRAIGHT | {"“"}
_ENDING = frozenset(".,!?…;:")
_BEFORE_OPENING = frozenset("([{—–-/“‘«„\"'")
_AFTER_CLOSING = frozenset("”\"'»)]—–")
_FURTHEST = 40
"""Marks looked at for the closer of a single one."""
_DEEPEST = 8
"""Levels of quotations inside quotations; deeper marks are left alone."""


@dataclass(slots=True, frozen=True)
class _Pair:
    """One paragraph's worth of a quotation, marks included."""

    start: int
    end: int
    closed: bool


def _opens(text: str, start: int, left: int, right: int) -> bool:
    """Whether the mark at ``left:right`` stands where an opening mark can stand."""
    before = text[left - 1] if left > start else " "
    after = text[right] if right < len(text) else " "
    if text[left] == "«":
        return True  # French printers put a space after it
    return not after.isspace() and (before.isspace() or before in _BEFORE_OPENING)


def _elided(text: str, right: int, end: int, mark: str) -> bool:
    """Whether the apostrophe before ``right`` begins a clipped word ('90s, 'em)."""
    word = _ELIDED.match(text, right, end)
    if word is None or (mark == "‘" and "’" in text[word.end() : end]):
        return False
    return word.group()[0].isdigit() or word.group().lower() in data.words("elisions.txt")


def _single_closes(text: str, right: int, end: int) -> bool:
    """Whether an apostrophe can close a quotation: no letter follows."""
    return right >= end or not (text[right].isalnum() or text[right] == "_")


def _surely_closes(text: str, left: int, right: int, end: int) -> bool:
    """Whether it must, and is no plural's apostrophe ("the workers' pay")."""
    before, after = text[left - 1], text[right] if right < end else " "
    return before not in "sS" or right >= end or after in _ENDING or after in _AFTER_CLOSING


def _has_single_closer(text: str, marks: list[tuple[int, int]], i: int, end: int) -> bool:
    """Whether the single opening mark, the i-th, has a closer further on in its paragraph."""
    return any(
        text[left:right] in {"’", "'"} and _single_closes(text, right, end)
        for left, right in marks[i + 1 : i + _FURTHEST]
    )


def _later_closer(
    text: str, following: list[tuple[int, int]], opener: str, start: int, end: int
) -> bool:
    """Whether another closer comes among the marks that follow, before an opening one."""
    for left, right in following:
        mark = text[left:right]
        if mark == "‘" or (mark == opener == "'" and _opens(text, start, left, right)):
            return False
        if mark in {"’", "'"} and _single_closes(text, right, end):
            return True
    return False


def _in_a_word(text: str, left: int, right: int) -> bool:
    """Whether the apostrophe at ``left:right`` has letters or digits on both sides."""
    return text[right : right + 1].isalnum() and text[left - 1 : left].isalnum()


def _pair(
    text: str, marks: list[tuple[int, int]], start: int, end: int, following: str
) -> list[_Pair]:
    """The quotations of one paragraph, by their opening marks; they nest, never cross.

    Args:
        text: The whole text.
        marks: Where those of the paragraph are.
        start: Where the paragraph begins.
        end: Where it ends.
        following: What the next paragraph begins with: a single mark that opens it may
            carry on a quotation of this one, which then has no closing mark.
    """
    found: list[_Pair] = []
    stack: list[tuple[str, int]] = []  # opening marks that wait for their closer

    def close(level: int, right: int, *, closed: bool = True) -> None:
        found.append(_Pair(stack[level][1], right, closed))
        del stack[level:]  # what is still open inside was no quotation

    def innermost(*openers: str) -> int | None:
        return next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] in openers), None)

    for i, (left, right) in enumerate(marks):
        mark = text[left:right]
        if mark in _APOSTROPHES and ((mark == "’" and not stack) or _in_a_word(text, left, right)):
            continue
        if mark in _TYPED_TWICE:
            mark = "''"
        opens = _opens(text, start, left, right)
        if mark in _SINGLE:
            level = innermost(*_SINGLE_OPENERS[mark])
            if level is not None and _single_closes(text, right, end):
                sure = _surely_closes(text, left, right, end)
                if sure or not _later_closer(
                    text, marks[i + 1 : i + _FURTHEST], stack[level][0], start, end
                ):
                    close(level, right)
            elif (
                mark != "’"
                and opens
                and innermost(*_SINGLE) is None
                and not _elided(text, right, end, mark)
                and (mark == following or _has_single_closer(text, marks, i, end))
            ):
                stack.append((mark, left))
            continue
        level = innermost(*_DOUBLE_OPENERS[mark])
        # at an opening position, only a straight mark closes, and only its own kind
        if level is not None and not (
            opens and mark in _AMBIGUOUS and (mark == "“" or stack[level][0] != mark)
        ):
            close(level, right)
            continue
        if mark == "“" and stack and (level := innermost("“")) == len(stack) - 1:
            # the one before was never closed: none opens right inside its own kind
            close(level, left, closed=False)
        elif not opens or (mark in _STRAIGHT and text[left - 1 : left].isdigit() and left > start):
            continue  # a closing mark without an opener; feet and inches
        elif mark == "”":
            if "”" not in text[right:end]:
                continue
            mark = "“"  # a closing mark typed for an opening one
        if len(stack) < _DEEPEST:
            stack.append((mark, left))
    left_open = _DOUBLE_OPENERS.keys() | {following}
    while stack:
        level = innermost(*left_open)
        if level is None:
            break
        close(level, end, closed=False)
    return sorted(found, key=lambda pair: (pair.start, -pair.end))


def find_quotations(layout: Layout) -> list[Quotation]:
    """Every pair of quotation marks, outer before inner, in reading order."""
    text = layout.text
    marks = [mark.span() for mark in _MARK.finditer(text)]
    result: list[Quotation] = []
    running: int | None = None  # a quotation that its paragraph left open
    done = 0
    openings = [text[start] for start, _ in layout.paragraphs[1:]]
    for (start, end), following in zip(layout.paragraphs, [*openings, ""], strict=False):
        around: list[int] = []  # quotations that hold the present one
        still_open: int | None = None
        first, done = done, bisect_left(marks, (end,), done)
        here = marks[first:done]
        for pair in _pair(text, here, start, end, following) if here else ():
            if running is not None and pair.start == start:
                before = result[running]
                pieces = (*before.pieces, (pair.start, pair.end))
                result[running] = replace(before, end=pair.end, pieces=pieces, closed=pair.closed)
                index = running
            else:
                while around and result[around[-1]].end <= pair.start:
                    around.pop()
                parent = around[-1] if around else None
                piece = (pair.start, pair.end)
                index = len(result)
                result.append(Quotation(*piece, (piece,), len(around), parent, pair.closed))
            around.append(index)
            if not pair.closed and pair.end == end and len(around) == 1:
                still_open = index
        running = still_open
    return result
