"""Kafka with nothing around it: what aiokafka itself takes to send and to read, with the settings of the bus."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from benchmarks.told import Sealed

PARTITIONS = 3


@asynccontextmanager
async def producer(servers: str) -> AsyncIterator[Any]:
    """Acknowledged by all replicas, idempotent, compressed."""
    made = AIOKafkaProducer(
        bootstrap_servers=servers,
        acks="all",
        enable_idempotence=True,
        compression_type="gzip",
        max_request_size=4194304,
    )
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def produce(producer: Any, topic: str, messages: Sequence[Sealed]) -> None:
    sent = [await producer.send(topic, value, key=key, headers=list(headers)) for key, value, headers in messages]
    await asyncio.gather(*sent)


async def consume(servers: str, topic: str, count: int) -> None:
    """Join a group, and read so many messages from the beginning."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=servers, group_id=uuid4().hex, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        while count > 0:
            found = await consumer.getmany(timeout_ms=500, max_records=500)
            count -= sum(len(each) for each in found.values())
    finally:
        await consumer.stop()


async def made(servers: str, name: str, partitions: int = PARTITIONS) -> str:
    """A topic of this name, new."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, partitions, 1)])
    finally:
        await admin.close()
    return name


async def filled(servers: str, name: str, messages: Sequence[Sealed]) -> str:
    """A new topic that holds these messages."""
    await made(servers, name)
    async with producer(servers) as sending:
        for start in range(0, len(messages), 500):
            await produce(sending, name, messages[start : start + 500])
    return name


__all__ = ["PARTITIONS", "TopicPartition", "consume", "filled", "made", "produce", "producer"]
