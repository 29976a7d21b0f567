"""Assessments as they are read: withdrawn, in versions, as of an instant, by whom, and page by page."""

from typing import Any

import httpx
import pytest

from shared import outbox

from .assessing import ASSESSMENTS, ONE, STATED, WORSE, assess, told, withdraw
from .conftest import CONTRACT, Service
from .essai import CODE, Row


async def test_a_withdrawn_judgement_is_gone_and_its_history_stays(
    service: Service, steward: httpx.AsyncClient
) -> None:
    await assess(steward, STATED)
    answer = await withdraw(steward, '"1"')
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert (answer.json()["level"], answer.json()["comment"]) == (None, None)
    assert (await steward.get(ONE)).status_code == 404
    history = (await steward.get(f"{ONE}/history")).json()
    assert [(each["version"], each["level"]) for each in history] == [(1, "attainable"), (2, None)]
    assert [(fact.version, fact.level, fact.comment) for fact in await told(service)][-1] == (2, None, None)


async def test_what_was_withdrawn_may_be_stated_anew(steward: httpx.AsyncClient) -> None:
    await assess(steward, STATED)
    await withdraw(steward, '"1"')
    answer = await assess(steward, STATED)
    assert (answer.status_code, answer.json()["version"]) == (201, 3)


@pytest.mark.parametrize(("if_match", "status"), [(None, 428), ('"2"', 412)])
async def test_a_withdrawal_names_its_version(steward: httpx.AsyncClient, if_match: str | None, status: int) -> None:
    await assess(steward, STATED)
    assert (await withdraw(steward, if_match)).status_code == status


async def test_what_was_never_stated_is_not_withdrawn(still_steward: httpx.AsyncClient) -> None:
    assert (await withdraw(still_steward, "*")).status_code == 404


async def test_the_history_tells_who_and_when(service: Service, steward: httpx.AsyncClient) -> None:
    await assess(steward, STATED)
    async with service.client("contributor", entities=["nord"], subject="dominique") as other:
        await assess(other, WORSE, '"1"')
    history = (await steward.get(f"{ONE}/history")).json()
    assert [(each["version"], each["recorded_by"], each["comment"]) for each in history] == [
        (1, "camille", "La saison reprend."), (2, "dominique", "Le site ferme en juin."),
    ]  # fmt: skip
    assert history[0]["recorded_at"] < history[1]["recorded_at"]


async def test_as_of_shows_what_was_thought_then(steward: httpx.AsyncClient) -> None:
    first = (await assess(steward, STATED)).json()
    await assess(steward, WORSE, '"1"')
    then = await steward.get(ONE, params={"asOf": first["recorded_at"]})
    assert (then.json()["version"], then.headers["ETag"]) == (1, '"1"')
    assert (await steward.get(ONE, params={"asOf": "2001-01-01T00:00:00Z"})).status_code == 404


async def test_a_reader_that_has_it_already_is_told_so(steward: httpx.AsyncClient) -> None:
    await assess(steward, STATED)
    assert (await steward.get(ONE, headers={"If-None-Match": '"1"'})).status_code == 304


@pytest.mark.parametrize(
    ("roles", "entities", "status"),
    [(["contributor"], ["nord"], 201), (["contributor"], ["sud"], 403), (["reader"], [], 403), (["operator"], [], 403)],
)
async def test_who_may_state_an_entity_s_figures_may_assess_them(
    service: Service, roles: list[str], entities: list[str], status: int
) -> None:
    async with service.client(*roles, entities=entities) as client:
        assert (await assess(client, STATED)).status_code == status


async def test_nobody_withdraws_the_judgement_of_another_entity(service: Service, steward: httpx.AsyncClient) -> None:
    await assess(steward, STATED)
    async with service.client("contributor", entities=["sud"]) as client:
        assert (await withdraw(client, '"1"')).status_code == 403


async def test_a_reader_sees_what_it_may_do(service: Service, steward: httpx.AsyncClient) -> None:
    body = (await assess(steward, STATED)).json()
    assert body["allowedActions"] == ["revise", "withdraw"]
    async with service.client("reader") as client:
        assert (await client.get(ONE)).json()["allowedActions"] == []


async def _some(client: httpx.AsyncClient) -> None:
    for place in ("visitors/sud/2021", "visitors/nord/2021", "visitors/nord/2022", "revenue/groupe/2021"):
        await assess(client, STATED, at=f"{CONTRACT}/assessments/{place}")


def _places(page: Any) -> list[str]:
    return [f"{each['indicator']}/{each['entity']}/{each['year']}" for each in page.json()["items"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["revenue/groupe/2021", "visitors/nord/2021", "visitors/nord/2022", "visitors/sud/2021"]),
        ({"contract": "other"}, []),
        ({"contract": CODE, "entity": ["nord", "sud"], "year": 2021}, ["visitors/nord/2021", "visitors/sud/2021"]),
        ({"year": 2022}, ["visitors/nord/2022"]),
    ],
)
async def test_filters_narrow_the_list(steward: httpx.AsyncClient, asked: Row, expected: list[str]) -> None:
    await _some(steward)
    assert _places(await steward.get(ASSESSMENTS, params=asked)) == expected


async def test_the_list_holds_what_stands_only(steward: httpx.AsyncClient) -> None:
    await _some(steward)
    await withdraw(steward, '"1"')
    assert "visitors/nord/2021" not in _places(await steward.get(ASSESSMENTS))


async def test_pages_together_are_the_whole_list(steward: httpx.AsyncClient) -> None:
    await _some(steward)
    first = await steward.get(ASSESSMENTS, params={"limit": 3})
    rest = await steward.get(ASSESSMENTS, params={"limit": 3, "after": first.json()["next"]})
    assert _places(first) + _places(rest) == _places(await steward.get(ASSESSMENTS))
    assert rest.json()["next"] is None


async def test_a_refused_judgement_leaves_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    events = await outbox.count(service.database)
    await assess(steward, STATED, at=f"{CONTRACT}/assessments/visitors/est/2021")
    assert await outbox.count(service.database) == events
    assert (await steward.get(ASSESSMENTS)).json()["items"] == []
