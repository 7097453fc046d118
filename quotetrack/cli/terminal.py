"""Tables for people: as wide as the terminal, one colour for each speaker."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotetrack.formats.report.wording import figure, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TextIO

    from quotetrack.formats.documents import Origin
    from quotetrack.formats.rows import What
    from quotetrack.models import Article, SpeakerRef

_COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "red")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""What could move the cursor, turn the direction of writing or not be encoded."""
_PIPED_WIDTH = 100


def console(out: TextIO) -> Console:
    """A console on the stream; colours and its width only where it is a terminal."""
    width = None if out.isatty() else shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns
    return Console(file=out, width=width, highlight=False, soft_wrap=False)


def write(articles: Iterable[tuple[Article, Origin]], what: What, out: TextIO) -> None:
    """One heading and its tables for each article."""
    screen = console(out)
    for article, origin in articles:
        screen.print(_heading(article, origin))
        for table in _tables(article, what):
            screen.print(table)
            screen.print()


def clean(text: str, style: str = "") -> Text:
    """Words of an article made harmless for a terminal; white space runs are one space."""
    return Text(" ".join(_CONTROL.sub(" ", text).split()), style=style)


def _heading(article: Article, origin: Origin) -> Text:
    heading = clean(article.title or str(origin), "bold")
    details = [str(origin)] if article.title and origin.file not in {None, "-"} else []
    if article.published:
        details.append(article.published.isoformat())
    if details:
        heading.append("  ").append_text(clean(", ".join(details), "dim"))
    return heading


def _tables(article: Article, what: What) -> Iterator[Table | Text]:
    colours = {
        speaker.id: _COLOURS[place % len(_COLOURS)]
        for place, speaker in enumerate(article.speakers)
    }

    def name(speaker: SpeakerRef | None) -> Text:
        if speaker is None:
            return Text("–", "dim")
        return clean(speaker.name, colours.get(speaker.id, "cyan"))

    if what in {"quotes", "articles"}:
        yield _quotes(article, name) if article.quotes else Text("no quotes", "dim")
    if what in {"speakers", "articles"}:
        yield _speakers(article, colours) if article.speakers else Text("no speakers", "dim")
    if what in {"claims", "articles"}:
        yield _claims(article, name) if article.claims else Text("no claims", "dim")


Naming = Callable[["SpeakerRef | None"], Text]


def _table(**columns: int) -> Table:
    """An empty table; sizes are shares of the width, negative ones characters."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    for heading, size in columns.items():
        if size < 0:
            table.add_column(heading, width=-size, overflow="fold")
        else:
            table.add_column(heading, ratio=size, overflow="fold")
    return table


def _quotes(article: Article, name: Naming) -> Table:
    table = _table(Speaker=2, Quote=7, Kind=-8, Sure=-4)
    for quote in article.quotes:
        inner = "  " if quote.parent else ""
        table.add_row(
            name(quote.speaker),
            Text(inner).append_text(clean(quote.text)),
            Text(quote.kind + ("" if quote.manner == "speech" else f"\n{quote.manner}"), "dim"),
            Text(f"{quote.confidence:.2f}", "dim"),
        )
    return table


def _speakers(article: Article, colours: Mapping[str, str]) -> Table:
    table = _table(Speaker=4, Role=6, Also=4, Kind=-12, Quotes=-6)
    for speaker in article.speakers:
        count = sum(q.speaker is not None and q.speaker.id == speaker.id for q in article.quotes)
        table.add_row(
            clean(speaker.name, colours[speaker.id]),
            clean(speaker.role or "–"),
            clean(", ".join(speaker.aliases) or "–", "dim"),
            Text(speaker.kind, "dim"),
            Text(str(count)),
        )
    return table


def _claims(article: Article, name: Naming) -> Table:
    table = _table(**{"Speaker": 3, "Claim": 8, "Figures, dates": 5, "Worth": -5})
    for claim in article.claims:
        figures = [clean(figure(quantity)) for quantity in claim.quantities]
        dates = [clean(moment(time), "dim") for time in claim.times]
        table.add_row(
            name(claim.speaker),
            clean(claim.text),
            Text("\n").join([*figures, *dates]) if figures or dates else Text("–", "dim"),
            Text(f"{claim.check_worthiness:.2f}", "dim"),
        )
    return table
