"""Bytes to text: byte-order marks, UTF-8, and Windows-1252 for what is not UTF-8.

Line ends stay as they are in the file, so that offsets hold for whoever decodes it; only
the byte-order mark, which is no character of the text, is left out.
"""

from __future__ import annotations

import codecs
import re

from quotetrack.formats.documents import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file: convert it to text first (for example with pdftotext)"),
    (b"PK\x03\x04", "a ZIP or office file: save it as plain text or HTML first"),
    (b"\xd0\xcf\x11\xe0", "an office file: save it as plain text or HTML first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b"))
_SAMPLE = 4096
_META = re.compile(
    rb"<meta\b[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_LATIN = frozenset({"ascii", "iso8859-1"})
"""Browsers read these labels as Windows-1252, and pages rely on it."""
_FALLBACK = "quotetrack.windows-1252"


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Each byte that is not UTF-8 by itself; the five it does not know as in Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    table = (codecs.decode(bytes((b,)), "cp1252", "ignore") or chr(b) for b in wrong)
    return "".join(table), error.end


codecs.register_error(_FALLBACK, _windows_1252)


def mark_of(head: bytes) -> tuple[str, int] | None:
    """The encoding that a byte-order mark announces, and the length of the mark."""
    return next(((name, len(mark)) for mark, name in _MARKS if head.startswith(mark)), None)


def declared_in_page(head: bytes) -> str | None:
    """The encoding that an HTML page declares in its first 4096 bytes, if Python knows it."""
    found = _META.search(head[:_SAMPLE])
    if found is None:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii", "ignore")).name
    except LookupError:
        return None
    return "cp1252" if name in _LATIN else name


def decode(data: bytes, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and notes on what had to be assumed.

    Args:
        data: The bytes of the file.
        encoding: Given by the user or by the page; None: found out.

    Raises:
        ReadError: This is no text, or not in the encoding named.
    """
    marked = mark_of(data)
    if marked is not None:
        name, length = marked
        text = data[length:].decode(name, "replace")
        damaged = text.count("\ufffd") - (data.count("\ufffd".encode(name)))
        return text, (f"damaged {name.upper()}: some characters were replaced",) * (damaged > 0)
    if encoding is not None:
        try:
            return data.decode(encoding), ()
        except UnicodeError as error:
            raise ReadError(f"not {encoding}: {error}") from None
    _refuse_binary(data)
    if (wide := _unmarked_utf16(data)) is not None:
        return data.decode(wide, "replace"), (f"read as {wide.upper()} without a byte-order mark",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("utf-8", _FALLBACK), ("not UTF-8: read as Windows-1252",)


def _refuse_binary(data: bytes) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"this is {what}")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls * 10 > len(sample) and _unmarked_utf16(data) is None:
        raise ReadError("this is no text (binary data)")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text, every second byte is zero."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 10 > half * 6 and even * 10 < half:
        return "utf-16-le"
    if even * 10 > half * 6 and odd * 10 < half:
        return "utf-16-be"
    return None
