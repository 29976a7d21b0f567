"""Errors as a caller reads them: `application/problem+json` (RFC 9457), in French, with a stable code."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException

from .database import is_unavailable
from .sentences import sentence, typeset

MEDIA_TYPE = "application/problem+json"
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


def problem_body(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": f"urn:cadran:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document."""
    app.add_exception_handler(Problem, _render_problem)
    app.add_exception_handler(RequestValidationError, _render_validation)
    app.add_exception_handler(HTTPException, _render_http)
    app.add_exception_handler(IntegrityError, _render_race)
    app.add_exception_handler(Exception, _render_unexpected)


def respond(problem: Problem) -> JSONResponse:
    return JSONResponse(problem.body(), problem.status, problem.headers, MEDIA_TYPE)


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


async def _render_unexpected(_request: Request, error: Exception) -> JSONResponse:
    if is_unavailable(error):
        log.warning("database-unavailable", error=repr(error))
        return respond(Unavailable("La base de données ne répond pas ; réessayez.", headers={"Retry-After": "2"}))
    log.error("unexpected", exc_info=error)
    return respond(Problem("Une erreur inattendue s’est produite ; rien n’a été changé. Elle est dans le journal."))
