"""What every bus does, whichever adapter carries the events."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from shared.bus import MAX_EVENT_BYTES, Bus
from shared.events.envelope import seal
from tests.listening import Buses, InProcess, OnBroker, Recorder, event, new_topic, publish_until_taken
from tests.waiting import eventually


@pytest.fixture(params=["memory", "kafka"])
async def buses(request: pytest.FixtureRequest) -> AsyncIterator[Buses]:
    opened = InProcess() if request.param == "memory" else OnBroker(request.getfixturevalue("kafka"))
    yield opened
    await opened.close()


@pytest.fixture
def bus(buses: Buses) -> Bus:
    return buses.open()


async def test_a_listener_takes_what_is_published(bus: Bus) -> None:
    topic, listener = new_topic(), Recorder()
    events = [event(version=version) for version in (1, 2, 3)]
    async with bus.listening([topic], listener):
        await bus.publish(topic, events)
        await eventually(lambda: listener.has(3))
    assert listener.events() == events


async def test_a_message_arrives_as_it_was_sealed(bus: Bus) -> None:
    topic, listener = new_topic(), Recorder()
    sent = event("observations/é-ß-中-😀", note="« déjà » : 14,50 %")
    async with bus.listening([topic], listener):
        await bus.publish(topic, [sent])
        await eventually(lambda: listener.has(1))
    (message,) = listener.taken
    assert (message.topic, message.offset) == (topic, 0)
    assert (message.key, message.value, message.headers) == seal(sent)
    headers = dict(message.headers)
    assert message.key == headers["ce_subject"] == "observations/é-ß-中-😀".encode()
    assert headers["ce_specversion"] == b"1.0"
    assert headers["content-type"] == b"application/json"
    assert json.loads(message.value or b"") == {"version": 1, "note": "« déjà » : 14,50 %"}


async def test_the_events_of_a_subject_keep_their_order(bus: Bus) -> None:
    topic, listener = new_topic(), Recorder()
    subjects = ("observations/a", "observations/b", "contracts/é")
    async with bus.listening([topic], listener):
        for first in (1, 11, 21):
            versions = range(first, first + 10)
            await bus.publish(topic, [event(subject, version) for version in versions for subject in subjects])
        await eventually(lambda: listener.has(90))
    assert {subject: listener.versions(subject) for subject in subjects} == {key: [*range(1, 31)] for key in subjects}


async def test_two_topics_do_not_mix(bus: Bus) -> None:
    one, other = new_topic(), new_topic()
    listener = Recorder()
    async with bus.listening([one, other], listener):
        await bus.publish(one, [event("observations/1")])
        await bus.publish(other, [event("publications/1")])
        await eventually(lambda: listener.has(2))
    assert {(each.topic, each.key) for each in listener.taken} == {
        (one, b"observations/1"),
        (other, b"publications/1"),
    }


async def test_a_listener_starts_right_after_what_it_remembers(bus: Bus) -> None:
    topic, listener = new_topic(), Recorder()
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event(version=1), event(version=2)])
        await eventually(lambda: listener.has(2))
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event(version=3)])
        await eventually(lambda: listener.has(3))
    assert listener.versions() == [1, 2, 3]
    assert [each.offset for each in listener.taken] == [0, 1, 2]


async def test_a_restarted_system_goes_on_where_it_stopped(buses: Buses) -> None:
    topic, listener = new_topic(), Recorder()
    for version in (1, 2):
        bus = buses.open()
        async with bus.listening([topic], listener):
            await bus.publish(topic, [event(version=version)])
            await eventually(lambda version=version: listener.has(version))  # type: ignore[misc]
        await bus.close()
    assert listener.versions() == [1, 2]
    assert [each.offset for each in listener.taken] == [0, 1]


async def test_a_listener_that_fails_is_given_the_same_messages_again(bus: Bus) -> None:
    topic, listener = new_topic(), Recorder(refusals=1)
    async with bus.listening([topic], listener):
        await publish_until_taken(bus, topic, [event(version=1), event(version=2)])
        await publish_until_taken(bus, topic, [event(version=3)])
        await eventually(lambda: listener.has(3))
    assert listener.refused[0].offset == 0
    assert listener.versions() == [1, 2, 3]
    assert [each.offset for each in listener.taken] == [0, 1, 2]


async def test_an_event_of_the_largest_size_passes(bus: Bus) -> None:
    """Of many small values that no compression helps with: the most that an envelope and its JSON can add."""
    topic, listener = new_topic(), Recorder()
    random_ = random.Random(2022)
    data: dict[str, Any] = {"series": [random_.randrange(10) for _ in range(MAX_EVENT_BYTES // 2 - 50)]}
    assert MAX_EVENT_BYTES - 200 < len(json.dumps(data, separators=(",", ":"))) <= MAX_EVENT_BYTES - 50
    async with bus.listening([topic], listener):
        await bus.publish(topic, [event(version=1, **data), event(version=2)])
        await eventually(lambda: listener.has(2))
    assert listener.events()[0].data["series"] == data["series"]


async def test_a_bus_closes_at_once_and_more_than_once(bus: Bus) -> None:
    topic = new_topic()
    async with bus.listening([topic], Recorder()):
        await bus.publish(topic, [event()])
    async with asyncio.timeout(5):
        await bus.close()
        await bus.close()
