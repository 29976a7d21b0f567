"""A template as an answer: its headers, and what becomes of an error on the way to it."""

from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shared.problems import Problem, place_of
from shared.sentences import sentence
from shared.version import VERSION

from . import files
from .addresses import contract_page
from .french import FILTERS

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization, Cookie",
}
_UNPROCESSABLE = 422
_FOLDER = Path(__file__).parent.parent / "templates"
_templates = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_templates.filters |= FILTERS
_templates.globals |= {"file": files.address, "product_version": VERSION, "contract_page": contract_page}
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def page(template: str, status_code: int = 200, headers: Mapping[str, str] | None = None, **values: object) -> Response:
    """A template with its values, and the headers that every page carries."""
    text = _templates.get_template(template).render(values)
    return Response(text, status_code, {**HEADERS, **(headers or {})}, "text/html; charset=utf-8")


class Page(APIRoute):
    """A route whose errors are pages too."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handle(request)
            except Problem as problem:
                return error_page(problem.status, problem.title, problem.detail, problem.headers)
            except RequestValidationError as error:
                return error_page(_UNPROCESSABLE, "Adresse mal formée", _told(error))

        return shown


def error_page(status: int, title: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    return page("error.html", status, headers, title=title, detail=detail)


def _told(error: RequestValidationError) -> str:
    first = error.errors()[0]
    return f"{place_of(first['loc']).partition('.')[2]}\u00a0: {sentence(first)}."
