"""What an owner told and what the views hold have the same digests, on both databases, for every kind of fact."""

import json
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from services.gateway.inventory import held
from services.gateway.projections import FACTS, PROJECTIONS, project
from services.gateway.tables import SCHEMA as GATEWAY
from shared import events, outbox
from shared.database import Database
from shared.events.catalogue import Fact
from shared.events.indicators import ObservationRecorded, RehearsalStaged
from shared.inventory import LEFT_OUT, Held, tally, told
from tests.databases import Databases
from tests.facts import AT, contract, observation, rehearsal

EXAMPLES = Path(events.__file__).parent / "examples"
each_kind = pytest.mark.parametrize("kind", FACTS.values(), ids=lambda kind: kind.__name__)


@pytest.fixture
async def views(databases: Databases) -> Database:
    return await databases.migrated(GATEWAY)


def example(kind: type[Fact]) -> Fact:
    return kind.model_validate(json.loads((EXAMPLES / f"{kind.TYPE}.json").read_text("utf-8"))["data"])


async def owned(database: Database, facts: Iterable[Fact]) -> dict[str, Held]:
    """What the owner of these facts tells of them, once they are recorded."""
    facts = list(facts)
    async with database.transaction() as session:
        for fact in facts:
            outbox.record(session, fact, at=AT)
    async with database.reading() as session:
        return {each.subject: each async for each in told(session, type(facts[0]))}


async def shown(database: Database, facts: Iterable[Fact]) -> dict[str, Held]:
    """What the views hold of them, once they have taken them."""
    facts = list(facts)
    async with database.transaction() as session:
        await project(session, facts)
    async with database.reading() as session:
        return {each.subject: each async for each in held(session, type(facts[0]))}


@each_kind
async def test_every_kind_of_fact_has_one_digest_on_both_sides(
    database: Database, views: Database, kind: type[Fact]
) -> None:
    fact = example(kind)
    (ours,) = (await owned(database, [fact])).values()
    (theirs,) = (await shown(views, [fact])).values()
    assert (theirs.subject, theirs.version, theirs.digest) == (ours.subject, ours.version, ours.digest)
    assert theirs.versions == (1 if PROJECTIONS[kind].versions else None)


@each_kind
def test_what_is_left_out_of_a_digest_is_what_the_views_do_not_keep(kind: type[Fact]) -> None:
    kept = {column.key for column in PROJECTIONS[kind].newest.__table__.columns}
    assert kind.model_fields.keys() - kept == {*LEFT_OUT.get(kind, {})}


async def test_only_the_newest_version_counts_and_every_one_is_counted(database: Database, views: Database) -> None:
    versions = [observation(version, value=Decimal(version)) for version in (1, 2, 3)]
    ours, theirs = await owned(database, versions), await shown(views, reversed(versions))
    assert ours == theirs
    ((_, one),) = ours.items()
    assert (one.version, one.versions) == (3, 3)


async def test_a_number_and_an_instant_have_one_digest_however_they_are_written(
    database: Database, views: Database
) -> None:
    """PostgreSQL, SQLite and JSON each write them in their own way."""
    elsewhere = datetime(2023, 4, 3, 11, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))
    fact = observation(value=Decimal("1E+3"), recorded_at=elsewhere)
    assert await owned(database, [fact]) == await shown(views, [fact])


async def test_another_value_has_another_digest(database: Database, views: Database) -> None:
    ours = await owned(database, [observation(value=Decimal("14.50"))])
    theirs = await shown(views, [observation(value=Decimal("14.5"))])
    assert ours != theirs


async def test_a_rehearsal_that_was_forgotten_is_the_same_on_both_sides(database: Database, views: Database) -> None:
    staged, over = rehearsal(1), rehearsal(2).model_copy(update={"observations": (), "source": ""})
    await owned(database, [staged])
    await shown(views, [staged])
    async with database.transaction() as session:
        await outbox.forget(session, over)
    (ours,), (theirs,) = (await owned(database, [over])).values(), (await shown(views, [over])).values()
    assert (ours.version, ours.digest) == (theirs.version, theirs.digest) == (2, ours.digest)


async def test_an_event_that_the_product_can_no_longer_read_equals_nothing(database: Database) -> None:
    async with database.transaction() as session:
        outbox.record(session, observation(), at=AT)
        for row in session.new:
            row.data = '{"version": 1}'
    async with database.reading() as session:
        (only,) = [each async for each in told(session, ObservationRecorded)]
    assert only.digest == ""


async def some(*held: Held) -> AsyncIterator[Held]:
    for each in held:
        yield each


async def test_the_digest_of_a_type_does_not_depend_on_an_order() -> None:
    """Two databases do not sort texts alike."""
    one, two = Held("a", 1, "0", 1), Held("b", 2, "1", 2)
    both = await tally(ObservationRecorded, some(one, two))
    assert both == await tally(ObservationRecorded, some(two, one))
    assert (both.count, both.versions) == (2, 3)


async def test_the_digest_of_a_type_tells_subjects_versions_and_contents_apart() -> None:
    digests = [
        (await tally(RehearsalStaged, some(each))).digest
        for each in (Held("a", 1, "0", 1), Held("b", 1, "0", 1), Held("a", 2, "0", 1), Held("a", 1, "1", 1))
    ]
    assert len({*digests}) == 4


async def test_what_is_not_there_has_a_digest_too(database: Database) -> None:
    async with database.reading() as session:
        nothing = await tally(ObservationRecorded, told(session, ObservationRecorded))
    assert (nothing.count, nothing.versions, nothing.digest) == (0, 0, "0" * 64)
    assert await owned(database, [contract()])
