"""Idempotency keys: the same call with the same key has one effect and one answer."""

import asyncio

import httpx
import pytest

from shared import outbox

from .conftest import CONTRACT, OBSERVATIONS, Service
from .essai import CODE, observed, package

NEW = {"contract": CODE, **observed("visitors", "nord", 2022, "120")}
KEY = {"Idempotency-Key": "envoi-1"}
CSV = {"Content-Type": "text/csv"}
FILE = "indicator,entity,year,value,source\nrevenue,nord,2021,{},Page 5\n"


async def test_the_same_call_again_has_the_same_answer_and_no_effect(
    service: Service, steward: httpx.AsyncClient
) -> None:
    first = await steward.post(OBSERVATIONS, json=NEW, headers=KEY)
    events = await outbox.count(service.database)
    again = await steward.post(OBSERVATIONS, json=NEW, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (again.headers["ETag"], again.headers["Location"]) == (first.headers["ETag"], first.headers["Location"])
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert await outbox.count(service.database) == events


async def test_the_answer_stays_what_it_was_even_after_a_correction(steward: httpx.AsyncClient) -> None:
    first = await steward.post(OBSERVATIONS, json=NEW, headers=KEY)
    stated = {"value": "125", "source": "Relevé", "reason": "Recompté"}
    await steward.put(first.headers["Location"], json=stated, headers={"If-Match": '"1"'})
    again = await steward.post(OBSERVATIONS, json=NEW, headers=KEY)
    assert (again.status_code, again.json()["value"]) == (201, "120")
    assert (await steward.get(first.headers["Location"])).json()["value"] == "125"


@pytest.mark.parametrize("change", [{"value": "121"}, {"entity": "sud"}, {"note": "Autre"}, {"contract": "other"}])
async def test_the_same_key_for_another_body_is_refused(steward: httpx.AsyncClient, change: dict[str, str]) -> None:
    await steward.post(OBSERVATIONS, json=NEW, headers=KEY)
    answer = await steward.post(OBSERVATIONS, json=NEW | change, headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["detail"] == (
        "Cette clé d’idempotence a déjà servi à un autre appel\u00a0: prenez-en une nouvelle."
    )


async def test_the_same_key_for_another_kind_of_call_is_refused(steward: httpx.AsyncClient) -> None:
    await steward.post(OBSERVATIONS, json=NEW, headers=KEY)
    answer = await steward.post(f"{CONTRACT}/observations", json={"rows": []}, headers=KEY)
    assert answer.status_code == 422


async def test_a_call_that_failed_can_be_made_again_with_its_key(steward: httpx.AsyncClient) -> None:
    assert (await steward.post(OBSERVATIONS, json=NEW | {"value": "22 mai"}, headers=KEY)).status_code == 422
    assert (await steward.post(OBSERVATIONS, json=NEW | {"contract": "other"}, headers=KEY)).status_code == 404
    assert (await steward.post(OBSERVATIONS, json=NEW, headers=KEY)).status_code == 201


async def test_a_dry_run_does_not_use_a_key_up(steward: httpx.AsyncClient) -> None:
    address = f"{CONTRACT}/observations"
    dry = await steward.post(address, content=FILE.format(1), headers=KEY | CSV, params={"dryRun": True})
    wet = await steward.post(address, content=FILE.format(1), headers=KEY | CSV)
    assert (dry.json()["created"], wet.json()["created"]) == (1, 1)


async def test_two_callers_may_use_the_same_key(service: Service) -> None:
    async with service.client("steward", subject="a") as first, service.client("steward", subject="b") as second:
        created = await first.post(OBSERVATIONS, json=NEW, headers=KEY)
        known = await second.post(OBSERVATIONS, json=NEW, headers=KEY)
    assert (created.status_code, known.status_code) == (201, 200)


async def test_of_the_same_calls_at_the_same_time_one_has_the_effect(
    service: Service, steward: httpx.AsyncClient
) -> None:
    events = await outbox.count(service.database)
    calls = (steward.post(OBSERVATIONS, json=NEW, headers=KEY) for _ in range(5))
    answers = await asyncio.gather(*calls)
    assert [answer.status_code for answer in answers] == [201] * 5
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert await outbox.count(service.database) == events + 1


async def test_a_correction_with_its_key_is_not_stale_the_second_time(steward: httpx.AsyncClient) -> None:
    created = await steward.post(OBSERVATIONS, json=NEW)
    stated = {"value": "125", "source": "Relevé", "reason": "Recompté"}
    headers = KEY | {"If-Match": '"1"'}
    answers = [await steward.put(created.headers["Location"], json=stated, headers=headers) for _ in range(2)]
    assert [(answer.status_code, answer.json()["version"]) for answer in answers] == [(200, 2), (200, 2)]


async def test_a_file_with_its_key_is_taken_once(steward: httpx.AsyncClient) -> None:
    address = f"{CONTRACT}/observations"
    first, again = [await steward.post(address, content=FILE.format(1), headers=KEY | CSV) for _ in range(2)]
    other = await steward.post(address, content=FILE.format(2), headers=KEY | CSV)
    assert first.json() == again.json()
    assert (again.json()["created"], other.status_code) == (1, 422)


async def test_a_contract_with_its_key_is_loaded_once(empty_service: Service) -> None:
    async with empty_service.client("steward") as client:
        first, again = [await client.put(CONTRACT, json=package(), headers=KEY) for _ in range(2)]
    assert first.json() == again.json()
    assert (first.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")


@pytest.mark.parametrize("key", ["", "k" * 201])
async def test_a_key_that_is_none_is_refused(still_steward: httpx.AsyncClient, key: str) -> None:
    answer = await still_steward.post(OBSERVATIONS, json=NEW, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert [error["place"] for error in answer.json()["errors"]] == ["header.Idempotency-Key"]
