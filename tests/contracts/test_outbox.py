"""Recording in the outbox: an event is stored if and only if its fact is, and tells it in full."""

import pytest

from shared import outbox
from shared.bus import MAX_EVENT_BYTES
from shared.database import Database
from shared.events.envelope import seal
from shared.events.indicators import ObservationRecorded
from shared.outbox import Relay
from shared.problems import TooLarge
from shared.telemetry import correlation_id, request_id
from tests.facts import AT, observation
from tests.sending import Taker, relay_of, store, unsent


@pytest.fixture
def bus() -> Taker:
    return Taker()


@pytest.fixture
def relay(database: Database, bus: Taker) -> Relay:
    return relay_of(database, bus)


async def test_an_event_is_stored_with_its_transaction(database: Database) -> None:
    await store(database, 1)
    assert await unsent(database) == [1]
    assert await outbox.count(database) == 1


async def test_an_event_is_forgotten_with_its_transaction(database: Database) -> None:
    async with database.transaction() as session:
        outbox.record(session, observation(), at=AT)
        await session.flush()
        await session.rollback()
    assert await outbox.count(database) == 0


async def test_an_event_tells_its_fact_in_full(database: Database, bus: Taker, relay: Relay) -> None:
    await store(database, 3)
    await relay.drain()
    (event,) = bus.taken
    assert (event.source, event.type) == ("/cadran/indicators", "fr.imt.cadran.indicators.observation-recorded.v1")
    assert (event.subject, event.sequence) == (observation().subject, 3)
    assert event.time == AT
    assert ObservationRecorded.model_validate(event.data) == observation(3)
    assert event.data["value"] == "14.50"


async def test_an_event_carries_the_request_that_caused_it(database: Database, bus: Taker, relay: Relay) -> None:
    tokens = correlation_id.set("suivi-2022"), request_id.set("requête-7")
    await store(database, 1)
    correlation_id.reset(tokens[0])
    request_id.reset(tokens[1])
    await relay.drain()
    assert (bus.taken[0].correlation_id, bus.taken[0].causation_id) == ("suivi-2022", "requête-7")


async def test_an_event_that_no_request_caused_begins_its_own_story(
    database: Database, bus: Taker, relay: Relay
) -> None:
    await store(database, 1)
    await relay.drain()
    (event,) = bus.taken
    assert event.correlation_id == event.causation_id == event.id


async def test_an_event_that_no_broker_would_take_is_refused_with_its_fact(database: Database) -> None:
    too_large = observation(2, note="é" * (MAX_EVENT_BYTES // 2))

    async def write() -> None:
        async with database.transaction() as session:
            outbox.record(session, observation(1), at=AT)
            outbox.record(session, too_large, at=AT)

    with pytest.raises(TooLarge, match="dépasse 4 Mio"):
        await write()
    assert await outbox.count(database) == 0


async def test_what_is_sent_is_no_longer_than_what_was_measured(database: Database, bus: Taker, relay: Relay) -> None:
    """Else an event just under the limit would be stored, then refused by the broker for ever."""
    await store(database, 1)
    await relay.drain()
    _key, value, _headers = seal(bus.taken[0])
    assert len(value) <= len(observation(1).model_dump_json().encode())
