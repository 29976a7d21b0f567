"""What the in-process bus adds to the contract: an event is taken when every listener has committed it."""

import pytest

from shared.bus import BusUnavailableError
from shared.bus.memory import MemoryBus
from tests.listening import Recorder, event


async def test_an_event_is_refused_where_nobody_listens() -> None:
    with pytest.raises(BusUnavailableError, match=r"personne n'écoute cadran\.indicators"):
        await MemoryBus().publish("cadran.indicators", [event()])


async def test_an_event_is_refused_once_the_listener_has_left() -> None:
    bus = MemoryBus()
    async with bus.listening(["cadran.indicators"], Recorder()):
        await bus.publish("cadran.indicators", [event()])
    with pytest.raises(BusUnavailableError, match="personne n'écoute"):
        await bus.publish("cadran.indicators", [event(version=2)])


async def test_publishing_returns_when_every_listener_has_taken_the_events() -> None:
    bus, one, other = MemoryBus(), Recorder(), Recorder()
    async with bus.listening(["cadran.indicators"], one), bus.listening(["cadran.indicators"], other):
        await bus.publish("cadran.indicators", [event(version=1), event(version=2)])
        assert one.versions() == other.versions() == [1, 2]


async def test_publishing_fails_with_what_kept_a_listener_from_taking_the_events() -> None:
    bus = MemoryBus()
    async with bus.listening(["cadran.indicators"], Recorder(refusals=1)):
        with pytest.raises(BusUnavailableError, match="the listener cannot take this now"):
            await bus.publish("cadran.indicators", [event()])
        await bus.publish("cadran.indicators", [event()])


async def test_an_offset_is_never_used_again_whichever_listener_remembers_it() -> None:
    bus, ahead, new = MemoryBus(), Recorder(), Recorder()
    ahead.reached = {"cadran.indicators": {0: 41}}
    async with bus.listening(["cadran.indicators"], ahead), bus.listening(["cadran.indicators"], new):
        await bus.publish("cadran.indicators", [event()])
    assert [each.offset for each in (*ahead.taken, *new.taken)] == [42, 42]
