"""Run the server until it is told to stop."""

from __future__ import annotations

import socket
import sys

import uvicorn

from quotetrack.integrations.server.app import Settings, create_app

_BACKLOG = 128


def run(settings: Settings, host: str, port: int) -> None:
    """Listen, say where on standard error, and serve.

    Port 0 takes a free one.

    Raises:
        SystemExit: The address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        sys.exit(f"quotetrack: cannot listen on {host} port {port}: {error.strerror or error}")
    shown = f"[{host}]" if ":" in host else host
    print(  # noqa: T201  the one line that tells where
        f"quotetrack: http://{shown}:{listening.getsockname()[1]}/  (Ctrl-C ends)",
        file=sys.stderr,
        flush=True,
    )
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=[listening])
