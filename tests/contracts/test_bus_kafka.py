"""What the Kafka bus adds to the contract: acknowledgement, topics kept for ever, and bounded time when it is away."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from time import monotonic
from typing import Any

import confluent_kafka
import pytest
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._config import ConfigResource  # the package does not say that it exports it

from shared.bus import BusUnavailableError
from shared.bus.kafka import KafkaBus
from shared.settings import KafkaSettings
from tests.kafka import Broker
from tests.listening import Buses, OnBroker, Recorder, event, new_topic
from tests.processes import free_port
from tests.waiting import eventually


@pytest.fixture
def real(kafka: Broker) -> Broker:
    if not kafka.is_real:
        pytest.skip("the mock cluster knows no administration, and no rebalancing")
    return kafka


@pytest.fixture
async def buses(kafka: Broker) -> AsyncIterator[Buses]:
    opened = OnBroker(kafka)
    yield opened
    await opened.close()


def stored(kafka: Broker, topic: str) -> int:
    """How many messages the broker has of a topic."""
    client = confluent_kafka.Consumer({"bootstrap.servers": kafka.servers, "group.id": "count"})
    try:
        places = [
            confluent_kafka.TopicPartition(topic, each) for each in client.list_topics(topic).topics[topic].partitions
        ]
        return sum(client.get_watermark_offsets(place, timeout=5)[1] for place in places)
    finally:
        client.close()


def config_of(kafka: Broker, topic: str) -> dict[str, Any]:
    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    admin = AdminClient({"bootstrap.servers": kafka.servers})
    config = admin.describe_configs([resource])[resource].result(10)
    return {name: entry.value for name, entry in config.items()}


async def test_publishing_returns_once_the_broker_has_the_events(kafka: Broker, buses: Buses) -> None:
    topic, bus = new_topic(), buses.open()
    await bus.publish(topic, [event(f"observations/{number}") for number in range(20)])
    assert stored(kafka, topic) == 20


async def test_a_late_listener_takes_everything_since_the_beginning(buses: Buses) -> None:
    topic, listener, bus = new_topic(), Recorder(), buses.open()
    await bus.publish(topic, [event(version=1), event(version=2)])
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event(version=3)])
        await eventually(lambda: listener.has(3))
    assert listener.versions() == [1, 2, 3]


async def test_a_topic_is_made_to_be_kept_for_ever(real: Broker, buses: Buses) -> None:
    topic, bus = new_topic(), buses.open()
    await bus.publish(topic, [event()])
    config = config_of(real, topic)
    assert (config["retention.ms"], config["cleanup.policy"]) == ("-1", "delete")
    assert int(config["max.message.bytes"]) > 4 * 1024 * 1024


async def test_a_topic_that_the_broker_refuses_is_never_made_otherwise(real: Broker) -> None:
    """Else the broker would make it by itself at the first event, and forget the history after a week."""
    topic = new_topic()
    bus = KafkaBus(KafkaSettings(servers=real.servers, replication=3), group="test")
    with pytest.raises(BusUnavailableError, match="InvalidReplicationFactor"):
        await bus.publish(topic, [event()])
    await bus.close()
    assert topic not in AdminClient({"bootstrap.servers": real.servers}).list_topics(timeout=5).topics


async def test_two_listeners_of_a_group_share_a_topic_and_the_one_that_stays_takes_it_all(
    real: Broker, buses: Buses
) -> None:
    topic, listener = new_topic(), Recorder()
    one, other = buses.open(), buses.open()
    async with one.listening([topic], listener):
        async with other.listening([topic], listener):
            await one.publish(topic, [event(f"observations/{number}") for number in range(12)])
            await eventually(lambda: listener.has(12))
        await one.publish(topic, [event(f"observations/{number}", 2) for number in range(12)])
        await eventually(lambda: listener.has(24))
    assert {(each.subject, each.sequence) for each in listener.events()} == {
        (f"observations/{number}", version) for number in range(12) for version in (1, 2)
    }


async def test_a_listener_whose_positions_cannot_be_read_is_never_given_anything_from_elsewhere(buses: Buses) -> None:
    class Forgetful(Recorder):
        """Its database is away when it is first asked where it stopped."""

        asked = 0

        async def positions(self, topic: str) -> Mapping[int, int]:
            self.asked += 1
            if self.asked == 1:
                raise OSError("the database is away")
            return await super().positions(topic)

    topic, before, bus = new_topic(), Recorder(), buses.open()
    async with bus.listening([topic], before):
        await bus.publish(topic, [event(version=1), event(version=2)])
        await eventually(lambda: before.has(2))
    listener = Forgetful()
    listener.reached = before.reached
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event(version=3)])
        await eventually(lambda: listener.has(1))
    assert listener.versions() == [3]


async def test_a_broker_that_is_away_is_said_within_bounded_time() -> None:
    bus = KafkaBus(KafkaSettings(servers=f"127.0.0.1:{free_port()}", send_seconds=2), group="test")
    began = monotonic()
    with pytest.raises(BusUnavailableError, match="Kafka n’a pas pris les événements"):
        await bus.publish(new_topic(), [event()])
    await bus.close()
    assert monotonic() - began < 5


async def test_a_broker_that_accepts_and_never_answers_is_said_within_bounded_time() -> None:
    """A machine that hangs is worse than one that is gone."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        servers = f"127.0.0.1:{silent.getsockname()[1]}"
        bus = KafkaBus(KafkaSettings(servers=servers, send_seconds=1), group="test")
        began = monotonic()
        with pytest.raises(BusUnavailableError):
            await bus.publish(new_topic(), [event()])
        await bus.close()
    assert monotonic() - began < 4


async def test_leaving_a_broker_that_is_away_takes_bounded_time() -> None:
    bus = KafkaBus(KafkaSettings(servers=f"127.0.0.1:{free_port()}", send_seconds=2), group="test")
    began = monotonic()
    async with bus.listening([new_topic()], Recorder()):
        await asyncio.sleep(0)
    await bus.close()
    assert monotonic() - began < 5
