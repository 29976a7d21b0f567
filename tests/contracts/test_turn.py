"""Turns at sending: two relays on one database, of which one sends at a time, whoever dies or freezes meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.database import Database
from shared.events.envelope import Event
from shared.migrations import Schema
from shared.outbox import Relay, turn
from shared.outbox.turn import Turn
from tests.databases import Databases
from tests.postgresql import Server
from tests.sending import TELLERS, Taker, unsent
from tests.waiting import eventually

TELLER = TELLERS["indicators"]
_END_ALL = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
)
_SHORT = f"SELECT pg_try_advisory_lock({turn._KEY}), set_config('idle_session_timeout', '300ms', false)"


class Slow(Taker):
    """Takes each batch once the other tasks had their turn, and sees whether two are sent at once."""

    def __init__(self) -> None:
        super().__init__()
        self.at_once = 0
        self.most_at_once = 0

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.01)
        await super().publish(topic, events)
        self.at_once -= 1


class Stuck(Taker):
    """Never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        self.asked.set()
        await asyncio.Event().wait()


@pytest.fixture
def schema() -> Schema:
    return TELLER.schema


@pytest.fixture
async def databases(postgresql: Server) -> AsyncIterator[Databases]:
    opened = Databases(postgresql)
    yield opened
    await opened.close()


@pytest.fixture
async def first(databases: Databases, schema: Schema) -> Database:
    return await databases.migrated(schema)


@pytest.fixture
async def second(databases: Databases, first: Database) -> Database:
    """The same database, as another process has it."""
    return databases.open(first.url)


async def end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_two_relays_send_each_event_once_in_order_and_never_at_once(first: Database, second: Database) -> None:
    bus = Slow()
    running = [asyncio.create_task(TELLER.relay(each, bus).run()) for each in (first, second)]
    for version in range(1, 61, 2):
        await TELLER.store(first, version)
        await TELLER.store(second, version + 1)

    async def all_sent() -> bool:
        return await unsent(first) == []

    await eventually(all_sent)
    await end(*running)
    assert bus.versions() == [*range(1, 61)]
    assert bus.most_at_once == 1


async def test_the_other_relay_goes_on_at_once_where_one_ends_in_the_middle(first: Database, second: Database) -> None:
    stuck, bus = Stuck(), Taker()
    await TELLER.store(first, 1)
    sending = asyncio.create_task(TELLER.relay(first, stuck).drain())
    await stuck.asked.wait()
    other = asyncio.create_task(TELLER.relay(second, bus).drain())
    await asyncio.sleep(0)
    assert bus.taken == []
    await end(sending)
    await asyncio.wait_for(other, 5)
    assert bus.versions() == [1]


async def test_who_waits_for_a_busy_bus_keeps_the_turn_longer_than_a_silent_session_does(
    first: Database, second: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says a word now and then."""
    monkeypatch.setattr(turn, "_ALIVE_SECONDS", 0.05)
    monkeypatch.setattr(turn, "_TAKE", text(_SHORT))
    stuck = Stuck()
    await TELLER.store(first, 1)
    sending = asyncio.create_task(TELLER.relay(first, stuck).drain())
    await stuck.asked.wait()
    bus = Taker()
    other = asyncio.create_task(TELLER.relay(second, bus).drain())
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(other), 1)
    assert bus.taken == []
    await end(sending, other)


async def test_who_says_nothing_loses_the_turn_and_finds_out_before_it_sends(
    first: Database, second: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a frozen process does: its session is ended by the server."""
    monkeypatch.setattr(turn, "_TAKE", text(_SHORT))
    bus = Taker()
    await TELLER.store(first, 1)
    with pytest.raises(DBAPIError):
        await _sleep_over(Turn(second), TELLER.relay(first, bus))
    assert bus.versions() == [1]


async def _sleep_over(turn_: Turn, other: Relay) -> None:
    """Have the turn, say nothing until the other relay has sent, and ask."""
    async with turn_.held() as session:
        assert session
        await asyncio.wait_for(other.drain(), 10)
        await session.check()


async def test_a_relay_whose_sessions_the_server_ended_sends_on(first: Database) -> None:
    bus = Taker()
    running = asyncio.create_task(Relay(first, bus, owner=TELLER.owner, topic=TELLER.topic).run())
    await TELLER.store(first, 1)

    async def sent(count: int) -> bool:
        return len(bus.taken) >= count and await unsent(first) == []

    await eventually(lambda: sent(1))
    async with first.engine.connect() as connection:
        await connection.execute(_END_ALL)
    await TELLER.store(first, 2)
    await eventually(lambda: sent(2))
    await end(running)
    assert bus.versions() == [1, 2]
