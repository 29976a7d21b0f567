"""Both ends of a bus, for the tests: events to publish, a listener that remembers, and buses of either kind."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from shared.bus import Bus, BusUnavailableError, Message
from shared.bus.kafka import KafkaBus
from shared.bus.kafka.client import Cluster
from shared.bus.memory import MemoryBus
from shared.events.envelope import Event, open_message
from shared.settings import KafkaSettings
from tests.kafka import Broker

AN_INSTANT = datetime(2023, 4, 3, 9, 30, tzinfo=UTC)


def event(subject: str = "observations/1", version: int = 1, **data: Any) -> Event:
    return Event(
        id=uuid4().hex,
        source="/cadran/indicators",
        type="fr.imt.cadran.indicators.observation-recorded.v1",
        subject=subject,
        time=AN_INSTANT,
        sequence=version,
        data={"version": version, **data},
        correlation_id="une-demande",
        causation_id="une-requête",
    )


def new_topic() -> str:
    return f"cadran.test-{uuid4().hex[:8]}"


class Recorder:
    """A listener that keeps what it took and how far it has read, and refuses the next `refusals` deliveries."""

    def __init__(self, *, refusals: int = 0) -> None:
        self.taken: list[Message] = []
        self.refused: list[Message] = []
        self.reached: dict[str, dict[int, int]] = {}
        self.restarted: list[tuple[str, int]] = []
        self.missed: list[tuple[str, int, int, int]] = []
        self._refusals = refusals

    async def positions(self, topic: str) -> Mapping[int, int]:
        return self.reached.get(topic, {})

    async def take(self, messages: Sequence[Message]) -> None:
        if self._refusals:
            self._refusals -= 1
            self.refused += messages
            raise RuntimeError("the listener cannot take this now")
        self.taken += messages
        for message in messages:
            self.reached.setdefault(message.topic, {})[message.partition] = message.offset

    async def restart(self, topic: str, partition: int) -> None:
        self.restarted.append((topic, partition))
        self.reached[topic].pop(partition)

    async def missing(self, topic: str, partition: int, first: int, last: int) -> None:
        self.missed.append((topic, partition, first, last))
        self.reached.setdefault(topic, {})[partition] = last

    def events(self) -> list[Event]:
        return [open_message(message.value, message.headers) for message in self.taken]

    def versions(self, subject: str = "observations/1") -> list[int]:
        return [each.sequence for each in self.events() if each.subject == subject]

    async def has(self, count: int) -> bool:
        return len(self.taken) >= count


class Buses(ABC):
    """Opens buses that lead to the same place, as the processes of one system do, and closes them."""

    def __init__(self) -> None:
        self._opened: list[Bus] = []

    def open(self) -> Bus:
        self._opened.append(self._new())
        return self._opened[-1]

    @abstractmethod
    def _new(self) -> Bus: ...

    async def close(self) -> None:
        for bus in self._opened:
            await bus.close()


class InProcess(Buses):
    """A restarted process has another bus."""

    def _new(self) -> Bus:
        return MemoryBus()


class OnBroker(Buses):
    """Buses of one group on one broker."""

    def __init__(self, broker: Broker, **settings: Any) -> None:
        super().__init__()
        self._broker = broker
        self._settings = {"servers": broker.servers, "session_seconds": 6} | settings
        self._group = f"test-{uuid4().hex[:8]}"

    def _new(self) -> Bus:
        settings = KafkaSettings(**self._settings)
        return KafkaBus(settings, group=self._group) if self._broker.is_real else _OnMock(settings, self._group)


class _OnMock(KafkaBus):
    def __init__(self, settings: KafkaSettings, group: str) -> None:
        super().__init__(settings, group=group)
        self._cluster = _Mock(settings)


class _Mock(Cluster):
    """The mock makes a topic when it is first named, and can't be asked to."""

    async def ensure_topics(self, topics: Sequence[str]) -> None:
        """Leave it to the mock."""


async def publish_until_taken(bus: Bus, topic: str, events: Sequence[Event]) -> None:
    """Publish as a relay does: again, where the bus did not answer for the events."""
    for _ in range(10):
        try:
            return await bus.publish(topic, events)
        except BusUnavailableError:
            continue
    raise AssertionError("the bus never took the events")
