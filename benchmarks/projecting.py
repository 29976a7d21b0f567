"""The projection and the rebuild: from a topic to the read model, beside aiokafka and asyncpg alone."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import partial
from statistics import median
from typing import Any
from uuid import uuid4

import asyncpg

from benchmarks import raw_kafka, told
from benchmarks.measuring import seconds
from benchmarks.servers import Standing, opened
from benchmarks.tables import at_least, ratio, table
from services.gateway import generations, read_model
from services.gateway.consumer import Consumer
from services.gateway.rebuilding import rebuild
from services.gateway.tables import SCHEMA
from shared.bus import Message
from shared.bus.kafka import KafkaBus
from shared.database import Database
from shared.settings import KafkaSettings

SIZES = {2_000: 4, 8_000: 3, 32_000: 2}
_TABLES = ("observation_versions", "observations", "recent_events")
_BATCH = 500
_GOAL = 0.35


class Counting(Consumer):
    """Knows when it has taken in so many messages."""

    def __init__(self, database: Database, count: int) -> None:
        super().__init__(database)
        self._left = count
        self.done = asyncio.Event()

    async def take(self, messages: Sequence[Message]) -> None:
        await super().take(messages)
        self._left -= len(messages)
        if self._left <= 0:
            self.done.set()


async def report(ground: Standing) -> AsyncIterator[str]:
    rows = (_projection(ground, count, rounds) for count, rounds in SIZES.items())
    async for line in table(["projection: events", "events/s", "raw aiokafka", "ratio", "raw asyncpg", "ratio"], rows):
        yield line
    rows = (_rebuild(ground, count, rounds) for count, rounds in SIZES.items())
    async for line in table(["rebuild: events", "events/s", "raw aiokafka", "ratio"], rows):
        yield line


async def _projection(ground: Standing, count: int, rounds: int) -> Sequence[str]:
    servers = ground.kafka.servers
    topic = await raw_kafka.filled(servers, f"bench.project-{count}", told.sealed(count, told.now()))
    url = await ground.postgresql.migrated(SCHEMA)
    bus = KafkaBus(KafkaSettings(servers=servers), group=uuid4().hex)
    async with opened(url) as (database, connection):
        generations.follow(database)
        await read_model.ensure_named(database)
        found = []
        for _ in range(rounds + 1):
            await _forget(connection)
            ours = await seconds(partial(_project, bus, topic, database, count))
            stored = {name: await connection.fetch(f"SELECT * FROM {name}") for name in _TABLES}
            await _forget(connection)
            raw = await seconds(partial(raw_kafka.consume, servers, topic, count))
            found.append((ours, raw, await seconds(partial(_insert, connection, stored))))
        await bus.close()
    return [str(count), *_against(count, found[1:])]


def _against(count: int, found: Sequence[tuple[float, float, float]]) -> Sequence[str]:
    ours, raw, inserts = (median(each[place] for each in found) for place in range(3))
    return [
        f"{count / ours:.0f}",
        f"{count / raw:.0f}",
        ratio(median(each[1] / each[0] for each in found)),
        f"{count / inserts:.0f}",
        ratio(median(each[2] / each[0] for each in found)),
    ]


async def _project(bus: KafkaBus, topic: str, database: Database, count: int) -> None:
    consumer = Counting(database, count)
    async with bus.listening([topic], consumer):
        await consumer.done.wait()


async def _forget(connection: "asyncpg.Connection[Any]") -> None:
    await connection.execute(f"TRUNCATE positions, {', '.join(_TABLES)}")


async def _insert(connection: "asyncpg.Connection[Any]", stored: dict[str, list[Any]]) -> None:
    """The same rows, so many in a transaction."""
    count = max(len(rows) for rows in stored.values())
    for start in range(0, count, _BATCH):
        async with connection.transaction():
            for name, rows in stored.items():
                part = rows[start : start + _BATCH]
                if part:
                    places = ", ".join(f"${number}" for number in range(1, len(part[0]) + 1))
                    await connection.executemany(f"INSERT INTO {name} VALUES ({places})", part)


async def _rebuild(ground: Standing, count: int, rounds: int) -> Sequence[str]:
    servers = ground.kafka.servers
    topic = await raw_kafka.filled(servers, f"bench.rebuild-{count}", told.sealed(count, told.OLD))
    url = await ground.postgresql.migrated(SCHEMA)
    found = []
    async with opened(url) as (database, _):
        generations.follow(database)
        await read_model.ensure_named(database)
    for _ in range(rounds + 1):
        bus = KafkaBus(KafkaSettings(servers=servers), group=uuid4().hex)
        ours = await seconds(partial(rebuild, url, bus, [topic], lambda _read, _total: None))
        await bus.close()
        found.append((ours, await seconds(partial(raw_kafka.consume, servers, topic, count))))
    ours, raw = (median(each[place] for each in found[1:]) for place in range(2))
    against = median(theirs / ours for ours, theirs in found[1:])
    return [str(count), f"{count / ours:.0f}", f"{count / raw:.0f}", at_least(against, _GOAL)]
