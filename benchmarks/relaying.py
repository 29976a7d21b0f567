"""The relay: what an outbox takes to drain to Kafka, beside aiokafka that sends the same bytes."""

import json
from collections.abc import AsyncIterator, Sequence
from functools import partial
from statistics import median
from typing import Any

import asyncpg

from benchmarks import raw_kafka, told
from benchmarks.measuring import seconds
from benchmarks.servers import Standing, opened
from benchmarks.tables import ratio, table
from services.indicators.tables import SCHEMA
from shared.bus.kafka import KafkaBus
from shared.events.envelope import Event
from shared.outbox import OutboxRow, Relay
from shared.settings import KafkaSettings

SIZES = {2_000: 5, 8_000: 3, 32_000: 2}
_COLUMNS = [column.key for column in OutboxRow.__table__.columns if column.key not in {"id", "sent_at"}]


async def report(ground: Standing) -> AsyncIterator[str]:
    rows = (_row(ground, count, rounds) for count, rounds in SIZES.items())
    async for line in table(["relay: events", "events/s", "raw aiokafka", "ratio"], rows):
        yield line


async def _row(ground: Standing, count: int, rounds: int) -> Sequence[str]:
    servers = ground.kafka.servers
    topic, raw = [await raw_kafka.made(servers, f"bench.{name}-{count}") for name in ("relay", "raw")]
    bus = KafkaBus(KafkaSettings(servers=servers), group="bench")
    url = await ground.postgresql.migrated(SCHEMA)
    messages = told.sealed(count, told.now())
    async with opened(url) as (database, connection), raw_kafka.producer(servers) as producer:
        await _fill(connection, told.events(count, told.now()))
        relay = Relay(database, bus, owner="indicators", topic=topic)
        found = []
        for _ in range(rounds + 1):
            await _unsend(connection)
            raw_seconds = await seconds(partial(raw_kafka.produce, producer, raw, messages))
            found.append((await seconds(relay.drain), raw_seconds))
        await bus.close()
    ours, theirs = (median(pair[place] for pair in found[1:]) for place in range(2))
    against = median(their / our for our, their in found[1:])
    return [str(count), f"{count / ours:.0f}", f"{count / theirs:.0f}", ratio(against)]


async def _fill(connection: "asyncpg.Connection[Any]", events: Any) -> None:
    await connection.copy_records_to_table("outbox", records=map(_record, events), columns=_COLUMNS)


def _record(event: Event) -> tuple[Any, ...]:
    named = {"event_id": event.id, "data": json.dumps(event.data, ensure_ascii=False)}
    return tuple(named.get(name, getattr(event, name, None)) for name in _COLUMNS)


async def _unsend(connection: "asyncpg.Connection[Any]") -> None:
    await connection.execute("UPDATE outbox SET sent_at = NULL")
    await connection.execute("VACUUM ANALYZE outbox")
