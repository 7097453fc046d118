"""Markdown to plain paragraphs, with the title and the date of its front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from quotetrack.formats.documents import Document, iso_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)")
_PARSER = MarkdownIt("commonmark").enable("table")
_KNOWN = frozenset({"title", "published", "date", "url"})


def read(source: str) -> Document:
    """The paragraphs of a Markdown text, markup and code left out.

    The title is that of the front matter, else a first heading of the highest level; a first
    heading that is or repeats the title is no part of the text.  Paragraphs are parted by an
    empty line.
    """
    source, fields = _front_matter(source)
    title = fields.get("title")
    blocks: list[str] = []
    tokens = _PARSER.parse(source)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline":
            continue
        words = _plain(token.children or ()).strip()
        heads = before is not None and before.tag == "h1" and not blocks
        if heads and title in {None, words}:
            title = words
        elif words:
            blocks.append(words)
    published, note = iso_date(fields.get("published") or fields.get("date"))
    return Document(
        text="\n\n".join(blocks),
        title=title or None,
        published=published,
        url=fields.get("url") or None,
        fields={key: value for key, value in fields.items() if key not in _KNOWN},
        notes=(note,) if note else (),
    )


def _front_matter(source: str) -> tuple[str, dict[str, str]]:
    """The text after the front matter, and its plain ``key: value`` lines."""
    found = _FRONT_MATTER.match(source)
    if found is None:
        return source, {}
    fields = {}
    for line in (found.group(1) or "").splitlines():
        if entry := _ENTRY.fullmatch(line.strip()):
            fields[entry.group(1).lower()] = entry.group(2).strip().strip("\"'")
    return source[found.end() :], fields


def _plain(tokens: Sequence[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces)
