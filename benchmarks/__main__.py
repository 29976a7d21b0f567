"""`make bench`: the embedded system against raw references, printed as tables; `--large` adds 200 000 publications."""

import asyncio
import logging
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import structlog
from starlette.responses import Response

from benchmarks import bibliometrics
from benchmarks.measuring import Compared, compare
from services import embedded, loading, local

COP = "cop-2018-2022"
FOLLOW_UP = f"/v1/contracts/{COP}/follow-up?year=2022"
_PACKAGE = Path(__file__).parent.parent / "contracts" / COP


async def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        settings = local.Settings(data=Path(folder) / "var")
        async with embedded.system(settings) as system:
            await embedded.load_missing(system, settings.contracts)
            async with system.client() as client:
                results = [*await reads(client), *await writes(client, system, Path(folder)), *await growth(client)]
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    print("| what | median | reference | median | ratio |\n|---|--:|---|--:|--:|")
    print("\n".join(each.row() for each in results))


async def reads(client: httpx.AsyncClient) -> list[Compared]:
    """The group's follow-up, whole and unchanged, against an application that answers the same bytes."""
    answer = await client.get(FOLLOW_UP)
    raw = httpx.AsyncClient(transport=httpx.ASGITransport(Response(answer.content)), base_url="http://raw")
    unchanged = {"If-None-Match": answer.headers["ETag"]}
    async with raw:
        get, same = partial(client.get, FOLLOW_UP), partial(client.get, FOLLOW_UP, headers=unchanged)
        reference = partial(raw.get, "/")
        return [
            await compare("follow-up of the group", get, "raw ASGI, same bytes", reference, rounds=40),
            await compare("the same, not modified (304)", same, "raw ASGI, same bytes", reference, rounds=40),
        ]


async def writes(client: httpx.AsyncClient, system: embedded.System, folder: Path) -> list[Compared]:
    """Writes that are acknowledged and visible, against bare SQLite transactions of the same rows."""
    package = loading.read_package(_PACKAGE)
    insert = raw_inserts(folder / "raw.sqlite3")
    rows = sum(len(table.rows) for table in package.tables.values())
    again = partial(loading.apply, client, package, dry_run=False)
    correct = Corrections(client, system)
    return [
        await compare("correction, until it is in the view", correct, "2 SQLite commits", twice(insert, 1), rounds=40),
        await compare(f"the package again ({rows} rows)", again, "its rows, inserted", twice(insert, rows), rounds=10),
    ]


async def growth(client: httpx.AsyncClient) -> list[Compared]:
    """The cost of a view as the past grows: each step against the view of a contract that was never corrected."""
    found = await client.get("/indicators/v1/observations", params={"contract": COP, "entity": "imt", "limit": 1})
    one, get, results = found.json()["items"][0], partial(client.get, FOLLOW_UP), []
    for versions in (64, 256, 1024):
        await correct_until(client, one["id"], versions)
        plain = partial(client.get, f"/v1/contracts/{COP}/entities/eurecom/follow-up?year=2022")
        title = f"follow-up, one figure corrected {versions} times"
        results.append(await compare(title, get, "follow-up of EURECOM", plain, rounds=20))
    return results


class Corrections:
    """Each call corrects one observation, and ends when the gateway has taken it in."""

    def __init__(self, client: httpx.AsyncClient, system: embedded.System) -> None:
        self._client = client
        self._system = system
        self._id = ""
        self._value = 0

    async def __call__(self) -> None:
        if not self._id:
            query = {"contract": COP, "indicator": "students", "entity": "imt", "year": "2022"}
            found = await self._client.get("/indicators/v1/observations", params=query)
            self._id = found.json()["items"][0]["id"]
        self._value += 1
        await correct(self._client, self._id, self._value)
        await self._system.owners["indicators"].state.relay.drain()


async def correct(client: httpx.AsyncClient, id_: str, value: int) -> None:
    body = {"value": str(value), "source": "bench", "reason": "bench"}
    answer = await client.put(f"/indicators/v1/observations/{id_}", json=body, headers={"If-Match": "*"})
    answer.raise_for_status()


async def correct_until(client: httpx.AsyncClient, id_: str, version: int) -> None:
    now = (await client.get(f"/indicators/v1/observations/{id_}")).json()["version"]
    for value in range(now, version):
        await correct(client, id_, 20_000 + value)


def raw_inserts(path: Path) -> Callable[[int], None]:
    """Insert this many rows in one durable transaction, on a file of its own."""
    database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (a, b, c, d)")

    def insert(count: int) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", [("students", "imt", 2022, "13606")] * count)
        database.execute("COMMIT")

    return insert


def twice(insert: Callable[[int], None], rows: int) -> Callable[[], Any]:
    """Once for the facts, once for the views."""

    async def run() -> None:
        for _ in range(2):
            await asyncio.to_thread(insert, rows)

    return run


if __name__ == "__main__":
    asyncio.run(main())
    for line in bibliometrics.report([bibliometrics.SMALL, *[bibliometrics.LARGE] * ("--large" in sys.argv)]):
        print(line, flush=True)
