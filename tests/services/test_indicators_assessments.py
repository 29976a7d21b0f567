"""Assessments as they are stated: a person's own judgement of an entity's year, and its revision by version."""

import httpx
import pytest

from .assessing import ONE, STATED, WORSE, assess, told
from .conftest import CONTRACT, Service
from .essai import CODE, Row


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
