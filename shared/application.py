"""What every service's web application has: health, problems, telemetry, identity, a guard, and its own description."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Annotated

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from starlette.middleware import Middleware

from . import problems
from .database import Database, is_unavailable
from .guarding import BEHIND, NOTHING, Bounds, Guard, Guarded, docs_policy, protect
from .identity import Identity
from .telemetry import CHECKS, Observed
from .watermarks import Telling

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

    At the paths of `uploads` a body may hold as many bytes as these say; at and under those of `slow` a call may last
    as long as an upload.
    """

    service: str
    title: str
    summary: str
    version: str
    prefix: str = ""
    uploads: Mapping[str, int] = field(default_factory=dict)
    slow: tuple[str, ...] = ()


def create_application(  # noqa: PLR0913 - what it stands on, and what an operator sets
    about: Description,
    *,
    identity: Identity,
    checks: Mapping[str, Check],
    lifespan: Lifespan | None = None,
    max_body: int,
    guard: Guard = BEHIND,
) -> FastAPI:
    """An application without routes of its own; `checks` are what `/health/ready` asks, by name.

    Its middleware are outermost first: what an application appends to them stands inside of the guard.
    """
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
    _add_health(app, about.service, checks)
    app.add_exception_handler(Exception, _render_unexpected)
    app.user_middleware = [
        Middleware(Observed, service=about.service),
        Middleware(
            Guarded,
            guard=guard,
            identity=identity,
            bounds=Bounds(body=max_body, uploads=about.uploads, slow=about.slow),
            policies={f"{about.prefix}/docs": docs_policy(app)},
        ),
        Middleware(Telling, owner=about.service),
    ]
    return app


async def _render_unexpected(request: Request, error: Exception) -> JSONResponse:
    """Starlette gives this answer outside of every middleware: what the guard adds to the others is added here."""
    answer = await problems.render_unexpected(request, error)
    answer.raw_headers = protect(answer.raw_headers, NOTHING, scheme=request.scope["scheme"])
    return answer


def _add_health(app: FastAPI, service: str, checks: Mapping[str, Check]) -> None:
    @app.get("/health/live", tags=["health"], summary="Le processus répond")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/ready", tags=["health"], summary="Le service peut travailler")
    async def ready() -> JSONResponse:
        results = {name: await _outcome(check) for name, check in checks.items()}
        for name, result in results.items():
            CHECKS.labels(service, name).set(result == "ok")
        healthy = all(result == "ok" for result in results.values())
        return JSONResponse({"status": "ok" if healthy else "unavailable", "checks": results}, 200 if healthy else 503)


async def _outcome(check: Check) -> str:
    try:
        await check()
    except Exception as error:  # noqa: BLE001 - whatever fails, the answer is "not ready"
        log.warning("not-ready", **problems.named(error), expected=is_unavailable(error))
        return "unavailable"
    return "ok"
