"""The report: articles with their quotes, speakers and claims as one HTML page.

The page needs nothing but itself: style and script stand in it, and its content security
policy names them by their hashes, so that nothing else can run or load.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from string import Template
from urllib.parse import urlsplit

from quotetrack.formats.report.element import Html, element, escape
from quotetrack.formats.report.story import speakers, story
from quotetrack.formats.report.tables import claims, heading, index
from quotetrack.formats.report.voices import Voices
from quotetrack.formats.report.wording import count
from quotetrack.models import Article

__all__ = ["frame", "policy", "report"]

_FRAME_HEIGHT = 640


def report(articles: Article | Iterable[Article], title: str | None = None) -> str:
    """One self-contained HTML page.

    Args:
        articles: One article or several; several get an index over all of them.
        title: The page's heading; None: the article's title, or the number of articles.

    Returns:
        The page, which can be written as UTF-8; whatever the articles hold is escaped.

    Raises:
        TypeError: Something else than an `Article` was given.
    """
    every = [articles] if isinstance(articles, Article) else list(articles)
    for article in every:
        if not isinstance(article, Article):
            raise TypeError(f"report() expects Articles, not {type(article).__name__}")
    voices = Voices(every)
    name = title or (heading(every[0], 0) if len(every) == 1 else count(len(every), "article"))
    body = _one(every[0], voices) if len(every) == 1 else _many(every, voices)
    return _template().substitute(
        title=escape(name),
        policy=escape(policy()),
        style=_asset("report.css"),
        script=_asset("report.js"),
        body=body,
    )


def frame(article: Article) -> str:
    """The report inside a frame, for a notebook: its style and script stay in there."""
    return element(
        "iframe",
        srcdoc=report(article),
        sandbox="allow-scripts allow-popups",
        title="quotetrack report",
        width="100%",
        height=_FRAME_HEIGHT,
        frameborder=0,
    )


@cache
def policy() -> str:
    """The content security policy under which the page works: its own style and script only."""
    return (
        f"default-src 'none'; style-src {_hash('report.css')}; script-src {_hash('report.js')}; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _template() -> Template:
    return Template(_asset("page.html"))


def _hash(name: str) -> str:
    digest = hashlib.sha256(_asset(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _one(article: Article, voices: Voices) -> Html:
    return Html(
        element("p", _about(article), class_="about")
        + element("section", story(0, article, voices, "h2"), id="a1", class_="article")
        + _claims([article], voices)
    )


def _many(articles: list[Article], voices: Voices) -> Html:
    if not articles:
        return element("p", "There is no article in this report.")
    parts = [
        element("section", element("h2", "Articles"), index(articles, voices), id="index"),
        element(
            "section",
            element("h2", "Speakers"),
            element("p", "Speakers of one name count as one, whichever article they stand in."),
            speakers([v for v in voices.all if v.articles]),
            element("div", id="chosen", class_="chosen"),
            id="speakers",
        ),
        _claims(articles, voices),
    ]
    parts += [
        element(
            "section",
            element("h2", heading(article, i)),
            element("p", _about(article), class_="about"),
            story(i, article, voices),
            element("p", element("a", "Back to the index", href="#index")),
            id=f"a{i + 1}",
            class_="article",
        )
        for i, article in enumerate(articles)
    ]
    return Html("\n".join(parts))


def _claims(articles: list[Article], voices: Voices) -> Html:
    return element("section", element("h2", "Claims"), claims(articles, voices), id="claims")


def _about(article: Article) -> Html:
    parts: list[Html] = []
    if article.published:
        day = article.published.isoformat()
        parts.append(element("time", day, datetime=day))
    if article.url:
        parts.append(_link(article.url))
    parts += [
        escape(count(len(article.quotes), "quote")),
        escape(count(len(article.speakers), "speaker")),
        escape(count(len(article.claims), "claim")),
    ]
    return Html(" · ".join(parts))


def _link(url: str) -> Html:
    """A link for the web's schemes; anything else ("javascript:") is only shown."""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in {"http", "https"}:
        return escape(url)
    return element("a", url, href=url, rel="noopener noreferrer", target="_blank")
