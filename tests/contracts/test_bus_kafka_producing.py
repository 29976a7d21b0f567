"""What a Kafka producer does once it has failed: it sends nothing more, and another takes its place."""

import asyncio
import gc
import secrets
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import pytest
from confluent_kafka.admin import AdminClient
from structlog.testing import capture_logs

from shared.bus import BusUnavailableError
from shared.bus.kafka import KafkaBus
from shared.events.envelope import Event
from shared.settings import KafkaSettings
from tests.kafka import Broker, frozen
from tests.listening import OnBroker, Recorder, event, new_topic
from tests.waiting import eventually


@pytest.fixture
def real(kafka: Broker) -> Broker:
    if not kafka.is_real:
        pytest.skip("the mock cluster knows no administration")
    return kafka


@pytest.fixture
def ours(real: Broker) -> Broker:
    if not real.pid:
        pytest.skip("only a broker that we started on Java can be frozen")
    return real


@pytest.fixture
async def bus(real: Broker) -> AsyncIterator[KafkaBus]:
    buses = OnBroker(real, send_seconds=3, partitions=1)
    opened = buses.open()
    assert isinstance(opened, KafkaBus)
    yield opened
    await buses.close()


async def versions(bus: KafkaBus, topic: str) -> list[int]:
    """All that the topic holds."""
    listener = Recorder()
    ends = await bus.ends([topic])
    async with bus.listening([topic], listener):
        await eventually(lambda: listener.has(sum(ends.values())))
    return [each.sequence for each in listener.events()]


def long_events(count: int) -> list[Event]:
    """Too long for two to be sent together: the first is on its way while the second waits in the producer."""
    return [event(version=version, noise=secrets.token_hex(20_000)) for version in range(1, count + 1)]


async def test_what_a_producer_did_not_send_in_time_is_never_sent_by_itself(ours: Broker, bus: KafkaBus) -> None:
    """Its versions would come after newer ones, when nobody waits for them any more."""
    topic, events = new_topic(), long_events(4)
    await bus.publish(topic, [event(version=0)])
    with frozen(ours), pytest.raises(BusUnavailableError, match="aucune réponse à temps"):
        await bus.publish(topic, events)
    await bus.publish(topic, events)
    await bus.publish(topic, [event(version=5)])
    assert await versions(bus, topic) in ([0, 1, 2, 3, 4, 5], [0, 1, 1, 2, 3, 4, 5])


async def test_a_cancelled_publish_leaves_nothing_that_is_sent_later(ours: Broker, bus: KafkaBus) -> None:
    topic, events = new_topic(), long_events(4)
    await bus.publish(topic, [event(version=0)])
    with frozen(ours):
        publishing = asyncio.create_task(bus.publish(topic, events))
        await eventually(lambda: _holds_something(bus))
        publishing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await publishing
    await bus.publish(topic, events)
    assert await versions(bus, topic) in ([0, 1, 2, 3, 4], [0, 1, 1, 2, 3, 4])


async def _holds_something(bus: KafkaBus) -> bool:
    return bool(bus._producer and bus._producer._message_accumulator._batches)


async def test_a_producer_that_is_out_of_sequence_is_replaced_and_leaves_no_failure_unheard(bus: KafkaBus) -> None:
    topic, unheard = new_topic(), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
    await bus.publish(topic, [event(f"observations/{number}") for number in range(12)])
    producer = bus._producer
    assert producer
    for place in list(producer._txn_manager._sequence_numbers):
        producer._txn_manager._sequence_numbers[place] += 100
    with pytest.raises(BusUnavailableError, match="OutOfOrderSequenceNumber"):
        await bus.publish(topic, [event(f"observations/{number}", 2) for number in range(12)])
    await bus.publish(topic, [event(f"observations/{number}", 2) for number in range(12)])
    assert bus._producer is not producer
    assert sum((await bus.ends([topic])).values()) == 24
    del producer
    gc.collect()
    asyncio.get_running_loop().set_exception_handler(None)
    assert unheard == []


async def test_a_topic_is_never_made_where_that_is_forbidden(real: Broker) -> None:
    """The broker makes by itself any topic that is named to it: none is, before it is there."""
    topic = new_topic()
    bus = KafkaBus(KafkaSettings(servers=real.servers, create_topics=False), group="test")
    with pytest.raises(BusUnavailableError, match=f"{topic} ; lancez « cadran topics »"):
        await bus.publish(topic, [event()])
    with capture_logs() as logs:
        async with bus.listening([topic], Recorder()):
            await eventually(lambda: _any(logs))
    await bus.close()
    assert logs[0]["error"] == f"topic(s) manquant(s) : {topic} ; lancez « cadran topics »"
    assert topic not in AdminClient({"bootstrap.servers": real.servers}).list_topics(timeout=5).topics


async def _any(logs: list[Any]) -> bool:
    return bool(logs)


async def test_a_bus_whose_broker_went_away_under_a_listener_is_left_within_bounded_time(bus: KafkaBus) -> None:
    topic, listener = new_topic(), Recorder()
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event()])
        await eventually(lambda: listener.has(1))
        began = monotonic()
    assert monotonic() - began < 4
