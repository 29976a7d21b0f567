"""Partitions of a Kafka topic, shared by listeners: one that fails or is slow holds no other back, nor is doubled."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence

import pytest

from shared.bus import BusUnavailableError, Message
from shared.bus.kafka import KafkaBus
from shared.settings import KafkaSettings
from tests.kafka import Broker
from tests.listening import Buses, OnBroker, Recorder, event, new_topic
from tests.processes import free_port
from tests.waiting import eventually


@pytest.fixture
async def buses(kafka: Broker) -> AsyncIterator[Buses]:
    if not kafka.is_real:
        pytest.skip("the mock cluster knows no rebalancing")
    opened = OnBroker(kafka)
    yield opened
    await opened.close()


class Choosy(Recorder):
    """Refuses one partition as long as it is told to."""

    refused_partition: int | None = 0

    async def take(self, messages: Sequence[Message]) -> None:
        if messages[0].partition == self.refused_partition:
            self.refused += messages
            raise RuntimeError("this partition cannot be taken in now")
        await super().take(messages)

    async def has_refused(self) -> bool:
        return bool(self.refused)


class Slow(Recorder):
    """Each taking lasts so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self.begun = asyncio.Event()

    async def take(self, messages: Sequence[Message]) -> None:
        self.begun.set()
        await asyncio.sleep(self._seconds)
        await super().take(messages)


async def test_a_partition_that_fails_holds_no_other_back_and_comes_again_in_order(buses: Buses) -> None:
    topic, listener, bus = new_topic(), Choosy(), buses.open()
    subjects = [f"observations/{number}" for number in range(12)]
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event(subject) for subject in subjects])
        await eventually(listener.has_refused)
        held = len({each.key for each in listener.refused})
        await eventually(lambda: listener.has(12 - held))
        await bus.publish(topic, [event(subject, 2) for subject in subjects])
        await eventually(lambda: listener.has(2 * (12 - held)))
        listener.refused_partition = None
        await eventually(lambda: listener.has(24))
    assert held > 0
    assert {subject: listener.versions(subject) for subject in subjects} == {subject: [1, 2] for subject in subjects}


async def test_a_taking_that_outlasts_the_session_is_not_given_twice(buses: Buses) -> None:
    """The session lasts 6 seconds here: heartbeats go on meanwhile."""
    topic, listener, bus = new_topic(), Slow(7), buses.open()
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event(version=1)])
        await eventually(lambda: listener.has(1))
        await bus.publish(topic, [event(version=2)])
        await eventually(lambda: listener.has(2))
    assert listener.versions() == [1, 2]


async def test_a_partition_changes_hands_only_once_what_is_being_taken_in_is_taken(buses: Buses) -> None:
    topic, one, other = new_topic(), Slow(3), Recorder()
    other.reached = one.reached  # they share a read model
    first, second = buses.open(), buses.open()
    subjects = [f"observations/{number}" for number in range(12)]
    async with first.listening([topic], one):
        await first.publish(topic, [event(subject) for subject in subjects])
        await one.begun.wait()
        async with second.listening([topic], other):
            await eventually(lambda: _have(12, one, other), within=40)
    assert set(Counter((each.partition, each.offset) for each in one.taken + other.taken).values()) == {1}


async def _have(count: int, *listeners: Recorder) -> bool:
    return sum(len(each.taken) for each in listeners) >= count


async def test_the_ends_of_topics_are_known_and_a_topic_that_is_not_there_has_none(kafka: Broker, buses: Buses) -> None:
    topic, absent, bus = new_topic(), new_topic(), buses.open()
    assert isinstance(bus, KafkaBus)
    await bus.publish(topic, [event(f"observations/{number}") for number in range(20)])
    ends = await bus.ends([topic, absent])
    assert set(ends) == {(topic, 0), (topic, 1), (topic, 2)}
    assert sum(ends.values()) == 20
    assert await bus.ends([absent]) == {}


async def test_the_ends_of_topics_on_a_broker_that_is_away_are_said_to_be_unknown() -> None:
    bus = KafkaBus(KafkaSettings(servers=f"127.0.0.1:{free_port()}", send_seconds=2), group="test")
    with pytest.raises(BusUnavailableError, match="Kafka ne dit pas où finissent les topics"):
        await bus.ends([new_topic()])
