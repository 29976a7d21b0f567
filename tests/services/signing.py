"""Tokens as an issuer signs them, and as others forge them."""

import base64
import json
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from shared.identity import Caller, Identity
from shared.issuer import AUDIENCE, ISSUER
from shared.problems import Unauthenticated


def key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)


def key_set(*keys: ECKey) -> str:
    return json.dumps(KeySet(list(keys)).as_dict(private=False))


def claims(**others: Any) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "camille", "exp": now + 3600, "roles": ["reader"], **others}


def signed(by: ECKey, body: dict[str, Any] | None = None, **header: Any) -> str:
    return jwt.encode({"alg": "ES256", "kid": by.kid, **header}, body or claims(), by)


def part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


async def caller(identity: Identity, token: str) -> Caller | None:
    """Whom a token is believed to be from, at once and a second time."""
    try:
        found = await identity.check(token)
    except Unauthenticated:
        assert identity.known(token) is None
        return None
    assert identity.known(token) == found
    return found
