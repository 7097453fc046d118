"""Errors as problem details (RFC 9457, ``application/problem+json``)."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One fault of a request's body."""

    where: str = Field(description='The field, "facts.0.quantity.value".')
    message: str


class Problem(BaseModel):
    """What went wrong; ``type`` is about:blank, so that ``title`` says what ``status`` means."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[Fault] = []


RESPONSES: dict[int | str, dict[str, object]] = {
    status: {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (408, 413, 422, 500, 503)
}
"""For the OpenAPI description; `add_schema` brings the schema they point to."""


def body(status: int, detail: str | None = None, errors: list[Fault] | None = None) -> bytes:
    """The JSON of a problem."""
    problem = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )
    return json.dumps(problem.model_dump(exclude_none=True)).encode()


def response(
    status: int,
    detail: str | None = None,
    errors: list[Fault] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem as a response."""
    return Response(body(status, detail, errors), status, headers, MEDIA_TYPE)


async def on_http(_request: Request, error: Exception) -> Response:
    """404, 405 and what the framework raises."""
    assert isinstance(error, HTTPException)
    return response(error.status_code, str(error.detail), headers=dict(error.headers or {}))


async def on_invalid(_request: Request, error: Exception) -> Response:
    """A body that does not fit; its values are not repeated."""
    assert isinstance(error, RequestValidationError)
    faults = [
        Fault(where=".".join(str(part) for part in fault["loc"][1:]), message=fault["msg"])
        for fault in error.errors()
    ]
    return response(422, "The body does not fit its description.", faults)
