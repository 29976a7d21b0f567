"""Whatever is wrong with a token it is refused; and one that was found right is not asked about again for a while."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from shared.identity import MAX_TOKEN, Caller, Identity, checking
from shared.issuer import AUDIENCE, ISSUER

from .signing import caller, claims, key, key_set, part, signed

OURS, OTHER = key(), key()


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    jwks = tmp_path / "jwks.json"
    jwks.write_text(key_set(OURS, OTHER))
    return Identity(jwks=str(jwks), issuer=ISSUER, audience=AUDIENCE)


def unsigned(algorithm: Any) -> str:
    header = {"kid": OURS.kid} | ({} if algorithm is None else {"alg": algorithm})
    return f"{part(header)}.{part(claims())}."


def symmetric(secret: bytes) -> str:
    """HS256, with something that everybody knows for a secret."""
    content = f"{part({'alg': 'HS256', 'kid': OURS.kid})}.{part(claims())}"
    signature = hmac.new(secret, content.encode(), hashlib.sha256).digest()
    return f"{content}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def with_its_own_key() -> str:
    """The key that it was signed with travels in the header, for who would believe it."""
    mine = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "kid": OURS.kid, "jwk": mine.as_dict(private=False)}, claims(), mine)


def later(seconds: int) -> int:
    """Counted when it is asked for: what is collected runs half an hour later."""
    return int(time.time()) + seconds


REFUSED: dict[str, Callable[[], str]] = {
    "no algorithm": lambda: unsigned(None),
    "algorithm none": lambda: unsigned("none"),
    "algorithm None": lambda: unsigned("None"),
    "an algorithm that is a list": lambda: unsigned(["ES256"]),
    "another curve": lambda: unsigned("ES256K"),
    "HS256 with the public key in PEM": lambda: symmetric(OURS.as_pem(private=False)),
    "HS256 with the public key in DER": lambda: symmetric(OURS.as_der(private=False)),
    "HS256 with the key set": lambda: symmetric(key_set(OURS).encode()),
    "a key of its own": with_its_own_key,
    "the id of another key": lambda: signed(OURS, kid=OTHER.kid),
    "the id of no key": lambda: signed(OURS, kid="nowhere"),
    "no key id, where there are two keys": lambda: jwt.encode({"alg": "ES256"}, claims(), OURS),
    "another kind of key": lambda: jwt.encode({"alg": "RS256", "kid": OURS.kid}, claims(), RSAKey.generate_key(2048)),
    "not valid yet": lambda: signed(OURS, claims(nbf=later(600))),
    "a first instant that is a text": lambda: signed(OURS, claims(nbf="demain")),
    "expired": lambda: signed(OURS, claims(exp=later(-60))),
    "another issuer": lambda: signed(OURS, claims(iss=f"{ISSUER}/")),
    "several issuers": lambda: signed(OURS, claims(iss=[ISSUER])),
    "another audience": lambda: signed(OURS, claims(aud="cadran-x")),
    "no audience": lambda: signed(OURS, claims(aud=[])),
    "a subject that is a number": lambda: signed(OURS, claims(sub=7)),
    "an empty subject": lambda: signed(OURS, claims(sub="")),
    "too long": lambda: signed(OURS, claims(more="x" * 7000)),
}


@pytest.mark.parametrize("flaw", REFUSED)
async def test_a_token_with_a_flaw_is_nobodys(identity: Identity, flaw: str) -> None:
    assert await caller(identity, REFUSED[flaw]()) is None


async def test_a_good_token_is_somebodys(identity: Identity) -> None:
    assert (await caller(identity, signed(OURS)) or Caller("")).subject == "camille"


@pytest.mark.parametrize("late", [{"nbf": 10}, {"exp": 3, "iat": 20}])
async def test_clocks_may_differ_a_little(identity: Identity, late: dict[str, int]) -> None:
    stated = {name: later(seconds) for name, seconds in late.items()}
    assert (await identity.check(signed(OURS, claims(**stated)))).subject == "camille"


async def test_the_longest_token_is_as_long_as_a_link_may_carry(identity: Identity) -> None:
    assert MAX_TOKEN == 8192
    assert len(REFUSED["too long"]()) > MAX_TOKEN
    assert await caller(identity, signed(OURS, claims(more="x" * 5000)))


async def test_a_token_is_not_known_before_it_was_checked(identity: Identity) -> None:
    token = signed(OURS)
    assert identity.known(token) is None
    found = await identity.check(token)
    assert identity.known(token) is found
    assert await identity.check(token) is found


async def test_a_token_is_known_for_a_minute(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed(OURS)
    await identity.check(token)
    now = time.time()
    monkeypatch.setattr("shared.identity.checking.time.time", lambda: now + 59)
    assert identity.known(token)
    monkeypatch.setattr("shared.identity.checking.time.time", lambda: now + 61)
    assert identity.known(token) is None


async def test_a_token_is_not_known_beyond_its_expiry(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed(OURS, claims(exp=int(time.time()) + 20))
    await identity.check(token)
    now = time.time()
    monkeypatch.setattr("shared.identity.checking.time.time", lambda: now + 21)
    assert identity.known(token) is None
    monkeypatch.setattr("shared.identity.checking.time.time", lambda: now + 60)
    assert await caller(identity, token) is None


async def test_only_so_many_tokens_are_known(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_REMEMBERED", 3)
    tokens = [signed(OURS, claims(sub=f"caller-{number}")) for number in range(5)]
    for token in tokens:
        await identity.check(token)
    assert [identity.known(token) is not None for token in tokens] == [False, False, True, True, True]
