"""Loading the same package again: what somebody has changed since stays as they left it."""

import httpx

from shared import outbox

from . import jalons
from .conftest import Service
from .jalons import CONTRACT, DONE, PROGRESS, ROWS, Row, package, put, step
from .test_indicators_write_one import plain
from .test_milestones_load import counters, load, read, stands

LATE = step("J2.1-9", 2022, "Solder", reason="Avenant")


async def test_what_was_revised_since_stays_revised_when_the_same_package_is_loaded(
    milestones: Service, pilot: httpx.AsyncClient
) -> None:
    revised = {"title": "Choisir deux lieux", "source": "Avenant", "due": "T4 2021", "reason": "Avenant"}
    assert (await put(pilot, jalons.at("J1.1-1", 2021), revised, '"1"')).status_code == 200
    await jalons.tell(pilot, jalons.of("J1.2-2", 2022, "nord"), DONE)
    asked = {"reason": "Sans objet"}
    await pilot.delete(jalons.at("J2.1-1", 2022), params=asked, headers={"If-Match": '"1"'})
    assert counters(await load(pilot, package())) == (0, 0, ROWS, 0)
    assert (await read(pilot, "J1.1-1", 2021))["title"] == "Choisir deux lieux"
    assert stands(await read(pilot, "J2.1-1", 2022)) == (2, "Sans objet", True)
    assert {each["state"] for each in await jalons.items(pilot, PROGRESS)} == {"done"}
    assert await outbox.count(milestones.database) == 14


async def test_what_was_withdrawn_since_does_not_keep_its_package_from_loading(pilot: httpx.AsyncClient) -> None:
    await pilot.delete(jalons.at("J1.1-1", 2021), params={"reason": "Faite"}, headers={"If-Match": '"1"'})
    assert counters(await load(pilot, package())) == (0, 0, ROWS, 0)
    shorter = package()
    del shorter["steps"][0], shorter["progress"][0]
    assert counters(await load(pilot, shorter)) == (0, 0, ROWS - 2, 0)
    assert stands(await read(pilot, "J1.1-1", 2021)) == (2, "Faite", True)


async def test_progress_stays_what_somebody_made_of_it_even_with_another_document(pilot: httpx.AsyncClient) -> None:
    documents = [{"reference": "Bail, p. 1"}, {"address": "https://exemple.fr/bail"}]
    said = {"state": "done", "evidence": documents, "note": "Signé deux fois", "reason": "Précision"}
    await jalons.tell(pilot, jalons.of("J1.1-1", 2021), said)
    assert counters(await load(pilot, package())) == (0, 0, ROWS, 0)
    found = (await pilot.get(jalons.of("J1.1-1", 2021))).json()
    assert (found["note"], len(found["evidence"]), found["version"]) == ("Signé deux fois", 2, 2)


async def test_what_was_withdrawn_then_dropped_and_comes_back_is_not_withdrawn_twice(
    milestones: Service, pilot: httpx.AsyncClient
) -> None:
    await pilot.delete(jalons.at("J2.1-1", 2022), params={"reason": "Faite"}, headers={"If-Match": '"1"'})
    shorter = package()
    del shorter["steps"][4]
    assert counters(await load(pilot, shorter)) == (0, 0, ROWS - 1, 0)
    assert await outbox.count(milestones.database) == 12


async def test_what_was_added_since_stays_where_no_package_names_it(pilot: httpx.AsyncClient) -> None:
    assert (await pilot.post(f"{CONTRACT}/steps", json=LATE)).status_code == 201
    assert counters(await load(pilot, package())) == (0, 0, ROWS, 0)
    assert stands(await read(pilot, "J2.1-9", 2022)) == (1, "Avenant", False)


async def test_a_line_that_a_step_added_since_stands_on_is_not_taken_away(pilot: httpx.AsyncClient) -> None:
    await pilot.post(f"{CONTRACT}/steps", json=LATE)
    without: dict[str, list[Row]] = package()
    without["steps"] = without["steps"][:4]
    del without["milestone_lines"][2]
    answer = await pilot.put(CONTRACT, json=without)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["table"], error["row"], error["column"]) == (422, "milestone_lines", 2, "code")
    assert plain(error["message"]) == (
        "la ligne « J2.1 » n’est plus là, et l’étape « J2.1-9 » de 2022, qui n’est pas du paquet, en est : "
        "gardez la ligne, ou retirez d’abord cette étape"
    )
    assert len(await jalons.items(pilot, jalons.STEPS)) == 9
