"""Each HTTP request as operators see it: its correlation id, its line in the log, its duration, its span."""

import time
from collections.abc import Awaitable
from typing import Any

import structlog
from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .correlation import CORRELATION_HEADER, begin
from .metrics import REQUESTS
from .tracing import is_tracing, span

_CORRELATION = CORRELATION_HEADER.lower().encode()
_TRACEPARENT = b"traceparent"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_HEALTH = "/health"
_UNMATCHED = "unmatched"
_FAILED = 500

log = structlog.get_logger("http")


class Observed:
    """ASGI middleware: gives each request its correlation id, logs it, and measures it by route template.

    Every answer passes here, those from memory too: no request object is made, and series are looked up once.
    """

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._service = service
        self._log = log.bind(service=service)
        self._series: dict[tuple[str, str, int], Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(send, begin(_header(scope, _CORRELATION)).encode())
        began = time.perf_counter()
        try:
            if is_tracing() and not scope["path"].startswith(_HEALTH):
                await self._trace(scope, receive, exchange)
            else:
                await self._app(scope, receive, exchange.send)
        finally:
            self._record(scope, exchange.status, time.perf_counter() - began)

    async def _trace(self, scope: Scope, receive: Receive, exchange: "_Exchange") -> None:
        """The span is named by the template: a path may hold what it is about."""
        method = _method(scope)
        with span(method, parent=_header(scope, _TRACEPARENT), kind="server") as current:
            try:
                await self._app(scope, receive, exchange.send)
            finally:
                route = route_template(scope)
                current.update_name(f"{method} {route}")
                current.set_attributes({"cadran.service": self._service, **_attributes(method, route, exchange)})

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        key = (_method(scope), route_template(scope), status)
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = REQUESTS.labels(self._service, *key)
        series.observe(seconds)
        if not key[1].startswith(_HEALTH):
            self._log.info(
                "request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000, 1)
            )


class _Exchange:
    """Remembers the answer's status, and adds the correlation id to its headers."""

    __slots__ = ("_send", "correlation", "status")

    def __init__(self, send: Send, correlation: bytes) -> None:
        self._send = send
        self.correlation = correlation
        self.status = _FAILED

    def send(self, message: Message) -> Awaitable[None]:
        """Changes nothing of the message it is handed: an answer from memory is sent again."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [each for each in message.get("headers", ()) if each[0] != _CORRELATION]
            message = {**message, "headers": [*headers, (_CORRELATION, self.correlation)]}
        return self._send(message)


def _header(scope: Scope, name: bytes) -> str:
    for each, value in scope["headers"]:
        if each == name:
            return str(value, "latin-1")
    return ""


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "other"


def route_template(scope: Scope) -> str:
    """What a request was answered by, once it is: `/v1/contracts/{contract}`; bounded, whatever is asked for.

    FastAPI keeps what an included route is called with its prefix beside the route. A mount has a prefix only, and a
    plain route no parameter. Who answers from memory leaves the template itself in `scope["route"]`.
    """
    told = scope.get("route")
    if isinstance(told, str):
        return told
    route = scope.get("fastapi", {}).get("effective_route_context") or told
    return getattr(route, "path_format", None) or _unnamed(scope)


def _unnamed(scope: Scope) -> str:
    if scope.get("root_path"):
        return f"{scope['root_path']}/{{path}}"
    return scope["path"] if scope.get("endpoint") and not scope.get("path_params") else _UNMATCHED


def _attributes(method: str, route: str, exchange: _Exchange) -> dict[str, Any]:
    return {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": exchange.status,
        "cadran.correlation_id": exchange.correlation.decode(),
    }
