"""Signing in with a link: the token leaves the address, becomes a cookie that scripts cannot read, and never writes."""

from http.cookies import SimpleCookie

import httpx
import pytest

from shared.identity import COOKIE
from tests.conftest import COP, World

NEW = {"contract": COP, "indicator": "h-index", "entity": "imt", "year": 2023, "value": "33", "source": "Relevé"}


def token(world: World, *roles: str) -> str:
    return world.system.issuer.token(subject="test", roles=roles or ["administrator"], days=1)


async def sign_in(
    world: World, offered: str, base: str = "http://cadran.test", path: str = "/", **more: str
) -> httpx.Response:
    transport = httpx.ASGITransport(world.system.app)
    async with httpx.AsyncClient(transport=transport, base_url=base, follow_redirects=False) as client:
        return await client.get(path, params=more | {"token": offered})


def bearing(world: World, cookie: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(world.system.app), base_url="http://cadran.test", cookies={COOKIE: cookie}
    )


async def test_the_link_leaves_a_cookie_and_an_address_without_the_token(still_world: World) -> None:
    offered = token(still_world)
    answer = await sign_in(still_world, offered)
    cookie = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert offered not in answer.headers["Location"]
    assert cookie.value == offered
    assert (cookie["httponly"], cookie["path"], cookie["secure"]) == (True, "/", "")
    assert cookie["samesite"].lower() in {"lax", "strict"}


async def test_over_https_the_cookie_stays_on_https(still_world: World) -> None:
    answer = await sign_in(still_world, token(still_world), "https://cadran.test")
    assert SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]["secure"] is True


@pytest.mark.parametrize("offered", ["", "a.b.c", "é"])
async def test_a_token_that_is_none_leaves_no_cookie(still_world: World, offered: str) -> None:
    answer = await sign_in(still_world, offered)
    assert answer.status_code == 401
    assert "Ce lien n’est pas valable ici, ou il a expiré." in answer.text
    assert "Set-Cookie" not in answer.headers


async def test_a_token_without_the_right_to_read_leaves_no_cookie(still_world: World) -> None:
    answer = await sign_in(still_world, token(still_world, "unknown"))
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/contracts", f"/v1/contracts/{COP}/follow-up", "/indicators/v1/observations"])
async def test_the_cookie_reads(still_world: World, path: str) -> None:
    async with bearing(still_world, token(still_world)) as client:
        assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/indicators/v1/observations"),
        ("POST", f"/indicators/v1/contracts/{COP}/observations"),
        ("PUT", f"/indicators/v1/contracts/{COP}"),
        ("PUT", "/indicators/v1/observations/any"),
    ],
)
async def test_the_cookie_never_writes(still_world: World, method: str, path: str) -> None:
    async with bearing(still_world, token(still_world)) as client:
        answer = await client.request(method, path, json=NEW)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_a_bearer_token_goes_before_the_cookie(still_world: World) -> None:
    async with bearing(still_world, token(still_world)) as client:
        answer = await client.get("/v1/contracts", headers={"Authorization": "Bearer a.b.c"})
    assert answer.status_code == 401


async def test_a_link_may_lead_deeper(still_world: World) -> None:
    path = f"/contrats/{COP}/2022/telecom-paris"
    answer = await sign_in(still_world, token(still_world), path=path, asOf="2026-01-31")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}?asOf=2026-01-31")
    assert COOKIE in SimpleCookie(answer.headers["Set-Cookie"])


async def test_a_link_that_is_not_valid_leads_nowhere(still_world: World) -> None:
    answer = await sign_in(still_world, "a.b.c", path=f"/contrats/{COP}/2022")
    assert answer.status_code == 401
    assert "13\u202f606" not in answer.text


async def test_who_is_not_signed_in_is_told_how(still_world: World) -> None:
    async with still_world.client() as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    assert "ouvrez le lien que" in answer.text


async def test_who_is_signed_in_sees_the_contracts_and_their_years(still_world: World) -> None:
    async with bearing(still_world, token(still_world, "reader")) as client:
        page = (await client.get(f"/contrats/{COP}")).text
    assert "Contrat d’objectifs et de performance 2018-2022" in page
    assert f'href="/contrats/{COP}/2022"' in page
    assert f'href="/v1/contracts/{COP}/follow-up?year=2022"' in page
