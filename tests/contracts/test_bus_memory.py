"""What the in-process bus adds to the contract: an event is taken when every listener has committed it."""

import pytest

from shared.bus import BusUnavailableError
from shared.bus.memory import MemoryBus
from shared.events.catalogue import topic_of
from tests.listening import Recorder, event

OWNERS = ("indicators", "milestones", "bibliometrics")


@pytest.fixture(params=OWNERS)
def topic(request: pytest.FixtureRequest) -> str:
    return topic_of(request.param)


async def test_an_event_is_refused_where_nobody_listens(topic: str) -> None:
    with pytest.raises(BusUnavailableError, match=f"personne n’écoute {topic}"):
        await MemoryBus().publish(topic, [event()])


async def test_an_event_is_refused_once_the_listener_has_left(topic: str) -> None:
    bus = MemoryBus()
    async with bus.listening([topic], Recorder()):
        await bus.publish(topic, [event()])
    with pytest.raises(BusUnavailableError, match="personne n’écoute"):
        await bus.publish(topic, [event(version=2)])


async def test_publishing_returns_when_every_listener_has_taken_the_events(topic: str) -> None:
    bus, one, other = MemoryBus(), Recorder(), Recorder()
    async with bus.listening([topic], one), bus.listening([topic], other):
        await bus.publish(topic, [event(version=1), event(version=2)])
        assert one.versions() == other.versions() == [1, 2]


async def test_publishing_fails_with_what_kept_a_listener_from_taking_the_events(topic: str) -> None:
    bus = MemoryBus()
    async with bus.listening([topic], Recorder(refusals=1)):
        with pytest.raises(BusUnavailableError, match="the listener cannot take this now"):
            await bus.publish(topic, [event()])
        await bus.publish(topic, [event()])


async def test_an_offset_is_never_used_again_whichever_listener_remembers_it(topic: str) -> None:
    bus, ahead, new = MemoryBus(), Recorder(), Recorder()
    ahead.reached = {topic: {0: 41}}
    async with bus.listening([topic], ahead), bus.listening([topic], new):
        await bus.publish(topic, [event()])
    assert [each.offset for each in (*ahead.taken, *new.taken)] == [42, 42]


async def test_what_one_owner_tells_waits_for_no_listener_of_another(topic: str) -> None:
    bus, listener = MemoryBus(), Recorder()
    others = {topic_of(owner) for owner in OWNERS} - {topic}
    async with bus.listening([topic], listener), bus.listening([*others], Recorder(refusals=1)):
        await bus.publish(topic, [event()])
    assert listener.versions() == [1]
