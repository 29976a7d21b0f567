"""Remarks on a step: added in the name of an entity, read in their order, never changed."""

from typing import Any

import httpx
import pytest

from shared import outbox
from shared.pages import write_cursor

from . import jalons
from .conftest import Service
from .jalons import STEPS, Row
from .test_indicators_write_one import plain

REMARKS = f"{jalons.at('J1.2-2', 2022)}/comments"
SAID = {"entity": "sud", "text": "Nous attendons les plans."}
BLANK = "ce texte est obligatoire, et il est vide"


async def read(client: httpx.AsyncClient, **asked: Any) -> Row:
    answer = await client.get(REMARKS, params=asked)
    assert answer.status_code == 200, answer.text
    found: Row = answer.json()
    return found


async def test_a_remark_is_added_and_read(milestones: Service, pilot: httpx.AsyncClient) -> None:
    answer = await pilot.post(REMARKS, json=SAID | {"text": " Nous attendons\nles plans. "})
    body = answer.json()
    assert (answer.status_code, body["text"], body["entity"]) == (201, "Nous attendons\nles plans.", "sud")
    assert (body["step"], body["contract"], body["recorded_by"]) == (jalons.id_of("J1.2-2", 2022), "jalons", "camille")
    assert await read(pilot) == {"items": [body], "next": None}
    assert await outbox.count(milestones.database) == 12


async def test_remarks_are_read_page_by_page_in_their_order(pilot: httpx.AsyncClient) -> None:
    for text in "abcdefg":
        await pilot.post(REMARKS, json=SAID | {"text": text})
    found = await jalons.turned(pilot, REMARKS)
    assert "".join(each["text"] for each in found) == "abcdefg"
    instants = [each["recorded_at"] for each in found]
    assert instants == sorted(set(instants))


async def test_remarks_are_read_as_they_stood(pilot: httpx.AsyncClient) -> None:
    first = (await pilot.post(REMARKS, json=SAID)).json()
    await pilot.post(REMARKS, json=SAID)
    assert (await read(pilot, asOf=first["recorded_at"]))["items"] == [first]
    assert (await read(pilot, asOf="2001-01-01"))["items"] == []


async def test_a_remark_may_be_made_by_any_entity_of_the_contract_and_on_a_withdrawn_step(
    pilot: httpx.AsyncClient,
) -> None:
    await pilot.delete(jalons.at("J1.2-2", 2022), params={"reason": "Faite"}, headers={"If-Match": "*"})
    for entity in ("groupe", "nord", "filiale", "ami"):
        assert (await pilot.post(REMARKS, json=SAID | {"entity": entity})).status_code == 201


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        ({"entity": "est"}, "body.entity", "l’entité « est » n’est pas dans ce contrat"),
        ({"entity": "e" * 65}, "body.entity", "texte trop long (au plus 64 caractères)"),
        ({"text": ""}, "body.text", "texte trop court (au moins 1 caractère(s))"),
        ({"text": " \n "}, "body.text", BLANK),
        ({"text": "é" * 2001}, "body.text", "texte trop long (au plus 2000 caractères)"),
        ({"text": "a\x00b"}, "body.text", "le texte contient un caractère de commande"),
        ({"text": None}, "body.text", "un texte est attendu"),
        ({"step": "x"}, "body.step", "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne"),
    ],
)
async def test_a_remark_that_cannot_be_is_refused_at_its_place(
    still_pilot: httpx.AsyncClient, change: Row, place: str, sentence: str
) -> None:
    answer = await still_pilot.post(REMARKS, json=SAID | change)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["place"], plain(error["message"])) == (422, place, sentence)


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "abc"},
        {"after": write_cursor(["hier", "a"])},
        {"after": write_cursor([10**30, "a"])},
        {"limit": 0},
        {"asOf": "2999-01-01"},
    ],
)
async def test_what_no_list_gives_is_refused(still_pilot: httpx.AsyncClient, asked: Row) -> None:
    assert (await still_pilot.get(REMARKS, params=asked)).status_code == 422


async def test_an_unknown_step_has_no_remarks(still_pilot: httpx.AsyncClient) -> None:
    address = f"{STEPS}/other/comments"
    for answer in (await still_pilot.get(address), await still_pilot.post(address, json=SAID)):
        assert (answer.status_code, answer.json()["detail"]) == (404, "Aucune étape n’a cet identifiant.")


async def test_a_remark_is_that_of_the_writers_own_entity(milestones: Service) -> None:
    async with milestones.client("contributor", entities=["nord"]) as client:
        refused = await client.post(REMARKS, json=SAID)
        assert (refused.status_code, plain(refused.json()["detail"])) == (
            403, "Ce jeton ne permet pas d’écrire pour « sud ».",
        )  # fmt: skip
        assert (await client.post(REMARKS, json=SAID | {"entity": "nord"})).status_code == 201
    async with milestones.client("reader") as client:
        assert (await client.post(REMARKS, json=SAID)).status_code == 403
        assert len((await read(client))["items"]) == 1


async def test_the_same_remark_with_its_key_is_made_once(pilot: httpx.AsyncClient) -> None:
    first, again = [await pilot.post(REMARKS, json=SAID, headers={"Idempotency-Key": "a"}) for _ in "12"]
    assert (first.json(), again.status_code) == (again.json(), 201)
    assert len((await read(pilot))["items"]) == 1


async def test_remarks_that_a_reader_has_already_are_not_sent_again(still_pilot: httpx.AsyncClient) -> None:
    tag = (await still_pilot.get(REMARKS)).headers["ETag"]
    assert (await still_pilot.get(REMARKS, headers={"If-None-Match": tag})).status_code == 304
