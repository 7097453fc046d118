"""The library's front door: one article, or many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from quotetrack import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quotetrack.models import Article
    from quotetrack.parallel import ArticleError, Record


def parse(
    text: str,
    title: str | None = None,
    published: date | str | None = None,
    url: str | None = None,
    *,
    min_confidence: float = 0.0,
) -> Article:
    """Read one news article.

    Args:
        text: The body; any string.  It is never altered, and every offset counts its
            characters.
        title: The headline; names in it help to tell who is who.
        published: The day it appeared, a date or "YYYY-MM-DD"; relative times ("Friday")
            count from it.  None: they get no calendar dates; today is never assumed.
        url: Where it stands; kept, not fetched.
        min_confidence: Quotes below it, 0..1, are left out with the claims they hold.

    Raises:
        TypeError: An argument is of another type.
        ValueError: ``published`` is no ISO date, or ``min_confidence`` is outside 0..1.
    """
    record = _record(text, title, published, url)
    return pipeline.read(*record, _confidence(min_confidence))


def parse_many(
    articles: Iterable[str | Mapping[str, object]],
    workers: int = 1,
    *,
    min_confidence: float = 0.0,
    timeout: float | None = 60.0,
    on_error: Callable[[ArticleError], None] | None = None,
) -> Iterator[Article]:
    """Read many articles, lazily and in order.

    Memory is bounded by a few articles a worker, however long the input is.

    Args:
        articles: Texts, or mappings with the key ``text`` and, if known, ``title``,
            ``published`` (or ``date``) and ``url``; other keys are ignored.
        workers: Processes; 1 reads in this one.  They need no guard in the calling script,
            and end with it.
        min_confidence: As in `parse`.
        timeout: Seconds that one article may take; None: no limit.  With one worker it is
            kept in the main thread of platforms with interval timers (not Windows).
        on_error: Called with an `ArticleError` (the index, and why) for each article
            that could not be read; the rest go on.  None: a `RuntimeWarning` each.

    Raises:
        TypeError: ``articles`` is a single string.
        ValueError: ``workers`` is less than 1.
        RuntimeError: No worker process could be started.

    What ``articles`` itself raises comes after the articles before it.
    """
    from quotetrack.parallel import read_many  # noqa: PLC0415  one article needs no processes

    if isinstance(articles, str | bytes | Mapping):
        raise TypeError("parse_many() expects an iterable of texts or mappings, not one of them")
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    return read_many(articles, as_record, workers, _confidence(min_confidence), timeout, on_error)


def as_record(article: str | Mapping[str, object]) -> Record:
    """The arguments of `parse` from a text or a mapping."""
    if isinstance(article, str):
        return _record(article, None, None, None)
    if not isinstance(article, Mapping):
        raise TypeError(f"expected a text or a mapping, not {type(article).__name__}")
    if "text" not in article:
        raise ValueError("the mapping has no key 'text'")
    published = article.get("published")
    return _record(
        article["text"],
        article.get("title"),
        article.get("date") if published is None else published,
        article.get("url"),
    )


def _record(text: object, title: object, published: object, url: object) -> Record:
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    if not (title is None or isinstance(title, str)):
        raise TypeError(f"title must be a str or None, not {type(title).__name__}")
    if not (url is None or isinstance(url, str)):
        raise TypeError(f"url must be a str or None, not {type(url).__name__}")
    return _plain(text), title and _plain(title), as_date(published), url and _plain(url)


def _plain(text: str) -> str:
    """The characters alone: a subclass may carry a document, or run code of its own."""
    return str.__str__(text)


def as_date(published: object) -> date | None:
    """The day of a date, a datetime or an ISO string."""
    if published is None:
        return None
    if isinstance(published, datetime):
        return published.date()
    if isinstance(published, date):
        return published
    if not isinstance(published, str):
        raise TypeError(
            f"published must be a date, an ISO string or None, not {type(published).__name__}"
        )
    try:
        return datetime.fromisoformat(published.strip()).date()
    except ValueError:
        raise ValueError(f"published is no ISO date (YYYY-MM-DD): {published!r}") from None


def _confidence(value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"min_confidence must be a number, not {type(value).__name__}")
    if not 0 <= value <= 1:
        raise ValueError(f"min_confidence must lie between 0 and 1, not {value}")
    return float(value)
