"""``serve``: the HTTP server, for programs in other languages and for a browser."""

from __future__ import annotations

import importlib.util
from typing import Annotated

import typer

_LOOPBACK = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("serve")(serve)


def serve(
    *,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")
    ] = _LOOPBACK,
    port: Annotated[
        int,
        typer.Option("--port", "-p", min=0, max=65535, metavar="N", help="0: a free one."),
    ] = 8765,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Parse in so many processes.")
    ] = 2,
    max_body: Annotated[
        int, typer.Option("--max-body", min=1, metavar="BYTES", help="Refuse larger requests.")
    ] = 2_000_000,
    seconds: Annotated[
        float,
        typer.Option(
            "--timeout", min=0.1, metavar="SECONDS", help="End a request that takes longer."
        ),
    ] = 30.0,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="A host name of this server, besides localhost and IP addresses; repeatable.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Answer over HTTP: /parse, /find-quote, /verify, and a page to paste an article into.

    Nothing that is sent is kept or logged.  /openapi.json describes it.  There is no
    password: leave it on this machine, or put a proxy that asks for one before it.

    Examples:
      quotetrack serve

      quotetrack serve --port 9000 --jobs 4

      curl localhost:8765/parse --json '{"text": "“It sank,” said Ana Duarte."}'
    """
    missing = [n for n in ("fastapi", "uvicorn") if importlib.util.find_spec(n) is None]
    if missing:
        typer.echo('quotetrack: serve needs the extra: pip install "quotetrack[server]"', err=True)
        raise typer.Exit(1)
    # the extra: loaded for this command alone
    from quotetrack.integrations.server.app import Settings  # noqa: PLC0415
    from quotetrack.integrations.server.run import run  # noqa: PLC0415

    names = frozenset(name.lower() for name in allow_host or ())
    run(Settings(jobs, max_body, seconds, hosts=names), host, port)
