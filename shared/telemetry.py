"""What a running service says of itself: structured logs, a correlation id, and Prometheus metrics."""

import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

import structlog
from prometheus_client import Counter, Gauge, Histogram, start_http_server
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .settings import LogFormat, LogLevel

CORRELATION_HEADER = "X-Correlation-Id"
_MAX_ID = 64
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
request_id: ContextVar[str] = ContextVar("request_id", default="")

REQUESTS = Histogram(
    "cadran_http_request_seconds", "Duration of HTTP requests.", ["service", "method", "route", "status"]
)
OUTBOX_UNSENT = Gauge("cadran_outbox_unsent_events", "Events recorded and not yet on the bus.", ["owner"])
EVENTS_SENT = Counter("cadran_outbox_sent_events", "Events that the bus has taken.", ["owner"])
EVENTS_PROJECTED = Counter("cadran_projected_events", "Events taken into the read model.", ["topic"])
EVENTS_PARKED = Counter("cadran_parked_events", "Events set aside because they cannot be projected.", ["topic"])
POSITION = Gauge("cadran_position", "Offset of the last event taken into the read model.", ["topic", "partition"])

log = structlog.get_logger("http")


def configure_logs(form: LogFormat, level: LogLevel = "info") -> None:
    """`json`: one object a line, for machines; `console`: for a person at a terminal."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )


def serve_metrics(host: str, port: int) -> int:
    """Serve /metrics on an address of its own; port 0 takes a free one. Returns the port. Raises OSError."""
    server, _thread = start_http_server(port, host)
    return int(server.server_port)


class Observed:
    """ASGI middleware: gives each request its correlation id, logs it, and measures it by route template."""

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        correlation = _begin(Request(scope).headers.get(CORRELATION_HEADER, ""))
        exchange = _Exchange(send, correlation)
        began = time.perf_counter()
        try:
            await self._app(scope, receive, exchange.send)
        finally:
            self._record(scope, exchange.status, time.perf_counter() - began)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        REQUESTS.labels(self._service, method, route, str(status)).observe(seconds)
        if not route.startswith("/health"):
            log.info(
                "request",
                service=self._service,
                method=scope["method"],
                path=scope["path"],
                status=status,
                ms=round(seconds * 1000, 1),
            )


class _Exchange:
    """Remembers the answer's status, and adds the correlation id to its headers."""

    def __init__(self, send: Send, correlation: str) -> None:
        self._send: Callable[[Message], Awaitable[None]] = send
        self._correlation = correlation
        self.status = 500

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)[CORRELATION_HEADER] = self._correlation
        await self._send(message)


def _begin(offered: str) -> str:
    """The caller's correlation id where it is a plain short token, else a new one."""
    plain = offered.replace("-", "").replace("_", "").replace(".", "")
    correlation = offered if 0 < len(offered) <= _MAX_ID and plain.isascii() and plain.isalnum() else uuid4().hex
    correlation_id.set(correlation)
    request_id.set(uuid4().hex)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(correlation_id=correlation)
    return correlation
