"""Contestations that are refused: whose, of what, when the same is open already, and what is decided twice."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import bibliometrics_scene as scene
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper
from .bibliometrics_scene import ONE, TWO
from .conftest import Service

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        await calls.take(client, "scopus", files.scopus(paper(1, (PERRIN, ALPHA)), paper(2, (60, BETA))))
        yield client


@pytest.fixture
async def beta(service: Service, steward: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("contributor", entities=["beta"], subject="bruno") as client:
        yield client


async def test_nobody_contests_for_another_entity(beta: httpx.AsyncClient) -> None:
    answer = await scene.claim(beta, ONE, "alpha", "removed")
    assert (answer.status_code, "écrire pour" in answer.json()["detail"]) == (403, True)
    assert (await calls.ask(beta, "contestations"))["items"] == []


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("", 401)])
async def test_who_only_reads_contests_nothing(
    service: Service, steward: httpx.AsyncClient, role: str, status: int
) -> None:
    async with service.client(*([role] if role else [])) as client:
        assert (await scene.claim(client, ONE, "beta")).status_code == status


async def test_an_entity_that_the_contract_does_not_know_is_named(steward: httpx.AsyncClient) -> None:
    answer = await scene.claim(steward, ONE, "delta")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["place"], "delta" in error["message"]) == (422, "body.entity", True)


async def test_what_nobody_knows_is_not_found(steward: httpx.AsyncClient) -> None:
    answers = [
        await scene.claim(steward, "scopus:1", "beta"),
        await scene.claim(steward, ONE, "beta", contract="autre"),
        await scene.settle(steward, "jamais"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("changed", [{"claim": "perhaps"}, {"perimeter": "half"}, {"reason": " "}])
async def test_it_says_what_where_and_why(steward: httpx.AsyncClient, changed: dict[str, str]) -> None:
    assert (await scene.claim(steward, ONE, "beta", **changed)).status_code == 422


async def test_what_is_open_is_not_contested_again(steward: httpx.AsyncClient, beta: httpx.AsyncClient) -> None:
    row = scene.made(await scene.claim(beta, ONE, "beta"))
    again = await scene.claim(steward, ONE, "beta")
    assert (again.status_code, again.json()["id"]) == (409, row["id"])
    scene.made(await scene.claim(beta, ONE, "beta", perimeter="permanent"))


async def test_what_is_open_is_known_under_the_name_that_a_merge_gives_it(steward: httpx.AsyncClient) -> None:
    row = scene.made(await scene.claim(steward, TWO, "gamma"))
    await scene.decided(steward, ONE, TWO)
    again = await scene.claim(steward, ONE, "gamma")
    assert (again.status_code, again.json()["id"]) == (409, row["id"])


async def test_it_is_decided_once_by_those_who_define(steward: httpx.AsyncClient, beta: httpx.AsyncClient) -> None:
    row = scene.made(await scene.claim(beta, ONE, "beta"))
    assert (await scene.settle(beta, row["id"])).status_code == 403
    assert (await scene.settle(steward, row["id"], "open")).status_code == 422
    assert (await scene.settle(steward, row["id"], "rejected")).status_code == 200
    again = await scene.settle(steward, row["id"], "accepted")
    assert (again.status_code, again.json()["status_now"]) == (409, "rejected")
    assert await scene.signers(steward, ONE) == {"alpha": True}


async def test_a_key_gives_its_answer_again(steward: httpx.AsyncClient) -> None:
    body = {"contract": files.CODE, "publication": ONE, "entity": "beta", "perimeter": "whole", "claim": "attributed"}
    said: dict[str, Any] = {"json": body | {"reason": "Signature"}, "headers": {"Idempotency-Key": "k1"}}
    answers = [await steward.post(f"{scene.V1}/contestations", **said) for _ in range(2)]
    assert (answers[0].status_code, answers[1].json()) == (201, answers[0].json())
    verdict: dict[str, Any] = {"json": {"status": "accepted", "answer": "Oui"}, "headers": {"Idempotency-Key": "k2"}}
    address = f"{answers[0].headers['Location']}/decision"
    answers = [await steward.put(address, **verdict) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
