"""Placing each partition at the listener's own position, before its messages count; and again where it fails."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from time import monotonic

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import IllegalStateError

from shared.bus import Listener, Message
from shared.telemetry import BUS_FAILURES, LAG

from .client import said

_PAUSE_SECONDS = 1.0
_ASK_SECONDS = 3.0  # a partition without a leader holds the others back no longer
_HAND_OVER_SECONDS = 20.0
_CHECK_SECONDS = 3.0
log = structlog.get_logger(__name__)


class Placed(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """The partitions that a consumer was given: each waits for its place (`_due`), or is read (`_next`)."""

    def __init__(self, consumer: AIOKafkaConsumer, listener: Listener) -> None:
        self._consumer = consumer
        self._listener = listener
        self._due: dict[TopicPartition, float] = {}
        self._next: dict[TopicPartition, int] = {}
        self._taking = asyncio.Lock()
        self._checked_at = monotonic()

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """Wait for what is being taken in, unless it lasts too long: whoever is given the partition finds it left."""
        self.leave()
        with suppress(TimeoutError):
            async with asyncio.timeout(_HAND_OVER_SECONDS), self._taking:
                pass

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        for partition in assigned:
            self._consumer.seek(partition, 0)  # else aiokafka would look for a place by itself
            self._consumer.pause(partition)
        self._due = dict.fromkeys(assigned, 0.0)

    def leave(self) -> None:
        """Nothing more of what was fetched counts here, and another says how far it has read."""
        for partition in (*self._due, *self._next):
            with suppress(KeyError):
                LAG.remove(partition.topic, str(partition.partition))
        self._due, self._next = {}, {}

    def displace(self, partitions: Collection[TopicPartition]) -> None:
        """Read no further where nothing is to be read any more, and find another place."""
        for partition in partitions:
            if self._next.pop(partition, None) is not None:
                self._due[partition] = 0.0

    async def check(self) -> None:
        """Now and then: what the listener had taken in may be gone, and no message has to come to tell."""
        if monotonic() - self._checked_at < _CHECK_SECONDS:
            return
        self._checked_at = monotonic()
        with suppress(Exception):  # what can't be asked now is asked later
            for topic in {partition.topic for partition in self._next}:
                reached = await self._listener.positions(topic)
                mine = {each: following for each, following in self._next.items() if each.topic == topic}
                self.displace(
                    [each for each, following in mine.items() if reached.get(each.partition, -1) + 1 < following]
                )

    async def place(self) -> None:
        for partition in [each for each, due in self._due.items() if due <= monotonic()]:
            try:
                if partition in self._due:  # unless it was taken away meanwhile
                    await self._place(partition)
            except Exception as error:  # noqa: BLE001 - it is said, and tried again; the others go on
                self._try_again(partition, error)

    async def _place(self, partition: TopicPartition) -> None:
        given = self._due
        async with asyncio.timeout(_ASK_SECONDS):
            first = (await self._consumer.beginning_offsets([partition]))[partition]
            end = (await self._consumer.end_offsets([partition]))[partition]
        start = await self._start(partition, first, end)
        if self._due is not given:
            return  # the partition was taken away, and maybe given again, since the listener was asked
        self._consumer.seek(partition, start)
        self._consumer.resume(partition)
        del self._due[partition]
        self._next[partition] = start
        LAG.labels(partition.topic, partition.partition).set(end - start)

    async def _start(self, partition: TopicPartition, first: int, end: int) -> int:
        """Right after what was read; whatever can't be read any more is told, never skipped."""
        following = (await self._listener.positions(partition.topic)).get(partition.partition, -1) + 1
        if following > end:
            await self._listener.restart(partition.topic, partition.partition)
            following = 0
        if following < first:
            await self._listener.missing(partition.topic, partition.partition, following, first - 1)
        return max(following, first)

    async def take(self, partition: TopicPartition, messages: Sequence[Message]) -> None:
        """Have the listener take in the messages of a placed partition; where it fails, they will come again."""
        async with self._taking:
            if partition not in self._next:
                return
            try:
                await self._listener.take(messages)
            except Exception as error:  # noqa: BLE001 - as above
                self._try_again(partition, error)
            else:
                self._advance(partition, messages[-1].offset + 1)

    def _advance(self, partition: TopicPartition, following: int) -> None:
        """Where the partition is still here once its messages are taken in."""
        if partition in self._next:
            self._next[partition] = following
            behind = (self._consumer.highwater(partition) or following) - following
            LAG.labels(partition.topic, partition.partition).set(max(0, behind))

    def _try_again(self, partition: TopicPartition, error: Exception) -> None:
        BUS_FAILURES.labels("listen").inc()
        log.warning("kafka-listen-failed", topic=partition.topic, partition=partition.partition, error=said(error))
        if self._next.pop(partition, None) is not None or partition in self._due:
            self._due[partition] = monotonic() + _PAUSE_SECONDS
            with suppress(IllegalStateError):
                self._consumer.pause(partition)
