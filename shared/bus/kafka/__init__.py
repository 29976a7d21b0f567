"""The Kafka bus: acknowledged by all in-sync replicas, read from the listener's own position."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from aiokafka import AIOKafkaProducer

from shared.bus import MAX_EVENT_BYTES, BusUnavailableError, Listener
from shared.events.envelope import Event, seal
from shared.settings import KafkaSettings

from .client import ENVELOPE_BYTES, FAILURES, Cluster, start, stop
from .listening import listen


class KafkaBus:
    """`group` names the listeners that share the partitions among themselves."""

    def __init__(self, settings: KafkaSettings, *, group: str) -> None:
        self._cluster = Cluster(settings)
        self._group = group
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        """Return once all in-sync replicas have the events; a producer that failed is thrown away."""
        try:
            async with asyncio.timeout(self._cluster.settings.send_seconds):
                await self._send(topic, events)
        except FAILURES as error:
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
            await self._cluster.ensure_topics([topic])
            if self._producer is None:
                producer = AIOKafkaProducer(
                    **self._cluster.connection(),
                    acks="all",
                    enable_idempotence=True,
                    compression_type="gzip",
                    max_request_size=MAX_EVENT_BYTES + ENVELOPE_BYTES,
                )
                await start(producer)
                self._producer = producer
            return self._producer

    async def _discard_producer(self) -> None:
        producer, self._producer = self._producer, None
        self._cluster.forget_topics()
        if producer:
            await stop(producer)

    @asynccontextmanager
    async def listening(self, topics: Sequence[str], listener: Listener) -> AsyncIterator[None]:
        task = asyncio.create_task(listen(self._cluster, self._group, topics, listener), name="kafka-listen")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def close(self) -> None:
        await self._discard_producer()
