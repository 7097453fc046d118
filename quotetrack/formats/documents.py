"""What readers give: documents, and problems that name the file and the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True, frozen=True)
class Origin:
    """Where an article was read from."""

    file: str | None = None
    """The path as it was given, "-" for standard input."""
    line: int | None = None
    """Line of a JSON Lines file, from 1."""
    id: str | None = None
    """The ``id`` of a JSON record, as text."""

    def __str__(self) -> str:
        return f"{self.file or '-'}:{self.line}" if self.line else self.file or "-"


@dataclass(slots=True, frozen=True)
class Document:
    """One article before it is parsed; offsets of the results count characters of ``text``."""

    text: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    origin: Origin = Origin()
    fields: Mapping[str, object] = field(default_factory=dict)
    """The other fields of a JSON record or of Markdown front matter."""
    notes: tuple[str, ...] = ()
    """What the reader had to assume, in plain words."""


@dataclass(slots=True, frozen=True)
class Problem:
    """A file, or one line of it, that could not be read."""

    origin: Origin
    reason: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


class ReadError(Exception):
    """Why a file or a record gives no document, in words for its reader."""


def iso_date(value: object) -> tuple[date | None, str | None]:
    """The day of a date, a datetime or an ISO string, and a note where there is none."""
    if value is None or value == "":
        return None, None
    if isinstance(value, datetime):
        return value.date(), None
    if isinstance(value, date):
        return value, None
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip()).date(), None
        except ValueError:
            pass
    return None, f"the date {value!r} is not YYYY-MM-DD and was left out"
