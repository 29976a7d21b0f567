"""Who calls, and what they may do: JSON Web Tokens checked against a key set."""

import asyncio
import base64
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import httpx
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from .problems import Forbidden, Unauthenticated, Unavailable

COOKIE = "cadran_token"
ALGORITHMS = ("ES256", "ES384", "RS256", "PS256", "Ed25519")
MAX_SUBJECT = 200
_LEEWAY_SECONDS = 30
_KEYS_FRESH_SECONDS = 300.0
_KEYS_RETRY_SECONDS = 10.0


class Right(StrEnum):
    READ = "read"
    OBSERVE = "observe"
    DEFINE = "define"
    CERTIFY = "certify"
    OPERATE = "operate"


ROLES: dict[str, frozenset[Right]] = {
    "reader": frozenset({Right.READ}),
    "contributor": frozenset({Right.READ, Right.OBSERVE}),
    "steward": frozenset({Right.READ, Right.OBSERVE, Right.DEFINE, Right.CERTIFY}),
    "operator": frozenset({Right.READ, Right.OPERATE}),
    "administrator": frozenset(Right),
}
_BOUND_TO_ENTITIES = frozenset({"contributor"})


@dataclass(frozen=True, slots=True)
class Caller:
    """A checked token. `entities` is None where every entity may be written, else the only ones that may."""

    subject: str
    rights: frozenset[Right] = frozenset()
    entities: frozenset[str] | None = field(default=frozenset())

    def may_write(self, entity: str) -> bool:
        return Right.OBSERVE in self.rights and (self.entities is None or entity in self.entities)


def caller_of(claims: dict[str, Any]) -> Caller:
    """The caller that a token's claims describe: `sub`, `roles`, `entities`; unknown roles give nothing."""
    roles = {str(role) for role in _texts(claims.get("roles"))} & ROLES.keys()
    rights = frozenset[Right]().union(*(ROLES[role] for role in roles))
    unbound = any(Right.OBSERVE in ROLES[role] for role in roles - _BOUND_TO_ENTITIES)
    return Caller(str(claims["sub"]), rights, None if unbound else frozenset(_texts(claims.get("entities"))))


def _texts(claim: Any) -> Sequence[str]:
    return [each for each in claim if isinstance(each, str)] if isinstance(claim, list) else []


class Keys:
    """The key set of a file or of an address, read again when it has aged or a key is unknown."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._keys: KeySet | None = None
        self._read_at = 0.0

    async def for_token(self, key_id: str | None) -> KeySet:
        """A key set that knows the key where one can be had. Raises Unavailable where none was ever read."""
        age = time.monotonic() - self._read_at
        known = self._keys is not None and key_id in {key.kid for key in self._keys.keys}
        if self._keys is None or age > _KEYS_FRESH_SECONDS or (not known and age > _KEYS_RETRY_SECONDS):
            await self._refresh()
        assert self._keys is not None
        return self._keys

    async def _refresh(self) -> None:
        try:
            document = await self._document()
            self._keys = KeySet.import_key_set(document)
        except (OSError, ValueError, KeyError, httpx.HTTPError, JoseError) as error:
            if self._keys is None:
                raise Unavailable("Les clefs de vérification des jetons sont injoignables ; réessayez.") from error
        self._read_at = time.monotonic()

    async def _document(self) -> Any:
        if not self._place.startswith(("http://", "https://")):
            return json.loads(await asyncio.to_thread(Path(self._place).read_text, "utf-8"))
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get(self._place)
            return answer.raise_for_status().json()


class Identity:
    """Checks tokens: signature, algorithm, issuer, audience, expiry. Whatever is not shown to be right is refused."""

    def __init__(self, *, jwks: str, issuer: str, audience: str) -> None:
        self._keys = Keys(jwks)
        self._claims = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    async def check(self, token: str) -> Caller:
        """The caller of a token. Raises Unauthenticated."""
        keys = await self._keys.for_token(_key_id(token))
        try:
            decoded = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
            self._claims.validate(decoded.claims)
        except (JoseError, ValueError, TypeError) as error:
            raise _refused("Ce jeton n’est pas valable ici, ou il a expiré : demandez-en un nouveau.") from error
        if len(str(decoded.claims["sub"])) > MAX_SUBJECT:
            raise _refused("Ce jeton n’est pas valable ici : son sujet (sub) est trop long.")
        return caller_of(decoded.claims)


def _key_id(token: str) -> str | None:
    """The key that a token names, read before anything of it is believed."""
    try:
        header = json.loads(_unpadded(token.partition(".")[0]))
    except (ValueError, RecursionError) as error:
        raise _refused("Ce jeton n’est pas un JSON Web Token.") from error
    key_id = header.get("kid") if isinstance(header, dict) else None
    return key_id if isinstance(key_id, str) else None


def _unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _refused(detail: str) -> Unauthenticated:
    return Unauthenticated(detail, headers={"WWW-Authenticate": "Bearer"})


_bearer = HTTPBearer(auto_error=False, description="Jeton JWT. En local : `cadran token`.")


def token_of(request: Request, credentials: HTTPAuthorizationCredentials | None) -> str | None:
    """The bearer token; to read only, the cookie of the sign-in link too: no forged page can write with it."""
    if credentials:
        return credentials.credentials
    return request.cookies.get(COOKIE) if request.method in {"GET", "HEAD"} else None


def require(right: Right) -> Callable[..., Awaitable[Caller]]:
    """A FastAPI dependency: the caller, who has this right. Raises Unauthenticated or Forbidden."""

    async def caller(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Caller:
        token = token_of(request, credentials)
        if not token:
            raise _refused("Joignez un jeton : en-tête « Authorization: Bearer … ».")
        identity: Identity = request.app.state.identity
        found = await identity.check(token)
        if right not in found.rights:
            raise Forbidden(f"Ce jeton ne donne pas le droit « {right} ».")
        return found

    return caller


Reader = Annotated[Caller, Depends(require(Right.READ))]
Observer = Annotated[Caller, Depends(require(Right.OBSERVE))]
Definer = Annotated[Caller, Depends(require(Right.DEFINE))]
Certifier = Annotated[Caller, Depends(require(Right.CERTIFY))]
Operator = Annotated[Caller, Depends(require(Right.OPERATE))]
