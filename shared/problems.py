"""Errors as a caller reads them: `application/problem+json` (RFC 9457), in French, with a stable code."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, IntegrityError
from starlette.exceptions import HTTPException

from .database import is_unavailable
from .sentences import sentence, typeset
from .telemetry import CORRELATION_HEADER, correlation_id

MEDIA_TYPE = "application/problem+json"
_DATA_EXCEPTION = "22"  # the class of SQLSTATE for data that no column can hold
log = structlog.get_logger(__name__)


class Problem(Exception):  # noqa: N818 - RFC 9457's word for it
    """Raised anywhere below the API; carries all that the answer says. `errors` are places with a sentence each."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Erreur interne"

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.detail = typeset(detail)
        self.errors = [{**each, "message": typeset(each["message"])} for each in errors]
        self.headers = dict(headers or {})
        self.more = more

    def body(self) -> dict[str, Any]:
        body = problem_body(self.status, self.code, self.title, self.detail)
        return body | ({"errors": self.errors} if self.errors else {}) | self.more


class NotFound(Problem):
    status, code, title = 404, "not-found", "Introuvable"


class Invalid(Problem):
    status, code, title = 422, "invalid", "Données refusées"


class Conflict(Problem):
    status, code, title = 409, "conflict", "Conflit avec l’état actuel"


class Stale(Problem):
    status, code, title = 412, "stale", "La ressource a changé"


class PreconditionRequired(Problem):
    status, code, title = 428, "precondition-required", "Version attendue manquante"


class TooLarge(Problem):
    status, code, title = 413, "too-large", "Envoi trop volumineux"


class UnsupportedMedia(Problem):
    status, code, title = 415, "unsupported-media-type", "Format non pris en charge"


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", "Jeton requis"


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "Droit insuffisant"


class Unavailable(Problem):
    status, code, title = 503, "unavailable", "Service momentanément indisponible"


class BadGateway(Problem):
    status, code, title = 502, "bad-gateway", "Service propriétaire injoignable"


class GatewayTimeout(Problem):
    status, code, title = 504, "gateway-timeout", "Service propriétaire trop lent"


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


def problem_body(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": f"urn:cadran:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document."""
    app.add_exception_handler(Problem, _render_problem)
    app.add_exception_handler(RequestValidationError, _render_validation)
    app.add_exception_handler(HTTPException, _render_http)
    app.add_exception_handler(IntegrityError, _render_race)
    app.add_exception_handler(DBAPIError, _render_database)
    app.add_exception_handler(UnicodeEncodeError, _render_unkeepable)
    app.add_exception_handler(OverflowError, _render_unkeepable)
    app.add_exception_handler(Exception, _render_unexpected)


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
    log.warning("write-race", error=repr(error))
    return respond(Conflict("Un autre envoi vient d’écrire la même chose : relisez, puis réessayez."))


async def _render_database(request: Request, error: Exception) -> JSONResponse:
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    return await (_render_unkeepable if state.startswith(_DATA_EXCEPTION) else _render_unexpected)(request, error)


async def _render_unkeepable(_request: Request, error: Exception) -> JSONResponse:
    log.warning("unkeepable", error=repr(error))
    return respond(Invalid("Une valeur ne peut pas être gardée : caractère nul, demi-caractère ou nombre démesuré."))


async def _render_unexpected(_request: Request, error: Exception) -> JSONResponse:
    """Starlette gives this answer outside of every middleware: its correlation id is added here."""
    followed = {CORRELATION_HEADER: correlation_id.get()}
    if is_unavailable(error):
        log.warning("database-unavailable", error=repr(error))
        followed["Retry-After"] = "2"
        return respond(Unavailable("La base de données ne répond pas ; réessayez.", headers=followed))
    log.error("unexpected", exc_info=error)
    detail = "Une erreur inattendue s’est produite ; elle est dans le journal. Relisez avant de recommencer."
    return respond(Problem(detail, headers=followed))
