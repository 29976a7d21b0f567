"""Several who decide or contest at once: one decision stands, whatever the database."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_scene as scene
from .bibliometrics_scene import ONE, TWO


@pytest.fixture
async def steward(databases: Databases, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    service = await calls.service(databases, tmp_path)
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        await calls.take(client, "scopus", scene.alike())
        yield client


async def decisions(client: httpx.AsyncClient) -> list[scene.Row]:
    found: list[scene.Row] = (await calls.ask(client, "decisions"))["items"]
    return found


async def test_of_two_opposite_decisions_at_once_one_stands(steward: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(scene.decide(steward, ONE, TWO, each) for each in ("same", "distinct")))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (decision,) = await decisions(steward)
    (refused,) = (answer for answer in answers if answer.status_code == 409)
    assert refused.json()["id"] == decision["id"]


async def test_the_same_said_by_several_at_once_is_one_decision(steward: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(scene.decide(steward, ONE, TWO) for _ in range(5)))
    assert {answer.json()["id"] for answer in answers} == {(await decisions(steward))[0]["id"]}
    assert len((await calls.ask(steward, "merges"))["items"]) == 1
    assert await scene.records(steward) == [[ONE, TWO]]


async def test_at_once_one_of_the_same_is_made(steward: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(scene.claim(steward, ONE, "beta") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_two_who_decide_at_once_decide_once(steward: httpx.AsyncClient) -> None:
    row = scene.made(await scene.claim(steward, ONE, "beta"))
    answers = await asyncio.gather(*(scene.settle(steward, row["id"], each) for each in ("accepted", "rejected")))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
