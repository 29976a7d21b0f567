"""Where a Kafka listener reads from: right after what it has read; what is no longer there is told, never skipped."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

from shared.bus import Bus, Message
from shared.telemetry import LAG
from tests.kafka import Broker, without_topic
from tests.listening import Buses, OnBroker, Recorder, event, new_topic
from tests.waiting import eventually


@pytest.fixture
def real(kafka: Broker) -> Broker:
    if not kafka.is_real:
        pytest.skip("the mock cluster knows no administration")
    return kafka


@pytest.fixture
async def buses(real: Broker) -> AsyncIterator[Buses]:
    """Topics of one partition, so that offsets are known by hand."""
    opened = OnBroker(real, partitions=1)
    yield opened
    await opened.close()


def forget_before(broker: Broker, topic: str, offset: int) -> None:
    """What retention does to a topic: its partition begins at this offset from now on."""
    admin = AdminClient({"bootstrap.servers": broker.servers})
    place = TopicPartition(topic, 0, offset)
    admin.delete_records([place])[place].result(10)


def lag(topic: str) -> float:
    return float(LAG.labels(topic, 0)._value.get())


class Patient(Recorder):
    """Takes nothing before it is let; says when it was first asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.let = asyncio.Event(), asyncio.Event()

    async def take(self, messages: Sequence[Message]) -> None:
        self.asked.set()
        await self.let.wait()
        await super().take(messages)


async def publish(bus: Bus, topic: str, *versions: int) -> None:
    for version in versions:
        await bus.publish(topic, [event(version=version)])


async def test_a_topic_made_anew_is_read_from_its_beginning_and_the_listener_told(real: Broker, buses: Buses) -> None:
    topic, listener = new_topic(), Recorder()
    async with buses.open().listening([topic], listener):
        await publish(buses.open(), topic, 1, 2, 3)
        await eventually(lambda: listener.has(3))
    with without_topic(real, topic):
        bus = buses.open()
        await publish(bus, topic, 4, 5)
        async with bus.listening([topic], listener):
            await eventually(lambda: listener.has(5))
    assert listener.restarted == [(topic, 0)]
    assert [(each.offset, listener.events()[place].sequence) for place, each in enumerate(listener.taken)] == [
        (0, 1), (1, 2), (2, 3), (0, 4), (1, 5),
    ]  # fmt: skip


async def test_offsets_that_aged_out_before_a_first_reading_are_told(real: Broker, buses: Buses) -> None:
    topic, listener, bus = new_topic(), Recorder(), buses.open()
    await publish(bus, topic, 1, 2, 3)
    forget_before(real, topic, 2)
    async with bus.listening([topic], listener):
        await eventually(lambda: listener.has(1))
    assert listener.missed == [(topic, 0, 0, 1)]
    assert listener.versions() == [3]


async def test_offsets_that_aged_out_while_nobody_listened_are_told(real: Broker, buses: Buses) -> None:
    topic, listener, bus = new_topic(), Recorder(), buses.open()
    async with bus.listening([topic], listener):
        await publish(bus, topic, 1)
        await eventually(lambda: listener.has(1))
    await publish(bus, topic, 2, 3, 4)
    forget_before(real, topic, 3)
    async with bus.listening([topic], listener):
        await eventually(lambda: listener.has(2))
    assert listener.missed == [(topic, 0, 1, 2)]
    assert listener.versions() == [1, 4]


async def test_a_topic_that_aged_out_whole_is_told_whole(real: Broker, buses: Buses) -> None:
    topic, listener, bus = new_topic(), Recorder(), buses.open()
    await publish(bus, topic, 1, 2)
    forget_before(real, topic, 2)
    async with bus.listening([topic], listener):
        await publish(bus, topic, 3)
        await eventually(lambda: listener.has(1))
    assert listener.missed == [(topic, 0, 0, 1)]
    assert [each.offset for each in listener.taken] == [2]


async def test_offsets_that_age_out_under_a_listener_are_told(real: Broker, buses: Buses) -> None:
    topic, listener, bus = new_topic(), Patient(), buses.open()
    async with bus.listening([topic], listener):
        await publish(bus, topic, 1)
        await listener.asked.wait()
        await publish(bus, topic, 2, 3, 4)
        forget_before(real, topic, 3)
        listener.let.set()
        await eventually(lambda: _has(listener, 4))
    lost = [offset for _, _, first, last in listener.missed for offset in range(first, last + 1)]
    assert sorted([*lost, *(each.offset for each in listener.taken)]) == [0, 1, 2, 3]
    assert 2 in lost


async def _has(listener: Recorder, version: int) -> bool:
    return version in listener.versions()


async def test_a_listener_that_remembers_all_there_is_waits_for_what_comes(buses: Buses) -> None:
    topic, listener, bus = new_topic(), Recorder(), buses.open()
    await publish(bus, topic, 1)
    listener.reached = {topic: {0: 0}}
    async with bus.listening([topic], listener):
        await publish(bus, topic, 2)
        await eventually(lambda: listener.has(1))
    assert (listener.versions(), listener.restarted, listener.missed) == ([2], [], [])


async def test_the_lag_is_measured_as_messages_are_taken_and_forgotten_where_nobody_listens(buses: Buses) -> None:
    topic, listener, bus = new_topic(), Patient(), buses.open()
    await publish(bus, topic, 1, 2, 3)
    async with bus.listening([topic], listener):
        await listener.asked.wait()
        assert lag(topic) == 3
        listener.let.set()
        await eventually(lambda: listener.has(3))
        await eventually(lambda: _lags(topic, 0))
    assert (topic, "0") not in LAG._metrics


async def _lags(topic: str, count: int) -> bool:
    return lag(topic) == count


async def test_a_listener_that_lost_what_it_had_taken_in_is_given_it_again_though_nothing_new_comes(
    buses: Buses,
) -> None:
    """Its database was emptied, or put back: no message has to come to tell."""
    topic, listener, bus = new_topic(), Recorder(), buses.open()
    async with bus.listening([topic], listener):
        await publish(bus, topic, 1, 2)
        await eventually(lambda: listener.has(2))
        listener.reached.clear()
        await eventually(lambda: listener.has(4))
    assert listener.versions() == [1, 2, 1, 2]
