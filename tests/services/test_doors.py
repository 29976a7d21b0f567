"""Closed by default: without a token, nothing answers but health, sign-in and the descriptions of the interfaces."""

import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shared.application import Check, Description, create_application
from shared.identity import COOKIE, Identity
from tests.conftest import COP, World

OPEN = {("GET", "/health/live"), ("GET", "/health/ready")}
EVERY_ROUTE = {
    "/openapi.json": 19 + 2,
    "/indicators/openapi.json": 21 + 2,
    "/milestones/openapi.json": 21 + 2,
    "/bibliometrics/openapi.json": 31 + 2,
}
BAD = {"no token": {}, "a bad token": {"Authorization": "Bearer a.b.c"}, "a bad cookie": {"Cookie": f"{COOKIE}=a.b.c"}}
Route = tuple[str, str]


async def routes(client: httpx.AsyncClient, description: str) -> list[Route]:
    """Method and path of each route described, its parameters filled."""
    paths: dict[str, dict[str, Any]] = (await client.get(description)).json()["paths"]
    return [(method.upper(), re.sub(r"\{\w+\}", "x", path)) for path, methods in paths.items() for method in methods]


@pytest.mark.parametrize("description", EVERY_ROUTE)
async def test_every_operation_is_described(still_world: World, description: str) -> None:
    async with still_world.client() as client:
        assert len(await routes(client, description)) == EVERY_ROUTE[description]


@pytest.mark.parametrize("description", EVERY_ROUTE)
@pytest.mark.parametrize("flaw", BAD)
async def test_without_a_good_token_every_door_is_closed(still_world: World, description: str, flaw: str) -> None:
    async with still_world.client() as client:
        answers = {
            route: await client.request(*route, headers=BAD[flaw])
            for route in await routes(client, description)
            if route not in OPEN
        }
    assert {route: answer.status_code for route, answer in answers.items()} == dict.fromkeys(answers, 401)
    assert {answer.json()["code"] for answer in answers.values()} == {"unauthenticated"}


@pytest.mark.parametrize("body", [b"{", b'{"rows": 3}', b"x" * 1000])
async def test_a_body_is_not_looked_at_before_the_token(still_world: World, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with still_world.client() as client:
        answer = await client.post(f"/indicators/v1/contracts/{COP}/observations", content=body, headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/openapi.json", "/indicators/openapi.json",
                                  "/milestones/openapi.json", "/docs", "/indicators/docs", "/milestones/docs",
                                  "/"])  # fmt: skip
async def test_what_anyone_may_see(still_world: World, path: str) -> None:
    async with still_world.client() as client:
        assert (await client.get(path)).status_code == 200


async def test_health_says_nothing_of_the_inside(still_world: World) -> None:
    async with still_world.client() as client:
        assert (await client.get("/health/live")).json() == {"status": "ok"}
        assert (await client.get("/health/ready")).json() == {"status": "ok", "checks": {"database": "ok"}}


async def test_a_service_that_lost_its_database_is_not_ready() -> None:
    async def lost() -> None:
        raise OSError("connection refused at 10.0.0.1")

    app = _with_check(lost)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://cadran.test") as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "unavailable", "checks": {"database": "unavailable"}},
    )


def _with_check(check: Check) -> FastAPI:
    about = Description(service="test", title="Test", summary="Test", version="0")
    identity = Identity(jwks="/nowhere", issuer="nobody", audience="nobody")
    return create_application(about, identity=identity, checks={"database": check}, max_body=1000)


async def test_the_first_page_shows_no_contract_to_a_stranger(still_world: World) -> None:
    async with still_world.client() as client:
        page = (await client.get("/")).text
    assert "Contrat d’objectifs" not in page
    assert "cadran token" in page
