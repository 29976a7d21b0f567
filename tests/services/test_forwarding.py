"""The one door, where the owners run apart: what is forwarded is what was sent, both ways, and failures say so."""

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.responses import Response, StreamingResponse

from .behind_the_door import Owner, door, served, served_door, to

BODY = gzip.compress(b'{"items": []}')
SOON = 10


@pytest.fixture(scope="module")
async def behind() -> AsyncIterator[tuple[Owner, httpx.AsyncClient]]:
    """An owner, and a caller at the door before it."""
    owner = Owner()
    async with served(owner) as address, door(address) as app, to(app) as caller:
        yield owner, caller


@pytest.fixture
def owner(behind: tuple[Owner, httpx.AsyncClient]) -> Owner:
    """The owner, which has forgotten what it was asked before."""
    owner, _ = behind
    owner.forget()
    return owner


@pytest.fixture
def client(behind: tuple[Owner, httpx.AsyncClient]) -> httpx.AsyncClient:
    return behind[1]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def test_a_method_and_its_body_arrive_as_they_were_sent(
    client: httpx.AsyncClient, owner: Owner, method: str
) -> None:
    sent = b"" if method in {"GET", "HEAD"} else b"corps"
    answer = await client.request(method, "/indicators/v1/contracts?a=1&a=2", content=sent)
    ((asked, target, headers, body),) = owner.asked
    assert (answer.status_code, asked, target, body) == (200, method, b"/indicators/v1/contracts?a=1&a=2", sent)
    assert ("content-length" in headers) is bool(sent)


@pytest.mark.parametrize(
    "target",
    [
        "/indicators/v1/contracts/a%2Fb",
        "/indicators/v1/contracts/%C3%A9t%C3%A9?q=%20x+y&z=%26",
        "/indicators/v1//double/",
        "/indicators/v1/contracts/a%252Fb",
        "/indicators/v1/contracts?q=a%2Fb&empty=&flag",
        "/indicators/",
    ],
)
async def test_the_raw_path_is_kept(client: httpx.AsyncClient, owner: Owner, target: str) -> None:
    await client.get(target)
    assert owner.asked[0][1] == target.encode()


async def test_the_callers_headers_arrive_but_not_those_of_the_connection(
    client: httpx.AsyncClient, owner: Owner
) -> None:
    sent = {
        "Authorization": "Bearer abc",
        "If-Match": '"3"',
        "Idempotency-Key": "envoi-1",
        "Accept-Language": "fr",
        "X-Correlation-Id": "appel-7",
        "TE": "trailers",
        "Proxy-Authorization": "secret",
        "Keep-Alive": "5",
    }
    await client.get("/indicators/v1/observations", headers=sent)
    got = owner.asked[0][2]
    assert {name: got[name.lower()] for name in list(sent)[:5]} == dict(list(sent.items())[:5])
    assert not {"te", "proxy-authorization", "keep-alive"} & got.keys()
    assert got["host"].startswith("127.0.0.1")


async def test_a_call_without_a_correlation_id_is_given_one_that_both_sides_know(
    client: httpx.AsyncClient, owner: Owner
) -> None:
    answer = await client.get("/indicators/v1/observations")
    assert answer.headers["X-Correlation-Id"] == owner.asked[0][2]["x-correlation-id"]


async def test_the_answer_comes_back_as_it_is(client: httpx.AsyncClient, owner: Owner) -> None:
    headers = {"ETag": '"3"', "Content-Encoding": "gzip", "Location": "/indicators/v1/observations/1", "X-Other": "a"}
    owner.answer = Response(BODY, 201, headers, "application/json")
    async with client.stream("POST", "/indicators/v1/observations", content=b"{}") as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert (answer.status_code, raw) == (201, BODY)
    assert {name: answer.headers[name] for name in headers} == headers
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Length"] == str(len(BODY))


@pytest.mark.parametrize("status", [204, 304, 307, 401, 404, 422, 500, 503])
async def test_the_owners_status_is_the_callers(client: httpx.AsyncClient, owner: Owner, status: int) -> None:
    owner.answer = Response(status_code=status, headers={"Location": "/elsewhere"} if status == 307 else {})
    assert (await client.get("/indicators/v1/contracts")).status_code == status


async def test_the_answer_is_streamed() -> None:
    owner = Owner()

    async def parts() -> AsyncIterator[bytes]:
        yield b"first"
        await owner.go_on.wait()
        yield b"second"

    owner.answer = StreamingResponse(parts())
    async with (
        asyncio.timeout(SOON),
        served_door(owner) as caller,
        caller.stream("GET", "/indicators/v1/x") as answer,
    ):
        received = answer.aiter_raw()
        assert await anext(received) == b"first"
        owner.go_on.set()
        assert await anext(received) == b"second"


async def test_the_body_is_streamed() -> None:
    owner = Owner()

    async def parts() -> AsyncIterator[bytes]:
        yield b"first"
        await owner.first_part.wait()
        yield b"second"

    async with asyncio.timeout(SOON), served_door(owner) as caller:
        await caller.post("/indicators/v1/x", content=parts())
    assert owner.asked[0][3] == b"firstsecond"


async def test_a_body_over_the_limit_is_refused_at_the_door(client: httpx.AsyncClient, owner: Owner) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    answer = await client.post("/indicators/v1/x", content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


async def test_an_owner_that_is_away_is_a_bad_gateway() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with door(f"http://127.0.0.1:{port}") as app, to(app) as client:
        answer = await client.get("/indicators/v1/contracts")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (502, "bad-gateway", "2")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Le service «\u00a0indicators\u00a0» est injoignable\u202f; réessayez."
    assert str(port) not in answer.text


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.WriteTimeout])
async def test_an_owner_that_is_slow_is_a_gateway_timeout(error: type[httpx.TimeoutException]) -> None:
    async def slow(_request: httpx.Request) -> httpx.Response:
        raise error("slow")

    async with door("http://owner.test", httpx.MockTransport(slow)) as app, to(app) as client:
        answer = await client.get("/indicators/v1/contracts")
    assert (answer.status_code, answer.json()["code"]) == (504, "gateway-timeout")
    assert answer.json()["detail"] == "Le service «\u00a0indicators\u00a0» n’a pas répondu à temps\u202f; réessayez."


@pytest.mark.parametrize("error", [httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError])
async def test_an_owner_that_breaks_off_is_a_bad_gateway(error: type[httpx.TransportError]) -> None:
    async def broken(_request: httpx.Request) -> httpx.Response:
        raise error("broken")

    async with door("http://owner.test", httpx.MockTransport(broken)) as app, to(app) as client:
        assert (await client.get("/indicators/v1/contracts")).status_code == 502


@pytest.mark.parametrize("path", ["/indicators", "/indicatorsx/v1", "/other/v1/contracts", "/v1/indicators/x"])
async def test_only_an_owners_prefix_leads_to_it(client: httpx.AsyncClient, owner: Owner, path: str) -> None:
    assert (await client.get(path)).status_code == 404
    assert owner.asked == []
