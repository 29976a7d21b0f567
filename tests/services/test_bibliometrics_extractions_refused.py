"""Extractions that are refused: nothing to freeze, a code that is taken, by whom, and what never moves."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import bibliometrics_scene as scene
from .bibliometrics_files import ALPHA, PERRIN, paper
from .bibliometrics_scene import NOBODY
from .conftest import Service

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
DEFINITIVE = {"status": "definitive"}


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def empty(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        yield client


@pytest.fixture
async def steward(empty: httpx.AsyncClient) -> httpx.AsyncClient:
    await calls.take(empty, "scopus", files.scopus(paper(1, (PERRIN, ALPHA))))
    return empty


def status(row: scene.Row) -> str:
    return f"{scene.V1}/extractions/{row['id']}/status"


async def test_a_code_that_is_taken(steward: httpx.AsyncClient) -> None:
    row = await scene.frozen(steward)
    again = await scene.freeze(steward)
    assert (again.status_code, again.json()["id"]) == (409, row["id"])
    assert "prenez un autre code" in again.json()["detail"]


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "Mai 2026"},
        {"code": "-mai"},
        {"code": "m" * 65},
        {"code": ""},
        {"code": "current"},
        {"label": " "},
        {"years": []},
        {"years": ["deux"]},
        {"extractedOn": "hier"},
        {"note": ""},
    ],
    ids=str,
)
async def test_what_an_extraction_cannot_be(steward: httpx.AsyncClient, changed: dict[str, Any]) -> None:
    answer = await scene.freeze(steward, **{"code": "mai-2026"} | changed)
    assert answer.status_code == 422
    assert (await calls.ask(steward, "extractions"))["items"] == []


async def test_there_is_nothing_to_freeze(empty: httpx.AsyncClient) -> None:
    answers = [await scene.freeze(empty)]
    await calls.take(empty, "scopus", files.scopus(paper(1, (61, NOBODY))))
    answers.append(await scene.freeze(empty))
    await calls.take(empty, "scopus", files.scopus(paper(2, (PERRIN, ALPHA))))
    answers.append(await scene.freeze(empty, years=[2019]))
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert "importez d’abord" in answers[0].json()["detail"]


async def test_what_nobody_knows_is_not_found(steward: httpx.AsyncClient) -> None:
    assert (await scene.freeze(steward, contract="autre")).status_code == 404
    await scene.frozen(steward)
    for path in ("extractions/jamais", "counts?extraction=jamais", "publications?extraction=jamais"):
        answer = await steward.get(f"{scene.V1}/{path}")
        assert (answer.status_code, "connues\u00a0: mai-2026" in answer.json()["detail"]) == (404, True)
    assert (await steward.put(f"{scene.V1}/extractions/jamais/status", json=DEFINITIVE)).status_code == 404


@pytest.mark.parametrize(("role", "expected"), [("reader", 403), ("contributor", 403), ("operator", 403), ("", 401)])
async def test_who_may_neither_freeze_nor_certify(
    service: Service, steward: httpx.AsyncClient, role: str, expected: int
) -> None:
    row = await scene.frozen(steward)
    async with service.client(*([role] if role else []), entities=["alpha"]) as client:
        answers = [await scene.freeze(client, "autre"), await client.put(status(row), json=DEFINITIVE)]
        shown = await client.get(f"{scene.V1}/extractions/{row['id']}")
    assert [answer.status_code for answer in answers] == [expected, expected]
    assert not role or shown.json()["allowedActions"] == []


async def test_an_administrator_certifies_too(service: Service, steward: httpx.AsyncClient) -> None:
    row = await scene.frozen(steward)
    async with service.client("administrator") as client:
        assert (await client.put(status(row), json=DEFINITIVE)).status_code == 200


@pytest.mark.parametrize(("tag", "expected"), [('"7"', 412), ("hier", 422), ("*", 200), ('"1"', 200)])
async def test_it_is_the_version_that_was_read_that_becomes_definitive(
    steward: httpx.AsyncClient, tag: str, expected: int
) -> None:
    row = await scene.frozen(steward)
    answer = await steward.put(status(row), json=DEFINITIVE, headers={"If-Match": tag})
    assert answer.status_code == expected


async def test_nothing_takes_it_back_nor_changes_it(steward: httpx.AsyncClient) -> None:
    row = await scene.frozen(steward)
    await steward.put(status(row), json=DEFINITIVE)
    assert (await steward.put(status(row), json={"status": "provisional"})).status_code == 422
    address = f"{scene.V1}/extractions/{row['id']}"
    for method in ("PUT", "PATCH", "DELETE", "POST"):
        assert (await steward.request(method, address, json={"label": "Autre"})).status_code == 405
    assert (await steward.get(address)).json()["status"] == "definitive"


async def test_of_several_at_once_under_one_code_one_is_frozen(steward: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(scene.freeze(steward) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    row = (await calls.ask(steward, "extractions"))["items"][0]
    answers = await asyncio.gather(*(steward.put(status(row), json=DEFINITIVE) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_a_key_gives_its_answer_again(steward: httpx.AsyncClient) -> None:
    body = {"contract": files.CODE, "code": "mai-2026", "label": "Essai"}
    key = {"Idempotency-Key": "k1"}
    answers = [await steward.post(f"{scene.V1}/extractions", json=body, headers=key) for _ in range(2)]
    assert (answers[0].json(), answers[1].headers["Location"]) == (answers[1].json(), answers[0].headers["Location"])
    said = [await steward.put(status(answers[0].json()), json=DEFINITIVE, headers={"Idempotency-Key": "k2"})] * 2
    assert [answer.status_code for answer in said] == [200, 200]
    assert (await calls.ask(steward, "extractions"))["items"][0]["version"] == 2
