"""A small application as it is observed, and what the metrics say of it."""

from collections.abc import AsyncIterator

import httpx
from fastapi import APIRouter, FastAPI
from prometheus_client import REGISTRY
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.telemetry import Observed, correlation_id, traceparent

REMEMBERED = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-length", b"2"), (b"x-correlation-id", b"another")],
}


def application(service: str) -> FastAPI:
    """Routes of every kind, behind a view from memory, behind `Observed`."""
    router = APIRouter()

    @router.get("/things/{thing}")
    async def thing(thing: str) -> dict[str, str]:
        return {"thing": thing, "correlation": correlation_id.get(), "trace": traceparent()}

    @router.get("/parts")
    async def parts() -> StreamingResponse:
        return StreamingResponse(_parts())

    @router.get("/broken/{thing}")
    async def broken(thing: str) -> None:
        raise RuntimeError(f"Madame {thing} ?")

    app = FastAPI(openapi_url=None, middleware=[Middleware(Observed, service=service), Middleware(_Remembered)])
    app.include_router(router, prefix="/v1")
    app.router.routes.append(Mount("/files", PlainTextResponse("fichier")))
    app.router.routes.append(Route("/plain", PlainTextResponse("simple")))
    app.add_api_route("/health/live", lambda: "ok")
    return app


async def _parts() -> AsyncIterator[bytes]:
    yield b"first"
    yield b"second"


class _Remembered:
    """Answers from memory as the gateway does: always the same message, and a template left in the scope."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/v1/known/"):
            scope["route"] = "/v1/known/{view}"
            await send(REMEMBERED)
            await send({"type": "http.response.body", "body": b"ok"})
        else:
            await self._app(scope, receive, send)


def calling(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://service.test"
    )


def counted(service: str) -> dict[tuple[str, str, str], float]:
    """How many requests were measured, by method, route and status."""
    (family,) = [each for each in REGISTRY.collect() if each.name == "cadran_http_request_seconds"]
    return {
        (sample.labels["method"], sample.labels["route"], sample.labels["status"]): sample.value
        for sample in family.samples
        if sample.name.endswith("_count") and sample.labels["service"] == service
    }
