"""The Kafka bus: acknowledged by all in-sync replicas, read from the listener's own position."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from aiokafka import AIOKafkaProducer

from shared.bus import MAX_EVENT_BYTES, BusUnavailableError, Listener
from shared.events.envelope import Event, seal
from shared.settings import KafkaSettings
from shared.telemetry import BUS_FAILURES

from .client import FAILURES, Cluster, said
from .ending import abandon
from .listening import listen
from .topics import ENVELOPE_BYTES


class KafkaBus:
    """`group` names the listeners that share the partitions among themselves."""

    def __init__(self, settings: KafkaSettings, *, group: str) -> None:
        self._cluster = Cluster(settings)
        self._group = group
        self._producer: AIOKafkaProducer | None = None
        self._turn = asyncio.Lock()

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        """Return once all in-sync replicas have the events."""
        try:
            async with asyncio.timeout(self._cluster.settings.send_seconds), self._turn:
                await self._send_or_abandon(topic, events)
        except FAILURES as error:
            BUS_FAILURES.labels("publish").inc()
            raise BusUnavailableError(f"Kafka n’a pas pris les événements : {said(error)}") from error

    async def _send_or_abandon(self, topic: str, events: Sequence[Event]) -> None:
        """A producer that did not send all it was given sends nothing more: it may be fenced, or out of sequence."""
        try:
            await self._send(await self._started_producer(topic), topic, events)
        except BaseException:
            await self._abandon_producer()
            raise

    async def _send(self, producer: AIOKafkaProducer, topic: str, events: Sequence[Event]) -> None:
        sent: list[asyncio.Future[object]] = []
        for key, value, headers in map(seal, events):
            sent.append(await producer.send(topic, value, key=key, headers=list(headers)))
            sent[-1].add_done_callback(_heard)
        await asyncio.gather(*sent)

    async def _started_producer(self, topic: str) -> AIOKafkaProducer:
        await self._cluster.ensure_topics([topic])
        if self._producer is None:
            self._producer = AIOKafkaProducer(
                **self._cluster.connection(),
                acks="all",
                enable_idempotence=True,
                compression_type="gzip",
                max_request_size=MAX_EVENT_BYTES + ENVELOPE_BYTES,
            )
            await self._producer.start()
        return self._producer

    async def _abandon_producer(self) -> None:
        producer, self._producer = self._producer, None
        self._cluster.forget_topics()
        if producer:
            await abandon(producer)

    async def ends(self, topics: Sequence[str]) -> Mapping[tuple[str, int], int]:
        """The next offset to be written, by topic and partition; nothing of a topic that is not there.

        Raises BusUnavailableError within bounded time.
        """
        try:
            async with asyncio.timeout(self._cluster.settings.send_seconds):
                return await self._cluster.ends(topics)
        except FAILURES as error:
            raise BusUnavailableError(f"Kafka ne dit pas où finissent les topics : {said(error)}") from error

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
        await self._abandon_producer()


def _heard(sent: "asyncio.Future[object]") -> None:
    """One failure is told of all: the others are not to be complained of when nobody is left to ask."""
    if not sent.cancelled():
        sent.exception()
