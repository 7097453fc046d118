"""``reviews``: earlier fact-checks for the claims of an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli import findings, options, output
from quotetrack.cli.filters import Filter
from quotetrack.cli.reading import Reading
from quotetrack.formats.rows import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotetrack.facts.claimreview import ReviewMatch, Reviews
    from quotetrack.formats.documents import Origin
    from quotetrack.models import Article, Claim


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("reviews")(reviews)


def reviews(
    files: options.Files,
    *,
    against: Annotated[
        Path,
        typer.Option(
            "--reviews",
            metavar="PATH",
            help="Fact-checks as ClaimReview: a JSON-LD file, JSON Lines, or a folder of them.",
            show_default=False,
        ),
    ],
    limit: Annotated[
        int, typer.Option("--limit", min=1, metavar="N", help="At most so many for a claim.")
    ] = 3,
    min_overlap: Annotated[
        float,
        typer.Option(
            "--min-overlap",
            min=0.0,
            max=1.0,
            metavar="0..1",
            help="Share of the claim's words, by weight, that a fact-check must have.",
        ),
    ] = 0.25,
    speaker: options.SpeakerName = None,
    has_figure: options.HasFigure = False,
    min_confidence: options.MinConfidence = 0.0,
    format_: findings.Format = None,
    out: options.Output = None,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """Find earlier fact-checks of the claims, best first.

    A record that is no ClaimReview is named and skipped, and the exit code is 1.

    Examples:
      quotetrack reviews article.txt --reviews factchecks.jsonl

      quotetrack reviews news/ --reviews factchecks/ --limit 1 -o known.csv
    """
    output.refuse_input(out, [*files, str(against)])
    reading = Reading(files, from_, encoding, text_field, published, 1, min_confidence)
    index = _index(against, reading)
    wanted = Filter(speaker, has_figure=has_figure)

    def matches() -> Iterator[findings.Finding]:
        for found, origin in reading.articles():
            article = wanted.apply(found)
            for claim in article.claims:
                for match in index.match(claim, limit):
                    if match.overlap >= min_overlap:
                        yield _finding(match, claim, article, origin)

    for _ in findings.write(matches(), format_, out):
        pass
    reading.end()


def _index(path: Path, reading: Reading) -> Reviews:
    # the index brings the words of comparison: loaded for this command alone
    from quotetrack.facts.claimreview import Reviews  # noqa: PLC0415

    try:
        index = Reviews.load(path)
    except OSError as error:
        raise typer.BadParameter(f"cannot read {path}: {error.strerror}") from None
    for problem in index.problems:
        reading.fail(str(problem))
    return index


def _finding(
    match: ReviewMatch, claim: Claim, article: Article, origin: Origin
) -> findings.Finding:
    who = claim.speaker.name if claim.speaker is not None else ""
    review = match.review
    rating = review.rating or "no rating"
    day = review.published.isoformat() if review.published is not None else None
    where = ", ".join(filter(None, (review.publisher, day, review.url)))
    return findings.Finding(
        verdict=rating,
        record={
            **match.model_dump(mode="json"),
            "claim": claim.model_dump(mode="json"),
            "article": reference(article, origin),
        },
        cells={
            "rating": review.rating,
            "overlap": match.overlap,
            "speaker": who,
            "claim": claim.text,
            "reviewed": review.claim,
            "claimant": review.claimant,
            "publisher": review.publisher,
            "published": day,
            "url": review.url,
            "file": str(origin),
        },
        lines=(
            f"{origin}, {who}" if who else str(origin),
            claim.text,
            f"checked: {review.claim}",
            *([where] if where else []),
        ),
    )
