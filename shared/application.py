"""What every service's web application has: health, problems, telemetry, identity, bounds, and its own description."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Annotated

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import problems
from .database import Database, is_unavailable
from .identity import Identity
from .telemetry import Observed

Check = Callable[[], Awaitable[None]]
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
log = structlog.get_logger(__name__)


def database_of(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


Db = Annotated[Database, Depends(database_of)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What an application is called and where its own pages stand (`prefix` is "" or "/indicators").

    At the paths of `uploads` a body may hold as many bytes as these say.
    """

    service: str
    title: str
    summary: str
    version: str
    prefix: str = ""
    uploads: Mapping[str, int] = field(default_factory=dict)


def create_application(
    about: Description,
    *,
    identity: Identity,
    checks: Mapping[str, Check],
    lifespan: Lifespan | None = None,
    max_body: int,
) -> FastAPI:
    """An application without routes of its own; `checks` are what `/health/ready` asks, by name."""
    app = FastAPIOffline(
        docs_url=f"{about.prefix}/docs",
        redoc_url=None,
        openapi_url=f"{about.prefix}/openapi.json",
        static_url=f"{about.prefix}/docs-static",
        title=about.title,
        summary=about.summary,
        version=about.version,
        lifespan=lifespan,
        responses=problems.RESPONSES,
        redirect_slashes=False,  # behind the gateway a redirection would name an address that clients cannot reach
        swagger_ui_parameters={"persistAuthorization": True, "validatorUrl": None},
    )
    app.state.identity = identity
    problems.install(app)
    _add_health(app, checks)
    app.add_middleware(Bounded, limit=max_body, uploads=about.uploads)
    app.add_middleware(Observed, service=about.service)
    return app


def _add_health(app: FastAPI, checks: Mapping[str, Check]) -> None:
    @app.get("/health/live", tags=["health"], summary="Le processus répond")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/ready", tags=["health"], summary="Le service peut travailler")
    async def ready() -> JSONResponse:
        results = {name: await _outcome(check) for name, check in checks.items()}
        healthy = all(result == "ok" for result in results.values())
        return JSONResponse({"status": "ok" if healthy else "unavailable", "checks": results}, 200 if healthy else 503)


async def _outcome(check: Check) -> str:
    try:
        await check()
    except Exception as error:  # noqa: BLE001 - whatever fails, the answer is "not ready"
        log.warning("not-ready", error=repr(error), expected=is_unavailable(error))
        return "unavailable"
    return "ok"


class Bounded:
    """ASGI middleware: refuses a body longer than its path allows, announced or not."""

    def __init__(self, app: ASGIApp, *, limit: int, uploads: Mapping[str, int]) -> None:
        self._app = app
        self._limit = limit
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._uploads.get(scope["path"], self._limit)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            await problems.respond(_too_large(limit))(scope, receive, send)
            return
        await self._app(scope, _counted(receive, limit), send)


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise _too_large(limit)
        return message

    return counted


def _too_large(limit: int) -> problems.TooLarge:
    return problems.TooLarge(f"Un envoi ne dépasse pas {limit // 1024 // 1024} Mio : découpez-le.")
