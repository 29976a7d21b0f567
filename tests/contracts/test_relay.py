"""Relaying the outbox: oldest first, again until the bus has answered, and nothing lost on the way."""

import asyncio
from collections.abc import Sequence

import pytest

from shared import outbox
from shared.bus import BusUnavailableError
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.migrations import Schema
from shared.outbox import OutboxRow, Relay
from tests.databases import Databases
from tests.facts import AT
from tests.listening import Recorder
from tests.sending import TELLERS, Taker, Teller, unsent
from tests.waiting import eventually


@pytest.fixture
def bus() -> Taker:
    return Taker()


@pytest.fixture(params=TELLERS)
def teller(request: pytest.FixtureRequest) -> Teller:
    return TELLERS[request.param]


@pytest.fixture
def schema(teller: Teller) -> Schema:
    return teller.schema


@pytest.fixture
def relay(database: Database, bus: Taker, teller: Teller) -> Relay:
    return teller.relay(database, bus)


async def test_a_relay_sends_the_oldest_first_and_marks_what_is_sent(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    await teller.store(database, *range(1, 451))
    await relay.drain()
    assert bus.versions() == [*range(1, 451)]
    assert await unsent(database) == []
    await relay.drain()
    assert len(bus.taken) == 450


async def test_what_the_bus_did_not_take_is_sent_later(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    await teller.store(database, 1, 2)
    bus.broken = True
    with pytest.raises(BusUnavailableError):
        await relay.drain()
    assert await unsent(database) == [1, 2]
    bus.broken = False
    await teller.store(database, 3)
    await relay.drain()
    assert bus.versions() == [1, 2, 3]


async def test_a_crash_between_sending_and_marking_repeats_events_and_loses_none(
    teller: Teller, database: Database, bus: Taker, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(_rows: Sequence[OutboxRow]) -> None:
        raise KeyboardInterrupt

    await teller.store(database, 1, 2)
    monkeypatch.setattr(relay, "_mark_sent", crash)
    with pytest.raises(KeyboardInterrupt):
        await relay.drain()
    await teller.relay(database, bus).drain()
    assert bus.versions() == [1, 2, 1, 2]
    assert [each.id for each in bus.taken[:2]] == [each.id for each in bus.taken[2:]]
    assert await unsent(database) == []


async def test_republishing_sends_everything_again_in_order(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    await teller.store(database, 1, 2, 3)
    await relay.drain()
    first = list(bus.taken)
    assert await outbox.republish(database) == 3
    await relay.drain()
    assert bus.taken == first + first


async def test_what_another_process_recorded_is_sent_too(
    teller: Teller, databases: Databases, database: Database, bus: Taker, relay: Relay
) -> None:
    await teller.store(databases.open(database.url), 1)
    await relay.drain()
    assert bus.versions() == [1]


async def test_a_running_relay_sends_as_soon_as_something_is_recorded(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    async def sent(count: int) -> bool:
        return len(bus.taken) == count

    running = asyncio.create_task(relay.run())
    await teller.store(database, 1)
    await eventually(lambda: sent(1))
    bus.broken = True
    await teller.store(database, 2)
    bus.broken = False
    await eventually(lambda: sent(2))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert bus.versions() == [1, 2]


async def test_concurrent_writers_lose_nothing(teller: Teller, database: Database, bus: Taker, relay: Relay) -> None:
    async with asyncio.TaskGroup() as writers:
        for version in range(1, 41):
            writers.create_task(teller.store(database, version))
        writers.create_task(relay.drain())
    await relay.drain()
    assert sorted(bus.versions()) == [*range(1, 41)]
    assert await unsent(database) == []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)  # SQLite has one writer at a time
async def test_a_transaction_that_commits_late_is_not_skipped(
    teller: Teller, databases: Databases, database: Database, bus: Taker, relay: Relay
) -> None:
    """Its number may be smaller than that of an event sent before it: the relay looks for what is unsent."""
    async with databases.open(database.url).transaction() as slow:
        outbox.record(slow, teller.fact(1), at=AT)
        await slow.flush()
        await teller.store(database, 2)
        await relay.drain()
    await relay.drain()
    assert bus.versions() == [2, 1]


async def test_a_listener_behind_the_real_bus_is_given_every_event_once(teller: Teller, database: Database) -> None:
    in_process, listener = MemoryBus(), Recorder()
    relay = teller.relay(database, in_process)
    async with in_process.listening([teller.topic], listener):
        await teller.store(database, 1, 2)
        await asyncio.gather(relay.drain(), relay.drain())
    assert listener.versions(teller.fact().subject) == [1, 2]
