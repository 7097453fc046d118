"""``report``: the articles as one HTML page to read, print and pass on."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from quotetrack.cli import options, output
from quotetrack.cli.filters import Filter
from quotetrack.cli.reading import Reading, progress
from quotetrack.formats import report as page


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("report")(report)


def report(
    files: options.Files,
    *,
    title: Annotated[
        str | None, typer.Option("--title", metavar="WORDS", help="The heading of the page.")
    ] = None,
    speaker: options.SpeakerName = None,
    kind: options.Kinds = None,
    manner: options.Manners = None,
    min_confidence: options.MinConfidence = 0.0,
    out: options.Output = None,
    jobs: options.Jobs = 1,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """Draw the articles as one HTML page that works without a network.

    The page marks every quote with its speaker and kind, says what each attribution rests
    on, and lists the claims.  Several articles get an index over all of them.

    Examples:
      quotetrack report article.txt -o report.html

      quotetrack report news/ --title "This week" -o week.html
    """
    if out is None and sys.stdout.isatty():
        raise typer.BadParameter("a page is no use on a terminal; add -o report.html")
    output.refuse_input(out, files)
    wanted = Filter(speaker, kind or (), manner or ())
    reading = Reading(files, from_, encoding, text_field, published, jobs, min_confidence)
    with progress(files, shown=out is not None or not sys.stdout.isatty()) as advance:
        articles = [wanted.apply(article) for article, _ in reading.articles(advance)]
    with output.opened(out) as stream:
        stream.write(page.report(articles, title))
    reading.end()
