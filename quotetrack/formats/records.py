"""JSON records to documents: an object with a text, its title, date and address."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING

from quotetrack.formats.documents import Document, Origin, Problem, ReadError, iso_date
from quotetrack.formats.encodings import decode, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

LONGEST = 64 * 2**20
"""Bytes of one record or file; more is no article, and would fill the memory."""
_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""What these are where no byte-order mark says: decoders by the line refuse them."""
_KNOWN = frozenset({"title", "published", "date", "url"})


def read_lines(
    stream: BinaryIO, file: str, text_field: str = "text", encoding: str | None = None
) -> Iterator[Document | Problem]:
    """The documents of a JSON Lines stream, one line at a time; a bad line is a `Problem`.

    Args:
        stream: Bytes; read no further than the line that is given.
        file: The name for messages.
        text_field: The field that holds the text.
        encoding: Of the lines, where no byte-order mark says; None: found out.
    """
    for number, line in enumerate(_lines(stream, encoding), 1):
        origin = Origin(file, number)
        if not line.strip():
            continue
        try:
            if len(line) > LONGEST:
                raise ReadError(f"the line is longer than {LONGEST >> 20} MB")  # noqa: TRY301
            text, notes = (line, ()) if isinstance(line, str) else decode(line, encoding)
            yield document(_load(text), origin, text_field, notes)
        except ReadError as error:
            yield Problem(origin, str(error))


def read_json(text: str, file: str, text_field: str = "text") -> Iterator[Document | Problem]:
    """The document of a JSON object, or those of a list of objects."""
    whole = Origin(file)
    try:
        loaded = _load(text)
    except ReadError as error:
        yield Problem(whole, str(error))
        return
    for place, item in enumerate(loaded if isinstance(loaded, list) else [loaded], 1):
        try:
            yield document(item, whole, text_field, ())
        except ReadError as error:
            where = f"item {place}: " if isinstance(loaded, list) else ""
            yield Problem(whole, f"{where}{error}")


def document(
    record: object, origin: Origin, text_field: str, notes: tuple[str, ...] = ()
) -> Document:
    """The document of one record: ``text``, ``title``, ``published`` or ``date``, ``url``.

    Raises:
        ReadError: The record is no object, or its text field is missing or no string.
    """
    if not isinstance(record, dict):
        raise ReadError(f"expected a JSON object with a field {text_field!r}")
    text = record.get(text_field)
    if not isinstance(text, str):
        there = "is no string" if text_field in record else "is missing"
        names = ", ".join(sorted(map(repr, record))[:8]) or "none"
        raise ReadError(f"the field {text_field!r} {there} (fields: {names})")
    published = record.get("published")
    day, note = iso_date(record.get("date") if published is None else published)
    found = [*notes, note] if note else [*notes]
    texts: dict[str, str | None] = {}
    for key in ("title", "url"):
        value = record.get(key)
        if not (value is None or isinstance(value, str)):
            found.append(f"the field {key!r} is no string and was left out")
        texts[key] = value if isinstance(value, str) else None
    identity = record.get("id")
    named = isinstance(identity, str | int) and not isinstance(identity, bool)
    return Document(
        text=text,
        title=texts["title"],
        published=day,
        url=texts["url"],
        origin=Origin(origin.file, origin.line, str(identity) if named else None),
        fields={k: v for k, v in record.items() if k not in _KNOWN and k != text_field},
        notes=tuple(found),
    )


def _load(text: str) -> object:
    try:
        loaded: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column" if error.lineno > 1 else "column"
        raise ReadError(f"not valid JSON: {error.msg} ({where} {error.colno})") from None
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not readable JSON: {error}") from None
    return loaded


def _lines(stream: BinaryIO, encoding: str | None) -> Iterator[bytes | str]:
    """The lines: bytes where a line end is one byte, else text already decoded."""
    first = stream.readline(LONGEST + 1)
    marked = mark_of(first)
    if marked is not None:
        encoding, first = marked[0], first[marked[1] :]
    if encoding is not None and "\n".encode(encoding) != b"\n":
        yield from _wide_lines(first, stream, encoding)
        return
    line = first
    while line:
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = stream.readline(LONGEST + 1)  # the rest of a line too long to hold
        line = stream.readline(LONGEST + 1)


def _wide_lines(head: bytes, stream: BinaryIO, encoding: str) -> Iterator[str]:
    """UTF-16 and UTF-32 have zero bytes around their line ends: decoded first, then cut."""
    named = codecs.lookup(encoding).name
    decoder = codecs.getincrementaldecoder(_UNMARKED.get(named, named))("replace")
    rest = decoder.decode(head)
    while data := stream.read(1 << 16):
        *whole, rest = (rest + decoder.decode(data)).split("\n")
        yield from whole
    yield from (rest + decoder.decode(b"", final=True)).split("\n")
