"""The progress of a step: its life, its evidence, its postponements, and what each version says of who wrote it."""

import asyncio
from typing import Any

import httpx
import pytest

from shared import outbox

from . import jalons
from .conftest import Service
from .jalons import DONE, LEASE, MANY, PAPER, STARTED, Row, put, stated, tell
from .test_indicators_write_one import plain

NORTH = jalons.of("J1.2-2", 2022, "nord")
LATER = {"state": "postponed", "due": "T2 2023", "reason": "Fournisseur en retard"}
FORECAST = {"text": "T4", "confidence": "high"}


async def test_what_nobody_spoke_of_is_planned_in_version_0(still_pilot: httpx.AsyncClient) -> None:
    answer = await still_pilot.get(LEASE)
    body = answer.json()
    assert (answer.status_code, answer.headers["ETag"], body["state"], body["version"]) == (200, '"0"', "planned", 0)
    assert (body["recorded_at"], body["recorded_by"], body["evidence"], body["due"]) == (None, None, [], None)
    assert (body["step"], body["entity"]) == (jalons.id_of("J1.1-2", 2022), "groupe")
    assert (await still_pilot.get(f"{LEASE}/history")).json() == []


async def test_a_first_statement_is_created_and_says_where_it_stands(pilot: httpx.AsyncClient) -> None:
    said = STARTED | {"forecast": FORECAST, "note": " Deux visites "}
    answer = await put(pilot, LEASE, said)
    body = answer.json()
    assert (answer.status_code, answer.headers["ETag"], answer.headers["Location"]) == (201, '"1"', LEASE)
    assert (body["state"], body["note"], body["recorded_by"]) == ("in_progress", "Deux visites", "camille")
    assert body["forecast"] == {
        "earliest": "2022-10-01", "latest": "2022-12-31", "text": "T4", "doubtful": False, "confidence": "high",
    }  # fmt: skip
    assert (await pilot.get(LEASE)).json() == body


async def test_the_life_of_a_step_is_its_history(milestones: Service, pilot: httpx.AsyncClient) -> None:
    life: list[Row] = [
        STARTED,
        LATER,
        LATER | {"due": "T4 2023", "reason": "Grève"},
        {"state": "partly_done", "share": "0.25"},
        DONE | {"done_on": "2023-11-02"},
        STARTED | {"reason": "Recette refusée"},
        {"state": "abandoned", "reason": "Sans suite"},
        {"state": "planned", "reason": "Crédits rétablis"},
    ]
    for each in life:
        await tell(pilot, LEASE, each)
    history = (await pilot.get(f"{LEASE}/history")).json()
    dues = [each["due"]["text"] if each["due"] else None for each in history]
    assert [each["state"] for each in history] == [each["state"] for each in life]
    assert [each["version"] for each in history] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [each["reason"] for each in history] == [each.get("reason") for each in life]
    assert dues == [None, "T2 2023", "T4 2023", "T4 2023", "T4 2023", "T4 2023", "T4 2023", None]
    assert await outbox.count(milestones.database) == 19
    instants = [each["recorded_at"] for each in history]
    assert instants == sorted(set(instants))


@pytest.mark.parametrize(
    ("share", "kept"), [("0.5", "0.5"), ("0,5", "0.5"), (0.5, "0.5"), (" 0,25 ", "0.25"), (0.1, "0.1")]
)
async def test_a_share_may_be_written_as_people_and_machines_do(
    pilot: httpx.AsyncClient, share: Any, kept: str
) -> None:
    assert (await put(pilot, LEASE, {"state": "partly_done", "share": share})).json()["share"] == kept


async def test_several_documents_are_kept_as_they_are(pilot: httpx.AsyncClient) -> None:
    file = {"address": "https://exemple.fr/a?b=1", "file": "bail.pdf", "sha256": "AB" * 32}
    body = (await put(pilot, LEASE, DONE | {"evidence": [PAPER, file, {"reference": " "}]})).json()
    empty = dict.fromkeys(("reference", "address", "file", "sha256"))
    assert body["evidence"] == [empty | PAPER, empty | file | {"sha256": "ab" * 32}]


@pytest.mark.parametrize("again", [STARTED, STARTED | {"reason": "Relu", "note": "  "}])
@pytest.mark.parametrize("if_match", [None, '"1"', '"7"'])
async def test_to_say_the_same_again_changes_nothing(
    milestones: Service, pilot: httpx.AsyncClient, again: Row, if_match: str | None
) -> None:
    first = (await put(pilot, LEASE, STARTED)).json()
    answer = await put(pilot, LEASE, again, if_match)
    assert (answer.status_code, answer.json()) == (200, first)
    assert await outbox.count(milestones.database) == 12


async def test_another_statement_without_if_match_is_refused(still_pilot: httpx.AsyncClient) -> None:
    answer = await put(still_pilot, NORTH, DONE)
    assert (answer.status_code, plain(answer.json()["detail"])) == (
        428, "Joignez If-Match avec l’ETag reçu à la lecture de cet avancement.",
    )  # fmt: skip


@pytest.mark.parametrize("if_match", ['"0"', '"2"', 'W/"7"'])
async def test_a_statement_against_another_version_is_stale(still_pilot: httpx.AsyncClient, if_match: str) -> None:
    answer = await put(still_pilot, NORTH, DONE, if_match)
    assert (answer.status_code, plain(answer.json()["detail"])) == (
        412, "La version est maintenant 1 : relisez cet avancement, puis recommencez.",
    )  # fmt: skip


@pytest.mark.parametrize("if_match", ['"1"', "*"])
async def test_where_nothing_is_stated_only_version_0_matches(pilot: httpx.AsyncClient, if_match: str) -> None:
    assert (await put(pilot, LEASE, STARTED, if_match)).status_code == 412
    assert (await put(pilot, LEASE, STARTED, '"0"')).status_code == 201


@pytest.mark.parametrize("if_match", ["1", '"a"', '"1', '"12345678901234567890"'])
async def test_a_tag_that_is_none_of_ours_is_refused(still_pilot: httpx.AsyncClient, if_match: str) -> None:
    answer = await put(still_pilot, NORTH, DONE, if_match)
    assert (answer.status_code, "rendez l’ETag" in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize("if_match", ["*", 'W/"1"', ' "1" '])
async def test_any_version_or_the_right_one_will_do(pilot: httpx.AsyncClient, if_match: str) -> None:
    assert (await put(pilot, NORTH, DONE, if_match)).status_code == 200


async def test_of_two_statements_against_one_version_one_is_stale(pilot: httpx.AsyncClient) -> None:
    said = (STARTED | {"note": note, "reason": "Précision"} for note in "abcd")
    answers = await asyncio.gather(*(put(pilot, NORTH, each, '"1"') for each in said))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert (await pilot.get(NORTH)).json()["version"] == 2


async def test_of_two_first_statements_one_is_created(pilot: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(put(pilot, LEASE, STARTED | {"note": note}) for note in "ab"))
    assert sorted(answer.status_code for answer in answers) == [201, 428]


async def test_the_same_call_with_its_key_has_one_effect(milestones: Service, pilot: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "a", "If-Match": '"1"'}
    first, again = [await pilot.put(NORTH, json=DONE, headers=headers) for _ in range(2)]
    assert (first.status_code, first.json(), first.headers["ETag"]) == (200, again.json(), again.headers["ETag"])
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (await pilot.put(NORTH, json=STARTED, headers=headers)).status_code == 422
    assert await outbox.count(milestones.database) == 12


async def test_a_step_that_was_withdrawn_has_a_history_but_no_more_progress(pilot: httpx.AsyncClient) -> None:
    address = jalons.at("J1.2-2", 2022)
    await pilot.delete(address, params={"reason": "Sans objet"}, headers={"If-Match": '"1"'})
    answer = await put(pilot, NORTH, DONE, '"1"')
    assert (answer.status_code, plain(answer.json()["detail"])) == (
        404, "Cette étape est retirée du contrat : rien ne s’en dit plus.",
    )  # fmt: skip
    assert (await pilot.get(NORTH)).json()["state"] == "in_progress"
    assert len((await pilot.get(f"{NORTH}/history")).json()) == 1


async def test_a_file_leaves_a_withdrawn_step_aside(pilot: httpx.AsyncClient) -> None:
    await pilot.delete(jalons.at("J1.2-2", 2022), params={"reason": "Faite"}, headers={"If-Match": "*"})
    row = stated("J1.2-2", 2022, "nord", "planned")
    (error,) = (await pilot.post(MANY, json={"rows": [row]})).json()["errors"]
    assert (error["column"], plain(error["message"])) == (
        "step", "l’étape « J1.2-2 » de 2022 est retirée du contrat : laissez-la de côté",
    )  # fmt: skip
