"""What became of the steps that were signed: kept, moved, reworded, withdrawn or added, each change with its reason."""

from pathlib import Path

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.events.milestones import StepRecorded
from shared.migrations import Schema
from tests.milestone_facts import CODE, GOING, GROUP, LATE, ON, SHARED, STORY, day, progress, quarter, step, year

from .gateway_alone import Alone, Json, gateway_on, steps_of

PATH = f"/v1/contracts/{CODE}/milestones"


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def told(database: Database, tmp_path: Path) -> Alone:
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    await alone.take(STORY)
    return alone


def revised(of: StepRecorded, version: int, reason: str, on: int, **changes: object) -> StepRecorded:
    return of.model_copy(update={"version": version, "reason": reason, "recorded_at": day(on), **changes})


def counts(view: Json) -> dict[str, int]:
    return {name: number for name, number in view["integrity"].items() if name != "changes"}


def told_changes(view: Json) -> list[tuple[str, str, str | None, str | None]]:
    changes = view["integrity"]["changes"]
    return [(each["code"], each["kind"], each["before"], each["after"]) for each in changes]


async def test_a_plan_that_was_only_postponed_and_cut_says_so(told: Alone) -> None:
    view = await told.read(PATH)
    assert counts(view) == {"signed": 8, "kept": 6, "moved": 1, "reworded": 0, "added": 0, "withdrawn": 1, "told": 2}
    assert told_changes(view) == [
        ("J2.1-1", "moved", "T2 2022", "T4 2022"),
        ("J3.1-2", "withdrawn", "Étape J3.1-2", None),
    ]
    moved, withdrawn = view["integrity"]["changes"]
    assert (moved["entity"], moved["label"], moved["reason"], moved["by"]) == (
        GROUP,
        "Le groupe",
        "Le fournisseur tarde",
        "camille",
    )
    assert (moved["line"], moved["milestone"], moved["year"], moved["kind_label"]) == (
        "J2.1",
        "J2",
        2022,
        "date déplacée",
    )
    assert (withdrawn["entity"], withdrawn["label"], withdrawn["reason"]) == (None, None, "Faite ailleurs")


async def test_a_step_withdrawn_is_not_in_the_grid(told: Alone) -> None:
    assert "J3.1-2/2022" not in steps_of(await told.read(PATH))


async def test_a_step_shows_the_date_that_was_signed(told: Alone) -> None:
    found = steps_of(await told.read(PATH))
    assert (found["J2.1-1/2022"]["due"]["text"], found["J2.1-1/2022"]["due_signed"]["text"]) == ("T4 2022", "T2 2022")
    assert {code for code, each in found.items() if each["moved"]} == {"J2.1-1/2022"}
    assert {code for code, each in found.items() if each["due_signed"]} == {"J2.1-1/2022"}


async def test_what_was_moved_and_moved_back_is_not_moved(told: Alone) -> None:
    moved = revised(LATE, 2, "Avancée", 300, due=quarter(1, 2023))
    back = revised(LATE, 3, "Remise", 310)
    await told.take([moved, back])
    view = await told.read(PATH)
    assert (counts(view)["moved"], counts(view)["kept"]) == (1, 6)
    assert told_changes(view)[-2:] == [
        ("J1.1-3", "moved", "T1 2022", "T1 2023"),
        ("J1.1-3", "moved", "T1 2023", "T1 2022"),
    ]
    assert (steps_of(view)["J1.1-3/2022"]["moved"], steps_of(view)["J1.1-3/2022"]["version"]) == (False, 3)


async def test_a_doubt_that_goes_is_a_change_of_date(told: Alone) -> None:
    await told.take([revised(LATE, 2, "Doute", 300, due=quarter(1, 2022, doubtful=True))])
    assert told_changes(await told.read(PATH))[-1] == ("J1.1-3", "moved", "T1 2022", "T1 2022\u202f?")


async def test_new_words_a_new_pilot_and_a_new_step_are_told_with_their_reasons(told: Alone) -> None:
    worded = revised(GOING, 2, "Précisée", 300, title="Ouvrir la porte", pilot="Direction des murs")
    added = step("J1.1-4", 2022, signed=False, reason="Demande du ministère", recorded_at=day(320))
    await told.take([worded, added])
    view = await told.read(PATH, year=2022)
    assert counts(view) == {"signed": 5, "kept": 2, "moved": 1, "reworded": 1, "added": 1, "withdrawn": 1, "told": 5}
    assert [(each["kind"], each["reason"]) for each in view["integrity"]["changes"][2:]] == [
        ("reworded", "Précisée"),
        ("altered", "Précisée"),
        ("added", "Demande du ministère"),
    ]
    assert steps_of(view)["J1.1-2/2022"]["title"] == "Ouvrir la porte"


async def test_a_school_s_postponement_is_told_and_leaves_the_group_s_commitment(told: Alone) -> None:
    stated = progress(SHARED, "sud", "postponed", due=year(2023), reason="Les plans manquent", recorded_at=day(400))
    await told.take([stated])
    view = await told.read(PATH)
    last = view["integrity"]["changes"][-1]
    assert (last["entity"], last["label"], last["before"], last["after"]) == ("sud", "Site sud", "2022", "2023")
    assert counts(view)["moved"] == 1
    shared = steps_of(view)["J1.2-1/2022"]
    assert (shared["due"]["text"], shared["due_signed"]["text"], shared["moved"]) == ("2023", "2022", False)


async def test_a_year_without_a_change_has_none(told: Alone) -> None:
    view = await told.read(PATH, year=2021)
    assert counts(view) == {"signed": 2, "kept": 2, "moved": 0, "reworded": 0, "added": 0, "withdrawn": 0, "told": 0}
    assert view["integrity"]["changes"] == []
