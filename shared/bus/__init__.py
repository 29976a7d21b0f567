"""The bus: what publishing and listening mean, whichever adapter carries the events."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from shared.events.envelope import Event, Headers

MAX_EVENT_BYTES = 4 * 1024 * 1024


class BusUnavailableError(Exception):
    """The bus did not take responsibility for an event; the same call may pass later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An event as the bus delivers it, opened by nobody yet."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


class Listener(Protocol):
    """Who reads a topic, and remembers by itself how far it has read."""

    async def positions(self, topic: str) -> Mapping[int, int]:
        """The offset of the last message taken in, by partition; nothing for a partition never read."""

    async def take(self, messages: Sequence[Message]) -> None:
        """Take in messages of one partition, in order, and commit. Raises only where trying again may help."""

    async def restart(self, topic: str, partition: int) -> None:
        """The partition ends before the listener's position: it was made anew, and is read from its beginning."""

    async def missing(self, topic: str, partition: int, first: int, last: int) -> None:
        """These offsets are gone before they were read: say so for good, and count them as read."""


class Bus(Protocol):
    """At least once, in the order of each subject."""

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        """Return once the bus answers for the events. Raises BusUnavailableError: any of them may come again."""

    def listening(self, topics: Sequence[str], listener: Listener) -> AbstractAsyncContextManager[None]:
        """Deliver the topics to the listener, from where it stopped, as long as the block lasts."""

    async def close(self) -> None: ...
