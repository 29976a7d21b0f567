"""The in-process bus: an event is taken when every listener has committed it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from shared.events.envelope import Event, seal

from . import BusUnavailableError, Listener, Message

PARTITION = 0


class MemoryBus:
    """Joins services that share a process; what it has not delivered stays in its publisher's outbox."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        self._next: dict[str, int] = {}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        """Deliver to every listener. Raises BusUnavailableError where nobody listens or a listener fails."""
        async with self._turns[topic]:
            if not self._listeners[topic]:
                raise BusUnavailableError(f"personne n’écoute {topic}")
            messages = self._messages(topic, events)
            for listener in self._listeners[topic]:
                await _deliver(listener, messages)
            self._next[topic] += len(messages)

    def _messages(self, topic: str, events: Sequence[Event]) -> list[Message]:
        first = self._next[topic]
        return [_message(topic, first + place, event) for place, event in enumerate(events)]

    @asynccontextmanager
    async def listening(self, topics: Sequence[str], listener: Listener) -> AsyncIterator[None]:
        for topic in topics:
            async with self._turns[topic]:
                await self._join(topic, listener)
        try:
            yield
        finally:
            for topic in topics:
                self._listeners[topic].remove(listener)

    async def _join(self, topic: str, listener: Listener) -> None:
        """Offsets go on after the furthest that any listener remembers, so that no position is used twice."""
        reached = (await listener.positions(topic)).get(PARTITION, -1)
        self._next[topic] = max(self._next.get(topic, 0), reached + 1)
        self._listeners[topic].append(listener)

    async def close(self) -> None:
        self._listeners.clear()


async def _deliver(listener: Listener, messages: Sequence[Message]) -> None:
    try:
        await listener.take(messages)
    except Exception as error:
        raise BusUnavailableError(f"un lecteur n’a pas pu enregistrer l’événement : {error}") from error


def _message(topic: str, offset: int, event: Event) -> Message:
    key, value, headers = seal(event)
    return Message(topic=topic, partition=PARTITION, offset=offset, key=key, value=value, headers=headers)
