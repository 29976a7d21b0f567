"""An entity's part of the milestones: the steps that each of them does, as it stands with its own."""

from pathlib import Path
from typing import Any

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.milestone_facts import CODE, GROUP, ON, SHARED, STORY, comment, day, plan, progress, quarter, step

from .gateway_alone import Alone, gateway_on, steps_of

WHOLE = f"/v1/contracts/{CODE}/milestones"
LATER = step("J1.2-2", 2023, scope="schools")


def path(entity: str) -> str:
    return f"/v1/contracts/{CODE}/entities/{entity}/milestones"


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def told(database: Database, tmp_path: Path) -> Alone:
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    await alone.take(STORY)
    return alone


async def test_an_entity_sees_the_shared_steps_alone(told: Alone) -> None:
    view = await told.read(path("nord"))
    assert [(each["code"], [line["code"] for line in each["lines"]]) for each in view["milestones"]] == [
        ("J1", ["J1.2"])
    ]
    assert (view["entity"], view["label"], view["years"]) == ("nord", "Site nord", [2022])
    assert (sum(view["summary"].values()), view["summary"]["done"], view["at_risk"]) == (1, 1, 0)


async def test_a_shared_step_stands_for_an_entity_as_it_said_itself(told: Alone) -> None:
    north, south = [steps_of(await told.read(path(each)))["J1.2-1/2022"] for each in ("nord", "sud")]
    assert (north["state"], north["done_on"], north["evidence"][0]["reference"]) == (
        "done",
        "2022-02-01",
        "Procès-verbal 12",
    )
    assert (south["state"], south["lateness"], south["stated"], south["evidence"]) == ("planned", "at_risk", False, [])
    assert north["by_entity"] == south["by_entity"] == []


async def test_an_entity_is_reminded_of_what_it_did_not_say(told: Alone) -> None:
    missing = {each: (await told.read(path(each)))["missing"] for each in ("nord", "sud")}
    assert missing["nord"] == []
    assert [(each["code"], each["entities"]) for each in missing["sud"]] == [
        ("J1.2-1", [{"entity": "sud", "label": "Site sud"}])
    ]


async def test_an_entity_reads_its_own_remarks_and_the_group_s(told: Alone) -> None:
    await told.take([comment(SHARED, GROUP, "Tenez bon."), comment(SHARED, "nord", "Merci.")])
    remarks = {
        each: {remark["text"] for remark in steps_of(await told.read(path(each)))["J1.2-1/2022"]["comments"]}
        for each in ("nord", "sud")
    }
    assert remarks == {"nord": {"Tenez bon.", "Merci."}, "sud": {"Tenez bon.", "Nous attendons les plans."}}


async def test_the_group_s_part_is_the_whole(told: Alone) -> None:
    whole = await told.client.get(f"{WHOLE}?year=2022")
    assert (await told.client.get(f"{path(GROUP)}?year=2022")).content == whole.content


async def test_a_year_without_steps_keeps_the_entity_s_lines(told: Alone) -> None:
    await told.take([LATER])
    view = await told.read(path("nord"), year=2021)
    assert [line["steps"] for each in view["milestones"] for line in each["lines"]] == [[]]
    assert view["years"] == [2022, 2023]


async def test_an_entity_of_which_nothing_is_expected_has_no_part(told: Alone) -> None:
    await told.take([plan(2, entities=("sud",))])
    view = await told.read(path("nord"))
    assert (view["milestones"], sum(view["summary"].values()), view["missing"]) == ([], 0, [])
    assert view["integrity"]["signed"] == 0


async def test_a_postponement_moves_an_entity_s_own_date(told: Alone) -> None:
    later = quarter(2, 2023)
    stated = progress(SHARED, "sud", "postponed", due=later, reason="Les plans manquent", recorded_at=day(500))
    moved = step("J1.2-1", 2022, quarter(4, 2022), 2, scope="schools", reason="Revue", recorded_at=day(510))
    await told.take([stated, moved])
    north, south = [await told.read(path(each)) for each in ("nord", "sud")]
    assert [each["kind"] for each in north["integrity"]["changes"]] == ["moved"]
    assert [(each["entity"], each["before"], each["after"]) for each in south["integrity"]["changes"]] == [
        ("sud", "2022", "T2 2023"),
        (None, "2022", "T4 2022"),
    ]
    (held,) = steps_of(south).values()
    assert (held["due"]["text"], held["due_signed"]["text"], held["reason"]) == (
        "T2 2023",
        "2022",
        "Les plans manquent",
    )


REFUSED: list[tuple[str, dict[str, Any], int]] = [
    (WHOLE, {"year": 2031}, 422),
    (WHOLE, {"year": "x"}, 422),
    (WHOLE, {"asOf": "2019-01-01T00:00:00Z"}, 404),
    ("/v1/contracts/autre/milestones", {}, 404),
    (path("autre"), {}, 404),
    (path("nord"), {"year": 2031}, 422),
]


@pytest.mark.parametrize(("path", "asked", "status"), REFUSED)
@pytest.mark.parametrize("offered", [{}, {"If-None-Match": "*"}])
async def test_a_view_that_is_not_there_is_refused(
    told: Alone, path: str, asked: dict[str, Any], status: int, offered: dict[str, str]
) -> None:
    answer = await told.client.get(path, params=asked, headers=offered)
    assert answer.status_code == status
