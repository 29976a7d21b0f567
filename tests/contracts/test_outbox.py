"""Recording in the outbox: an event is stored if and only if its fact is, and tells it in full."""

import pytest

from shared import outbox
from shared.bus import MAX_EVENT_BYTES
from shared.database import Database
from shared.events.envelope import seal
from shared.migrations import Schema
from shared.outbox import Relay
from shared.problems import TooLarge
from shared.telemetry import correlation_id, request_id
from tests.facts import AT
from tests.sending import TELLERS, Taker, Teller, unsent

_TOLD = {"indicators": ("value", "14.50"), "milestones": ("share", "0.5"), "bibliometrics": ("value", "58.50")}


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


async def test_an_event_is_stored_with_its_transaction(teller: Teller, database: Database) -> None:
    await teller.store(database, 1)
    assert await unsent(database) == [1]
    assert await outbox.count(database) == 1


async def test_an_event_is_forgotten_with_its_transaction(teller: Teller, database: Database) -> None:
    async with database.transaction() as session:
        outbox.record(session, teller.fact(), at=AT)
        await session.flush()
        await session.rollback()
    assert await outbox.count(database) == 0


async def test_an_event_tells_its_fact_in_full(teller: Teller, database: Database, bus: Taker, relay: Relay) -> None:
    await teller.store(database, 3)
    await relay.drain()
    (event,), fact = bus.taken, teller.fact(3)
    assert event.source == f"/cadran/{teller.owner}"
    assert event.type.startswith(f"fr.imt.cadran.{teller.owner}.")
    assert (event.type, event.subject, event.sequence, event.time) == (fact.TYPE, fact.subject, 3, AT)
    assert type(fact).model_validate(event.data) == fact


async def test_a_decimal_is_told_as_it_was_written(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    await teller.store(database, 1)
    await relay.drain()
    part, text = _TOLD[teller.owner]
    assert bus.taken[0].data[part] == text


async def test_an_event_carries_the_request_that_caused_it(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    tokens = correlation_id.set("suivi-2022"), request_id.set("requête-7")
    await teller.store(database, 1)
    correlation_id.reset(tokens[0])
    request_id.reset(tokens[1])
    await relay.drain()
    assert (bus.taken[0].correlation_id, bus.taken[0].causation_id) == ("suivi-2022", "requête-7")


async def test_an_event_that_no_request_caused_begins_its_own_story(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    await teller.store(database, 1)
    await relay.drain()
    (event,) = bus.taken
    assert event.correlation_id == event.causation_id == event.id


async def test_an_event_that_no_broker_would_take_is_refused_with_its_fact(teller: Teller, database: Database) -> None:
    too_large = teller.fact(2, **{teller.words: "é" * (MAX_EVENT_BYTES // 2)})

    async def write() -> None:
        async with database.transaction() as session:
            outbox.record(session, teller.fact(1), at=AT)
            outbox.record(session, too_large, at=AT)

    with pytest.raises(TooLarge, match="dépasse 4 Mio"):
        await write()
    assert await outbox.count(database) == 0


async def test_what_is_sent_is_no_longer_than_what_was_measured(
    teller: Teller, database: Database, bus: Taker, relay: Relay
) -> None:
    """Else an event just under the limit would be stored, then refused by the broker for ever."""
    await teller.store(database, 1)
    await relay.drain()
    _key, value, _headers = seal(bus.taken[0])
    assert len(value) <= len(teller.fact(1).model_dump_json().encode())
