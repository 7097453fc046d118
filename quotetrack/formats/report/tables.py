"""The tables of a report: claims, and the index of its articles."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from quotetrack.formats.report.element import Html, element
from quotetrack.formats.report.story import anchor
from quotetrack.formats.report.wording import count, figure, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.formats.report.voices import Voices
    from quotetrack.models import Article, Claim


def table(
    caption: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Html],
    identity: str,
    falling: str | None = None,
) -> Html:
    """A table whose columns can be sorted.

    Args:
        caption: Its name.
        columns: Heading and how its cells sort: "text" or "number".
        rows: The ``tr`` elements.
        identity: Its id on the page.
        falling: The heading of the column by which the rows stand, highest first.
    """
    head = [
        element(
            "th",
            name,
            scope="col",
            data_sort=kind,
            aria_sort="descending" if name == falling else None,
        )
        for name, kind in columns
    ]
    return element(
        "div",
        element(
            "table",
            element("caption", element("span", caption, class_="hidden")),
            element("thead", element("tr", head)),
            element("tbody", rows),
            id=identity,
        ),
        class_="scroll",
        role="region",
        aria_label=caption,
        tabindex=0,
    )


def claims(articles: Sequence[Article], voices: Voices) -> Html:
    """Every claim, those most worth checking first."""
    several = len(articles) > 1
    found = [(i, a, claim) for i, a in enumerate(articles) for claim in a.claims]
    found.sort(key=lambda item: -item[2].check_worthiness)
    if not found:
        return element("p", "No claims found.")
    columns = [
        ("Worth checking", "number"),
        ("Claim", "text"),
        ("Speaker", "text"),
        ("Figures", "number"),
        ("Times", "text"),
        ("Qualifiers", "text"),
        ("Quote", "number"),
    ]
    if several:
        columns.append(("Article", "number"))
    rows = [_claim(i, claim, voices, heading(a, i) if several else None) for i, a, claim in found]
    return table("Claims", columns, rows, "claims-table", falling=columns[0][0])


def _claim(index: int, claim: Claim, voices: Voices, title: str | None) -> Html:
    worth = round(100 * claim.check_worthiness)
    values = [abs(q.high or Decimal(0) if q.value is None else q.value) for q in claim.quantities]
    cells = [
        element(
            "td",
            element("meter", min=0, max=100, value=worth, aria_hidden="true"),
            f" {claim.check_worthiness:.2f}",
            data_value=worth,
        ),
        element("td", claim.text, class_="words", dir="auto"),
        element("td", element("bdi", claim.speaker.name) if claim.speaker else "the article"),
        element(
            "td",
            _lines([figure(q) for q in claim.quantities]),
            class_="figures",
            data_value=str(max(values)) if values else "",
        ),
        element(
            "td",
            _lines([moment(t) for t in claim.times]),
            class_="figures",
            data_value=min((t.start.isoformat() for t in claim.times if t.start), default=""),
        ),
        element("td", _lines([*claim.hedges, *(["denied"] if claim.negated else [])])),
        element(
            "td",
            element("a", claim.quote, href=f"#{anchor(index, claim.quote)}-text")
            if claim.quote
            else "none",
            data_value=claim.quote.lstrip("q") if claim.quote else "",
        ),
    ]
    if title is not None:
        link = element("a", title, href=f"#a{index + 1}")
        cells.append(element("td", link, class_="title", data_value=index))
    return element("tr", cells, data_voice=voices.number(index, claim.speaker))


def _lines(items: Sequence[str]) -> Html:
    if not items:
        return element("span", "–")
    return Html("".join(element("span", item, class_="line") for item in items))


def index(articles: Sequence[Article], voices: Voices) -> Html:
    """The articles of a report with what each holds."""
    columns = [
        ("Article", "text"),
        ("Published", "text"),
        ("Quotes", "number"),
        ("Speakers", "number"),
        ("Claims", "number"),
        ("Words quoted", "number"),
    ]
    rows = []
    for i, article in enumerate(articles):
        own = voices.of[i]
        numbers = [
            len(article.quotes),
            len(article.speakers),
            len(article.claims),
            sum(v.total for v in own),
        ]
        rows.append(
            element(
                "tr",
                element("td", element("a", heading(article, i), href=f"#a{i + 1}"), class_="words"),
                element(
                    "td", article.published.isoformat() if article.published else "–", class_="day"
                ),
                [element("td", f"{n:,}", data_value=n) for n in numbers],
                data_voices=" ".join(str(v.number) for v in own),
            )
        )
    return table(count(len(articles), "article"), columns, rows, "index-table")


def heading(article: Article, number: int) -> str:
    """The title of an article, else its first words."""
    if article.title and article.title.strip():
        return article.title.strip()
    words = article.text.split(None, 9)[:8]
    return " ".join(words)[:80] + "…" if words else f"Article {number + 1}"
