"""From a write's commit to the commit of the read model, under a steady rate, beside aiokafka alone from end to end."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

from benchmarks import invented, raw_kafka, raw_reader, told
from benchmarks.invented import code_of
from benchmarks.servers import Deployed, Standing, deployed, opened
from benchmarks.tables import at_most, milliseconds, table
from tests.processes import running
from tests.waiting import eventually

_TITLE = ["events/s asked", "written", "p50, p95, p99", "raw transport", "p99", "p99 of raw"]
_RATES = (125, 500)
_BATCH = 25
_SECONDS = 4
_ROUNDS = 2
_GOAL, _MOST_SECONDS = 2.0, 0.05
_SIZE = 1
_COMMITTED = (
    "SELECT id, version, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 AS at "
    "FROM observation_versions WHERE recorded_at > $1"
)
Latencies = Sequence[float]
Send = Callable[[], Awaitable[Any]]


async def report(ground: Standing) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        system = await stack.enter_async_context(deployed(ground))
        await invented.load(system.client, _SIZE)
        await system.shown(f"/v1/contracts/{code_of(_SIZE)}/follow-up?year=2022")
        raw = await _Raw.enter(stack, ground)
        writing = _Writing(system)
        async for line in table(_TITLE, (_row(writing, raw, rate) for rate in _RATES)):
            yield line


async def _row(writing: "_Writing", raw: "_Raw", rate: int) -> Sequence[str]:
    """A window of each in turn."""
    rounds = [(await writing.window(rate), await raw.window(rate)) for _ in range(_ROUNDS + 1)][1:]
    ours, theirs = ([each for pair in rounds for each in pair[place][0]] for place in range(2))
    written = sum(len(pair[0][0]) for pair in rounds) / sum(pair[0][1] for pair in rounds)
    ratios = [_p99(pair[0][0]) / _p99(pair[1][0]) for pair in rounds]
    goal = at_most(_p99(ours) * 1000, _MOST_SECONDS * 1000, "ms") if rate == 500 else milliseconds(_p99(ours))
    against = at_most(median(ratios), _GOAL) if rate == 500 else f"{median(ratios):.2f} ×"
    return [str(rate), f"{written:.0f}", _spread(ours), _spread(theirs), goal, against]


class _Writing:
    """Corrections of many figures a call, straight at their owner; each figure's next version."""

    def __init__(self, system: Deployed) -> None:
        self._system = system
        self._rows = cycle([row for _, row in invented.package(_SIZE).tables["observations"].rows if row.get("value")])
        self._values = count(100)
        self._client = httpx.AsyncClient(headers={"Authorization": f"Bearer {system.token}"}, timeout=60)
        port = system.target("", "indicators").port
        self._url = f"http://127.0.0.1:{port}/indicators/v1/contracts/{code_of(_SIZE)}/observations"

    async def window(self, rate: int) -> tuple[Latencies, float]:
        async with (
            opened(self._system.database("indicators")) as (_, owner),
            opened(self._system.database("gateway")) as (_, views),
        ):
            began = await owner.fetchval("SELECT clock_timestamp()")
            elapsed = await steadily(self._write, rate)
            told_at = {(row["id"], row["version"]): row["at"] for row in await owner.fetch(_COMMITTED, began)}

            async def shown() -> bool:
                query = "SELECT count(*) FROM observation_versions WHERE recorded_at > $1"
                return bool(await views.fetchval(query, began) >= len(told_at))

            await eventually(shown, within=120)
            seen_at = {(row["id"], row["version"]): row["at"] for row in await views.fetch(_COMMITTED, began)}
        return [seen_at[each] - at for each, at in told_at.items()], elapsed

    async def _write(self) -> None:
        value = str(next(self._values))
        rows = [{**row, "value": value} for row in islice(self._rows, _BATCH)]
        answer = await self._client.post(self._url, json={"rows": rows, "reason": "bench"})
        answer.raise_for_status()


class _Raw:
    """The same bytes at the same rate, in the same bursts, from a producer to a consumer in a process of its own."""

    def __init__(self, producer: Any, topic: str, file: Path) -> None:
        self._producer = producer
        self._topic = topic
        self._file = file
        self._messages = cycle(told.sealed(1000, told.now()))
        self._windows = count()

    @classmethod
    async def enter(cls, stack: AsyncExitStack, ground: Standing) -> "_Raw":
        servers, file = ground.kafka.servers, ground.folder / "raw-reader"
        topic = await raw_kafka.made(servers, "bench.raw-transport", 1)
        command = [sys.executable, "-m", "benchmarks.raw_reader", servers, topic, str(file)]
        stack.enter_context(running(command, log=ground.folder / "raw-reader.log"))
        return cls(await stack.enter_async_context(raw_kafka.producer(servers)), topic, file)

    async def window(self, rate: int) -> tuple[Latencies, float]:
        elapsed = await steadily(self._send, rate)
        name = str(next(self._windows))
        await self._producer.send_and_wait(self._topic, name.encode(), key=raw_reader.END)
        file = self._file.with_suffix(f".{name}")

        async def written() -> bool:
            return file.exists()

        await eventually(written, within=60)
        return json.loads(file.read_text("utf-8")), elapsed

    async def _send(self) -> None:
        now = str(time.time_ns()).encode()
        await raw_kafka.produce(
            self._producer, self._topic, [(now, value, headers) for _, value, headers in islice(self._messages, _BATCH)]
        )


async def steadily(send: Send, rate: int) -> float:
    """So many events a second, in calls of as many each, whether the last one was answered or not."""
    loop = asyncio.get_running_loop()
    began, tasks = loop.time(), []
    for number in range(_SECONDS * rate // _BATCH):
        await asyncio.sleep(began + number * _BATCH / rate - loop.time())
        tasks.append(asyncio.create_task(_nothing(send)))
    await asyncio.gather(*tasks)
    return loop.time() - began


async def _nothing(send: Send) -> None:
    await send()


def _p99(latencies: Latencies) -> float:
    return quantiles(latencies, n=100)[98]


def _spread(latencies: Latencies) -> str:
    cuts = quantiles(latencies, n=100)
    return ", ".join(milliseconds(cuts[place]) for place in (49, 94, 98))
