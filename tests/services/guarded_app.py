"""An application under guard with a few routes of the test's own, and callers at it."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from shared.application import Description, create_application
from shared.guarding import Guard
from shared.guarding.server import configured
from shared.identity import Identity, Reader
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from shared.settings import Limits
from tests.waiting import eventually

BODY = 100_000
UPLOAD = 1_000_000


class Note(BaseModel):
    text: str


@dataclass
class Guarded:
    """The application, who signs its tokens, and what its routes wait for."""

    app: FastAPI
    issuer: LocalIssuer
    limits: Limits
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def token(self, subject: str = "camille") -> str:
        return self.issuer.token(subject=subject, roles=["reader"])

    def bearing(self, subject: str = "camille") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(subject)}"}

    def client(self, address: str = "192.0.2.1", scheme: str = "http") -> httpx.AsyncClient:
        """Somebody who calls from this address, without a token."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 40000))
        return httpx.AsyncClient(transport=transport, base_url=f"{scheme}://guarded.test")


@contextmanager
def guarded(limits: Limits, *, door: bool = False) -> Iterator[Guarded]:
    with tempfile.TemporaryDirectory() as folder:
        issuer = LocalIssuer(Path(folder))
        issuer.prepare()
        identity = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE)
        about = Description(
            service="test", title="Test", summary="Test", version="0", uploads={"/upload": UPLOAD}, slow=("/upload",)
        )
        guard = Guard.at_the_door(limits) if door else Guard(limits)
        app = create_application(about, identity=identity, checks={}, max_body=BODY, guard=guard)
        scene = Guarded(app, issuer, limits)
        _add_routes(scene)
        yield scene


def _add_routes(scene: Guarded) -> None:
    @scene.app.get("/private")
    async def private(caller: Reader) -> str:
        return caller.subject

    @scene.app.post("/notes")
    async def note(_caller: Reader, note: Note) -> int:
        return len(note.text)

    @scene.app.post("/upload")
    async def upload(request: Request, _caller: Reader) -> int:
        async with request.form() as form:
            return len(form)

    @scene.app.get("/wait")
    async def wait() -> None:
        await scene.go_on.wait()

    @scene.app.get("/stream")
    async def stream() -> Response:
        return StreamingResponse(_parts(scene.go_on))

    @scene.app.get("/fail")
    async def fail() -> None:
        raise RuntimeError("secret")


async def _parts(go_on: asyncio.Event) -> AsyncIterator[bytes]:
    yield b"first"
    await go_on.wait()
    yield b"last"


@asynccontextmanager
async def served(scene: Guarded) -> AsyncIterator[tuple[str, int]]:
    """The application on a port of this machine, as it is served for good."""
    server = uvicorn.Server(configured(scene.app, scene.limits, "off"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        await eventually(lambda: _started(server))
        yield listener.getsockname()
        server.should_exit = True
        await task


async def _started(server: uvicorn.Server) -> bool:
    return server.started


async def conversation(place: tuple[str, int], sent: bytes) -> bytes:
    """What comes back on a connection until it is closed, after these bytes and no more."""
    reader, writer = await asyncio.open_connection(*place)
    writer.write(sent)
    try:
        return await reader.read()
    finally:
        writer.close()
