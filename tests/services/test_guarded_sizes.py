"""How much one call may hold: an address, headers, a body, announced or not."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from shared.settings import Limits
from tests.conftest import World

from .guarded_app import BODY, UPLOAD, Guarded, conversation, guarded, served

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def scene() -> Iterator[Guarded]:
    with guarded(Limits()) as scene:
        yield scene


@pytest.fixture
async def client(scene: Guarded) -> AsyncIterator[httpx.AsyncClient]:
    async with scene.client() as client:
        client.headers.update(scene.bearing())
        yield client


def read(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


async def parts(total: int) -> AsyncIterator[bytes]:
    """A body whose length is not announced: it begins as a form and as JSON do, and ends as neither."""
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    for _ in range(0, total, 10_000):
        yield b" " * 10_000


async def test_an_address_is_bounded_with_what_it_asks(client: httpx.AsyncClient) -> None:
    assert (await client.get("/private", params={"a": "x" * 12_000})).status_code == 200
    assert read(await client.get("/private", params={"a": "x" * 12_300})) == (414, "address-too-long")
    assert read(await client.get("/" + "x" * 12_300)) == (414, "address-too-long")


async def test_the_longest_link_for_signing_in_is_not_too_long(still_world: World) -> None:
    async with still_world.client() as client:
        answer = await client.get("/", params={"token": "x" * 8192})
    assert answer.status_code == 401
    assert "Ce lien n’est pas valable ici" in answer.text


async def test_headers_are_bounded_in_all(client: httpx.AsyncClient) -> None:
    assert (await client.get("/private", headers={"X-A": "x" * 15_000})).status_code == 200
    many = {f"X-{number}": "x" * 1000 for number in range(17)}
    assert read(await client.get("/private", headers=many)) == (431, "headers-too-large")


async def test_what_the_server_itself_takes_is_more_than_what_is_refused_with_a_problem(scene: Guarded) -> None:
    async with served(scene) as place:
        head = b"GET /private HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: " + b"x" * 40_000 + b"\r\n\r\n"
        assert (await conversation(place, head)).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    ("path", "limit", "kind"),
    [("/notes", BODY, "application/json"), ("/upload", UPLOAD, "multipart/form-data; boundary=x")],
)
async def test_a_body_that_is_too_long_is_too_large_announced_or_not(
    client: httpx.AsyncClient, path: str, limit: int, kind: str
) -> None:
    headers = {"Content-Type": kind}
    for content in (b" " * (limit + 1), parts(limit + 10_000)):
        assert read(await client.post(path, content=content, headers=headers)) == (413, "too-large")


async def test_a_body_of_just_the_length_that_is_allowed_is_read(client: httpx.AsyncClient) -> None:
    text = "x" * (BODY - len('{"text":""}'))
    answer = await client.post("/notes", content=f'{{"text":"{text}"}}', headers=JSON)
    assert (answer.status_code, answer.json()) == (200, len(text))
