"""CSV: one row a quote, a speaker or a claim, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from quotetrack.formats import rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from quotetrack.formats.documents import Origin
    from quotetrack.models import Article

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""First characters that a spreadsheet may take for the start of a formula."""


def write(articles: Iterable[tuple[Article, Origin]], what: rows.What, out: TextIO) -> None:
    """Write a header and the rows (RFC 4180, lines ending with a line feed).

    Lists in a cell are joined with "; ".  A text that a spreadsheet would run as a formula
    gets an apostrophe in front.
    """
    table = csv.DictWriter(_UnixLines(out), rows.columns(what), extrasaction="ignore")
    table.writeheader()
    for article, origin in articles:
        for row in rows.cells(article, what, origin):
            table.writerow({name: defused(cell) for name, cell in row.items()})


class _UnixLines:
    """Rows ending with a line feed; told so itself, `csv` would leave a lone CR unquoted."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, row: str) -> int:
        return self._out.write(row.removesuffix("\r\n") + "\n")


def defused(cell: rows.Cell) -> rows.Cell:
    """The cell, its text made harmless (OWASP, "CSV Injection")."""
    if isinstance(cell, str) and cell and _FORMULA & {cell[0], *cell.lstrip()[:1]}:
        return f"'{cell}"
    return cell
