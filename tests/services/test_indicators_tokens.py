"""Whose token is believed: every token that is not shown to be right is refused, and rights are per role."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from shared.issuer import LocalIssuer

from .conftest import CONTRACT, OBSERVATIONS, Service
from .essai import CODE, observed, package

NEW = {"contract": CODE, **observed("visitors", "nord", 2022, "120")}
KNOWN = {"contract": CODE, **observed("visitors", "nord", 2021, "110")}
GOOD = {"iss": "cadran-local", "aud": "cadran", "sub": "test", "roles": ["steward"], "entities": []}


def claims(**others: Any) -> dict[str, Any]:
    now = int(time.time())
    return {**GOOD, "iat": now, "exp": now + 3600, **others}


def signing_key(issuer: LocalIssuer) -> ECKey:
    return ECKey.import_key(json.loads((issuer.public.parent / "issuer.json").read_text("utf-8")))


def signed(issuer: LocalIssuer, body: dict[str, Any]) -> str:
    key = signing_key(issuer)
    return jwt.encode({"alg": "ES256", "kid": key.kid}, body, key)


def part(content: Any) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def without_signature(issuer: LocalIssuer) -> str:
    return f"{part({'alg': 'none', 'kid': signing_key(issuer).kid})}.{part(claims())}."


def signed_with_the_public_key(issuer: LocalIssuer) -> str:
    """HS256, with the public key's bytes as the shared secret."""
    key = signing_key(issuer)
    content = f"{part({'alg': 'HS256', 'kid': key.kid})}.{part(claims())}"
    return f"{content}.{part(hmac.new(key.as_pem(private=False), content.encode(), hashlib.sha256).digest())}"


def signed_with_another_key(issuer: LocalIssuer) -> str:
    return jwt.encode({"alg": "ES256", "kid": signing_key(issuer).kid}, claims(), ECKey.generate_key("P-256"))


def with_other_roles(issuer: LocalIssuer) -> str:
    """A good token whose claims were changed after it was signed."""
    head, _, signature = signed(issuer, claims(roles=["reader"])).split(".")
    return f"{head}.{part(claims())}.{signature}"


def lacking(issuer: LocalIssuer, name: str) -> str:
    return signed(issuer, {key: value for key, value in claims().items() if key != name})


REFUSED: dict[str, Callable[[LocalIssuer], str]] = {
    "no token": lambda _: "",
    "no JWT": lambda _: "abc",
    "no base64": lambda _: "é.é.é",
    "no JSON": lambda _: "YWJj.YWJj.YWJj",
    "a header that is a list": lambda _: f"{part([])}.{part({})}.",
    "a key id that is a list": lambda _: f"{part({'alg': 'ES256', 'kid': []})}.{part({})}.",
    "a key id that is an object": lambda _: f"{part({'alg': 'ES256', 'kid': {}})}.{part({})}.",
    "a header nested without end": lambda _: f"{part(b'[' * 5000)}.{part({})}.",
    "algorithm none": without_signature,
    "HS256 with the public key": signed_with_the_public_key,
    "another key": signed_with_another_key,
    "changed claims": with_other_roles,
    "another issuer": lambda issuer: signed(issuer, claims(iss="elsewhere")),
    "another audience": lambda issuer: signed(issuer, claims(aud="elsewhere")),
    "expired": lambda issuer: signed(issuer, claims(exp=int(time.time()) - 60)),
    "not valid yet": lambda issuer: signed(issuer, claims(nbf=int(time.time()) + 600)),
    "an expiry that is a text": lambda issuer: signed(issuer, claims(exp="demain")),
    "no issuer": lambda issuer: lacking(issuer, "iss"),
    "no audience": lambda issuer: lacking(issuer, "aud"),
    "no expiry": lambda issuer: lacking(issuer, "exp"),
    "no subject": lambda issuer: lacking(issuer, "sub"),
}


@pytest.mark.parametrize("flaw", REFUSED)
async def test_a_token_with_a_flaw_neither_reads_nor_writes(still_service: Service, flaw: str) -> None:
    token = REFUSED[flaw](still_service.issuer)
    headers = httpx.Headers([(b"Authorization", f"Bearer {token}".encode())] if token else [])
    async with still_service.client() as client:
        read = await client.get(OBSERVATIONS, headers=headers)
        written = await client.post(OBSERVATIONS, json=NEW, headers=headers)
        loaded = await client.put(CONTRACT, json=package(), headers=headers)
    for answer in (read, written, loaded):
        assert answer.status_code == 401, answer.text
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["code"] == "unauthenticated"


async def test_a_good_token_is_believed(still_service: Service) -> None:
    async with still_service.bearing(signed(still_service.issuer, claims())) as client:
        assert (await client.get(OBSERVATIONS)).status_code == 200


async def test_an_audience_may_be_one_of_several(still_service: Service) -> None:
    token = signed(still_service.issuer, claims(aud=["elsewhere", "cadran"]))
    async with still_service.bearing(token) as client:
        assert (await client.get(OBSERVATIONS)).status_code == 200


@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
async def test_another_scheme_than_bearer_is_no_token(still_service: Service, scheme: str) -> None:
    authorization = f"{scheme} {signed(still_service.issuer, claims())}".strip()
    async with still_service.client() as client:
        answer = await client.get(OBSERVATIONS, headers={"Authorization": authorization})
    assert answer.status_code == 401


READ, WRITE, DEFINE = 200, 200, 200
NO = 403


@pytest.mark.parametrize(
    ("roles", "entities", "expected"),
    [
        ([], [], (NO, NO, NO)),
        (["unknown"], [], (NO, NO, NO)),
        (["reader"], [], (READ, NO, NO)),
        (["reader"], ["nord"], (READ, NO, NO)),
        (["operator"], [], (READ, NO, NO)),
        (["contributor"], ["nord"], (READ, WRITE, NO)),
        (["contributor"], ["sud"], (READ, NO, NO)),
        (["contributor"], [], (READ, NO, NO)),
        (["steward"], [], (READ, WRITE, DEFINE)),
        (["administrator"], [], (READ, WRITE, DEFINE)),
    ],
)
async def test_a_role_gives_its_rights_and_no_other(
    still_service: Service, roles: list[str], entities: list[str], expected: tuple[int, int, int]
) -> None:
    token = signed(still_service.issuer, claims(roles=roles, entities=entities))
    async with still_service.bearing(token) as client:
        read = await client.get(OBSERVATIONS)
        written = await client.post(OBSERVATIONS, json=KNOWN)
        defined = await client.put(CONTRACT, json=package(), params={"dryRun": True})
    assert (read.status_code, written.status_code, defined.status_code) == expected


@pytest.mark.parametrize("roles", ["steward", {"steward": True}, [["steward"]], None])
async def test_roles_of_another_shape_give_nothing(still_service: Service, roles: Any) -> None:
    async with still_service.bearing(signed(still_service.issuer, claims(roles=roles))) as client:
        assert (await client.get(OBSERVATIONS)).status_code == 403


async def test_the_reason_of_a_refusal_names_the_missing_right(still_service: Service) -> None:
    async with still_service.client("reader") as client:
        answer = await client.post(OBSERVATIONS, json=NEW)
    assert answer.json()["detail"] == "Ce jeton ne donne pas le droit «\u00a0observe\u00a0»."


async def test_where_the_keys_cannot_be_read_the_service_says_that_it_is_not_the_callers_fault(
    still_service: Service,
) -> None:
    keys = still_service.app.state.identity
    still_service.app.state.identity = type(keys)(jwks="/nowhere/jwks.json", issuer="cadran-local", audience="cadran")
    try:
        async with still_service.client("reader") as client:
            answer = await client.get(OBSERVATIONS)
    finally:
        still_service.app.state.identity = keys
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
