"""The embedded system, where everything is one process on SQLite: beside bare commits of the same rows."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.invented import COP
from benchmarks.measuring import Compared, compare
from benchmarks.servers import PROJECT, Standing
from services import embedded, loading, local

_TITLE = "| embedded | median | reference | median | ratio |\n|---|--:|---|--:|--:|"


async def report(_ground: Standing) -> AsyncIterator[str]:
    yield _TITLE
    with TemporaryDirectory() as folder:
        settings = local.Settings(data=Path(folder) / "var")
        async with embedded.system(settings) as system:
            await embedded.load_missing(system, settings.contracts)
            async with system.client() as client:
                for each in await _writes(client, system, Path(folder)):
                    yield each.row()
    yield ""


async def _writes(client: httpx.AsyncClient, system: embedded.System, folder: Path) -> list[Compared]:
    """Writes that are acknowledged and visible, against bare SQLite transactions of the same rows."""
    package = loading.read_package(PROJECT / "contracts" / COP)
    insert = _raw_inserts(folder / "raw.sqlite3")
    rows = sum(len(table.rows) for table in package.tables.values())
    again = partial(loading.apply, client, package, dry_run=False)
    correct = _Corrections(client, system)
    return [
        await compare("correction, until it is in the view", correct, "2 SQLite commits", _twice(insert, 1), rounds=40),
        await compare(f"the package again ({rows} rows)", again, "its rows, inserted", _twice(insert, rows), rounds=10),
    ]


class _Corrections:
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
        body = {"value": str(self._value), "source": "bench", "reason": "bench"}
        address = f"/indicators/v1/observations/{self._id}"
        answer = await self._client.put(address, json=body, headers={"If-Match": "*"})
        answer.raise_for_status()
        await self._system.owners["indicators"].state.relay.drain()


def _raw_inserts(path: Path) -> Callable[[int], None]:
    """Insert this many rows in one durable transaction, on a file of its own."""
    database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (a, b, c, d)")

    def insert(count: int) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", [("students", "imt", 2022, "13606")] * count)
        database.execute("COMMIT")

    return insert


def _twice(insert: Callable[[int], None], rows: int) -> Callable[[], Any]:
    """Once for the facts, once for the views."""

    async def run() -> None:
        for _ in range(2):
            await asyncio.to_thread(insert, rows)

    return run
