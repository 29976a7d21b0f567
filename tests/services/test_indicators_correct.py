"""Correcting an observation: against a version, with a reason, and with its history kept."""

import asyncio
from typing import Any

import httpx
import pytest

from shared import outbox

from .conftest import OBSERVATIONS, Service
from .essai import Row, place

STATED = {"value": "112", "source": "Relevé de janvier", "reason": "Badge oublié"}


async def known(client: httpx.AsyncClient) -> Row:
    """Visitors of the northern site in 2021: 110, version 1."""
    asked: dict[str, str | int] = {"indicator": "visitors", "entity": "nord", "year": 2021}
    (item,) = (await client.get(OBSERVATIONS, params=asked)).json()["items"]
    found: Row = item
    return found


async def correct(client: httpx.AsyncClient, stated: Row, *, if_match: str | None = '"1"') -> httpx.Response:
    headers = {"If-Match": if_match} if if_match is not None else {}
    return await client.put(f"{OBSERVATIONS}/{(await known(client))['id']}", json=stated, headers=headers)


async def test_a_correction_is_a_new_version(service: Service, steward: httpx.AsyncClient) -> None:
    events = await outbox.count(service.database)
    answer = await correct(steward, STATED)
    assert (answer.status_code, answer.headers["ETag"], answer.json()["value"]) == (200, '"2"', "112")
    assert await known(steward) | {"notices": []} == answer.json()
    assert await outbox.count(service.database) == events + 1


async def test_the_history_tells_who_stated_what_when_and_why(service: Service, steward: httpx.AsyncClient) -> None:
    id_ = (await known(steward))["id"]
    await correct(steward, STATED)
    async with service.client("contributor", entities=["nord"], subject="dominique") as other:
        await correct(other, STATED | {"value": "113", "reason": "Recompté"}, if_match='"2"')
    history = (await steward.get(f"{OBSERVATIONS}/{id_}/history")).json()
    assert [(each["version"], each["value"], each["recorded_by"], each["reason"]) for each in history] == [
        (1, "110", "chargement", None), (2, "112", "camille", "Badge oublié"), (3, "113", "dominique", "Recompté"),
    ]  # fmt: skip
    instants = [each["recorded_at"] for each in history]
    assert instants == sorted(set(instants))


async def test_without_if_match_a_correction_is_refused(still_steward: httpx.AsyncClient) -> None:
    answer = await correct(still_steward, STATED, if_match=None)
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition-required")


@pytest.mark.parametrize("if_match", ['"2"', '"0"', '"99"', 'W/"7"'])
async def test_a_correction_of_another_version_is_stale(still_steward: httpx.AsyncClient, if_match: str) -> None:
    answer = await correct(still_steward, STATED, if_match=if_match)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert answer.json()["detail"] == "L’observation en est à la version 1\u00a0: relisez-la avant de la corriger."


@pytest.mark.parametrize("if_match", ["1", '"a"', '"1', "", '"12345678901234567890"'])
async def test_a_tag_that_is_none_of_ours_is_refused(still_steward: httpx.AsyncClient, if_match: str) -> None:
    assert (await correct(still_steward, STATED, if_match=if_match)).status_code in {412, 422}


@pytest.mark.parametrize("if_match", ["*", 'W/"1"', ' "1" '])
async def test_any_version_or_the_right_one_will_do(steward: httpx.AsyncClient, if_match: str) -> None:
    assert (await correct(steward, STATED, if_match=if_match)).status_code == 200


async def test_of_two_corrections_of_one_version_one_is_stale(steward: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(correct(steward, STATED | {"value": str(120 + each)}) for each in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert (await known(steward))["version"] == 2


async def test_a_correction_without_a_reason_is_refused(still_steward: httpx.AsyncClient) -> None:
    answer = await correct(still_steward, {"value": "112", "source": "Relevé"})
    assert answer.status_code == 422
    assert [(error["place"], error["message"]) for error in answer.json()["errors"]] == [
        ("body.reason", "champ obligatoire manquant")
    ]


@pytest.mark.parametrize("reason", ["", "  ", None, 3])
async def test_a_blank_reason_is_none(still_steward: httpx.AsyncClient, reason: Any) -> None:
    assert (await correct(still_steward, STATED | {"reason": reason})).status_code == 422


async def test_a_correction_that_changes_nothing_is_no_version(service: Service, steward: httpx.AsyncClient) -> None:
    events = await outbox.count(service.database)
    answer = await correct(steward, {"value": "110.0", "source": "Page 3", "reason": "Vérifié"})
    assert (answer.status_code, answer.json()["version"], answer.json()["reason"]) == (200, 1, None)
    assert await outbox.count(service.database) == events


async def test_a_value_may_give_way_to_an_absence(steward: httpx.AsyncClient) -> None:
    stated = {"absence": "confidential", "source": "Courrier", "reason": "Demande du site"}
    answer = await correct(steward, stated)
    assert (answer.status_code, answer.json()["value"], answer.json()["absence"]) == (200, None, "confidential")


async def test_a_correction_never_moves_an_observation(steward: httpx.AsyncClient) -> None:
    before = [place(item) for item in (await steward.get(OBSERVATIONS)).json()["items"]]
    await correct(steward, STATED | {"year": 2022, "entity": "sud", "indicator": "revenue"})
    assert [place(item) for item in (await steward.get(OBSERVATIONS)).json()["items"]] == before


async def test_a_contributor_corrects_its_own_entity_only(service: Service) -> None:
    async with service.client("contributor", entities=["sud"]) as client:
        answer = await correct(client, STATED)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_conflict_says_which_observation_to_correct(service: Service, steward: httpx.AsyncClient) -> None:
    row = {"contract": "essai", "indicator": "visitors", "entity": "nord", "year": 2021, "value": "1", "source": "A"}
    answer = await steward.post(OBSERVATIONS, json=row)
    assert (answer.status_code, answer.json()["id"], answer.json()["version"]) == (
        409, (await known(steward))["id"], 1,
    )  # fmt: skip


async def test_an_unknown_observation_cannot_be_corrected(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.put(f"{OBSERVATIONS}/other", json=STATED, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("change", [{"year": 2022}, {"entity": "sud"}, {"indicator": "other"}, {"value": True}])
async def test_a_correction_says_nothing_but_the_statement(steward: httpx.AsyncClient, change: Row) -> None:
    answer = await correct(steward, STATED | change)
    assert answer.status_code == 422
    assert (await known(steward))["version"] == 1
