"""Reading progress, and who may state it: filters, instants, versions, rights, and the entities that do a step."""

from datetime import UTC, datetime, time, timedelta

import httpx
import pytest
from sqlalchemy import update

from services.milestones.tables import ProgressVersionRow

from . import jalons
from .conftest import Service
from .jalons import DONE, LEASE, PROGRESS, SALE, STARTED, STEPS, Row, items, put, tell
from .test_indicators_write_one import plain

NORTH = jalons.of("J1.2-2", 2022, "nord")
SCHOOL = "Cette étape est celle de chaque école : « {} » n’en est pas une de ce contrat."
GROUP = "Cette étape est celle du groupe : seul « groupe » la renseigne."


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        (jalons.of("J1.1-2", 2022, "nord"), GROUP),
        (jalons.of("J1.1-2", 2022, "ami"), GROUP),
        (jalons.of("J1.2-2", 2022, "groupe"), SCHOOL.format("groupe")),
        (jalons.of("J1.2-2", 2022, "ami"), SCHOOL.format("ami")),
        (f"{STEPS}/other/progress/groupe", "Aucune étape n’a cet identifiant."),
    ],
)
async def test_an_entity_that_does_not_do_a_step_says_nothing_of_it(
    still_pilot: httpx.AsyncClient, address: str, detail: str
) -> None:
    answers = [await still_pilot.get(address), await still_pilot.get(f"{address}/history")]
    for answer in (*answers, await put(still_pilot, address, STARTED)):
        assert (answer.status_code, plain(answer.json()["detail"])) == (404, detail)


async def test_schools_and_subsidiaries_each_do_a_shared_step(pilot: httpx.AsyncClient) -> None:
    for entity in ("sud", "filiale"):
        assert (await put(pilot, jalons.of("J1.2-2", 2022, entity), STARTED)).status_code == 201
    found = await items(pilot, PROGRESS, step=jalons.id_of("J1.2-2", 2022))
    assert [each["entity"] for each in found] == ["filiale", "nord", "sud"]


async def test_a_contributor_states_the_progress_of_its_own_entity_only(milestones: Service) -> None:
    async with milestones.client("contributor", entities=["nord"]) as client:
        refused = await put(client, jalons.of("J1.2-2", 2022, "sud"), STARTED)
        assert (refused.status_code, plain(refused.json()["detail"])) == (
            403, "Ce jeton ne permet pas d’écrire pour « sud ».",
        )  # fmt: skip
        assert (await put(client, SALE, STARTED)).status_code == 403
        assert (await put(client, NORTH, DONE, '"1"')).status_code == 200


ACTIONS = ["amend", "complete_partly", "complete", "postpone", "abandon"]


@pytest.mark.parametrize(
    ("role", "entities", "north", "south"),
    [("reader", [], [], []), ("operator", [], [], []), ("contributor", ["nord"], ACTIONS, []),
     ("steward", [], ACTIONS, ["start", "complete_partly", "complete", "postpone", "abandon", "amend"])],
)  # fmt: skip
async def test_each_reader_is_told_what_they_may_do_next(
    still_milestones: Service, role: str, entities: list[str], north: list[str], south: list[str]
) -> None:
    async with still_milestones.client(role, entities=entities) as client:
        answers = [(await client.get(jalons.of("J1.2-2", 2022, each))).json() for each in ("nord", "sud")]
    assert [answer["allowedActions"] for answer in answers] == [north, south]


PLACE, WELCOME = jalons.id_of("J1.1-1", 2021), jalons.id_of("J1.2-2", 2022)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"groupe", "nord"}),
        ({"entity": "nord"}, {"nord"}),
        ({"entity": ["nord", "groupe"]}, {"groupe", "nord"}),
        ({"state": "done"}, {"groupe"}),
        ({"milestone": "J1", "year": 2022}, {"nord"}),
        ({"line": "J1.2"}, {"nord"}),
        ({"step": [PLACE, WELCOME]}, {"groupe", "nord"}),
        ({"milestone": "J2"}, set()),
    ],
)
async def test_progress_is_filtered(still_pilot: httpx.AsyncClient, asked: Row, found: set[str]) -> None:
    assert {each["entity"] for each in await items(still_pilot, PROGRESS, **asked)} == found


@pytest.mark.parametrize("more", [{}, {"updatedAfter": "2000-01-01T00:00:00Z"}, {"includeHistory": True}])
async def test_pages_follow_one_another_to_the_end(pilot: httpx.AsyncClient, more: Row) -> None:
    for address in (LEASE, SALE, jalons.of("J2.1-2", 2023, "sud"), jalons.of("J2.1-2", 2023, "filiale")):
        await tell(pilot, address, STARTED)
    read = await jalons.turned(pilot, PROGRESS, **more)
    assert len({each["id"] for each in read}) == len(read) == 6


@pytest.mark.parametrize(
    "asked", [{"state": "finie"}, {"year": 10000}, {"asOf": "2999-01-01"}, {"after": "abc"}, {"colour": "red"}]
)
async def test_what_no_list_gives_is_refused(still_pilot: httpx.AsyncClient, asked: Row) -> None:
    assert (await still_pilot.get(PROGRESS, params=asked)).status_code == 422


async def test_progress_is_read_as_it_stood(milestones: Service, pilot: httpx.AsyncClient) -> None:
    day = datetime.now(UTC).date() - timedelta(days=3)
    async with milestones.database.transaction() as session:
        await session.execute(update(ProgressVersionRow).values(recorded_at=datetime.combine(day, time(18), UTC)))
    await tell(pilot, NORTH, DONE)
    then, before = {"asOf": str(day)}, {"asOf": str(day - timedelta(days=1))}
    assert [each["state"] for each in await items(pilot, PROGRESS, entity="nord", **then)] == ["in_progress"]
    assert await items(pilot, PROGRESS, entity="nord", state="done", **then) == []
    states = [(await pilot.get(NORTH, params=asked)).json()["state"] for asked in (then, {})]
    assert states == ["in_progress", "done"]
    assert await items(pilot, PROGRESS, **before) == []


async def test_who_polls_reads_what_changed_in_the_order_of_time(pilot: httpx.AsyncClient) -> None:
    since = max(each["recorded_at"] for each in await items(pilot, PROGRESS))
    for address, said in ((NORTH, DONE), (LEASE, STARTED), (NORTH, DONE | {"note": "Vu", "reason": "Relu"})):
        await tell(pilot, address, said)
    changed = await items(pilot, PROGRESS, updatedAfter=since)
    assert [(each["entity"], each["version"]) for each in changed] == [("groupe", 1), ("nord", 3)]
    every = await items(pilot, PROGRESS, updatedAfter=since, includeHistory=True)
    assert [(each["entity"], each["version"]) for each in every] == [("nord", 2), ("groupe", 1), ("nord", 3)]
    instants = [each["recorded_at"] for each in every]
    assert instants == sorted(set(instants))


async def test_what_was_stated_stays_readable_where_the_step_becomes_that_of_the_group(
    pilot: httpx.AsyncClient,
) -> None:
    said = {"title": "Former l’accueil", "source": "Avenant", "scope": "group", "reason": "Une seule formation"}
    await put(pilot, jalons.at("J1.2-2", 2022), said, '"1"')
    assert (await pilot.get(NORTH)).json()["state"] == "in_progress"
    assert len((await pilot.get(f"{NORTH}/history")).json()) == 1
    assert (await put(pilot, NORTH, DONE, '"1"')).status_code == 404
    assert (await put(pilot, jalons.of("J1.2-2", 2022), STARTED)).status_code == 201
