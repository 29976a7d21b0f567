"""Changing the steps of a contract one by one: revising, withdrawing and restoring, each with its reason."""

import asyncio
from typing import Any

import httpx
import pytest

from shared import outbox

from . import jalons
from .conftest import Service
from .jalons import STEPS, Row, put
from .test_indicators_write_one import plain
from .test_milestones_steps_add import ADD, NEW

SALE = jalons.at("J2.1-1", 2022)
REVISED = {"title": "Ouvrir la vente", "source": "Page 5", "due": "T3 2022", "reason": "Travaux"}
WHY = {"reason": "Sans objet"}


async def withdraw(client: httpx.AsyncClient, if_match: str | None = '"1"', **asked: Any) -> httpx.Response:
    return await client.delete(SALE, params=WHY | asked, headers={"If-Match": if_match} if if_match else {})


async def test_a_withdrawn_step_is_not_added_but_restored(pilot: httpx.AsyncClient) -> None:
    await withdraw(pilot)
    answer = await pilot.post(ADD, json=NEW | {"code": "J2.1-1"})
    assert answer.status_code == 409
    assert "a été retirée" in answer.json()["detail"]


async def test_a_revision_is_a_new_version_with_its_reason(milestones: Service, pilot: httpx.AsyncClient) -> None:
    answer = await put(pilot, SALE, REVISED | {"doubtful": True}, '"1"')
    body = answer.json()
    assert (answer.status_code, answer.headers["ETag"], answer.headers["Location"]) == (200, '"2"', SALE)
    assert (body["due"]["text"], body["due"]["doubtful"], body["reason"]) == ("T3 2022", True, "Travaux")
    assert (body["code"], body["line"], body["signed"], body["recorded_by"]) == ("J2.1-1", "J2.1", True, "camille")
    assert await outbox.count(milestones.database) == 12


async def test_a_revision_may_take_a_step_to_another_line(pilot: httpx.AsyncClient) -> None:
    body = (await put(pilot, SALE, REVISED | {"line": "J1.1"}, '"1"')).json()
    assert (body["line"], body["milestone"], body["code"]) == ("J1.1", "J1", "J2.1-1")


async def test_a_revised_year_of_a_recurrent_step_stays_recurrent(pilot: httpx.AsyncClient) -> None:
    address = jalons.at("J1.2-1", 2022)
    body = (await put(pilot, address, REVISED | {"due": "juin"}, '"1"')).json()
    assert (body["recurrent"], body["due"]["latest"], body["year"]) == (True, "2022-06-30", 2022)
    assert (await pilot.get(jalons.at("J1.2-1", 2023))).json()["version"] == 1


@pytest.mark.parametrize("change", [{"until": 2023}, {"year": 2023}, {"code": "J2.1-4"}])
async def test_a_revision_changes_neither_the_code_nor_the_years(still_pilot: httpx.AsyncClient, change: Row) -> None:
    answer = await put(still_pilot, SALE, REVISED | change, '"1"')
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "extra_forbidden")


async def test_a_revision_that_changes_nothing_is_no_version(milestones: Service, pilot: httpx.AsyncClient) -> None:
    same = {"title": "Ouvrir la vente", "source": "Page 5", "due": "T2/2022 ?", "reason": "Relu"}
    answer = await put(pilot, SALE, same)
    assert (answer.status_code, answer.json()["version"], answer.json()["reason"]) == (200, 1, None)
    assert await outbox.count(milestones.database) == 11


async def test_without_if_match_nothing_is_revised_nor_withdrawn(still_pilot: httpx.AsyncClient) -> None:
    for answer in (await put(still_pilot, SALE, REVISED), await withdraw(still_pilot, None)):
        assert (answer.status_code, plain(answer.json()["detail"])) == (
            428, "Joignez If-Match avec l’ETag reçu à la lecture de cette étape.",
        )  # fmt: skip


@pytest.mark.parametrize("if_match", ['"0"', '"2"', 'W/"7"'])
async def test_another_version_is_stale(still_pilot: httpx.AsyncClient, if_match: str) -> None:
    for answer in (await put(still_pilot, SALE, REVISED, if_match), await withdraw(still_pilot, if_match)):
        assert (answer.status_code, plain(answer.json()["detail"])) == (
            412, "La version est maintenant 1 : relisez cette étape, puis recommencez.",
        )  # fmt: skip


async def test_of_two_revisions_of_one_version_one_is_stale(pilot: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(put(pilot, SALE, REVISED | {"title": title}, '"1"') for title in "abc"))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]


async def test_a_step_is_withdrawn_with_a_reason_and_restored_by_a_revision(pilot: httpx.AsyncClient) -> None:
    gone = await withdraw(pilot)
    assert (gone.status_code, gone.headers["ETag"], gone.json()["withdrawn"]) == (200, '"2"', True)
    assert (gone.json()["reason"], gone.json()["allowedActions"]) == ("Sans objet", ["restore"])
    assert plain((await withdraw(pilot, '"2"')).json()["detail"]) == "Cette étape est déjà retirée du contrat."
    same = {"title": "Ouvrir la vente", "source": "Page 5", "due": "T2/2022 ?", "reason": "Repris"}
    back = await put(pilot, SALE, same, '"2"')
    assert (back.status_code, back.json()["version"], back.json()["withdrawn"]) == (200, 3, False)
    history = (await pilot.get(f"{SALE}/history")).json()
    assert [(each["version"], each["withdrawn"], each["reason"], each["recorded_by"]) for each in history] == [
        (1, False, None, "chargement"), (2, True, "Sans objet", "camille"), (3, False, "Repris", "camille"),
    ]  # fmt: skip
    instants = [each["recorded_at"] for each in history]
    assert instants == sorted(set(instants))


@pytest.mark.parametrize("reason", [None, "", " ", "a\x00", "é" * 1001])
async def test_a_step_is_not_withdrawn_without_a_reason(still_pilot: httpx.AsyncClient, reason: str | None) -> None:
    answer = await withdraw(still_pilot, reason=reason)
    assert (answer.status_code, [error["place"] for error in answer.json()["errors"]]) == (422, ["query.reason"])


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/history")])
async def test_an_unknown_step_is_not_found(still_pilot: httpx.AsyncClient, method: str, path: str) -> None:
    answer = await still_pilot.request(
        method, f"{STEPS}/other{path}", json=REVISED, params=WHY, headers={"If-Match": "*"}
    )
    assert (answer.status_code, answer.json()["detail"]) == (404, "Aucune étape n’a cet identifiant.")


async def test_a_step_of_an_unknown_contract_is_not_found(still_pilot: httpx.AsyncClient) -> None:
    answer = await still_pilot.post("/milestones/v1/contracts/other/steps", json=NEW)
    assert plain(answer.json()["detail"]) == "Aucun jalon n’est connu pour le contrat « other »."


@pytest.mark.parametrize("role", ["reader", "operator", "contributor"])
async def test_only_who_may_define_changes_steps(still_milestones: Service, role: str) -> None:
    async with still_milestones.client(role, entities=["groupe"]) as client:
        answers = [await client.post(ADD, json=NEW), await put(client, SALE, REVISED, '"1"'), await withdraw(client)]
        read = (await client.get(SALE)).json()
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert read["allowedActions"] == []


async def test_a_steward_may_revise_and_withdraw(still_pilot: httpx.AsyncClient) -> None:
    assert (await still_pilot.get(SALE)).json()["allowedActions"] == ["revise", "withdraw"]


@pytest.mark.parametrize("call", ["add", "revise", "withdraw"])
async def test_the_same_call_with_its_key_has_one_effect(
    milestones: Service, pilot: httpx.AsyncClient, call: str
) -> None:
    headers = {"Idempotency-Key": "a", "If-Match": '"1"'}
    calls: dict[str, tuple[str, str, Row]] = {
        "add": ("POST", ADD, {"json": NEW}),
        "revise": ("PUT", SALE, {"json": REVISED}),
        "withdraw": ("DELETE", SALE, {"params": WHY}),
    }
    method, address, sent = calls[call]
    first, again = [await pilot.request(method, address, headers=headers, **sent) for _ in range(2)]
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert await outbox.count(milestones.database) == 12
