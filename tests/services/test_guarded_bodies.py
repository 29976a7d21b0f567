"""Nobody's body is read: who has no valid token is refused before anything of what they send is received."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Message

from shared.settings import Limits
from tests.conftest import World

from .behind_the_door import Owner, door, served, to
from .guarded_app import Guarded, guarded

BAD = {
    "no token": [],
    "a bad token": [(b"authorization", b"Bearer a.b.c")],
    "another scheme": [(b"authorization", b"Basic YTpi")],
    "a cookie": [(b"cookie", b"cadran_token=a.b.c")],
}
ANNOUNCED = [(b"content-length", b"20")]
UNANNOUNCED = [(b"transfer-encoding", b"chunked")]


@pytest.fixture(scope="module")
def scene() -> Iterator[Guarded]:
    with guarded(Limits()) as scene:
        yield scene


async def asked(scene: Guarded, method: str, path: str, headers: list[Any]) -> tuple[int, int]:
    """The status of the answer, and how often something of the body was asked for."""
    sent: list[Message] = []
    received = 0

    async def receive() -> Message:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b'{"text": "corps"}', "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": headers, "scheme": "http", "client": ("192.0.2.1", 1), "server": ("a", 80),
             "http_version": "1.1"}  # fmt: skip
    await scene.app(scope, receive, send)
    return sent[0]["status"], received


@pytest.mark.parametrize("flaw", BAD)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "GET", "ANY"])
async def test_a_body_without_a_good_token_is_never_asked_for(scene: Guarded, flaw: str, method: str) -> None:
    for path in ("/notes", "/upload", "/nowhere", "/docs"):
        for length in (ANNOUNCED, UNANNOUNCED):
            assert await asked(scene, method, path, [*BAD[flaw], *length]) == (401, 0)


async def test_the_cookie_of_the_sign_in_writes_nothing(scene: Guarded) -> None:
    cookie = (b"cookie", b"cadran_token=" + scene.token().encode())
    assert await asked(scene, "POST", "/notes", [cookie, *ANNOUNCED]) == (401, 0)


async def test_a_body_with_a_good_token_is_read(scene: Guarded) -> None:
    bearing = (b"authorization", b"bearer " + scene.token().encode())
    assert (await asked(scene, "POST", "/notes", [bearing, (b"content-type", b"application/json"), *ANNOUNCED]))[
        0
    ] == 200


async def test_health_is_answered_whatever_is_sent_with_the_question(scene: Guarded) -> None:
    assert await asked(scene, "GET", "/health/live", ANNOUNCED) == (200, 0)


async def test_the_refusal_of_a_write_is_that_of_a_reading(still_world: World) -> None:
    for headers in ({}, {"Authorization": "Bearer a.b.c"}):
        async with still_world.client() as client:
            read = await client.get("/indicators/v1/observations", headers=headers)
            written = await client.post("/indicators/v1/observations", content=b"{", headers=headers)
        assert (read.status_code, read.json()) == (401, written.json())
        names = ("WWW-Authenticate", "Content-Type", "Content-Security-Policy")
        assert [read.headers[name] for name in names] == [written.headers[name] for name in names]


async def test_an_owner_behind_the_door_is_not_bothered_with_a_strangers_body() -> None:
    owner = Owner()
    async with served(owner) as address, door(address) as app, to(app) as caller:
        answer = await caller.post("/indicators/v1/x", content=b"corps", headers={"Authorization": ""})
        assert (answer.status_code, owner.asked) == (401, [])
        assert (await caller.post("/indicators/v1/x", content=b"corps")).status_code == 200
    assert [body for *_, body in owner.asked] == [b"corps"]
