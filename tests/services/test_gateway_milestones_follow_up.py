"""The milestones beside a follow-up: what asks for attention in its year, and which of them serve an indicator."""

from pathlib import Path

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.milestone_facts import CODE, LATE, ON, STORY, quarter

from .gateway_alone import Alone, gateway_on

NOTHING = dict.fromkeys(("done", "in_progress", "late", "coming", "postponed", "abandoned"), 0)


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def told(database: Database, tmp_path: Path) -> Alone:
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    await alone.take(STORY)
    return alone


async def test_the_follow_up_names_what_asks_for_attention(told: Alone) -> None:
    view = await told.read(f"/v1/contracts/{CODE}/follow-up", year=2022)
    first, second, third = view["milestones"]
    due = quarter(1, 2022).model_dump(mode="json")
    assert (first["code"], first["title"], first["objective"], first["steps"]) == ("J1", "Ouvrir", "A", 3)
    assert first["late"] == [{"id": LATE.id, "code": "J1.1-3", "title": "Étape J1.1-3", "due": due}]
    assert [each["code"] for each in first["at_risk"]] == ["J1.2-1"]
    assert first["summary"] == NOTHING | {"in_progress": 2, "late": 1}
    assert (second["steps"], second["late"], second["summary"]) == (1, [], NOTHING | {"postponed": 1})
    assert (third["steps"], third["summary"]) == (0, NOTHING)


async def test_an_abandoned_step_is_counted_as_such_and_not_among_those_late(told: Alone) -> None:
    *_, third = (await told.read(f"/v1/contracts/{CODE}/follow-up", year=2021))["milestones"]
    assert (third["summary"]["abandoned"], third["summary"]["late"], third["late"]) == (1, 0, [])


async def test_an_indicator_names_the_milestones_that_serve_it(told: Alone) -> None:
    """The first names it; the second names none, and serves its objective."""
    view = await told.read(f"/v1/contracts/{CODE}/follow-up", year=2022)
    served = {each["code"]: each["milestones"] for each in view["indicators"]}
    assert served == {"visitors": ["J1"], "satisfaction": [], "revenue": ["J2"]}


async def test_the_follow_up_of_an_entity_shows_its_own_part(told: Alone) -> None:
    view = await told.read(f"/v1/contracts/{CODE}/entities/sud/follow-up", year=2022)
    (found,) = view["milestones"]
    assert (found["code"], found["steps"], [each["code"] for each in found["at_risk"]]) == ("J1", 1, ["J1.2-1"])
    served = {each["code"]: each["milestones"] for each in view["indicators"]}
    assert served == {"visitors": ["J1"], "revenue": []}
