"""``ledger``: articles over time in a database."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli import findings, ledger_findings, options
from quotetrack.cli.reading import Reading, progress, say

if TYPE_CHECKING:
    from pathlib import Path

    from quotetrack.facts.ledger import Ledger

_HELP = "Keep articles over time: who said what when, what was said again, what clashes."
_ledger = typer.Typer(help=_HELP, no_args_is_help=True)

Db = Annotated[
    str,
    typer.Option(
        "--db",
        metavar="URL",
        envvar="QUOTETRACK_DB",
        help="sqlite:///FILE, a path, or postgresql://user@host/database.",
    ),
]
Speaker = Annotated[
    str | None,
    typer.Option(
        "--speaker",
        "-s",
        metavar="NAME",
        help="Words of a name, or the number that the ledger gives.",
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="YYYY-MM-DD",
        callback=options.a_date,
        help="Published on this day or later.",
        show_default=False,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="YYYY-MM-DD",
        callback=options.a_date,
        help="Published on this day or earlier.",
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, metavar="N", help="At most so many.", show_default=False),
]
Who = Annotated[str, typer.Argument(metavar="SPEAKER", help="Words of a name, or the number.")]
_DEFAULT = "sqlite:///ledger.db"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (add, quotes, history, repeats, conflicts, speakers, merge, split):
        _ledger.command(command.__name__)(command)
    app.add_typer(_ledger, name="ledger")


def add(
    files: options.Files,
    *,
    db: Db = _DEFAULT,
    min_confidence: options.MinConfidence = 0.0,
    jobs: options.Jobs = 1,
    from_: options.InputKind = None,
    published: options.Published = None,
    encoding: options.Encoding = None,
    text_field: options.TextField = "text",
) -> None:
    """Read articles into the ledger, each in one transaction.

    An article that is there is not added again.  Several of these commands may run at once.

    Examples:
      quotetrack ledger add news/ --db sqlite:///ledger.db

      quotetrack ledger add feed.jsonl.gz --jobs 4 --db postgresql:///news
    """
    reading = Reading(files, from_, encoding, text_field, published, jobs, min_confidence)
    counts = {"added": 0, "known": 0, "replaced": 0}
    with _opened(db, create=True) as ledger, progress(files, shown=True) as advance:
        for article, _ in reading.articles(advance):
            counts[ledger.add(article).status] += 1
    typer.echo(", ".join(f"{count} {status}" for status, count in counts.items()))
    reading.end()


def quotes(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[WORDS]",
            help='Words that the quote has; a "phrase" in quotation marks.',
            show_default=False,
        ),
    ] = None,
    *,
    db: Db = _DEFAULT,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    kind: options.Kinds = None,
    manner: options.Manners = None,
    min_confidence: options.MinConfidence = 0.0,
    limit: Limit = None,
    format_: findings.Format = None,
    out: options.Output = None,
) -> None:
    """List quotes, those of the newest article first.

    Examples:
      quotetrack ledger quotes 'ferry "next summer"' --since 2024-01-01

      quotetrack ledger quotes --speaker duarte --kind direct -o duarte.csv
    """
    with _opened(db) as ledger:
        found = ledger.quotes(
            speaker=_who(speaker), text=text, since=since, until=until,
            kind=kind or (), manner=manner or (),  # type: ignore[arg-type]  # checked by typer
            min_confidence=min_confidence, limit=limit,
        )  # fmt: skip
        _write(map(ledger_findings.said, found), format_, out)


def history(
    speaker: Who,
    *,
    db: Db = _DEFAULT,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    format_: findings.Format = None,
    out: options.Output = None,
) -> None:
    """Tell all that a speaker said, the oldest first.

    Examples:
      quotetrack ledger history "ana duarte"

      quotetrack ledger history 17 --since 2024-01-01 --format jsonl
    """
    with _opened(db) as ledger:
        found = ledger.history(_whom(speaker), since=since, until=until, limit=limit)
        _write(map(ledger_findings.said, found), format_, out)


def repeats(
    *,
    db: Db = _DEFAULT,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    format_: findings.Format = None,
    out: options.Output = None,
) -> None:
    """List claims that several articles have: by whom, how often, since when.

    Examples:
      quotetrack ledger repeats --limit 20

      quotetrack ledger repeats --speaker reyes --format csv -o again.csv
    """
    with _opened(db) as ledger:
        found = ledger.repeats(speaker=_who(speaker), since=since, until=until, limit=limit)
        _write(map(ledger_findings.repeat, found), format_, out)


def conflicts(
    *,
    db: Db = _DEFAULT,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    within: Annotated[
        int,
        typer.Option(
            "--within",
            min=0,
            metavar="DAYS",
            help="Between articles of claims that do not both say their time.",
        ),
    ] = 366,
    limit: Limit = None,
    format_: findings.Format = None,
    out: options.Output = None,
) -> None:
    """List pairs of claims on one subject whose figures cannot both hold.

    Examples:
      quotetrack ledger conflicts --speaker reyes

      quotetrack ledger conflicts --within 31 --format csv -o conflicts.csv
    """
    with _opened(db) as ledger:
        found = ledger.conflicts(
            speaker=_who(speaker), since=since, until=until, within=within, limit=limit
        )
        _write(map(ledger_findings.conflict, found), format_, out)


def speakers(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Words of a name.", show_default=False),
    ] = None,
    *,
    db: Db = _DEFAULT,
    limit: Limit = None,
    format_: findings.Format = None,
    out: options.Output = None,
) -> None:
    """List the speakers with their numbers, names, roles and counts.

    Examples:
      quotetrack ledger speakers reyes
    """
    with _opened(db) as ledger:
        found = ledger.speakers(name, limit=limit)
        _write(map(ledger_findings.person, found), format_, out)


def merge(
    keep: Who,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Who is the same.")],
    *,
    db: Db = _DEFAULT,
    format_: findings.Format = None,
) -> None:
    """Make one speaker of several, for later articles too.

    Examples:
      quotetrack ledger merge 17 23
    """
    with _opened(db) as ledger:
        found = ledger.merge(_whom(keep), *map(_whom, others))
        _write(iter([ledger_findings.person(found)]), format_, None)


def split(
    speaker: Who,
    *,
    article: Annotated[
        list[int] | None,
        typer.Option(
            "--article",
            metavar="N",
            help="An article of the other; repeatable.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="A full name of the other; repeatable.",
            show_default=False,
        ),
    ] = None,
    call: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="NAME", help="What to call the new speaker.", show_default=False
        ),
    ] = None,
    db: Db = _DEFAULT,
    format_: findings.Format = None,
) -> None:
    """Take articles or names from a speaker who was two, for a new one.

    Examples:
      quotetrack ledger split 17 --article 204 --as "Tom Reyes (striker)"
    """  # fmt: skip
    with _opened(db) as ledger:
        found = ledger.split(_whom(speaker), articles=article or (), names=name or (), name=call)
        _write(iter([ledger_findings.person(found)]), format_, None)


def _whom(speaker: str) -> str | int:
    return int(speaker) if speaker.isascii() and speaker.isdigit() else speaker


def _who(speaker: str | None) -> str | int | None:
    return None if speaker is None else _whom(speaker)


def _write(
    found: Iterator[findings.Finding],
    format_: findings.VerdictFormat | None,
    out: Path | None,
) -> None:
    for _ in findings.write(found, format_, out):
        pass


@contextmanager
def _opened(url: str, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger; what goes wrong with it is told without a traceback."""
    if importlib.util.find_spec("sqlalchemy") is None:
        say('ledger needs the extra: pip install "quotetrack[ledger]"')
        raise typer.Exit(1)
    # the extra: loaded for these commands alone
    from quotetrack.facts.ledger import Ledger, LedgerError  # noqa: PLC0415

    try:
        with Ledger(url, create=create) as ledger:
            yield ledger
    except LedgerError as error:
        sys.stdout.flush()
        say(str(error))
        raise typer.Exit(1) from None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
