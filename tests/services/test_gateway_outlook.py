"""The outlook and the back-test over HTTP, on the contracts of the product."""

from typing import Any

import pytest

from tests.conftest import COP, World

NEXT = "cop-2023-2027"


async def read(world: World, path: str) -> dict[str, Any]:
    async with world.client("reader") as client:
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def item_of(view: dict[str, Any], indicator: str, target: str | None = None) -> dict[str, Any]:
    found = [each for each in view["items"] if each["indicator"] == indicator and target in {None, each["target"]}]
    (item,) = found
    return dict(item)


async def test_the_outlook_of_a_year_says_the_effort_and_the_projection(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/outlook?year=2020")
    assert (view["contract"], view["year"], view["entity"], len(view["items"])) == (COP, 2020, "imt", 14)
    students = item_of(view, "students")
    effort, projection = students["effort"], students["projection"]
    assert (students["target"], students["due_year"], students["unit"]) == ("2022", 2022, "étudiants")
    assert [effort[name] for name in ("level", "value", "needed")] == ["14280", "13257", "511.5"]
    assert effort["growth"] == "0.0379"
    assert (effort["best"], effort["times_best"], effort["times_mean"]) == ("625", "0.82", "1.09")
    assert [projection[name] for name in ("value", "low", "high", "chance")] == ["14194", "13651", "14736", "uncertain"]
    assert (projection["method"], projection["confidence"]) == ("random-walk-with-drift", "0.80")
    assert (projection["years_used"], projection["simulated"]) == ([2017, 2018, 2019, 2020], False)


async def test_without_a_benchmark_there_is_a_projection_and_no_effort(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/outlook?year=2020")
    employment = item_of(view, "employment-rate-6-months")
    assert (employment["effort"], employment["projection"]["chance"]) == (None, None)
    assert employment["projection"]["value"] == "97.4"


async def test_a_school_with_two_values_has_too_little_history(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/outlook?year=2021&entity=imt-bs")
    students = item_of(view, "students")
    assert (view["entity"], view["label"]) == ("imt-bs", "Institut Mines-Télécom Business School")
    assert (students["effort"], students["projection"]["unknown"]) == (None, "too-short")
    assert students["projection"]["sentence"].startswith("Historique insuffisant")


async def test_the_next_contract_begins_with_an_effort_and_no_pace(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{NEXT}/outlook?year=2022")
    students = item_of(view, "students")
    assert students["effort"]["needed"] == "568.8"  # (16450 − 13606) / 5
    assert students["effort"]["unknown"] == "too-short"
    reached = item_of(view, "own-resources-ratio")
    assert (reached["effort"]["needed"], reached["effort"]["reached"]) == ("0.0", True)
    assert item_of(view, "research-innovation-own-resources-eu", "2027-constant")["effort"] is not None


async def test_once_the_due_year_is_known_nothing_is_left_to_say(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/outlook?year=2022")
    assert {each["projection"]["unknown"] for each in view["items"]} == {"year-reached"}
    assert {each["effort"] for each in view["items"]} == {None}


ABSENT = [
    (f"/v1/contracts/{COP}/outlook?entity=other", 404),
    (f"/v1/contracts/{COP}/outlook?year=2031", 422),
    ("/v1/contracts/other/outlook", 404),
    ("/v1/contracts/other/back-test", 404),
]


@pytest.mark.parametrize(("path", "status"), ABSENT)
async def test_what_is_not_there_is_refused(still_world: World, path: str, status: int) -> None:
    async with still_world.client("reader") as client:
        assert (await client.get(path)).status_code == status


@pytest.mark.parametrize("path", [f"/v1/contracts/{COP}/outlook", f"/v1/contracts/{COP}/back-test"])
async def test_both_are_views_with_a_tag_for_readers_only(still_world: World, path: str) -> None:
    async with still_world.client("reader") as client:
        answer = await client.get(path)
        again = await client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    async with still_world.client() as nobody:
        refused = await nobody.get(path)
    assert answer.headers["ETag"] == f'"{answer.json()["watermark"]}"'
    assert (again.status_code, refused.status_code) == (304, 401)


async def test_a_contract_under_way_has_nothing_to_try_yet(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{NEXT}/back-test")
    assert (view["items"], view["totals"]["projected"], view["totals"]["share_inside"]) == ([], 0, None)


async def test_the_back_test_of_the_finished_contract(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/back-test")
    assert view["method"]["name"] == "random-walk-with-drift"
    assert {each["entity"] for each in view["items"]} == {"imt"}
    assert {trial["projection"]["unknown"] for each in view["items"] for trial in each["trials"][:1]} == {"too-short"}
    totals = view["totals"]
    assert (totals["projected"], totals["insufficient"]) == (28, 95)  # 14 of the group in 2019, 27 schools' × 3 years
    assert (totals["inside"], totals["judged"], totals["right"]) == (22, 26, 17)


async def test_the_verdicts_in_fact_are_those_of_the_follow_up(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/back-test")
    follow_up = await read(still_world, f"/v1/contracts/{COP}/follow-up?year=2022")
    judged = {each["code"]: each["targets"][0]["verdict"]["status"] for each in follow_up["indicators"]}
    assert {each["indicator"]: each["status"] or "not_evaluable" for each in view["items"]} == judged
