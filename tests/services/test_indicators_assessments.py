"""Assessments: a person's own judgement of an entity's year, in versions, with its author and its history."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from shared import outbox
from shared.events.indicators import AssessmentRecorded
from shared.outbox import OutboxRow

from .conftest import CONTRACT, Service
from .essai import CODE, Row

ASSESSMENTS = "/indicators/v1/assessments"
ONE = f"{CONTRACT}/assessments/visitors/nord/2021"
STATED = {"level": "attainable", "comment": "La saison reprend."}
WORSE = {"level": "compromised", "comment": "Le site ferme en juin."}


async def assess(
    client: httpx.AsyncClient, stated: Row, if_match: str | None = None, *, at: str = ONE
) -> httpx.Response:
    return await client.put(at, json=stated, headers={"If-Match": if_match} if if_match is not None else {})


async def withdraw(client: httpx.AsyncClient, if_match: str | None = None) -> httpx.Response:
    return await client.delete(ONE, headers={"If-Match": if_match} if if_match is not None else {})


async def told(service: Service) -> list[AssessmentRecorded]:
    """Every assessment that was published."""
    query = select(OutboxRow).where(OutboxRow.type == AssessmentRecorded.TYPE).order_by(OutboxRow.id)
    async with service.database.reading() as session:
        return [AssessmentRecorded.model_validate_json(row.data) for row in await session.scalars(query)]


async def test_a_first_assessment_is_created(steward: httpx.AsyncClient) -> None:
    answer = await assess(steward, STATED)
    assert (answer.status_code, answer.headers["ETag"], answer.headers["Location"]) == (201, '"1"', ONE)
    body = answer.json()
    assert (body["level"], body["comment"], body["version"]) == ("attainable", "La saison reprend.", 1)
    assert (body["contract"], body["indicator"], body["entity"], body["year"]) == (CODE, "visitors", "nord", 2021)
    assert body["recorded_by"] == "camille"
    assert (await steward.get(ONE)).json() == body


async def test_an_assessment_is_told(service: Service, steward: httpx.AsyncClient) -> None:
    body = (await assess(steward, STATED)).json()
    (fact,) = await told(service)
    assert (fact.version, fact.subject, fact.level) == (1, f"assessments/{body['id']}", "attainable")
    assert (fact.comment, fact.recorded_by) == ("La saison reprend.", "camille")


@pytest.mark.parametrize("level", ["secure", "attainable", "support_needed", "compromised"])
async def test_there_are_four_levels(steward: httpx.AsyncClient, level: str) -> None:
    assert (await assess(steward, STATED | {"level": level})).json()["level"] == level


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"level": "sunny"}, "body.level"),
        ({"level": None}, "body.level"),
        ({"comment": ""}, "body.comment"),
        ({"comment": " \n "}, "body.comment"),
        ({"comment": None}, "body.comment"),
        ({"comment": "é" * 2001}, "body.comment"),
        ({"comment": "a\u0007"}, "body.comment"),
        ({"year": 2020}, "body.year"),
    ],
)
async def test_a_judgement_without_one_of_the_levels_or_a_sentence_is_refused(
    still_steward: httpx.AsyncClient, change: Row, place: str
) -> None:
    answer = await assess(still_steward, STATED | change)
    assert (answer.status_code, [error["place"] for error in answer.json()["errors"]]) == (422, [place])


async def test_a_comment_may_be_as_long_as_a_page(steward: httpx.AsyncClient) -> None:
    assert (await assess(steward, STATED | {"comment": "é" * 2000})).status_code == 201


@pytest.mark.parametrize(
    ("place", "errors"),
    [
        ("students/nord/2021", [("path.indicator", "unknown")]),
        ("visitors/est/2021", [("path.entity", "unknown")]),
        ("satisfaction/nord/2021", [("path.entity", "not-declined")]),
        ("visitors/nord/2034", [("path.year", "year")]),
        ("students/est/2034", [("path.indicator", "unknown"), ("path.entity", "unknown"), ("path.year", "year")]),
    ],
)
async def test_what_the_contract_does_not_follow_is_not_assessed(
    still_steward: httpx.AsyncClient, place: str, errors: list[tuple[str, str]]
) -> None:
    answer = await assess(still_steward, STATED, at=f"{CONTRACT}/assessments/{place}")
    assert answer.status_code == 422
    assert [(error["place"], error["code"]) for error in answer.json()["errors"]] == errors


async def test_an_unknown_contract_is_not_found(still_steward: httpx.AsyncClient) -> None:
    answer = await assess(still_steward, STATED, at="/indicators/v1/contracts/other/assessments/visitors/nord/2021")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_another_judgement_without_if_match_is_refused(steward: httpx.AsyncClient) -> None:
    await assess(steward, STATED)
    answer = await assess(steward, WORSE)
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition-required")


@pytest.mark.parametrize("if_match", ['"0"', '"2"'])
async def test_a_judgement_of_another_version_is_stale(steward: httpx.AsyncClient, if_match: str) -> None:
    await assess(steward, STATED)
    answer = await assess(steward, WORSE, if_match)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")


@pytest.mark.parametrize("if_match", ['"1"', "*"])
async def test_where_nothing_is_stated_no_version_matches(still_steward: httpx.AsyncClient, if_match: str) -> None:
    assert (await assess(still_steward, STATED, if_match)).status_code == 412


@pytest.mark.parametrize("if_match", ['"1"', 'W/"1"', "*"])
async def test_a_judgement_is_revised_against_its_version(
    service: Service, steward: httpx.AsyncClient, if_match: str
) -> None:
    await assess(steward, STATED)
    answer = await assess(steward, WORSE, if_match)
    assert (answer.status_code, answer.headers["ETag"], answer.json()["level"]) == (200, '"2"', "compromised")
    assert [fact.version for fact in await told(service)] == [1, 2]


@pytest.mark.parametrize("if_match", ['"1"', None])
async def test_to_say_the_same_again_changes_nothing(
    service: Service, steward: httpx.AsyncClient, if_match: str | None
) -> None:
    first = (await assess(steward, STATED)).json()
    answer = await assess(steward, STATED, if_match)
    assert (answer.status_code, answer.json()) == (200, first)
    assert len(await told(service)) == 1


async def test_the_same_call_with_its_key_has_one_effect(service: Service, steward: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "a"}
    answers = [await steward.put(ONE, json=STATED, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert len(await told(service)) == 1


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
