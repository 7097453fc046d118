"""The application: what can be asked, and how."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

import quotetrack
from quotetrack.formats.report import policy
from quotetrack.integrations.server import form, problems
from quotetrack.integrations.server.guard import Guard
from quotetrack.integrations.server.workers import BusyError, FailedError, RefusedError, Workers
from quotetrack.models import Article, Check, Claim, Fact, QuoteMatch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_JSON = "application/json"
_DESCRIPTION = "Who said what in a news article. Nothing that is sent here is kept or logged."


@dataclass(slots=True, frozen=True)
class Settings:
    """Limits of a server.

    Attributes:
        workers: Processes that read articles.
        max_body: Bytes of a request.
        seconds: What one request may take in a worker, and as long again to wait for one.
        queue: Requests that may wait for a worker; more get 503.
        hosts: Host names besides localhost and IP addresses.
    """

    workers: int = 2
    max_body: int = 2_000_000
    seconds: float = 30.0
    queue: int = 32
    hosts: frozenset[str] = field(default_factory=frozenset)


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ParseRequest(_Input):
    """An article to read; as the arguments of `quotetrack.parse`."""

    text: str
    title: str | None = None
    published: date | None = Field(default=None, description="Relative times count from it.")
    url: str | None = None
    min_confidence: Annotated[float, Field(ge=0, le=1)] = 0.0


class FindQuoteRequest(_Input):
    """A quotation, and the text (or the parsed article) in which it should stand."""

    quote: str
    source: str | Article
    speaker: str | None = Field(
        default=None, description="Who is said to have said it, where the source is an article."
    )


class VerifyRequest(_Input):
    """A claim, as /parse gives it, and what is known."""

    claim: Claim
    facts: tuple[Fact, ...]
    tolerance: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="Relative difference that still agrees; null: the default."
    )


class Health(BaseModel):
    """The server answers."""

    status: str = "ok"
    version: str = quotetrack.__version__


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application, for any ASGI server.

    Worker processes start with it and end with it.
    """
    wanted = settings or Settings()
    workers = Workers(wanted.workers, wanted.seconds, wanted.queue)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            await workers.start()
            yield
        finally:
            workers.stop()

    app = FastAPI(
        title="quotetrack",
        version=quotetrack.__version__,
        description=_DESCRIPTION,
        # the framework's pages load scripts from elsewhere
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        lifespan=lifespan,
        responses=problems.RESPONSES,
    )
    app.add_middleware(Guard, most=wanted.max_body, seconds=wanted.seconds, hosts=wanted.hosts)
    app.add_exception_handler(HTTPException, problems.on_http)
    app.add_exception_handler(RequestValidationError, problems.on_invalid)
    _add_api(app, workers)
    _add_pages(app, workers)
    _describe_problems(app)
    return app


async def _answer(workers: Workers, media_type: str, task: str, *arguments: object) -> Response:
    try:
        return Response(await workers.run(task, *arguments), media_type=media_type)
    except RefusedError as error:
        return problems.response(422, str(error))
    except BusyError:
        return problems.response(503, "Too many wait already.", headers={"retry-after": "5"})
    except TimeoutError as error:
        return problems.response(503, f"The answer {error}.")
    except FailedError as error:
        return problems.response(500, str(error))


def _add_api(app: FastAPI, workers: Workers) -> None:
    @app.post("/parse", response_model=Article, summary="Read an article")
    async def parse(asked: ParseRequest) -> Response:
        arguments = (asked.text, asked.title, asked.published, asked.url, asked.min_confidence)
        return await _answer(workers, _JSON, "parse", *arguments)

    @app.post("/find-quote", response_model=QuoteMatch, summary="Is this quotation in that text?")
    async def find_quote(asked: FindQuoteRequest) -> Response:
        return await _answer(workers, _JSON, "find_quote", asked.quote, asked.source, asked.speaker)

    @app.post("/verify", response_model=Check, summary="Does this claim agree with known facts?")
    async def verify(asked: VerifyRequest) -> Response:
        arguments = (asked.claim, asked.facts, asked.tolerance)
        return await _answer(workers, _JSON, "verify", *arguments)

    @app.get("/healthz", summary="Is the server up?")
    async def health() -> Health:
        return Health()


def _add_pages(app: FastAPI, workers: Workers) -> None:
    def page(status: int = 200, **values: str) -> Response:
        headers = {"content-security-policy": form.POLICY}
        return Response(form.page(**values), status, headers, "text/html")

    @app.get("/", include_in_schema=False)
    async def start() -> Response:
        return page()

    @app.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return Response(status_code=204)  # browsers ask for one; an error would stand in their log

    @app.post("/report", include_in_schema=False)
    async def draw(request: Request) -> Response:
        sent = (await request.body()).decode("utf-8", "replace")
        fields = parse_qs(sent, keep_blank_values=True, max_num_fields=8)
        values = {name: fields.get(name, [""])[0] for name in form.FIELDS}
        text = values["text"].replace("\r\n", "\n")
        day = values["published"].strip()
        try:
            published = date.fromisoformat(day) if day else None
        except ValueError:
            return page(422, problem=f"{day} is no date; write YYYY-MM-DD.", **values)
        if not text.strip():
            return page(422, problem="There is no text to read.", **values)
        arguments = (text, values["title"] or None, published, values["url"] or None)
        answer = await _answer(workers, "text/html", "draw", *arguments)
        if answer.status_code != HTTPStatus.OK:  # a person reads this: the form, not JSON
            problem = json.loads(bytes(answer.body))
            return page(answer.status_code, problem=problem.get("detail", "It failed."), **values)
        answer.headers["content-security-policy"] = f"{policy()}; frame-ancestors 'none'"
        return answer


def _describe_problems(app: FastAPI) -> None:
    """Put the schema of problems into the OpenAPI description."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        description = plain()
        schemas = description["components"]["schemas"]
        whole = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(whole.pop("$defs", {}))
        schemas["Problem"] = whole
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        return description

    app.openapi = described  # type: ignore[method-assign]
