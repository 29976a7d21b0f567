"""The bibliometrics in time: whatever the order of the events, and as they stood at an instant."""

import random
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from services.gateway import read_model
from services.gateway.tables import SCHEMA as GATEWAY
from services.gateway.tables import CountVersionRow, ExtractionVersionRow, MeasuresVersionRow, PositionRow
from shared import migrations
from shared.database import Database
from shared.events.catalogue import Fact
from shared.migrations import Schema
from tests.bibliometric_facts import (
    ALL,
    CODE,
    LATER,
    ON,
    SIGNED,
    STORY,
    contract,
    count,
    day,
    measures,
    observation,
)
from tests.reading import parked

from .gateway_alone import Alone, gateway_on, opened_again

PATH = f"/v1/contracts/{CODE}/bibliometrics"
VIEWS: list[tuple[str, dict[str, Any]]] = [
    (PATH, {}),
    (PATH, {"year": 2022, "perimeter": "whole"}),
    (PATH, {"extraction": "current"}),
    (f"/v1/contracts/{CODE}/follow-up", {"year": 2021}),
    (f"/v1/contracts/{CODE}/reconciliation", {"year": 2022}),
]
AFTER: tuple[Fact, ...] = (
    LATER.model_copy(update={"version": 2, "status": "definitive", "recorded_at": day(820)}),
    count(None, 2022, "nord", "65", 2, recorded_at=day(830)),
    count(None, 2022, "nord", None, 3, missing="no_staff_list", recorded_at=day(840)),
    observation("nord", 2021, "59"),
)


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def gateway(database: Database, tmp_path: Path) -> AsyncIterator[Alone]:
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    async with alone.client:
        yield alone


async def views(gateway: Alone, as_of: datetime | None = None) -> list[Any]:
    """What the views say, but for how far was read."""
    asked = {"asOf": as_of.isoformat()} if as_of else {}
    return [_unmarked(await gateway.read(path, **wanted, **asked)) for path, wanted in VIEWS]


def _unmarked(view: Any) -> Any:
    if isinstance(view, dict):
        return {name: _unmarked(part) for name, part in view.items() if name != "watermark"}
    return [_unmarked(each) for each in view] if isinstance(view, list) else view


async def north(gateway: Alone, **asked: Any) -> int | None:
    view = await gateway.read(PATH, **asked)
    found: int | None = view["indicators"][0]["entities"][0]["count"]
    return found


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
async def test_the_order_of_the_events_changes_nothing(gateway: Alone, seed: int | None) -> None:
    """Backwards, and shuffled."""
    told = [*STORY, *AFTER]
    await gateway.take(told)
    before = await views(gateway), await views(gateway, day(825))
    await read_model.clear(gateway.database)
    gateway.offsets.clear()
    await gateway.take(told[::-1] if seed is None else random.Random(seed).sample(told, len(told)))
    assert (await views(gateway), await views(gateway, day(825))) == before
    assert await parked(gateway.database) == []


async def test_repeats_change_nothing(gateway: Alone) -> None:
    await gateway.take(STORY)
    before = await views(gateway)
    await gateway.take([*STORY, *STORY[::-1]])
    assert await views(gateway) == before


async def test_every_version_is_kept(gateway: Alone) -> None:
    await gateway.take([*STORY, *AFTER, measures(2), measures(2)])
    async with gateway.database.reading() as session:
        tables = (MeasuresVersionRow, ExtractionVersionRow, CountVersionRow)
        kept = [await session.scalar(select(func.count()).select_from(table)) for table in tables]
    assert kept == [2, 3, 18]


async def test_a_count_is_shown_as_it_stood(gateway: Alone) -> None:
    await gateway.take([*STORY, *AFTER])
    days = (809, 810, 830, 840)
    found = [await north(gateway, extraction="current", year=2022, asOf=day(each).isoformat()) for each in days]
    assert found == [None, 64, 65, None]


async def test_the_extraction_that_spoke_is_the_one_that_had_been_frozen(gateway: Alone) -> None:
    await gateway.take([*STORY, *AFTER])
    found = [(await gateway.read(PATH, year=2021, asOf=day(each).isoformat())) for each in (439, 440, 810, 820)]
    told = [(each["extraction"]["code"], each["extraction"]["status"]) for each in found]
    assert told == [
        ("current", "current"),
        ("mars-2022", "definitive"),
        ("mars-2022", "definitive"),
        ("mars-2023", "definitive"),
    ]
    assert [len(each["extractions"]) for each in found] == [1, 2, 3, 3]


async def test_an_extraction_that_was_not_known_then_is_not_found(gateway: Alone) -> None:
    await gateway.take(STORY)
    answer = await gateway.client.get(PATH, params={"extraction": "mars-2023", "asOf": day(500).isoformat()})
    assert (answer.status_code, "demandez mars-2022 ou current" in answer.json()["detail"]) == (404, True)


async def test_a_past_view_is_the_same_bytes_for_ever(gateway: Alone) -> None:
    await gateway.take(STORY)
    asked = {"asOf": day(850).isoformat()}
    gateway.at(day(1000))
    before = await gateway.client.get(PATH, params=asked)
    await gateway.take([count(SIGNED, 2021, "nord", "61", 2, recorded_at=day(900))])
    after = await gateway.client.get(PATH, params=asked)
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])
    view = after.json()
    assert {each["watermark"] for each in view["indicators"]} == {view["watermark"]}
    assert f'"{view["watermark"]}"' == after.headers["ETag"]
    assert await north(gateway, year=2021) == 61


async def test_a_view_that_a_reader_has_already_is_not_sent_again(gateway: Alone) -> None:
    await gateway.take(STORY)
    tag = (await gateway.client.get(PATH)).headers["ETag"]
    assert "bibliometrics.0@" in tag
    assert (await gateway.client.get(PATH, headers={"If-None-Match": tag})).status_code == 304
    await gateway.take([count(None, 2021, "sud", "1")])
    assert (await gateway.client.get(PATH, headers={"If-None-Match": tag})).status_code == 200


async def test_without_its_migration_the_bibliometrics_are_read_again_from_the_beginning(gateway: Alone) -> None:
    await gateway.take(STORY)
    async with opened_again(gateway.database) as database:
        await migrations.downgrade(database, GATEWAY, "0003")
        async with database.reading() as session:
            assert {*await session.scalars(select(PositionRow.topic))} == {"cadran.indicators"}
        await migrations.upgrade(database, GATEWAY)
    assert (await gateway.read(PATH))["indicators"] == []
    gateway.offsets.clear()
    await gateway.take(STORY)
    assert await north(gateway) == 60


async def test_what_is_told_before_its_measures_is_shown_once_they_are(gateway: Alone) -> None:
    await gateway.take([contract(), *STORY[2:]])
    assert (await gateway.read(PATH))["indicators"] == []
    await gateway.take([measures()])
    assert (await gateway.read(PATH))["indicators"][0]["indicator"] == ALL
