"""Parked events: taken in again once they can be, superseded, kept with their newest reason, or dismissed for good."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from services import parked
from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from shared.serving import RefusedError
from tests.bibliometric_facts import CODE, contract
from tests.facts import TOPIC, message, observation
from tests.reading import parked as parked_in
from tests.reading import values

from .parking_scene import Mended, calling

ONE = observation().id
REPLAY = "/v1/parked-events/replay"


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def operator(database: Database, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async for client in calling(database, tmp_path, "operator"):
        yield client


@pytest.fixture
async def steward(database: Database, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async for client in calling(database, tmp_path, "steward"):
        yield client


@pytest.fixture
def product(monkeypatch: pytest.MonkeyPatch) -> Mended:
    return Mended(monkeypatch)


async def ids(client: httpx.AsyncClient) -> list[int]:
    return [each["id"] for each in (await client.get("/v1/parked-events")).json()["items"]]


async def test_a_mended_product_takes_a_parked_event_in_as_it_was_published(
    database: Database, operator: httpx.AsyncClient, product: Mended
) -> None:
    product.broken()
    await Consumer(database).take([message(observation(), 0)])
    product.mended()
    (number,) = await ids(operator)
    answer = await operator.post(f"/v1/parked-events/{number}/replay")
    assert answer.json() == {
        "id": number, "topic": TOPIC, "partition": 0, "offset": 0, "outcome": "projected", "reason": "",
    }  # fmt: skip
    assert await values(database) == {ONE: (1, Decimal("14.50"))}
    assert await ids(operator) == []


async def test_taking_in_again_changes_the_views_and_their_tags(
    database: Database, operator: httpx.AsyncClient, product: Mended
) -> None:
    """No position moves: a reader that asked before must not be told that nothing has changed."""
    product.broken()
    await Consumer(database).take([message(contract(), 0)])
    before = (await operator.get("/v1/contracts")).headers["ETag"]
    product.mended()
    await operator.post(REPLAY)
    again = await operator.get("/v1/contracts", headers={"If-None-Match": before})
    assert again.status_code == 200
    assert [each["code"] for each in again.json()["items"]] == [CODE]


async def test_one_that_still_cannot_be_taken_in_stays_with_its_newest_reason(
    database: Database, operator: httpx.AsyncClient, product: Mended
) -> None:
    product.broken()
    await Consumer(database).take([message(observation(), 0)])
    product.broken("toujours")
    (number,) = await ids(operator)
    answer = (await operator.post(f"/v1/parked-events/{number}/replay")).json()
    assert (answer["outcome"], answer["reason"]) == ("kept", "la projection échoue : ZeroDivisionError('toujours')")
    assert await parked_in(database) == [(0, "la projection échoue : ZeroDivisionError('toujours')")]


async def test_a_newer_version_in_the_views_settles_an_older_one_that_cannot_be_read(
    database: Database, operator: httpx.AsyncClient
) -> None:
    """Its owner sent it again, or stated something newer since."""
    await Consumer(database).take([message(observation(1), 0, value=b'{"version": 1}'), message(observation(2), 1)])
    report = (await operator.post(REPLAY)).json()
    assert report == {"projected": 0, "superseded": 1, "kept": 0, "left": []}
    assert await ids(operator) == []


async def test_an_older_version_in_the_views_settles_nothing(database: Database, operator: httpx.AsyncClient) -> None:
    await Consumer(database).take([message(observation(1), 0), message(observation(2), 1, value=b"{")])
    report = (await operator.post(REPLAY)).json()
    assert (report["superseded"], report["kept"]) == (0, 1)
    assert report["left"][0]["offset"] == 1
    assert "message illisible" in report["left"][0]["reason"]


async def test_events_that_are_gone_from_the_topic_wait_for_an_operator(
    database: Database, operator: httpx.AsyncClient
) -> None:
    await Consumer(database).missing(TOPIC, 0, 3, 7)
    before = await parked_in(database)
    assert (await operator.post(REPLAY)).json()["kept"] == 1
    assert await parked_in(database) == before
    (number,) = await ids(operator)
    answer = await operator.delete(f"/v1/parked-events/{number}", params={"reason": "Renvoyés le 3 mai"})
    assert answer.status_code == 204
    assert await ids(operator) == []


async def test_why_an_event_was_dismissed_and_by_whom_is_kept(database: Database, operator: httpx.AsyncClient) -> None:
    await Consumer(database).take([message(observation(), 5, value=b"{")])
    (number,) = await ids(operator)
    await operator.delete(f"/v1/parked-events/{number}", params={"reason": "Message d’essai"})
    (kept,) = (await operator.get("/v1/dismissed-events")).json()["items"]
    assert (kept["topic"], kept["offset"], kept["reason"], kept["dismissed_by"]) == (
        TOPIC, 5, "Message d’essai", "olivier",
    )  # fmt: skip
    assert "message illisible" in kept["cause"]


async def test_a_dismissal_needs_a_reason(database: Database, operator: httpx.AsyncClient) -> None:
    await Consumer(database).take([message(observation(), 0, value=b"{")])
    (number,) = await ids(operator)
    for reason in ({}, {"reason": ""}, {"reason": "  "}):
        assert (await operator.delete(f"/v1/parked-events/{number}", params=reason)).status_code == 422
    assert await ids(operator) == [number]


async def test_an_event_that_is_not_parked_is_not_found(operator: httpx.AsyncClient) -> None:
    for method, path in (("GET", "/7"), ("POST", "/7/replay"), ("DELETE", "/7?reason=non")):
        assert (await operator.request(method, f"/v1/parked-events{path}")).status_code == 404


async def test_only_an_operator_may(steward: httpx.AsyncClient) -> None:
    for method, path in (("GET", "/7"), ("POST", "/7/replay"), ("POST", "/replay"), ("DELETE", "/7?reason=non")):
        assert (await steward.request(method, f"/v1/parked-events{path}")).status_code == 403


async def test_the_terminal_says_what_became_of_each(database: Database, operator: httpx.AsyncClient) -> None:
    taken = [
        message(observation(1), 0, value=b'{"version": 1}'),
        message(observation(2), 1),
        message(contract(), 2, value=b"{"),
    ]
    await Consumer(database).take(taken)
    first, second = await ids(operator)
    listed = [line async for line in parked.listed(operator)]
    assert [line.partition(", le ")[0] for line in listed] == [
        f"n° {first} ({TOPIC}, partition 0, position 0)", f"n° {second} ({TOPIC}, partition 0, position 2)",
    ]  # fmt: skip
    assert "corps : {" in await parked.shown(operator, second)
    said, done = await parked.replayed(operator, None)
    assert not done
    assert said[-1] == "0 pris dans les vues, 1 déjà dépassé(s), 1 toujours mis de côté."
    assert (
        await parked.dismissed(operator, second, "essai")
        == f"n° {second} : il n’est plus attendu ; son motif est gardé."
    )
    assert [line async for line in parked.listed(operator)] == ["Aucun événement n’est mis de côté."]
    with pytest.raises(RefusedError, match="404 : Aucun événement mis de côté"):
        await parked.replayed(operator, second)
