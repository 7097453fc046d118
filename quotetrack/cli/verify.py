"""``verify``: do the figures of an article agree with known facts?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import quotetrack
from quotetrack.cli import findings, options, output
from quotetrack.cli.filters import Filter
from quotetrack.cli.reading import Reading
from quotetrack.formats.rows import figure, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotetrack.formats.documents import Origin
    from quotetrack.models import Article, Check, Claim, Fact


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("verify")(verify)


def verify(
    files: options.Files,
    *,
    facts: Annotated[
        Path,
        typer.Option(
            "--facts",
            metavar="FILE",
            help="Known figures: CSV with columns subject, value, unit, as_of, source; or JSON "
            "Lines.",
            show_default=False,
        ),
    ],
    tolerance: Annotated[
        float,
        typer.Option(
            "--tolerance", min=0.0, metavar="SHARE", help="0.02: two percent off still agrees."
        ),
    ] = 0.0,
    comparable: Annotated[
        bool, typer.Option("--comparable", help="Leave out claims that no fact can judge.")
    ] = False,
    fail: Annotated[
        bool, typer.Option("--fail", help="Exit with 3 if a claim contradicts a fact.")
    ] = False,
    speaker: options.SpeakerName = None,
    min_confidence: options.MinConfidence = 0.0,
    format_: findings.Format = None,
    out: options.Output = None,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """Hold the claimed figures against known ones: agrees, rounding, contradicts.

    The fact is found by its subject; where none or several fit, the claim is
    not_comparable.  A bad row of the facts is named and skipped, and the exit code is 1.

    Examples:
      quotetrack verify article.txt --facts facts.csv

      quotetrack verify news/ --facts facts.csv --comparable -o checks.csv

      quotetrack verify draft.txt --facts facts.csv --tolerance 0.01 --fail
    """
    output.refuse_input(out, [*files, os.fspath(facts)])
    reading = Reading(files, from_, encoding, text_field, published, 1, min_confidence)
    known = _known(facts, reading)
    wanted = Filter(speaker, has_figure=True)

    def checks() -> Iterator[findings.Finding]:
        for found, origin in reading.articles():
            article = wanted.apply(found)
            for claim in article.claims:
                for check in _checks(claim, known, tolerance):
                    if check.verdict != "not_comparable" or not comparable:
                        yield _finding(check, claim, article, origin)

    verdicts = {finding.verdict for finding in findings.write(checks(), format_, out)}
    reading.end()
    if fail and "contradicts" in verdicts:
        raise typer.Exit(findings.FAILED)


def _known(path: Path, reading: Reading) -> tuple[Fact, ...]:
    # the reader of facts brings the grammar of figures: loaded for this command alone
    from quotetrack.facts.facts_file import read_facts  # noqa: PLC0415

    try:
        known, problems = read_facts(path)
    except OSError as error:
        raise typer.BadParameter(f"cannot read {path}: {error.strerror}") from None
    for problem in problems:
        reading.fail(str(problem))
    return known


def _checks(claim: Claim, known: tuple[Fact, ...], tolerance: float) -> Iterator[Check]:
    """One check for each unit of the claim, so that no figure hides behind another."""
    for unit in dict.fromkeys(quantity.unit for quantity in claim.quantities):
        same = tuple(quantity for quantity in claim.quantities if quantity.unit == unit)
        part = claim.model_copy(update={"quantities": same})
        yield quotetrack.verify(part, known, tolerance=tolerance)


def _finding(check: Check, claim: Claim, article: Article, origin: Origin) -> findings.Finding:
    who = claim.speaker.name if claim.speaker is not None else ""
    fact = check.fact
    return findings.Finding(
        verdict=check.verdict,
        record={
            **check.model_dump(mode="json"),
            "claim": claim.model_dump(mode="json"),
            "article": reference(article, origin),
        },
        cells={
            "verdict": check.verdict,
            "deviation": None if check.deviation is None else str(check.deviation),
            "speaker": who,
            "claim": claim.text,
            "figures": "; ".join(map(figure, claim.quantities)),
            "subject": fact.subject if fact is not None else None,
            "known": figure(fact.quantity) if fact is not None else None,
            "source": fact.source if fact is not None else None,
            "reason": check.reason,
            "file": str(origin),
        },
        lines=(f"{origin}, {who}" if who else str(origin), claim.text, check.reason),
    )
