"""Listening to Kafka: from the listener's own position, until it is told to stop, whatever fails in between."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition

from shared.bus import MAX_EVENT_BYTES, Listener, Message

from .client import Cluster, start, stop

_PAUSE_SECONDS = 1.0
log = structlog.get_logger(__name__)


async def listen(cluster: Cluster, group: str, topics: Sequence[str], listener: Listener) -> None:
    """Consume until cancelled; what fails is said, and tried again from the listener's position."""
    while True:
        try:
            await _consume(cluster, group, topics, listener)
        except Exception as error:  # noqa: BLE001 - a reader that dies silently would freeze every view
            log.warning("kafka-listen-failed", error=repr(error))
        await asyncio.sleep(_PAUSE_SECONDS)


async def _consume(cluster: Cluster, group: str, topics: Sequence[str], listener: Listener) -> None:
    await cluster.ensure_topics(topics)
    consumer = _consumer(cluster, group)
    placed = _Placed(consumer, listener)
    consumer.subscribe(topics, listener=placed)
    try:
        await start(consumer)
        while True:
            batches = await consumer.getmany(timeout_ms=500, max_records=500)
            for records in placed.only(batches).values():
                await listener.take([_message(record) for record in records])
    finally:
        await stop(consumer)


def _consumer(cluster: Cluster, group: str) -> AIOKafkaConsumer:
    """Offsets are never committed to Kafka: they live with the projection."""
    session = cluster.settings.session_seconds * 1000
    return AIOKafkaConsumer(
        **cluster.connection(),
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_EVENT_BYTES,
        session_timeout_ms=session,
        heartbeat_interval_ms=session // 3,
    )


class _Placed(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """Moves each assigned partition to the listener's own position before any of its messages count."""

    def __init__(self, consumer: AIOKafkaConsumer, listener: Listener) -> None:
        self._consumer = consumer
        self._listener = listener
        self._partitions: set[TopicPartition] = set()
        self._failure: Exception | None = None

    def only(self, batches: dict[TopicPartition, list[Any]]) -> dict[TopicPartition, list[Any]]:
        """The batches of placed partitions; raises what kept a partition from being placed."""
        if self._failure:
            raise self._failure
        return {partition: records for partition, records in batches.items() if partition in self._partitions}

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        self._partitions.difference_update(revoked)

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        try:
            for partition in assigned:
                await self._place(partition)
        except Exception as error:  # noqa: BLE001 - aiokafka would only log it, and read on from anywhere
            self._failure = error

    async def _place(self, partition: TopicPartition) -> None:
        reached = (await self._listener.positions(partition.topic)).get(partition.partition)
        if reached is None:
            await self._consumer.seek_to_beginning(partition)
        else:
            self._consumer.seek(partition, reached + 1)
        self._partitions.add(partition)


def _message(record: Any) -> Message:
    return Message(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
    )
