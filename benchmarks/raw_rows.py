"""`python -m benchmarks.raw_rows PORT DATABASE`: an owner's rows as JSON, straight from asyncpg, and nothing else."""

import asyncio
import json
import sys
from typing import Any

import asyncpg
from starlette.types import Receive, Scope, Send

from shared import serving
from shared.guarding.server import run
from shared.settings import Limits

_COLUMNS = (
    "id, contract, indicator, entity, year, basis, perimeter, version, value, status, absence, source, note, "
    "observed_on, reason, recorded_at, recorded_by"
)
_PAGE = (
    f"SELECT {_COLUMNS} FROM observations WHERE contract = $1 "
    "ORDER BY contract, indicator, entity, year, basis, perimeter LIMIT 101"
)
_ONE = f"SELECT {_COLUMNS} FROM observations WHERE id = $1"
_JSON = [(b"content-type", b"application/json")]


class Rows:
    """`/page/CONTRACT` is a page of observations; `/one/ID` is one of them."""

    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        _, what, name = scope["path"].split("/")
        rows = await self._pool.fetch(_PAGE if what == "page" else _ONE, name)
        body = json.dumps([dict(row) for row in rows], default=str, ensure_ascii=False).encode()
        headers = [*_JSON, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def main(port: int, url: str) -> None:
    async with asyncpg.create_pool(url.replace("+asyncpg", ""), min_size=2, max_size=10) as pool:
        await run(Rows(pool), serving.bind("127.0.0.1", port), Limits(), lifespan="off")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
