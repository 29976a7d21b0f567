"""One door: what is under an owner's prefix goes to that owner, streamed both ways, with the caller's own token."""

from collections.abc import AsyncIterator, Mapping

import httpx
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from shared.problems import BadGateway, GatewayTimeout
from shared.telemetry import CORRELATION_HEADER, correlation_id, traceparent

TIMEOUT = httpx.Timeout(30, connect=3)
PATIENT = httpx.Timeout(30, connect=3, read=600)
"""For what is answered only once a whole export has been read, or all that an owner has told."""
SLOW = (
    "/bibliometrics/v1/imports",
    "/bibliometrics/v1/fetches",
    "/indicators/v1/inventory",
    "/milestones/v1/inventory",
    "/bibliometrics/v1/inventory",
)
UPLOADS = ("/bibliometrics/v1/imports",)
"""Where whole exports are sent in."""
_HOP_BY_HOP = frozenset(
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
        "upgrade", "host",
    }
)  # fmt: skip
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def install(app: FastAPI, owners: Mapping[str, str], client: httpx.AsyncClient) -> None:
    """Forward `/<owner>/…` to each owner's address."""
    for owner, address in owners.items():
        app.include_router(_router(owner, address.rstrip("/"), client))


def _router(owner: str, address: str, client: httpx.AsyncClient) -> APIRouter:
    router = APIRouter()

    @router.api_route(f"/{owner}/{{path:path}}", methods=_METHODS, include_in_schema=False)
    async def forward(request: Request, path: str) -> Response:  # noqa: ARG001 - the raw path is what is sent
        return await _forward(request, owner, address, client)

    return router


async def _forward(request: Request, owner: str, address: str, client: httpx.AsyncClient) -> Response:
    outgoing = client.build_request(
        request.method,
        httpx.URL(address).copy_with(raw_path=_target(request)),
        headers=_headers(request),
        content=_body(request),
        timeout=_timeout(request),
    )
    try:
        answer = await client.send(outgoing, stream=True)
    except httpx.TimeoutException as error:
        raise GatewayTimeout(f"Le service « {owner} » n’a pas répondu à temps ; réessayez.") from error
    except httpx.TransportError as error:
        raise BadGateway(
            f"Le service « {owner} » est injoignable ; réessayez.", headers={"Retry-After": "2"}
        ) from error
    headers = {name: value for name, value in answer.headers.items() if name not in {*_HOP_BY_HOP, "date"}}
    return StreamingResponse(answer.aiter_raw(), answer.status_code, headers, background=BackgroundTask(answer.aclose))


def _target(request: Request) -> bytes:
    """The path as it was sent: decoding and encoding it again could turn it into another."""
    raw: bytes = request.scope["raw_path"]
    query: bytes = request.scope["query_string"]
    return raw + (b"?" + query if query else b"")


def _timeout(request: Request) -> httpx.Timeout:
    """How long to wait: files that are sent in, or fetched, take minutes to read, as does all of an owner."""
    path: str = request.scope["path"]
    return PATIENT if any(path == each or path.startswith(f"{each}/") for each in SLOW) else TIMEOUT


def _headers(request: Request) -> list[tuple[str, str]]:
    named = {name.strip().lower() for name in request.headers.get("connection", "").split(",")}
    trace = {"traceparent": traceparent()} if traceparent() else {}
    told = {CORRELATION_HEADER.lower(): correlation_id.get(), **trace}
    dropped = _HOP_BY_HOP | named | told.keys()
    kept = [(name, value) for name, value in request.headers.items() if name not in dropped]
    return [*kept, *told.items()]


def _body(request: Request) -> AsyncIterator[bytes] | None:
    has_body = "content-length" in request.headers or "transfer-encoding" in request.headers
    return request.stream() if has_body else None
