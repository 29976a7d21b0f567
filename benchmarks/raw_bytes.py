"""`python -m benchmarks.raw_bytes PORT FILE`: the same bytes to every call, on the server that Cadran runs on."""

import asyncio
import json
import sys
from pathlib import Path

from starlette.types import Receive, Scope, Send

from shared import serving
from shared.guarding.server import run
from shared.settings import Limits

Header = tuple[bytes, bytes]


class SameBytes:
    """An ASGI application that does nothing else."""

    def __init__(self, headers: list[Header], body: bytes) -> None:
        self._headers = headers
        self._body = body

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body})


def write(file: Path, headers: list[Header], body: bytes) -> None:
    """What `main` reads."""
    told = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
    file.write_text(json.dumps({"headers": told, "body": body.decode()}), "utf-8")


def main(port: int, file: Path) -> None:
    told = json.loads(file.read_text("utf-8"))
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in told["headers"].items()]
    app = SameBytes(headers, told["body"].encode())
    asyncio.run(run(app, serving.bind("127.0.0.1", port), Limits(), lifespan="off"))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
