"""Articles with marks (tests/articles/README.md says which) as annotated documents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\[\[(?:/(?P<end>[qscft])|(?P<kind>[qscft])(?P<rest>[^\]]*))\]\]")
_ATTRIBUTE = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')
_HEAD = re.compile(r"TITLE: (?P<title>.*)\nDATE: (?P<date>\d{4}-\d\d-\d\d)\n\n")
_PARTS = {"q": "content", "s": "source", "c": "cue"}


@dataclass
class _Open:
    kind: str
    number: int | None
    attributes: dict[str, str]
    start: int


@dataclass
class _Reading:
    """What has been read of a text so far."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    attributions: dict[int, dict[str, Any]] = field(default_factory=dict)
    figures: list[dict[str, Any]] = field(default_factory=list)
    times: list[dict[str, Any]] = field(default_factory=list)

    def plain(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def attribution(self, number: int) -> dict[str, Any]:
        empty: dict[str, Any] = {"source": [], "cue": [], "content": []}
        return self.attributions.setdefault(number, empty)

    def close(self, kind: str) -> None:
        if not self.open or self.open[-1].kind != kind:
            raise ValueError(f"[[/{kind}]] closes nothing")
        mark = self.open.pop()
        span = [mark.start, self.length]
        if mark.number is not None:
            attribution = self.attribution(mark.number)
            attribution[_PARTS[kind]].append(span)
            attribution.update(mark.attributes)
            if kind == "q" and any(other.kind == "q" for other in self.open):
                attribution["nested"] = True
        else:
            found = {"start": span[0], "end": span[1], **mark.attributes}
            if kind == "t":
                found = {"span": span, **mark.attributes}
            (self.figures if kind == "f" else self.times).append(found)


def read(path: Path) -> dict[str, Any]:
    """A document: ``id``, ``text``, ``title``, ``date``, ``attributions``, ``figures``, ``times``.

    Raises:
        ValueError: The file is not marked as it should be; the message names the line.
    """
    source = path.read_text(encoding="utf-8")
    head = _HEAD.match(source)
    if head is None:
        raise ValueError(f"{path}: begins with no TITLE and DATE")
    reading = _Reading()
    at = head.end()
    for mark in _MARK.finditer(source, at):
        reading.plain(source[at : mark.start()])
        at = mark.end()
        try:
            _mark(mark, reading)
        except ValueError as error:
            line = source.count("\n", 0, mark.start()) + 1
            raise ValueError(f"{path}, line {line}: {error}") from None
    reading.plain(source[at:].rstrip("\n") + "\n")
    if reading.open:
        raise ValueError(f"{path}: [[{reading.open[-1].kind}]] is never closed")
    return {
        "id": path.stem,
        "text": "".join(reading.pieces),
        "title": head["title"],
        "date": head["date"],
        "attributions": [reading.attributions[number] for number in sorted(reading.attributions)],
        "figures": sorted(reading.figures, key=lambda figure: figure["start"]),
        "times": sorted(reading.times, key=lambda time: time["span"]),
    }


def _mark(mark: re.Match[str], reading: _Reading) -> None:
    if mark["end"]:
        reading.close(mark["end"])
        return
    kind, rest = mark["kind"], mark["rest"]
    number = re.match(r" (\d+)", rest)
    if (number is None) == (kind in _PARTS):
        raise ValueError(f"[[{kind}]] {'needs a' if number is None else 'takes no'} number")
    attributes = {name: quoted or bare for name, quoted, bare in _ATTRIBUTE.findall(rest)}
    reading.open.append(_Open(kind, int(number[1]) if number else None, attributes, reading.length))
