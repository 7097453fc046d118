"""``quotes``, ``speakers``, ``claims`` and ``parse``: what an article says, and who."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quotetrack.cli import options, output
from quotetrack.cli.filters import Filter
from quotetrack.cli.reading import Reading, progress

if TYPE_CHECKING:
    from quotetrack.formats.rows import What


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("quotes")(quotes)
    app.command("speakers")(speakers)
    app.command("claims")(claims)
    app.command("parse")(parse)


def quotes(
    files: options.Files,
    *,
    speaker: options.SpeakerName = None,
    kind: options.Kinds = None,
    manner: options.Manners = None,
    min_confidence: options.MinConfidence = 0.0,
    has_figure: options.HasFigure = False,
    format_: options.Format = None,
    out: options.Output = None,
    jobs: options.Jobs = 1,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """List the quotes: the words, their speaker, direct, mixed or indirect.

    Examples:
      quotetrack quotes article.txt
      quotetrack quotes news/ --speaker "di stefano" --kind direct --kind mixed
      quotetrack quotes feed.jsonl.gz --jobs 4 -o quotes.csv
    """
    wanted = Filter(speaker, kind or (), manner or (), has_figure=has_figure)
    reading = Reading(files, from_, encoding, text_field, published, jobs, min_confidence)
    _run(reading, wanted, "quotes", format_, out)


def speakers(
    files: options.Files,
    *,
    speaker: options.SpeakerName = None,
    kind: options.SpeakerKinds = None,
    min_confidence: options.MinConfidence = 0.0,
    format_: options.Format = None,
    out: options.Output = None,
    jobs: options.Jobs = 1,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """List those who speak: name, role, other names, how often they are quoted.

    Examples:
      quotetrack speakers article.txt
      quotetrack speakers news/*.html --kind person --format csv
    """
    wanted = Filter(speaker, speaker_kinds=kind or ())
    reading = Reading(files, from_, encoding, text_field, published, jobs, min_confidence)
    _run(reading, wanted, "speakers", format_, out)


def claims(
    files: options.Files,
    *,
    speaker: options.SpeakerName = None,
    kind: options.Kinds = None,
    manner: options.Manners = None,
    min_confidence: options.MinConfidence = 0.0,
    has_figure: options.HasFigure = False,
    format_: options.Format = None,
    out: options.Output = None,
    jobs: options.Jobs = 1,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """List the claims with their figures and dates, normalised, and who makes them.

    Examples:
      quotetrack claims article.txt --has-figure
      quotetrack claims article.txt --published 2024-03-05 -o claims.csv
    """
    wanted = Filter(speaker, kind or (), manner or (), has_figure=has_figure)
    reading = Reading(files, from_, encoding, text_field, published, jobs, min_confidence)
    _run(reading, wanted, "claims", format_, out)


def parse(
    files: options.Files,
    *,
    speaker: options.SpeakerName = None,
    kind: options.Kinds = None,
    manner: options.Manners = None,
    min_confidence: options.MinConfidence = 0.0,
    has_figure: options.HasFigure = False,
    format_: options.Format = None,
    out: options.Output = None,
    jobs: options.Jobs = 1,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """Give whole articles: text, quotes, speakers and claims together.

    Each line of jsonl is JSON for quotetrack.Article.model_validate_json; json is a list.

    Examples:
      quotetrack parse article.txt
      curl -s https://example.org/a | quotetrack parse - --from html -f json
      quotetrack parse page.html --format jsonld
    """
    wanted = Filter(speaker, kind or (), manner or (), has_figure=has_figure)
    reading = Reading(files, from_, encoding, text_field, published, jobs, min_confidence)
    reading.with_url = True
    _run(reading, wanted, "articles", format_, out)


def _run(
    reading: Reading,
    wanted: Filter,
    what: What,
    format_: options.OutputFormat | None,
    out: Path | None,
) -> None:
    output.refuse_input(out, reading.files)
    form = output.chosen(format_, out)
    with progress(reading.files, shown=out is not None or not sys.stdout.isatty()) as advance:
        articles = (
            (wanted.apply(article), origin) for article, origin in reading.articles(advance)
        )
        output.write(articles, what, form, out)
    reading.end()
