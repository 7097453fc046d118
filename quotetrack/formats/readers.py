"""Files to documents: text, Markdown, HTML and JSON, folders, globs and standard input.

A file or a line that cannot be read gives a `Problem` in its place and the rest goes on.
Nothing is ever fetched from the network.
"""

from __future__ import annotations

import gzip
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from quotetrack.formats import markdown, pages, records
from quotetrack.formats.documents import Document, Origin, Problem, ReadError
from quotetrack.formats.encodings import declared_in_page, decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

Kind = Literal["text", "markdown", "html", "jsonl", "json"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_KIND_OF: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
_IN_FOLDERS = frozenset(_KIND_OF) - {".json"}
"""A folder's .json files are rarely articles; one that is can be named."""
_PAGE = re.compile(
    r"\s{0,99}+(?:<\?xml[^>]{0,300}+>\s{0,99}+)?(?:<!--[^>]{0,500}+-->\s{0,99}+)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE,
)


def read(
    paths: Iterable[str | Path] | str | Path,
    *,
    kind: Kind | None = None,
    encoding: str | None = None,
    text_field: str = "text",
    stdin: BinaryIO | None = None,
    told: Callable[[int], None] | None = None,
) -> Iterator[Document | Problem]:
    """The documents of files, in the order given, read one at a time.

    Args:
        paths: Files, folders (searched through, hidden ones left out, in order of name),
            globs, or "-" for standard input.  A final ``.gz`` is unpacked.
        kind: What every file holds; None: its name says so, and what has another name is
            plain text, or HTML where it begins as a page does.
        encoding: Of every file without a byte-order mark; None: found out.
        text_field: The field of a JSON record that holds the text.
        stdin: What "-" reads; None: the process's standard input.
        told: Called with how many bytes more of the files were read, before each document
            and after each file; the sum is at most `size`.

    Yields:
        A `Document`, or a `Problem` that names the file and the line.
    """
    for path in [paths] if isinstance(paths, str | Path) else paths:
        for found in _files(path):
            if isinstance(found, Problem):
                yield found
                continue
            try:
                yield from _read_file(found, kind, encoding, text_field, stdin, told)
            except ReadError as error:
                yield Problem(Origin(found), str(error))
            except (OSError, EOFError, zlib.error) as error:
                yield Problem(Origin(found), _in_words(error))
            except RecursionError:
                yield Problem(Origin(found), "nested too deeply")


def size(paths: Iterable[str | Path]) -> int | None:
    """The bytes of the files that `read` will open; None: standard input is among them."""
    total = 0
    for path in paths:
        for found in _files(path):
            if found == "-":
                return None
            if isinstance(found, str) and os.path.isfile(found):  # noqa: PTH113  as given
                total += os.path.getsize(found)  # noqa: PTH202
    return total


def _files(path: str | Path) -> Iterator[str | Problem]:
    name = os.fspath(path)
    if name == "-":
        yield name
    elif os.path.isdir(name):  # noqa: PTH112  names are kept as they were given
        yield from _folder(name)
    elif has_magic(name) and not os.path.lexists(name):
        matches = sorted(glob(name, recursive=True))  # noqa: PTH207
        if not matches:
            yield Problem(Origin(name), "no file matches")
        for match in matches:
            yield from _folder(match) if os.path.isdir(match) else (match,)  # noqa: PTH112
    else:
        yield name


def _folder(name: str) -> Iterator[str | Problem]:
    problems: list[OSError] = []
    empty = True
    for here, folders, files in os.walk(name, onerror=problems.append):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        for file in sorted(files):
            suffix = Path(file.lower().removesuffix(".gz")).suffix
            if suffix in _IN_FOLDERS and not file.startswith("."):
                empty = False
                yield os.path.join(here, file)  # noqa: PTH118  as given, not normalised
    for error in problems:
        yield Problem(Origin(str(error.filename)), _in_words(error))
    if empty and not problems:
        yield Problem(Origin(name), "no article in this folder (.txt, .md, .html or .jsonl)")


def _read_file(
    file: str,
    kind: Kind | None,
    encoding: str | None,
    text_field: str,
    stdin: BinaryIO | None,
    told: Callable[[int], None] | None,
) -> Iterator[Document | Problem]:
    kind = kind or _KIND_OF.get(Path(file.lower().removesuffix(".gz")).suffix)
    if file == "-":
        yield from _read_stream(stdin or sys.stdin.buffer, file, kind, encoding, text_field)
        return
    with Path(file).open("rb") as raw:
        packed = file.lower().endswith(".gz")
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        before = 0
        for found in _read_stream(stream, file, kind, encoding, text_field):  # type: ignore[arg-type]
            if told is not None:
                told(raw.tell() - before)
                before = raw.tell()
            yield found


def _read_stream(
    stream: BinaryIO, file: str, kind: Kind | None, encoding: str | None, text_field: str
) -> Iterator[Document | Problem]:
    if kind == "jsonl":
        yield from records.read_lines(stream, file, text_field, encoding)
        return
    data = stream.read(records.LONGEST + 1)
    if len(data) > records.LONGEST:
        raise ReadError(f"larger than {records.LONGEST >> 20} MB; use JSON Lines for many articles")
    declared = declared_in_page(data) if kind == "html" and encoding is None else None
    try:
        text, notes = decode(data, encoding or declared)
    except ReadError:
        if declared is None:
            raise
        text, notes = decode(data)  # the page is not in the encoding it declares
    if kind == "json":
        yield from records.read_json(text, file, text_field)
        return
    if kind == "html" or (kind is None and _PAGE.match(text)):
        document = pages.read(text)
    elif kind == "markdown":
        document = markdown.read(text)
    else:
        document = Document(text)
    if not document.text.strip():
        notes = (*notes, "the file holds no text")
    yield replace(document, origin=Origin(file), notes=(*notes, *document.notes))


def _in_words(error: Exception) -> str:
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return f"damaged gzip file: {error}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error)
