"""A door and an owner behind it, on free ports of this machine, for the tests of forwarding."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.gateway import forwarding
from shared.application import Description, create_application
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from tests.waiting import eventually


@dataclass
class Owner:
    """A service behind the door, that remembers what it was asked and answers what it is told."""

    answer: Response = field(default_factory=lambda: Response(b"ok"))
    asked: list[tuple[str, bytes, dict[str, str], bytes]] = field(default_factory=list)
    first_part: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def forget(self) -> None:
        self.answer = Response(b"ok")
        self.asked.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = b""
        async for part in request.stream():
            body += part
            if part:
                self.first_part.set()
        target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        self.asked.append((request.method, target, dict(request.headers), body))
        await self.answer(scope, receive, send)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The application on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await eventually(lambda: _started(server))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await task


async def _started(server: uvicorn.Server) -> bool:
    return server.started


@asynccontextmanager
async def door(owner: str, transport: httpx.AsyncBaseTransport | None = None) -> AsyncIterator[FastAPI]:
    """A gateway that forwards /indicators to an address, with the token of somebody that it knows."""
    about = Description(service="gateway", title="Test", summary="Test", version="0")
    with TemporaryDirectory() as folder:
        issuer = LocalIssuer(Path(folder))
        issuer.prepare()
        identity = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE)
        app = create_application(about, identity=identity, checks={}, max_body=1_000_000)
        app.state.token = issuer.token(subject="test", roles=["reader"])
        async with httpx.AsyncClient(timeout=forwarding.TIMEOUT, follow_redirects=False, transport=transport) as client:
            forwarding.install(app, {"indicators": owner}, client)
            yield app


@asynccontextmanager
async def served_door(owner: Owner) -> AsyncIterator[httpx.AsyncClient]:
    """A caller at a door before this owner, each on a port of its own."""
    async with (
        served(owner) as behind,
        door(behind) as app,
        served(app) as address,
        httpx.AsyncClient(base_url=address, headers=_bearing(app)) as caller,
    ):
        yield caller


def to(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://door.test", headers=_bearing(app))


def _bearing(app: FastAPI) -> dict[str, str]:
    return {"Authorization": f"Bearer {app.state.token}"}
