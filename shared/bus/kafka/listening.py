"""Listening to Kafka: from the listener's own position, until it is told to stop, whatever fails in between."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import NoOffsetForPartitionError, OffsetOutOfRangeError

from shared.bus import MAX_EVENT_BYTES, Listener, Message
from shared.telemetry import BUS_FAILURES

from .client import Cluster, said
from .ending import stop
from .placing import Placed
from .topics import ENVELOPE_BYTES

_PAUSE_SECONDS = 1.0
log = structlog.get_logger(__name__)


async def listen(cluster: Cluster, group: str, topics: Sequence[str], listener: Listener) -> None:
    """Consume until cancelled; what fails is said, and tried again from the listener's position."""
    while True:
        try:
            await _consume(cluster, group, topics, listener)
        except Exception as error:  # noqa: BLE001 - a reader that dies silently would freeze every view
            BUS_FAILURES.labels("listen").inc()
            log.warning("kafka-listen-failed", error=said(error))
        cluster.forget_topics()
        await asyncio.sleep(_PAUSE_SECONDS)


async def _consume(cluster: Cluster, group: str, topics: Sequence[str], listener: Listener) -> None:
    await cluster.ensure_topics(topics)
    consumer = _consumer(cluster, group)
    placed = Placed(consumer, listener)
    consumer.subscribe(topics, listener=placed)
    try:
        await consumer.start()
        while True:
            await placed.check()
            await placed.place()
            for partition, records in (await _fetched(consumer, placed)).items():
                await placed.take(partition, [_message(record) for record in records])
    finally:
        placed.leave()
        await stop(consumer)


async def _fetched(consumer: AIOKafkaConsumer, placed: Placed) -> dict[TopicPartition, list[Any]]:
    """What came; raises where aiokafka fetches no more, which it does not say by itself."""
    dead = consumer._fetcher.error_future  # noqa: SLF001 - it is known nowhere else
    if dead.done():
        dead.result()
    try:
        found: dict[TopicPartition, list[Any]] = await consumer.getmany(timeout_ms=500, max_records=2000)
    except NoOffsetForPartitionError:
        return {}  # its place is being found
    except OffsetOutOfRangeError as error:
        placed.displace(error.args[0])
        return {}
    return found


def _consumer(cluster: Cluster, group: str) -> AIOKafkaConsumer:
    """Offsets are never committed to Kafka: they live with the projection. Nor is any ever chosen by Kafka."""
    session = cluster.settings.session_seconds * 1000
    return AIOKafkaConsumer(
        **cluster.connection(),
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="none",
        max_partition_fetch_bytes=MAX_EVENT_BYTES + ENVELOPE_BYTES,
        session_timeout_ms=session,
        heartbeat_interval_ms=session // 3,
    )


def _message(record: Any) -> Message:
    return Message(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
    )
