"""The milestones of a contract as the group sees them: the grid, where each step stands, and what is awaited."""

from pathlib import Path

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.milestone_facts import (
    CODE,
    GOING,
    GROUP,
    ON,
    SHARED,
    STATED,
    STEPS,
    STORY,
    contract,
    day,
    plan,
    progress,
    step,
)

from .gateway_alone import Alone, gateway_on, steps_of

PATH = f"/v1/contracts/{CODE}/milestones"
COUNTED = {"done": 1, "in_progress": 2, "late": 1, "coming": 1, "postponed": 1, "abandoned": 1}
NOTHING = dict.fromkeys(COUNTED, 0)


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def gateway(database: Database, tmp_path: Path) -> Alone:
    """The gateway on the day of the story."""
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    return alone


@pytest.fixture
async def told(gateway: Alone) -> Alone:
    await gateway.take(STORY)
    return gateway


async def test_the_grid_is_the_plan_in_its_order(told: Alone) -> None:
    view = await told.read(PATH)
    grid = {
        line["code"]: [each["code"] for each in line["steps"]]
        for milestone in view["milestones"]
        for line in milestone["lines"]
    }
    assert grid == {
        "J1.1": ["J1.1-1", "J1.1-2", "J1.1-3"],
        "J1.2": ["J1.2-1"],
        "J2.1": ["J2.1-1", "J2.1-2"],
        "J3.1": ["J3.1-1"],
    }
    assert (view["contract"], view["year"], view["as_of"]) == (CODE, None, None)
    assert (view["entity"], view["label"], view["years"]) == (GROUP, "Le groupe", [2021, 2022, 2023])


async def test_every_step_is_in_one_situation(told: Alone) -> None:
    view = await told.read(PATH)
    situations = {code: (each["situation"], each["lateness"]) for code, each in steps_of(view).items()}
    assert situations == {
        "J1.1-1/2021": ("done", "on_time"),
        "J1.1-2/2022": ("in_progress", "on_time"),
        "J1.1-3/2022": ("late", "late"),
        "J1.2-1/2022": ("in_progress", "at_risk"),
        "J2.1-1/2022": ("postponed", "on_time"),
        "J2.1-2/2023": ("coming", "on_time"),
        "J3.1-1/2021": ("abandoned", "late"),
    }
    assert (view["summary"], view["at_risk"]) == (COUNTED, 1)


@pytest.mark.parametrize("year", [None, 2020, 2021, 2022, 2023])
async def test_the_counts_are_those_of_the_steps(told: Alone, year: int | None) -> None:
    view = await told.read(PATH, **({"year": year} if year else {}))
    found = [each["situation"] for each in steps_of(view).values()]
    assert view["summary"] == NOTHING | {name: found.count(name) for name in found}
    by_milestone = [each["summary"] for each in view["milestones"]]
    assert view["summary"] == {name: sum(each[name] for each in by_milestone) for name in NOTHING}
    assert view["at_risk"] == [each["lateness"] for each in steps_of(view).values()].count("at_risk")
    assert view["integrity"]["signed"] == sum(each.year == (year or each.year) for each in STEPS)


async def test_a_year_shows_its_steps_and_every_line(told: Alone) -> None:
    view = await told.read(PATH, year=2023)
    assert steps_of(view).keys() == {"J2.1-2/2023"}
    assert [len(each["lines"]) for each in view["milestones"]] == [2, 1, 1]
    assert (view["year"], view["years"]) == (2023, [2021, 2022, 2023])
    assert view["missing"] == view["integrity"]["changes"] == []


async def test_a_milestone_says_what_it_serves(told: Alone) -> None:
    first, second, third = (await told.read(PATH))["milestones"]
    assert (first["objective_label"], first["indicators"]) == (
        "Objectif A",
        [{"code": "visitors", "label": "Visiteurs"}],
    )
    assert (second["objective"], second["indicators"], second["pilot"]) == ("B", [], "Direction des ventes")
    assert (third["objective"], third["objective_label"], third["source"]) == (None, None, "Page 7")
    results = [{"year": 2021, "text": "Une porte ouverte sur deux.", "source": "Bilan, p. 2"}]
    assert [line["results"] for line in first["lines"]] == [results, []]


async def test_a_step_that_is_done_says_when_and_with_what_proof(told: Alone) -> None:
    found = steps_of(await told.read(PATH))["J1.1-1/2021"]
    assert (found["state_label"], found["done_on"], found["days_late"]) == ("réalisée", "2022-01-10", 10)
    assert found["evidence"] == [{"reference": "Procès-verbal 12", "address": None, "file": None, "sha256": None}]
    assert (found["stated"], found["note"], found["recorded_by"]) == (True, "Avec dix jours de retard.", "camille")
    assert (found["by_entity"], found["comments"], found["due_signed"]) == ([], [], None)


async def test_a_step_of_which_nothing_is_said_is_planned_and_late_the_day_after(told: Alone) -> None:
    found = steps_of(await told.read(PATH))["J1.1-3/2022"]
    assert (found["stated"], found["state"], found["days_late"]) == (False, "planned", 45)  # since 31 March
    assert (found["recorded_at"], found["evidence"], found["forecast"]) == (None, [], None)


async def test_a_step_says_what_the_contract_says_of_it(told: Alone) -> None:
    found = steps_of(await told.read(PATH))["J1.1-2/2022"]
    assert (found["id"], found["title"], found["version"]) == (GOING.id, "Étape J1.1-2", 1)
    assert (found["conditional"], found["recurrent"], found["scope"]) == (True, False, "group")
    assert (found["pilot"], found["step_note"], found["note"]) == ("Direction des portes", "Le contrat hésite.", None)
    assert found["due"] == {"earliest": "2022-01-01", "latest": "2022-12-31", "text": "2022", "doubtful": False}
    expected = {"earliest": "2022-10-01", "latest": "2022-12-31", "text": "T4 2022", "doubtful": False}
    assert found["forecast"] == expected | {"confidence": "high"}


async def test_a_shared_step_stands_as_its_entities_do_together(told: Alone) -> None:
    found = steps_of(await told.read(PATH))["J1.2-1/2022"]
    assert (found["state"], found["share"], found["stated"], found["evidence"]) == ("partly_done", "0.5", False, [])
    north, south = found["by_entity"]
    assert (north["entity"], north["label"], north["state"], north["done_on"]) == (
        "nord",
        "Site nord",
        "done",
        "2022-02-01",
    )
    assert (north["evidence"][0]["reference"], north["stated"]) == ("Procès-verbal 12", True)
    assert (south["entity"], south["state"], south["stated"], south["lateness"]) == ("sud", "planned", False, "at_risk")
    (remark,) = found["comments"]
    assert (remark["label"], remark["text"], remark["by"]) == ("Site sud", "Nous attendons les plans.", "camille")


async def test_who_said_nothing_of_a_shared_step_that_has_begun_is_awaited(told: Alone) -> None:
    awaited = [{"entity": "sud", "label": "Site sud"}]
    line = {"step": SHARED.id, "code": "J1.2-1", "title": "Étape J1.2-1", "year": 2022, "entities": awaited}
    assert (await told.read(PATH))["missing"] == [line]
    told.at(day(300))  # in 2021
    assert (await told.read(PATH))["missing"] == []
    told.at(ON)
    await told.take([progress(SHARED, "sud", "in_progress")])
    assert (await told.read(PATH))["missing"] == []


async def test_a_share_is_written_out(told: Alone) -> None:
    third = plan(2, entities=("nord", "sud", "ailleurs"))
    await told.take([third, progress(GOING, GROUP, "partly_done", 2)])
    found = steps_of(await told.read(PATH))
    assert (found["J1.1-2/2022"]["share"], found["J1.2-1/2022"]["share"]) == ("0.5", "0.3333")
    assert [each["label"] for each in found["J1.2-1/2022"]["by_entity"]] == ["Site nord", "Site sud", "ailleurs"]


async def test_before_a_plan_was_read_there_is_nothing_to_show(gateway: Alone) -> None:
    await gateway.take([contract(), *STEPS, *STATED])
    view = await gateway.read(PATH)
    assert (view["milestones"], view["summary"], view["years"], view["missing"]) == ([], NOTHING, [], [])
    assert view["integrity"] == dict.fromkeys(
        ("signed", "kept", "moved", "reworded", "added", "withdrawn", "told"), 0
    ) | {"changes": []}


async def test_a_step_whose_line_is_not_in_the_plan_is_not_counted(told: Alone) -> None:
    await told.take([step("J4.1-1", 2022)])
    assert (await told.read(PATH))["summary"] == COUNTED
