"""Decisions that are refused, made twice or at once: by whom, of what, and what is said of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import bibliometrics_scene as scene
from .bibliometrics_scene import ONE, THREE, TWO
from .conftest import Service

UNKNOWN = "scopus:99999999999"
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        await calls.take(client, "scopus", scene.alike())
        yield client


async def decisions(client: httpx.AsyncClient) -> list[scene.Row]:
    found: list[scene.Row] = (await calls.ask(client, "decisions"))["items"]
    return found


async def test_the_opposite_is_refused_as_long_as_a_decision_stands(steward: httpx.AsyncClient) -> None:
    decision = await scene.decided(steward, ONE, TWO)
    answer = await scene.decide(steward, TWO, ONE, "distinct")
    assert (answer.status_code, answer.json()["id"]) == (409, decision["id"])
    assert "retirez-la d’abord" in answer.json()["detail"]
    assert await scene.records(steward) == [[ONE, TWO]]


@pytest.mark.parametrize(("second", "third"), [("same", "distinct"), ("distinct", "same")])
async def test_what_others_say_together_is_not_contradicted_in_vain(
    steward: httpx.AsyncClient, second: str, third: str
) -> None:
    """One is two, and two is, or is not, three: to say the contrary of one and three, a decision is withdrawn first."""
    await calls.take(steward, "scopus", files.scopus(files.paper(3)))
    others = [await scene.decided(steward, ONE, TWO), await scene.decided(steward, TWO, THREE, second)]
    before = await scene.records(steward)
    answer = await scene.decide(steward, ONE, THREE, third)
    assert (answer.status_code, answer.json()["ids"]) == (409, sorted(each["id"] for each in others))
    assert (await decisions(steward), await scene.records(steward)) == (others, before)
    await scene.withdraw(steward, others[1]["id"])
    await scene.decided(steward, ONE, THREE, third)


async def test_the_same_said_twice_is_said_once(service: Service, steward: httpx.AsyncClient) -> None:
    decision = await scene.decided(steward, ONE, TWO)
    last = await calls.last_event(service.database)
    assert await scene.decided(steward, TWO, ONE) == decision
    assert await decisions(steward) == [decision]
    assert await calls.last_event(service.database) == last


@pytest.mark.parametrize(
    ("left", "right", "place"),
    [(ONE, UNKNOWN, "body.right"), (UNKNOWN, ONE, "body.left"), ("hal:hal-1", ONE, "body.left")],
)
async def test_a_record_that_nobody_knows_is_named_where_it_stands(
    steward: httpx.AsyncClient, left: str, right: str, place: str
) -> None:
    answer = await scene.decide(steward, left, right)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["place"], error["code"]) == (422, place, "unknown")
    assert (UNKNOWN in error["message"]) is (UNKNOWN in {left, right})


async def test_a_record_is_not_compared_with_itself(steward: httpx.AsyncClient) -> None:
    answer = await scene.decide(steward, ONE, ONE)
    assert (answer.status_code, "deux notices différentes" in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize("changed", [{"verdict": "perhaps"}, {"reason": "   "}, {"reason": ""}, {"left": ""}])
async def test_a_decision_says_which_records_what_and_why(steward: httpx.AsyncClient, changed: dict[str, str]) -> None:
    body = {"left": ONE, "right": TWO, "verdict": "same", "reason": "Relu"} | changed
    answer = await steward.post(f"{scene.V1}/decisions", json=body)
    assert answer.status_code == 422
    assert await decisions(steward) == []


async def test_going_back_says_why_and_happens_once(steward: httpx.AsyncClient) -> None:
    decision = await scene.decided(steward, ONE, TWO)
    address = f"{scene.V1}/decisions/{decision['id']}"
    assert (await steward.delete(address)).status_code == 422
    assert (await steward.delete(address, params={"reason": " "})).status_code == 422
    answers = [await scene.withdraw(steward, decision["id"]) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert (await scene.withdraw(steward, "jamais")).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("contributor", 403), ("operator", 403), ("", 401)])
async def test_only_those_who_define_may_decide(
    service: Service, steward: httpx.AsyncClient, role: str, status: int
) -> None:
    decision = await scene.decided(steward, ONE, TWO)
    async with service.client(*([role] if role else []), entities=["alpha"]) as client:
        answers = [await scene.decide(client, ONE, TWO), await scene.withdraw(client, decision["id"])]
        shown = await client.get(f"{scene.V1}/review")
    assert [answer.status_code for answer in answers] == [status, status]
    assert shown.status_code == (200 if role else 401)
    assert await decisions(steward) == [decision]


async def test_a_key_gives_its_answer_again_and_serves_no_other_call(steward: httpx.AsyncClient) -> None:
    answers = [await scene.decide(steward, ONE, TWO, key="k1") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    await scene.withdraw(steward, answers[0].json()["id"])
    late = await scene.decide(steward, ONE, TWO, key="k1")
    assert late.json() == answers[0].json()
    assert await scene.records(steward) == [[ONE], [TWO]]
    assert (await scene.decide(steward, ONE, TWO, "distinct", key="k1")).status_code == 422
