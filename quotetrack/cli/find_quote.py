"""``find-quote``: does a quotation stand in a source, unaltered?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import quotetrack
from quotetrack.cli import findings, options, output
from quotetrack.cli.reading import Reading
from quotetrack.formats.rows import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotetrack.formats.documents import Origin
    from quotetrack.models import Article, QuoteMatch


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("find-quote")(find_quote)


def find_quote(
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE", help="The words, with or without quotation marks.")
    ],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE", show_default=False, help='Where to look; "-" is standard input.'
        ),
    ],
    *,
    speaker: Annotated[
        str | None,
        typer.Option(
            "--speaker",
            "-s",
            metavar="NAME",
            help="Who is said to have said it: it is altered where the source names another.",
            show_default=False,
        ),
    ] = None,
    fail: Annotated[
        bool,
        typer.Option(
            "--fail",
            metavar=options.FLAG,
            help="Exit with 3 unless a source has it unaltered.",
            show_default=False,
        ),
    ] = False,
    format_: findings.Format = None,
    out: options.Output = None,
    from_: options.InputKind = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """Look for a quotation in sources: verbatim, edited, altered or absent.

    "Edited" has other marks, capitals, fillers or an honest ellipsis; "altered" has another
    number, negation, direction or name, or a cut that turns the sense.

    Examples:
      quotetrack find-quote "We will reopen in May" article.txt

      quotetrack find-quote "we'll never reopen" speech.txt minutes.md -f jsonl

      quotetrack find-quote "the island cannot wait" speech.txt --fail
    """
    if not any(map(str.isalnum, quote)):
        raise typer.BadParameter("there are no words to look for")
    output.refuse_input(out, sources)
    reading = Reading(sources, from_, encoding, text_field)

    def matches() -> Iterator[findings.Finding]:
        for article, origin in reading.articles():
            match = quotetrack.find_quote(quote, article, speaker=speaker)
            yield _finding(match, article, origin)

    verdicts = {finding.verdict for finding in findings.write(matches(), format_, out)}
    reading.end()
    if fail and not verdicts & {"verbatim", "edited"}:
        raise typer.Exit(findings.FAILED)


def _finding(match: QuoteMatch, article: Article, origin: Origin) -> findings.Finding:
    changes = [
        f"{change.kind}: {change.quoted or '–'} (source: {change.source or '–'})"
        for change in match.changes
    ]
    words = [span.text for span in match.spans]
    who = match.speaker.name if match.speaker is not None else ""
    places = ", ".join(f"{span.start}-{span.end}" for span in match.spans)
    where = f"{origin}, characters {places}" if places else str(origin)
    return findings.Finding(
        verdict=match.verdict,
        record={**match.model_dump(mode="json"), "article": reference(article, origin)},
        cells={
            "verdict": match.verdict,
            "ratio": round(match.ratio, 4),
            "source_text": " … ".join(words),
            "speaker": who,
            "changes": "; ".join(changes),
            "places": places,
            "file": str(origin),
        },
        lines=(f"{where}, {who}" if who else where, *words, *changes),
    )
