"""Messages that the gateway can't read or project: set aside whole, once, with the reason, and holding nothing back."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import projections
from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from services.gateway.tables import ParkedRow
from shared.database import Database
from shared.events.envelope import Headers
from shared.events.indicators import ObservationRecorded
from shared.migrations import Schema
from tests.facts import TOPIC, message, observation, sealed_headers
from tests.reading import parked, project_with, reached, values

ONE, TWO = observation().id, observation(number=2).id
POISON = {
    "not JSON": ({"value": b"{"}, "message illisible"),
    "no body": ({"value": None}, "le corps n’est pas un objet JSON"),
    "a JSON list": ({"value": b"[1]"}, "le corps n’est pas un objet JSON"),
    "not UTF-8": ({"value": b'{"a": "\xff"}'}, "message illisible"),
    "no headers": ({"headers": ()}, "ce_specversion n’est pas 1.0"),
    "a missing header": (
        {"headers": sealed_headers(observation(), subject=None, time=None)},
        "en-têtes manquants : ce_time, ce_subject",
    ),
    "another format": ({"headers": sealed_headers(observation(), specversion="2.0")}, "ce_specversion n’est pas 1.0"),
    "a time without zone": (
        {"headers": sealed_headers(observation(), time="2023-04-03T09:30:15")},
        "ce_time est sans fuseau horaire",
    ),
    "a sequence that is no number": (
        {"headers": sealed_headers(observation(), sequence="trois")},
        "message illisible",
    ),
    "an unknown type": (
        {"headers": sealed_headers(observation(), type="fr.imt.cadran.indicators.observation-erased.v1")},
        "type d’événement inconnu : fr.imt.cadran.indicators.observation-erased.v1",
    ),
    "data of another shape": ({"value": b'{"version": 1}'}, "données non conformes"),
    "another version in the envelope": (
        {"headers": sealed_headers(observation(), sequence="0000000007")},
        "le sujet ou la version de l’enveloppe contredit les données",
    ),
    "another subject in the envelope": (
        {"headers": sealed_headers(observation(), subject="observations/autre")},
        "le sujet ou la version de l’enveloppe contredit les données",
    ),
}
each_poison = pytest.mark.parametrize(("changes", "reason"), POISON.values(), ids=POISON)


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
def consumer(database: Database) -> Consumer:
    return Consumer(database)


@each_poison
async def test_a_message_that_cannot_be_read_is_parked_with_its_reason_and_holds_nothing_back(
    database: Database, consumer: Consumer, changes: dict[str, bytes | Headers | None], reason: str
) -> None:
    good = observation(number=2)
    await consumer.take([message(observation(), 0, **changes), message(good, 1)])
    ((offset, said),) = await parked(database)
    assert offset == 0
    assert reason in said
    assert await values(database) == {TWO: (1, Decimal("14.50"))}
    assert await reached(consumer) == 1


async def test_a_parked_message_is_kept_whole(database: Database, consumer: Consumer) -> None:
    headers = (("ce_specversion", b"1.0"), ("ce_id", b"\xff\x00"))
    await consumer.take([message(observation(), 5, key=b"\xff", value=b"\x00\xfe", headers=headers)])
    async with database.reading() as session:
        (row,) = await session.scalars(select(ParkedRow))
    assert (row.topic, row.partition, row.offset, row.key, row.value) == (TOPIC, 0, 5, b"\xff", b"\x00\xfe")
    assert row.headers == r'[["ce_specversion", "1.0"], ["ce_id", "\\xff\u0000"]]'


async def test_a_parked_message_that_comes_again_is_parked_once(database: Database, consumer: Consumer) -> None:
    for _ in range(2):
        await consumer.take([message(observation(), 0, value=b"{")])
    assert [offset for offset, _ in await parked(database)] == [0]


async def test_another_bad_message_at_the_same_place_takes_the_place_of_the_first(
    database: Database, consumer: Consumer
) -> None:
    """A topic that was made anew counts its messages from the start again."""
    await consumer.take([message(observation(), 0, value=b"{")])
    await consumer.restart(TOPIC, 0)
    await consumer.take([message(observation(), 0, headers=())])
    ((offset, reason),) = await parked(database)
    assert offset == 0
    assert "ce_specversion n’est pas 1.0" in reason


async def test_a_projection_that_raises_parks_its_event_after_three_tries_and_no_other(
    database: Database, consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    async def fails_on_one(session: AsyncSession, facts: Sequence[ObservationRecorded]) -> None:
        if any(fact.id == ONE for fact in facts):
            tried.append(len(facts))
            raise ZeroDivisionError("division par zéro")
        await projections.project(session, facts)

    project_with(monkeypatch, fails_on_one)
    messages = [message(observation(number=number), offset) for offset, number in enumerate((2, 1, 3))]
    await consumer.take(messages)
    assert tried == [3, 1, 1, 1]  # once with the others, three times alone
    assert await parked(database) == [(1, "la projection échoue : ZeroDivisionError('division par zéro')")]
    assert set(await values(database)) == {TWO, observation(number=3).id}
    assert await reached(consumer) == 2


async def test_an_event_that_the_database_refuses_is_parked(database: Database, consumer: Consumer) -> None:
    """A NUL is no text for PostgreSQL; SQLite takes it."""
    await consumer.take([message(observation(note="\x00"), 0), message(observation(number=2), 1)])
    refused = [] if database.is_sqlite else [0]
    assert [offset for offset, _ in await parked(database)] == refused
    assert TWO in await values(database)
    assert await reached(consumer) == 1


async def test_what_is_too_long_for_its_column_is_parked_and_never_cut(database: Database, consumer: Consumer) -> None:
    """SQLite knows no length."""
    long = Decimal("1" * 60)
    await consumer.take([message(observation(value=long), 0), message(observation(number=2), 1)])
    refused = [] if database.is_sqlite else [0]
    assert [offset for offset, _ in await parked(database)] == refused
    assert (await values(database)).get(ONE) in ([None] if refused else [(1, long)])
    assert await reached(consumer) == 1
