"""The tour of the milestones' page: every call is answered, and as the page tells."""

import re

import httpx
import pytest

from services.milestones.domain.step import step_id
from tests.conftest import ROOT, World

PAGE = (ROOT / "docs" / "milestones.md").read_text("utf-8")
STEP = step_id("cop-2023-2027", "J10.2-2", 2026)


def addresses() -> list[tuple[str, str]]:
    """The method and the address of every call of the tour."""
    calls = re.sub(r"\\\n\s*", "", "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL))).splitlines()
    found = [re.search(r'curl -H "\$AUTH" (?:-X (\w+) )?"\$URL([^"]+)"', call) for call in calls if "curl" in call]
    assert all(found)
    return [(each[1] or "GET", each[2].replace("$STEP", STEP)) for each in found if each]


def test_the_step_of_the_tour_is_one_of_the_contract() -> None:
    assert f"STEP={STEP}\n" in PAGE


@pytest.mark.parametrize(("method", "address"), addresses())
async def test_every_call_of_the_tour_has_its_answer(still_world: World, method: str, address: str) -> None:
    async with still_world.client("reader") as client:
        answer = await client.request(method, address, content=b"{}", headers={"Content-Type": "application/json"})
    assert answer.status_code == (200 if method == "GET" else 403), answer.text


async def test_the_tour_s_answers_are_those_that_the_page_tells(world: World) -> None:
    """Its statements one after the other, as their bodies are printed."""
    bodies = [each for each in re.findall(r"-d '(\{.*?\})'", PAGE) if '"state"' in each]
    address = f"/milestones/v1/steps/{STEP}/progress/imt"
    async with world.client("steward") as client:
        assert (await client.get(address)).headers["ETag"] == '"0"'
        first = await put(client, address, bodies[0])
        second = await put(client, address, bodies[1], '"1"')
        unconditional = await put(client, address, '{"state": "in_progress"}')
        stale = await put(client, address, '{"state": "in_progress"}', '"1"')
        unproved = await put(client, address, '{"state": "done"}', '"2"')
    assert (first.status_code, first.headers["ETag"], second.status_code) == (201, '"1"', 200)
    assert second.json()["allowedActions"] == ["postpone", "start", "complete_partly", "complete", "abandon"]
    assert [each.status_code for each in (unconditional, stale, unproved)] == [428, 412, 422]
    (error,) = unproved.json()["errors"]
    assert error["message"] in PAGE


async def put(client: httpx.AsyncClient, address: str, body: str, tag: str | None = None) -> httpx.Response:
    headers = {"Content-Type": "application/json"} | ({"If-Match": tag} if tag else {})
    return await client.put(address, content=body, headers=headers)
