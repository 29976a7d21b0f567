"""How long one call may last: from its first byte to the start of its answer, a body that dribbles in included."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from shared.settings import Limits

from .guarded_app import Guarded, conversation, guarded, served

SOON = 20
SHORT = Limits(call_seconds=0.2, upload_seconds=0.6)


@pytest.fixture
def scene() -> Iterator[Guarded]:
    with guarded(SHORT) as scene:
        yield scene


@pytest.fixture
async def client(scene: Guarded) -> AsyncIterator[httpx.AsyncClient]:
    async with asyncio.timeout(SOON), scene.client() as client:
        client.headers.update(scene.bearing())
        yield client


def head(scene: Guarded, path: str, length: int) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {scene.token()}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def problem(answer: bytes) -> tuple[bytes, dict[str, Any]]:
    start, _, body = answer.partition(b"\r\n\r\n")
    return start, json.loads(body)


async def test_an_answer_that_does_not_come_in_time_is_given_up(client: httpx.AsyncClient) -> None:
    answer = await client.get("/wait")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, "overdue", "2")
    assert answer.json()["detail"] == "Pas de réponse au bout de 0.2 s. Relisez avant de recommencer."


async def test_an_answer_that_has_begun_is_not_cut_off(scene: Guarded) -> None:
    async with (
        asyncio.timeout(SOON),
        served(scene) as (host, port),
        httpx.AsyncClient(base_url=f"http://{host}:{port}") as caller,
        caller.stream("GET", "/stream") as answer,
    ):
        received = answer.aiter_raw()
        assert await anext(received) == b"first"
        assert (await caller.get("/wait")).status_code == 503  # which lasts longer than the limit
        scene.go_on.set()
        assert await anext(received) == b"last"


async def test_a_body_that_dribbles_in_is_given_up_and_its_connection_closed(scene: Guarded) -> None:
    async with asyncio.timeout(SOON), served(scene) as place:
        start, body = problem(await conversation(place, head(scene, "/notes", 20) + b'{"te'))
    assert start.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in start.lower()
    assert body["code"] == "call-timeout"


async def test_an_upload_may_take_longer(scene: Guarded) -> None:
    async with asyncio.timeout(SOON), served(scene) as place:
        began = asyncio.get_running_loop().time()
        kind = head(scene, "/upload", 20).replace(b"application/json", b"multipart/form-data; boundary=x")
        _, body = problem(await conversation(place, kind))
        lasted = asyncio.get_running_loop().time() - began
    assert body["detail"] == "L’appel n’était pas arrivé en entier au bout de 0.6 s\u00a0: renvoyez-le."
    assert lasted >= SHORT.upload_seconds


async def test_a_head_that_does_not_end_is_given_up(scene: Guarded) -> None:
    async with asyncio.timeout(SOON), served(scene) as place:
        start, body = problem(await conversation(place, b"GET /private HTTP/1.1\r\nHost: a\r\nX-A: "))
    assert start.startswith(b"HTTP/1.1 408 ")
    assert body["code"] == "call-timeout"


async def test_the_head_of_a_second_call_is_given_up_too(scene: Guarded) -> None:
    first = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
    async with asyncio.timeout(SOON), served(scene) as place:
        answers = await conversation(place, first + b"GET /private HTTP/1.1\r\nHost")
    assert answers.startswith(b"HTTP/1.1 200 ")


async def test_a_connection_on_which_nothing_is_asked_is_closed_without_a_word(scene: Guarded) -> None:
    async with asyncio.timeout(SOON), served(scene) as place:
        assert await conversation(place, b"") == b""


async def test_a_call_in_time_is_not_disturbed_by_those_before_it(client: httpx.AsyncClient) -> None:
    for _ in range(5):
        assert (await client.get("/wait")).status_code == 503
        assert (await client.get("/private")).json() == "camille"
