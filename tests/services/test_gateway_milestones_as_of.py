"""The milestones in time: whatever the order of the events, on each day, and as they stood at an instant."""

import itertools
import random
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.gateway import read_model
from services.gateway.tables import SCHEMA as GATEWAY
from services.gateway.tables import PlanVersionRow, ProgressVersionRow, StepVersionRow
from shared import migrations
from shared.database import Database
from shared.events.catalogue import Fact
from shared.migrations import Schema
from tests.milestone_facts import (
    CODE,
    GROUP,
    LATE,
    ON,
    STORY,
    comment,
    contract,
    day,
    plan,
    progress,
    quarter,
    step,
)
from tests.reading import parked

from .gateway_alone import Alone, gateway_on, opened_again, steps_of

PATH = f"/v1/contracts/{CODE}/milestones"
VIEWS = [PATH, f"{PATH}?year=2022", f"/v1/contracts/{CODE}/entities/sud/milestones", f"/v1/contracts/{CODE}/follow-up"]
LATER = (
    plan(2, entities=("nord",)).model_copy(update={"defined_at": day(700)}),
    step("J1.1-3", 2022, quarter(3, 2022), 2, reason="Reprise", recorded_at=day(700)),
    progress(LATE, GROUP, "in_progress", recorded_at=day(700)),
    progress(LATE, GROUP, "abandoned", 2, reason="Sans suite", recorded_at=day(701)),
    comment(LATE, GROUP, "Dommage.", day(701)),
)


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def gateway(database: Database, tmp_path: Path) -> AsyncIterator[Alone]:
    """The gateway on the day of the story, with nothing read."""
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    async with alone.client:
        yield alone


async def views(gateway: Alone, as_of: datetime | None = None) -> list[object]:
    """What the views say, but for how far was read."""
    asked = {"asOf": as_of.isoformat()} if as_of else {}
    answers = [await gateway.client.get(path, params=asked) for path in VIEWS]
    assert {answer.status_code for answer in answers} == {200}
    return [{name: part for name, part in each.json().items() if name != "watermark"} for each in answers]


async def again(gateway: Alone, facts: Sequence[Fact]) -> None:
    await read_model.clear(gateway.database)
    gateway.offsets.clear()
    await gateway.take(facts)


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
async def test_the_order_of_the_events_changes_nothing(gateway: Alone, seed: int | None) -> None:
    """Backwards, and shuffled."""
    told = [*STORY, *LATER]
    await gateway.take(told)
    before = await views(gateway), await views(gateway, day(400))
    await again(gateway, told[::-1] if seed is None else random.Random(seed).sample(told, len(told)))
    assert (await views(gateway), await views(gateway, day(400))) == before
    assert await parked(gateway.database) == []


async def test_repeats_change_nothing(gateway: Alone) -> None:
    await gateway.take(STORY)
    before = await views(gateway)
    await gateway.take([*STORY, *STORY[::-1]])
    assert await views(gateway) == before


@pytest.mark.parametrize("order", [*itertools.permutations((1, 2, 3))], ids=str)
async def test_the_newest_version_stands_and_every_version_is_kept(gateway: Alone, order: tuple[int, ...]) -> None:
    known: list[Fact] = [contract(), plan(), LATE]
    said = [progress(LATE, GROUP, "in_progress", version, note=f"Note {version}") for version in order]
    steps = [step("J1.1-3", 2022, None, 1 + version, title=f"Étape {version}") for version in order]
    plans = [plan(1 + version) for version in order]
    await gateway.take([*known, *said, *steps, *plans])
    found = steps_of(await gateway.read(PATH))["J1.1-3/2022"]
    assert (found["note"], found["title"], found["version"]) == ("Note 3", "Étape 3", 4)
    async with gateway.database.reading() as session:
        tables = (PlanVersionRow, StepVersionRow, ProgressVersionRow)
        kept = [await session.scalar(select(func.count()).select_from(table)) for table in tables]
    assert kept == [4, 4, 3]


async def test_a_step_that_nothing_was_said_of_becomes_late_overnight(gateway: Alone) -> None:
    await gateway.take(STORY)
    tags: list[str] = []
    found = []
    for instant in (datetime(2022, 3, 31, 23, 59, tzinfo=UTC), datetime(2022, 4, 1, tzinfo=UTC)):
        gateway.at(instant)
        answer = await gateway.client.get(PATH, headers={"If-None-Match": tags[-1] if tags else ""})
        tags.append(answer.headers["ETag"])
        found.append(steps_of(answer.json())["J1.1-3/2022"])
    assert [(each["lateness"], each["days_late"]) for each in found] == [("at_risk", None), ("late", 1)]
    assert ("2022-03-31" in tags[0], "2022-04-01" in tags[1]) == (True, True)


@pytest.mark.parametrize("path", VIEWS)
async def test_a_view_that_a_reader_has_already_is_not_sent_again(gateway: Alone, path: str) -> None:
    await gateway.take(STORY)
    tag = (await gateway.client.get(path)).headers["ETag"]
    assert (await gateway.client.get(path, headers={"If-None-Match": tag})).status_code == 304
    gateway.at(datetime(2022, 5, 15, 23, 59, tzinfo=UTC))
    assert (await gateway.client.get(path, headers={"If-None-Match": tag})).status_code == 304
    gateway.at(datetime(2022, 5, 16, 0, 0, tzinfo=UTC))
    assert (await gateway.client.get(path, headers={"If-None-Match": tag})).status_code == 200
    gateway.at(ON)
    await gateway.take([progress(LATE, GROUP, "in_progress")])
    assert (await gateway.client.get(path, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize("path", VIEWS)
async def test_a_past_view_is_the_same_bytes_for_ever(gateway: Alone, path: str) -> None:
    await gateway.take(STORY)
    gateway.at(day(1000))
    asked = {"asOf": day(400).isoformat()}
    first = await gateway.client.get(path, params=asked)
    await gateway.take(LATER)
    later = await gateway.client.get(path, params=asked)
    assert (first.status_code, later.content, later.headers["ETag"]) == (200, first.content, first.headers["ETag"])
    assert (await gateway.client.get(path)).json() != first.json()
    unchanged = await gateway.client.get(path, params=asked, headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304


async def test_a_past_view_knows_what_was_known_and_judges_on_that_day(gateway: Alone) -> None:
    await gateway.take([*STORY, *LATER])
    gateway.at(day(1000))
    told = []
    for instant in (day(400), day(700), day(701)):
        view = await gateway.read(PATH, asOf=instant.isoformat())
        found = steps_of(view)["J1.1-3/2022"]
        changes = [each["kind"] for each in view["integrity"]["changes"] if each["code"] == "J1.1-3"]
        told.append((found["state"], found["lateness"], found["due"]["text"], len(found["comments"]), changes))
    assert told == [
        ("planned", "at_risk", "T1 2022", 0, []),  # 8 February 2022
        ("in_progress", "late", "T3 2022", 0, ["moved"]),  # 5 December 2022
        ("abandoned", "late", "T3 2022", 1, ["moved"]),
    ]
    shared = [
        len(steps_of(await gateway.read(PATH, asOf=day(number).isoformat()))["J1.2-1/2022"]["by_entity"])
        for number in (699, 700)
    ]
    assert shared == [2, 1]


async def test_before_it_was_recorded_there_was_no_plan(gateway: Alone) -> None:
    late_plan = plan().model_copy(update={"defined_at": day(10)})
    await gateway.take([contract(), late_plan, *STORY[2:]])
    assert (await gateway.read(PATH, asOf=day(9).isoformat()))["milestones"] == []
    assert len((await gateway.read(PATH, asOf=day(10).isoformat()))["milestones"]) == 3


async def test_going_back_a_revision_leaves_the_rest_and_reads_the_milestones_again(gateway: Alone) -> None:
    await gateway.take(STORY)
    async with opened_again(gateway.database) as database:
        await migrations.downgrade(database, GATEWAY, "0002")
        await migrations.upgrade(database, GATEWAY)
    mark = (await gateway.read(PATH))["watermark"]
    assert mark.endswith("+indicators.0@0")
    assert (await gateway.read(f"/v1/contracts/{CODE}"))["label"] == "Contrat d’essai"
    gateway.offsets.clear()
    await gateway.take(STORY)
    assert sum((await gateway.read(PATH))["summary"].values()) == 7
