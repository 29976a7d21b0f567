"""How errors are answered: every one of them becomes a problem document."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, IntegrityError
from starlette.exceptions import HTTPException

from shared.database import is_unavailable
from shared.sentences import sentence
from shared.telemetry import CORRELATION_HEADER, correlation_id

from .kinds import Conflict, Invalid, Problem, Unavailable, problem_body
from .telling import named, traced

MEDIA_TYPE = "application/problem+json"
_DATA_EXCEPTION = "22"  # the class of SQLSTATE for data that no column can hold
log = structlog.get_logger(__name__)


_TITLES = {404: "Introuvable", 405: "Méthode non permise", 400: "Requête mal formée", 413: "Envoi trop volumineux"}
_DETAILS = {404: "Aucune ressource à cette adresse.", 405: "Cette méthode n’existe pas pour cette ressource."}


_TEXTS = {name: {"type": "string"} for name in ("type", "title", "detail", "code")}
_DOCUMENT = {
    "type": "object",
    "properties": {**_TEXTS, "status": {"type": "integer"}, "errors": {"type": "array", "items": {"type": "object"}}},
    "required": [*_TEXTS, "status"],
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    kind: {"description": description, "content": {MEDIA_TYPE: {"schema": _DOCUMENT}}}
    for kind, description in {"4XX": "L’appel est refusé.", "5XX": "Le service n’a pas pu répondre."}.items()
}


def install(app: FastAPI) -> None:
    """Make every error a problem document, but those that only `render_unexpected` answers."""
    app.add_exception_handler(Problem, _render_problem)
    app.add_exception_handler(RequestValidationError, _render_validation)
    app.add_exception_handler(HTTPException, _render_http)
    app.add_exception_handler(IntegrityError, _render_race)
    app.add_exception_handler(DBAPIError, _render_database)
    app.add_exception_handler(UnicodeEncodeError, _render_unkeepable)
    app.add_exception_handler(OverflowError, _render_unkeepable)


class _ProblemResponse(JSONResponse):
    """Repeats even what is no text in UTF-8: half a surrogate pair stays escaped, as it came."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def respond(problem: Problem) -> JSONResponse:
    return _ProblemResponse(problem.body(), problem.status, problem.headers)


async def _render_problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return respond(error)


async def _render_validation(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"place": place_of(each["loc"]), "code": each["type"], "message": sentence(each)} for each in error.errors()
    ]
    count = len(errors)
    detail = f"{errors[0]['place']} : {errors[0]['message']}" if count == 1 else f"{count} erreurs ; voir « errors »."
    return respond(Invalid(detail, errors=errors))


def place_of(loc: Sequence[Any]) -> str:
    """`("query", "year")` → `query.year`; `("body", "rows", 3, "value")` → `body.rows[3].value`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


async def _render_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    body = problem_body(status, HTTPStatus(status).phrase.lower().replace(" ", "-"), title, _DETAILS.get(status, title))
    return JSONResponse(body, status, error.headers, MEDIA_TYPE)


async def _render_race(_request: Request, error: Exception) -> JSONResponse:
    log.warning("write-race", **named(error))
    return respond(Conflict("Un autre envoi vient d’écrire la même chose : relisez, puis réessayez."))


async def _render_database(request: Request, error: Exception) -> JSONResponse:
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    return await (_render_unkeepable if state.startswith(_DATA_EXCEPTION) else render_unexpected)(request, error)


async def _render_unkeepable(_request: Request, error: Exception) -> JSONResponse:
    log.warning("unkeepable", **named(error))
    return respond(Invalid("Une valeur ne peut pas être gardée : caractère nul, demi-caractère ou nombre démesuré."))


async def render_unexpected(_request: Request, error: Exception) -> JSONResponse:
    """Starlette gives this answer outside of every middleware: its correlation id is added here."""
    followed = {CORRELATION_HEADER: correlation_id.get()}
    if is_unavailable(error):
        log.warning("database-unavailable", **named(error))
        followed["Retry-After"] = "2"
        return respond(Unavailable("La base de données ne répond pas ; réessayez.", headers=followed))
    log.error("unexpected", **named(error), trace=traced(error))
    detail = "Une erreur inattendue s’est produite ; elle est dans le journal. Relisez avant de recommencer."
    return respond(Problem(detail, headers=followed))
