"""Articles to a stream: JSON, JSON Lines, CSV, JSON-LD, Web Annotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TextIO, get_args

from quotetrack.formats import jsonld, tables, web_annotations
from quotetrack.formats.documents import Origin
from quotetrack.formats.rows import What, dumps, items, provenance, record
from quotetrack.models import Article

Format = Literal["json", "jsonl", "csv", "jsonld", "annotations"]
FORMATS: tuple[Format, ...] = get_args(Format)
Sourced = tuple[Article, Origin]

SUFFIXES: dict[str, Format] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".jsonld": "jsonld",
}
"""The format that a file's name asks for."""


def write(
    articles: Iterable[Article | Sourced],
    out: TextIO,
    format: Format = "jsonl",  # noqa: A002  the word that the command line uses too
    what: What = "articles",
) -> None:
    """Write articles, or their quotes, speakers or claims, as they come.

    With ``what="articles"``, each JSON object validates as an `Article`; otherwise it is
    the quote, speaker or claim with ``article``, which says where it stands.  Every record
    has the SHA-256 of the text and the version of quotetrack.

    Args:
        articles: Articles, alone or with their `Origin`.
        out: A text stream; for lone surrogates and CSV open it with
            ``errors="backslashreplace", newline=""``.
        format: One of `FORMATS`.
        what: One of ``articles``, ``quotes``, ``speakers``, ``claims``.
    """
    _WRITERS[format](_sourced(articles), what, out)


def _sourced(articles: Iterable[Article | Sourced]) -> Iterator[Sourced]:
    for article in articles:
        yield (article, Origin()) if isinstance(article, Article) else article


def _write_lines(articles: Iterable[Sourced], what: What, out: TextIO) -> None:
    out.writelines(dumps(value) + "\n" for value in _values(articles, what))


def _write_list(articles: Iterable[Sourced], what: What, out: TextIO) -> None:
    opening = "[\n"
    for value in _values(articles, what):
        out.write(opening + dumps(value))
        opening = ",\n"
    out.write("[]\n" if opening == "[\n" else "\n]\n")


def _values(articles: Iterable[Sourced], what: What) -> Iterator[dict[str, Any]]:
    for article, origin in articles:
        if what == "articles":
            yield {**article.model_dump(mode="json"), **provenance(article)}
        else:
            yield from (record(item, article, origin) for item in items(article, what))


_WRITERS: dict[str, Callable[[Iterable[Sourced], What, TextIO], None]] = {
    "json": _write_list,
    "jsonl": _write_lines,
    "csv": tables.write,
    "jsonld": jsonld.write,
    "annotations": web_annotations.write,
}
