"""Views from memory, over real HTTP: beside an application that sends the same bytes, and beside Datasette."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import httpx

from benchmarks import invented, raw_bytes, servers
from benchmarks.calling import Burst, Target, burst
from benchmarks.invented import SIZES, code_of
from benchmarks.servers import Deployed, Standing, deployed
from benchmarks.tables import at_least, milliseconds, table

_ROUNDS = 6
_CALLS, _DATASETTE_CALLS = 400, 10
_CONNECTIONS = 4
_GOAL, _DATASETTE_GOAL = 0.8, 50
_COLUMNS = "indicator, entity, year, value, status, source"
_ALL = f"SELECT 'observation' AS kind, {_COLUMNS} FROM observations UNION ALL SELECT 'target', {_COLUMNS} FROM targets"
_TITLE = ["view", "bytes", "calls/s", "raw ASGI", "ratio", "median, p99", "raw ASGI", "Datasette", "times Datasette"]
_AS_TARGET = {"year": "target", "status": "comparison"}


@dataclass(frozen=True, slots=True)
class _Beside:
    """One view, and what stands beside it."""

    title: str
    view: Target
    raw: Target
    size: int
    datasette: Target | None = None


async def report(ground: Standing) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        system = await stack.enter_async_context(deployed(ground))
        for size in SIZES:
            await invented.load(system.client, size)
        besides = [await stack.enter_async_context(_beside(ground, system, size)) for size in SIZES]
        async for line in table(_TITLE, (_row(each) for each in besides)):
            yield line


@asynccontextmanager
async def _beside(ground: Standing, system: Deployed, size: int) -> AsyncIterator[_Beside]:
    view = await system.shown(f"/v1/contracts/{code_of(size)}/follow-up?year=2022")
    answer = await view.answer()
    async with raw_twin(ground.folder / f"same-{size}.json", answer) as raw, _datasette(ground.folder, size) as rows:
        yield _Beside(f"follow-up of the group, schools × {size}", view, raw, len(answer.content), rows)


@asynccontextmanager
async def raw_twin(file: Path, answer: httpx.Response) -> AsyncIterator[Target]:
    """The same bytes under the same headers, but for the date, which the server adds."""
    raw_bytes.write(file, [each for each in answer.headers.raw if each[0] != b"date"], answer.content)
    port = servers.port()
    async with servers.python("benchmarks.raw_bytes", str(port), str(file), port=port, log=file.with_suffix(".log")):
        yield Target(port, "/")


@asynccontextmanager
async def _datasette(folder: Path, size: int) -> AsyncIterator[Target]:
    """The contract's observations and targets, all of them in one answer."""
    file, port = folder / f"rows-{size}.sqlite3", servers.port()
    _store(file, size)
    settings = ["--setting", "max_returned_rows", "1000000", "--setting", "sql_time_limit_ms", "60000"]
    command = ["serve", str(file), "--port", str(port), *settings]
    async with servers.python("datasette", *command, port=port, log=file.with_suffix(".log")):
        yield Target(port, f"/rows-{size}.json?_shape=array&sql={quote(_ALL)}")


def _store(file: Path, size: int) -> None:
    tables = invented.package(size).tables
    with sqlite3.connect(file) as database:
        for name in ("observations", "targets"):
            database.execute(f"CREATE TABLE {name} ({_COLUMNS})")
            rows = [_cells(row, name) for _, row in tables[name].rows]
            database.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?, ?)", rows)


def _cells(row: dict[str, str], name: str) -> list[str | None]:
    named = _AS_TARGET if name == "targets" else {}
    return [row.get(named.get(column, column)) for column in _COLUMNS.split(", ")]


async def _row(beside: _Beside) -> Sequence[str]:
    rounds = [await _round(beside) for _ in range(_ROUNDS + 1)][1:]
    calls = [call for each in rounds for call in each.one.calls]
    raw_calls = [call for each in rounds for call in each.one_raw.calls]
    return [
        beside.title,
        str(beside.size),
        f"{median(each.ours.rate for each in rounds):.0f}",
        f"{median(each.raw.rate for each in rounds):.0f}",
        at_least(median(each.ours.rate / each.raw.rate for each in rounds), _GOAL),
        _spread(calls),
        _spread(raw_calls),
        f"{median(each.datasette.rate for each in rounds):.1f}",
        at_least(median(each.ours.rate / each.datasette.rate for each in rounds), _DATASETTE_GOAL),
    ]


@dataclass(frozen=True, slots=True)
class _Round:
    ours: Burst
    raw: Burst
    one: Burst
    one_raw: Burst
    datasette: Burst


async def _round(beside: _Beside) -> _Round:
    """Each in turn, so that a machine that slows down slows them all."""
    assert beside.datasette
    return _Round(
        ours=await burst(beside.view, _CALLS, _CONNECTIONS),
        raw=await burst(beside.raw, _CALLS, _CONNECTIONS),
        one=await burst(beside.view, _CALLS // 4),
        one_raw=await burst(beside.raw, _CALLS // 4),
        datasette=await burst(beside.datasette, _DATASETTE_CALLS),
    )


def _spread(calls: Sequence[float]) -> str:
    return f"{milliseconds(median(calls))}, {milliseconds(quantiles(calls, n=100)[98])}"
