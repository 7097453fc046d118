"""Cases of attribution: small marked-up texts, what they want, and how a parse differs from it.

``python tests/attribution_cases.py FILE...`` prints the cases of a file that fail, each with
what was wanted and what was found; the head of cases/attribution.txt explains the marks.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import case_files

import quotetrack

if TYPE_CHECKING:
    from quotetrack.models import Quote

Words = frozenset[int]
"""Words of a text, each by the offset of its first character."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_OPEN = re.compile(r"(?P<bracket>[{\[<])(?P<label>\?|\d+\??(?:,\d+\??)*) ")
_CLOSER = {"{": "}", "[": "]", "<": ">"}
_PART = {"{": "content", "[": "cue", "<": "source"}
_EXTRA = re.compile(r"= (\d+):?\s+(.+)")
_KINDS = ("direct", "mixed", "indirect")
_MANNERS = ("speech", "writing", "thought", "document", "stance")
_SAME_CONTENT = 0.9
_SAME_SOURCE = 0.5
_PARTNER = 0.3
"""Of the words of two contents; below it they are not compared but missed and not wanted."""


@dataclass(slots=True)
class Wanted:
    """One attribution of a case."""

    content: Words = frozenset()
    cue: Words = frozenset()
    source: Words = frozenset()
    optional: set[str] = field(default_factory=set)
    """The parts that may be found or not; content among them: all of it."""
    traits: tuple[str, ...] = ()
    """Kind and manner, and the speaker's name, where the case gives them."""


@dataclass(slots=True)
class Case:
    """A text without its marks, and what they say."""

    text: str
    title: str | None = None
    wanted: dict[int, Wanted] = field(default_factory=dict)
    free: Words = frozenset()
    """Words that may be in a content or not."""

    def words(self, *spans: tuple[int, int]) -> Words:
        """The words that touch the spans."""
        return frozenset(
            m.start()
            for m in _WORD.finditer(self.text)
            if any(start < m.end() and m.start() < end for start, end in spans)
        )

    def show(self, words: Words) -> str:
        """The words as the text has them, "…" where some are left out."""
        shown: list[str] = []
        gap = False
        for match in _WORD.finditer(self.text):
            if match.start() in words:
                shown += ["…", match[0]] if gap and shown else [match[0]]
                gap = False
            else:
                gap = True
        return " ".join(shown)


def unmark(lines: str) -> Case:
    """Take the marks out of a case; a mistake in them is a ValueError that quotes it."""
    title = None
    if lines.startswith("TITLE: "):
        head, _, lines = lines.partition("\n")
        title = head.removeprefix("TITLE: ")
    body: list[str] = []
    extras: list[str] = []
    for line in lines.split("\n"):
        (extras if line.startswith("= ") else body).append(line)
    text, marks = _strip("\n".join(body).strip("\n"))
    case = Case(text, title)
    for bracket, label, start, end in marks:
        words = case.words((start, end))
        if label == "?":
            case.free |= words
            continue
        for number in label.split(","):
            wanted = case.wanted.setdefault(int(number.rstrip("?")), Wanted())
            part = _PART[bracket]
            setattr(wanted, part, getattr(wanted, part) | words)
            if number.endswith("?"):
                wanted.optional.add(part)
    for line in extras:
        match = _EXTRA.fullmatch(line)
        if not match or int(match[1]) not in case.wanted:
            raise ValueError(f"not '= number: kind, manner or speaker': {line}")
        case.wanted[int(match[1])].traits = tuple(t.strip() for t in match[2].split(","))
    for index, wanted in case.wanted.items():
        if not wanted.content:
            raise ValueError(f"attribution {index} has no {{{index} content}}")
    return case


def _strip(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    """The text without marks, and (bracket, label, start, end) of each."""
    out: list[str] = []
    length = at = 0
    stack: list[tuple[str, str | None, int]] = []
    marks = []
    while at < len(marked):
        char = marked[at]
        opening = _OPEN.match(marked, at)
        if opening:
            stack.append((char, opening["label"], length))
            at = opening.end()
            continue
        if char in _CLOSER:
            stack.append((char, None, length))
        elif char in _CLOSER.values():
            if not stack or _CLOSER[stack[-1][0]] != char:
                raise ValueError(f"{char!r} closes nothing: …{marked[max(0, at - 30) : at + 1]}")
            bracket, label, start = stack.pop()
            if label is not None:
                marks.append((bracket, label, start, length))
                at += 1
                continue
        out.append(char)
        length += 1
        at += 1
    if stack:
        raise ValueError(f"{stack[-1][0]}{stack[-1][1]} is never closed: {marked[:60]}…")
    return "".join(out), marks


def _overlap(a: Words, b: Words) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _found(case: Case, quote: Quote) -> tuple[Words, Words, Words]:
    def words(*spans: quotetrack.Span | None) -> Words:
        return case.words(*((s.start, s.end) for s in spans if s))

    return words(*quote.spans), words(quote.cue), words(quote.source)


def _same_source(case: Case, wanted: Words, found: Words) -> bool:
    """Half the words are the same, or those found are the name or noun that stands first."""
    if _overlap(wanted, found) >= _SAME_SOURCE:
        return True
    comma = case.text.find(",", min(wanted, default=0))
    head = {w for w in wanted if comma < 0 or w < comma}
    return bool(found) and found <= wanted and head <= found


def problems(lines: str) -> list[str]:
    """What a parse of the case gets wrong, a line each; none: it passes."""
    case = unmark(lines)
    quotes = quotetrack.parse(case.text, title=case.title).quotes
    found = [_found(case, quote) for quote in quotes]
    pairs = sorted(
        (
            (_overlap(w.content - case.free, f[0] - case.free), number, index)
            for number, w in case.wanted.items()
            for index, f in enumerate(found)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    partner: dict[int, int] = {}
    for overlap, number, index in pairs:
        if overlap >= _PARTNER and number not in partner and index not in partner.values():
            partner[number] = index
    wrong: list[str] = []
    for number, w in sorted(case.wanted.items()):
        if number in partner:
            if "content" not in w.optional:
                index = partner[number]
                wrong += [f"{number}: {line}" for line in _differences(case, w, quotes[index])]
        elif "content" not in w.optional:
            wrong.append(f"{number}: missed: {_line(case, w.content, w.cue, w.source)}")
    wrong += [
        f"not wanted: {_line(case, *f)}"
        for index, f in enumerate(found)
        if index not in partner.values()
    ]
    return wrong


def _differences(case: Case, wanted: Wanted, quote: Quote) -> list[str]:
    content, cue, source = _found(case, quote)
    wrong = []

    def differ(part: str, want: Words, got: Words) -> None:
        wrong.append(
            f"{part}: wanted ‘{case.show(want) or 'none'}’, found ‘{case.show(got) or 'none'}’"
        )

    if _overlap(wanted.content - case.free, content - case.free) < _SAME_CONTENT:
        differ("content", wanted.content, content)
    if not _same_source(case, wanted.source, source) and (
        source or "source" not in wanted.optional
    ):
        differ("source", wanted.source, source)
    if not wanted.cue & cue and (cue or "cue" not in wanted.optional) and (wanted.cue or cue):
        differ("cue", wanted.cue, cue)
    for trait in wanted.traits:
        got: str = quote.speaker.name if quote.speaker else "nobody"
        if trait in _KINDS:
            got = quote.kind
        elif trait in _MANNERS:
            got = quote.manner
        if trait != got:
            wrong.append(f"wanted {trait}, found {got}")
    return wrong


def _line(case: Case, content: Words, cue: Words, source: Words) -> str:
    return f"{{{case.show(content)}}} [{case.show(cue)}] <{case.show(source)}>"


def main(names: list[str]) -> None:
    """Print the cases of the files that fail."""
    for name in names:
        cases = case_files.read(name)
        failing = [(title, lines, found) for title, lines in cases if (found := problems(lines))]
        for title, lines, found in failing:
            sys.stdout.write("\n".join([f"## {title}", lines, *(f"   ! {p}" for p in found), "\n"]))
        sys.stdout.write(f"{name}: {len(failing)} of {len(cases)} fail\n")


if __name__ == "__main__":
    main(sys.argv[1:])
