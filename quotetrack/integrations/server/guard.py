"""What stands before every request: whose it is, how large, how slow; and headers after it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from quotetrack.integrations.server import problems

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("quotetrack.server")
_HEADERS = {
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""Where a response says nothing else."""


class _Stop(Exception):  # noqa: N818  not an error: the answer is a problem
    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


@dataclass(slots=True)
class Guard:
    """ASGI middleware.

    Args:
        app: What it stands before.
        most: Bytes of a body.
        seconds: Within which the body must have come.
        hosts: Names under which the server may be called, besides localhost and bare IP
            addresses; a foreign name that leads here is how a web page reaches into a
            private network.
    """

    app: ASGIApp
    most: int
    seconds: float
    hosts: Collection[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._admit(Headers(scope=scope))
            replay = await self._body(Headers(scope=scope), receive)
            await self.app(scope, replay, answer)
        except _Stop as stop:
            response = problems.response(stop.status, stop.detail, headers={"connection": "close"})
            await response(scope, receive, answer)
        except Exception as error:  # noqa: BLE001  a message or trace could hold the text
            _LOG.error("%s while answering %s", type(error).__name__, scope["path"])
            if not started:
                await problems.response(500)(scope, receive, answer)

    def _admit(self, headers: Headers) -> None:
        host = headers.get("host", "").lower()
        name = host.partition("]")[0][1:] if host.startswith("[") else host.partition(":")[0]
        if not (name == "localhost" or name in self.hosts or _is_address(name)):
            raise _Stop(421, "This host name is not served here.")
        if headers.get("sec-fetch-site") == "cross-site":
            raise _Stop(403, "Pages of other sites may not call this server.")

    async def _body(self, headers: Headers, receive: Receive) -> Receive:
        """Read the whole body, so that its limits hold before anything looks at it."""
        told = headers.get("content-length", "0")
        too_large = f"The body is larger than {self.most:,} bytes."
        if told.isdecimal() and int(told[:20]) > self.most:
            raise _Stop(413, too_large)
        body = bytearray()
        more = True
        try:
            async with asyncio.timeout(self.seconds):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        break
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > self.most:
                        raise _Stop(413, too_large)
        except TimeoutError:
            raise _Stop(408, f"The body did not come within {self.seconds:g} seconds.") from None
        whole: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

        async def replay() -> Message:
            return whole.pop() if whole else await receive()

        return replay


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
