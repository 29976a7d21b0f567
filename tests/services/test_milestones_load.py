"""Loading a contract's milestones: the plan first, then its versions, and what a later package changes of them."""

from typing import Any

import httpx
import pytest

from shared import outbox

from . import jalons
from .conftest import Service
from .jalons import CONTRACT, ROWS, STEPS, STEPS_IN_ORDER, Package, Row, package, step

WHY = "Chargement du paquet jalons"


async def load(client: httpx.AsyncClient, tables: Package, **asked: Any) -> Row:
    answer = await client.put(CONTRACT, json=tables, params=asked)
    assert answer.status_code == 200, answer.text
    plan: Row = answer.json()
    for counts in (plan, *plan["tables"].values()):
        assert counts["received"] == counts["created"] + counts["updated"] + counts["unchanged"] + counts["rejected"]
    return plan


def counters(plan: Row) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, removed."""
    assert plan["rejected"] == 0
    return plan["created"], plan["updated"], plan["unchanged"], plan["removed"]


async def read(client: httpx.AsyncClient, code: str, year: int) -> Row:
    found: Row = (await client.get(jalons.at(code, year))).json()
    return found


def stands(found: Row) -> tuple[int, str | None, bool]:
    return found["version"], found["reason"], found["withdrawn"]


async def test_a_dry_run_shows_the_plan_and_writes_nothing(empty_milestones: Service) -> None:
    async with empty_milestones.client("steward") as client:
        plan = await load(client, package(), dryRun=True)
        assert (plan["dryRun"], counters(plan)) == (True, (ROWS, 0, 0, 0))
        assert {table: counts["created"] for table, counts in plan["tables"].items()} == {
            "contract": 1, "entities": 5, "objectives": 1, "indicators": 1, "milestones": 2, "milestone_lines": 3,
            "milestone_results": 1, "steps": 6, "progress": 2,
        }  # fmt: skip
        assert (await client.get(CONTRACT)).status_code == 404
        assert (await client.get(STEPS)).json()["items"] == []
    assert await outbox.count(empty_milestones.database) == 0


async def test_a_plan_shows_each_step_that_it_changes(empty_milestones: Service) -> None:
    async with empty_milestones.client("steward") as client:
        changes = (await load(client, package(), dryRun=True))["changes"]
    assert len(changes) == 10
    assert changes[0] == {
        "step": "J1.1-1", "year": 2021, "entity": None, "before": None, "after": "Choisir le lieu (T4 2021)",
    }  # fmt: skip
    assert changes[-1] == {"step": "J1.2-2", "year": 2022, "entity": "nord", "before": None, "after": "en cours"}


async def test_a_first_load_creates_everything_signs_the_steps_and_tells_it(empty_milestones: Service) -> None:
    async with empty_milestones.client("steward", subject="camille") as client:
        assert counters(await load(client, package())) == (ROWS, 0, 0, 0)
        contract = (await client.get(CONTRACT)).json()
        steps = await jalons.items(client, STEPS)
    assert (contract["version"], contract["defined_by"]) == (1, "camille")
    assert [line["code"] for line in contract["definition"]["milestone_lines"]] == ["J1.1", "J1.2", "J2.1"]
    assert [jalons.name(each) for each in steps] == STEPS_IN_ORDER
    assert {(each["signed"], *stands(each)) for each in steps} == {(True, 1, None, False)}
    assert await outbox.count(empty_milestones.database) == 11  # the plan, 8 steps and 2 statements


async def test_the_same_package_again_changes_nothing(milestones: Service, pilot: httpx.AsyncClient) -> None:
    assert counters(await load(pilot, package())) == (0, 0, ROWS, 0)
    assert (await pilot.get(CONTRACT)).json()["version"] == 1
    assert await outbox.count(milestones.database) == 11


async def test_a_changed_definition_is_a_new_version_and_the_old_one_stays(pilot: httpx.AsyncClient) -> None:
    changed = package()
    changed["milestones"][0]["title"] = "Ouvrir grand"
    assert counters(await load(pilot, changed)) == (0, 1, ROWS - 1, 0)
    titles = [
        (await pilot.get(f"{CONTRACT}{asked}")).json()["definition"]["milestones"][0]["title"]
        for asked in ("?version=1", "?version=2", "")
    ]
    assert titles == ["Ouvrir", "Ouvrir grand", "Ouvrir grand"]
    versions = (await pilot.get(f"{CONTRACT}/versions")).json()
    assert [(each["version"], each["defined_by"]) for each in versions] == [(1, "chargement"), (2, "camille")]
    assert (await pilot.get(f"{CONTRACT}?version=3")).status_code == 404


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"title": "Choisir deux lieux"}, "title", "Choisir deux lieux"),
        ({"due": "T2 2022"}, "due",
         {"earliest": "2022-04-01", "latest": "2022-06-30", "text": "T2 2022", "doubtful": False}),
        ({"conditional": "true"}, "conditional", True),
        ({"line": "J2.1"}, "milestone", "J2"),
    ],
)  # fmt: skip
async def test_a_step_that_a_later_package_states_otherwise_has_a_version_with_its_reason(
    pilot: httpx.AsyncClient, change: Row, name: str, value: Any
) -> None:
    changed = package()
    changed["steps"][0] |= change
    assert counters(await load(pilot, changed)) == (0, 1, ROWS - 1, 0)
    found = await read(pilot, "J1.1-1", 2021)
    assert (found[name], stands(found), found["signed"]) == (value, (2, WHY, False), True)


async def test_a_step_that_a_later_package_leaves_out_is_withdrawn_then_restored(pilot: httpx.AsyncClient) -> None:
    shorter = package()
    del shorter["steps"][4]
    plan = await load(pilot, shorter)
    assert (counters(plan), plan["tables"]["steps"]["removed"]) == ((0, 0, ROWS - 1, 1), 1)
    assert stands(await read(pilot, "J2.1-1", 2022)) == (2, WHY, True)
    assert counters(await load(pilot, shorter)) == (0, 0, ROWS - 1, 0)
    assert counters(await load(pilot, package())) == (0, 1, ROWS - 1, 0)
    assert stands(await read(pilot, "J2.1-1", 2022)) == (3, WHY, False)


async def test_a_recurrent_step_that_ends_earlier_loses_its_last_years(pilot: httpx.AsyncClient) -> None:
    changed = package()
    changed["steps"][2]["until"] = 2022
    assert counters(await load(pilot, changed)) == (0, 0, ROWS, 1)
    assert [stands(await read(pilot, "J1.2-1", year)) for year in (2022, 2023)] == [(1, None, False), (2, WHY, True)]


async def test_what_a_later_package_adds_is_not_signed(pilot: httpx.AsyncClient) -> None:
    changed = package()
    changed["steps"].append(step("J2.1-3", 2023, "Fermer le soir"))
    assert counters(await load(pilot, changed)) == (1, 0, ROWS, 0)
    found = await read(pilot, "J2.1-3", 2023)
    assert (found["signed"], stands(found)) == (False, (1, None, False))


async def test_progress_that_a_later_package_states_otherwise_has_its_reason(pilot: httpx.AsyncClient) -> None:
    changed = package()
    changed["progress"][1] |= {"state": "done", "evidence": "Attestation"}
    assert counters(await load(pilot, changed)) == (0, 1, ROWS - 1, 0)
    found = (await pilot.get(jalons.of("J1.2-2", 2022, "nord"))).json()
    assert (found["state"], found["version"], found["reason"]) == ("done", 2, WHY)


async def test_a_line_that_moves_takes_its_steps_to_its_new_milestone(pilot: httpx.AsyncClient) -> None:
    changed = package()
    changed["milestone_lines"][1]["milestone"] = "J2"
    assert counters(await load(pilot, changed)) == (0, 3, ROWS - 3, 0)  # the line, and two rows of steps
    assert {each["line"] for each in await jalons.items(pilot, STEPS, milestone="J2")} == {"J1.2", "J2.1"}
    assert counters(await load(pilot, changed)) == (0, 0, ROWS, 0)


async def test_a_package_without_steps_withdraws_those_of_the_last_one(pilot: httpx.AsyncClient) -> None:
    without = {table: rows for table, rows in package().items() if table not in {"steps", "progress"}}
    assert counters(await load(pilot, without)) == (0, 0, ROWS - 8, 8)
    assert await jalons.items(pilot, STEPS) == []
    assert len(await jalons.items(pilot, STEPS, withdrawn=True)) == 8


async def test_a_contract_alone_has_no_milestones(empty_milestones: Service) -> None:
    alone = {table: package()[table] for table in ("contract", "entities")}
    async with empty_milestones.client("steward") as client:
        assert counters(await load(client, alone)) == (6, 0, 0, 0)
        assert (await client.get(CONTRACT)).json()["definition"]["milestones"] == []


async def test_a_load_needs_the_right_to_define(milestones: Service) -> None:
    for role in ("reader", "contributor", "operator"):
        async with milestones.client(role, entities=["groupe"]) as client:
            assert (await client.put(CONTRACT, json=package())).status_code == 403


async def test_a_load_with_its_key_is_done_once(empty_milestones: Service) -> None:
    async with empty_milestones.client("steward") as client:
        first, again = [await client.put(CONTRACT, json=package(), headers={"Idempotency-Key": "a"}) for _ in "12"]
    assert (first.json(), again.headers["Idempotency-Replayed"]) == (again.json(), "true")


async def test_the_contracts_that_have_milestones_are_listed(still_pilot: httpx.AsyncClient) -> None:
    (found,) = (await still_pilot.get("/milestones/v1/contracts")).json()["items"]
    assert (found["code"], found["label"], found["version"]) == ("jalons", "Contrat d’essai", 1)
