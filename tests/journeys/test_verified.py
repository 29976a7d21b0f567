"""`cadran verify`: the views against what each owner told, and every kind of difference named by its subject."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, update

from services import verifying
from services.gateway.tables import ObservationRow, ObservationVersionRow
from shared import inventory
from shared.database import Database
from shared.outbox import OutboxRow
from shared.sentences import typeset
from shared.serving import RefusedError
from tests.conftest import World

from .students import correct

OBSERVATIONS = "fr.imt.cadran.indicators.observation-recorded.v1"


async def verified(world: World, role: str = "operator", *, within: float = 0.2) -> verifying.Report:
    async with world.client(role) as client:
        return await verifying.verify(client, lambda _: None, within=within)


async def differences(world: World) -> list[tuple[str, str, int, int]]:
    report = await verified(world)
    return [(each.subject, each.kind.name, each.told, each.shown) for of in report.compared for each in of.differences]


def views(world: World) -> Database:
    database: Database = world.system.gateway.state.database
    return database


async def corrected(world: World, value: str) -> str:
    """State another value, and have it shown. Returns the subject."""
    async with world.client("steward") as client:
        subject = await correct(client, value)
    await world.settled()
    return subject


async def change(world: World, statement: Any) -> None:
    async with views(world).transaction() as session:
        await session.execute(statement)


async def test_both_contracts_are_the_same_on_both_sides(world: World) -> None:
    await world.settled()
    report = await verified(world)
    assert report.count == 0
    assert {each.owner for each in report.compared} == {*verifying.OWNERS}
    (observations,) = [each for each in report.compared if each.type == OBSERVATIONS]
    said = list(verifying.lines(report))
    count = observations.count
    assert count > 100
    assert f"indicators, observation-recorded : {count} sujet(s), {count} version(s) : identiques" in said
    assert said[-1].startswith("Tout concorde")


async def test_what_the_views_lack_is_named_and_sent_again_by_its_owner(world: World) -> None:
    subject = await corrected(world, "13001")
    id_ = subject.rpartition("/")[2]
    await change(world, delete(ObservationRow).where(ObservationRow.id == id_))
    await change(world, delete(ObservationVersionRow).where(ObservationVersionRow.id == id_))
    assert await differences(world) == [(subject, "MISSING", 2, 0)]
    assert await inventory.tell_again(world.system.owners["indicators"].state.database, subject) == 2
    await world.settled()
    assert await differences(world) == []


async def test_what_is_older_in_the_views_is_named(world: World) -> None:
    subject = await corrected(world, "13001")
    await change(world, update(ObservationRow).where(ObservationRow.version == 2).values(version=1))
    assert await differences(world) == [(subject, "OLDER", 2, 1)]


async def test_what_only_the_views_know_is_named(world: World) -> None:
    """Ghosts: an owner that went back to a backup has views of what it no longer knows."""
    subject = await corrected(world, "13001")
    await change(world, update(ObservationRow).where(ObservationRow.version == 2).values(version=7))
    assert await differences(world) == [(subject, "NEWER", 2, 7)]
    async with world.system.owners["indicators"].state.database.transaction() as session:
        await session.execute(delete(OutboxRow).where(OutboxRow.subject == subject))
    assert await differences(world) == [(subject, "UNKNOWN", 0, 7)]


async def test_another_content_of_the_same_version_is_named(world: World) -> None:
    subject = await corrected(world, "13001")
    await change(world, update(ObservationRow).where(ObservationRow.version == 2).values(value=Decimal(1)))
    assert await differences(world) == [(subject, "DIFFERENT", 2, 2)]


async def test_a_version_of_the_past_that_is_gone_is_named(world: World) -> None:
    subject = await corrected(world, "13001")
    gone = (ObservationVersionRow.version == 1) & (ObservationVersionRow.id == subject.rpartition("/")[2])
    await change(world, delete(ObservationVersionRow).where(gone))
    assert await differences(world) == [(subject, "HISTORY", 2, 2)]


async def test_the_first_of_many_are_shown_and_the_others_counted(world: World) -> None:
    await change(world, delete(ObservationRow))
    report = await verified(world)
    said = list(verifying.lines(report))
    shown = [line for line in said if "absent des vues (service : version 1 ; vues : rien)" in line]
    assert len(shown) == 20
    assert f"  et {report.count - 20} autre(s)" in said
    assert f"{report.count} différence(s). Que faire :" in said


async def test_writes_that_go_on_are_no_difference(world: World) -> None:
    async def write() -> None:
        for number in range(40):
            await corrected(world, str(14000 + number))

    writing = asyncio.create_task(write())
    counts = []
    while not writing.done():
        counts.append((await verified(world, within=10)).count)
    await writing
    assert counts
    assert {*counts} == {0}


@pytest.mark.parametrize("role", ["reader", "steward"])
async def test_who_may_not_operate_is_told_so_in_one_line(world: World, role: str) -> None:
    with pytest.raises(RefusedError) as refused:
        await verified(world, role)
    assert typeset(str(refused.value)) == typeset("403 : Ce jeton ne donne pas le droit « operate ».")
