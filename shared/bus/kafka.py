"""The Kafka bus: acknowledged by all in-sync replicas, read from the listener's own position."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, NoError, TopicAlreadyExistsError, for_code

from shared.events.envelope import Event, seal
from shared.settings import KafkaSettings

from . import MAX_EVENT_BYTES, BusUnavailableError, Listener, Message

_PAUSE_SECONDS = 1.0
_FAILURES = (KafkaError, OSError, asyncio.TimeoutError)
log = structlog.get_logger(__name__)


class KafkaBus:
    """`group` names the listeners that share the partitions among themselves."""

    def __init__(self, settings: KafkaSettings, *, group: str) -> None:
        self._settings = settings
        self._group = group
        self._producer: AIOKafkaProducer | None = None
        self._known_topics: set[str] = set()
        self._starting = asyncio.Lock()

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        """Return once all in-sync replicas have the events; a producer that failed is thrown away."""
        try:
            async with asyncio.timeout(self._settings.send_seconds):
                await self._send(topic, events)
        except _FAILURES as error:
            await self._discard_producer()
            raise BusUnavailableError(f"Kafka n'a pas pris les événements : {error!r}") from error

    async def _send(self, topic: str, events: Sequence[Event]) -> None:
        producer = await self._started_producer(topic)
        sent = [
            await producer.send(topic, value, key=key, headers=list(headers))
            for key, value, headers in map(seal, events)
        ]
        await asyncio.gather(*sent)

    async def _started_producer(self, topic: str) -> AIOKafkaProducer:
        async with self._starting:
            await self._ensure_topics([topic])
            if self._producer is None:
                producer = AIOKafkaProducer(
                    **self._connection(),
                    acks="all",
                    enable_idempotence=True,
                    compression_type="gzip",
                    max_request_size=MAX_EVENT_BYTES + 65536,
                )
                await _start(producer)
                self._producer = producer
            return self._producer

    async def _discard_producer(self) -> None:
        producer, self._producer = self._producer, None
        self._known_topics.clear()
        if producer:
            await _stop(producer)

    async def _ensure_topics(self, topics: Sequence[str]) -> None:
        missing = [topic for topic in topics if topic not in self._known_topics]
        if not missing:
            return
        admin = AIOKafkaAdminClient(**self._connection())
        try:
            await admin.start()
            known = set(await admin.list_topics())
            _check(await admin.create_topics([self._new_topic(topic) for topic in missing if topic not in known]))
        finally:
            await admin.close()
        self._known_topics.update(missing)

    def _new_topic(self, topic: str) -> NewTopic:
        """Kept for ever: the topic is the history."""
        configs = {"retention.ms": "-1", "cleanup.policy": "delete", "max.message.bytes": str(MAX_EVENT_BYTES + 65536)}
        return NewTopic(topic, self._settings.partitions, self._settings.replication, topic_configs=configs)

    @asynccontextmanager
    async def listening(self, topics: Sequence[str], listener: Listener) -> AsyncIterator[None]:
        task = asyncio.create_task(self._listen(topics, listener), name="kafka-listen")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _listen(self, topics: Sequence[str], listener: Listener) -> None:
        """Consume until cancelled; whatever fails is said, and tried again from the listener's position."""
        while True:
            try:
                await self._consume(topics, listener)
            except Exception as error:  # noqa: BLE001 - a reader that dies silently would freeze every view
                log.warning("kafka-listen-failed", error=repr(error))
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _consume(self, topics: Sequence[str], listener: Listener) -> None:
        await self._ensure_topics(topics)
        consumer = AIOKafkaConsumer(
            **self._connection(),
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=MAX_EVENT_BYTES,
            session_timeout_ms=self._settings.session_seconds * 1000,
            heartbeat_interval_ms=self._settings.session_seconds * 1000 // 3,
        )
        placed = _Placed(consumer, listener)
        consumer.subscribe(topics, listener=placed)
        try:
            await _start(consumer)
            while True:
                batches = await consumer.getmany(timeout_ms=500, max_records=500)
                for partition, records in placed.only(batches).items():
                    log.debug("kafka-take", partition=partition.partition, count=len(records))
                    await listener.take([_message(record) for record in records])
        finally:
            await _stop(consumer)

    def _connection(self) -> dict[str, Any]:
        settings = self._settings
        options: dict[str, Any] = {
            "bootstrap_servers": settings.servers,
            "security_protocol": settings.security_protocol,
            "request_timeout_ms": 10_000,
            "metadata_max_age_ms": 10_000,
        }
        if settings.sasl_username:
            options["sasl_mechanism"] = settings.sasl_mechanism
            options["sasl_plain_username"] = settings.sasl_username
            options["sasl_plain_password"] = settings.sasl_password.get_secret_value()
        if settings.security_protocol.endswith("SSL"):
            options["ssl_context"] = ssl.create_default_context(cafile=settings.ca_file)
        return options

    async def close(self) -> None:
        await self._discard_producer()


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


def _check(answer: Any) -> None:
    """Raise what kept a topic from being made: the broker would make it by itself, and not for ever."""
    for topic, code, *_ in answer.topic_errors:
        if code not in (NoError.errno, TopicAlreadyExistsError.errno):
            raise for_code(code)(topic)


def _message(record: Any) -> Message:
    return Message(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
    )


async def _start(client: AIOKafkaProducer | AIOKafkaConsumer) -> None:
    try:
        await client.start()
    except BaseException:
        await _stop(client)
        raise


async def _stop(client: AIOKafkaProducer | AIOKafkaConsumer) -> None:
    """Stop within bounded time: a broker that is gone must not hold a process back."""
    with suppress(Exception):
        async with asyncio.timeout(5):
            await client.stop()
