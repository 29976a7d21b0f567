"""Whether a token is right: signature, algorithm, issuer, audience, times; and how long that is remembered."""

import base64
import json
import time

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.problems import Unauthenticated

from .callers import Caller, caller_of
from .keys import Keys

ALGORITHMS = ("ES256", "ES384", "RS256", "PS256", "Ed25519")
MAX_TOKEN = 8192
MAX_SUBJECT = 200
_LEEWAY_SECONDS = 30
_REMEMBERED = 1024
_REMEMBERED_SECONDS = 60.0


class Identity:
    """Checks tokens. Whatever is not shown to be right is refused."""

    def __init__(self, *, jwks: str, issuer: str, audience: str) -> None:
        self._keys = Keys(jwks)
        self._claims = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        self._remembered: dict[str, tuple[Caller, float, KeySet]] = {}

    def known(self, token: str) -> Caller | None:
        """The caller of a token that was found right within the last minute, has not expired, and whose keys stand."""
        caller, until, keys = self._remembered.get(token, (None, 0.0, None))
        return caller if keys is not None and keys is self._keys.current and time.time() < until else None

    async def check(self, token: str) -> Caller:
        """The caller of a token. Raises Unauthenticated, or Unavailable where no key could ever be read."""
        if len(token) > MAX_TOKEN:
            raise refused(f"Ce jeton n’est pas valable ici : il dépasse {MAX_TOKEN} caractères.")
        keys = await self._keys.for_token(_key_id(token))
        return self.known(token) or self._verified(token, keys)

    def _verified(self, token: str, keys: KeySet) -> Caller:
        try:
            decoded = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
            self._claims.validate(decoded.claims)
        except (JoseError, ValueError, TypeError) as error:
            raise refused("Ce jeton n’est pas valable ici, ou il a expiré : demandez-en un nouveau.") from error
        if len(str(decoded.claims["sub"])) > MAX_SUBJECT:
            raise refused("Ce jeton n’est pas valable ici : son sujet (sub) est trop long.")
        caller = caller_of(decoded.claims)
        self._remember(token, caller, min(decoded.claims["exp"], time.time() + _REMEMBERED_SECONDS), keys)
        return caller

    def _remember(self, token: str, caller: Caller, until: float, keys: KeySet) -> None:
        """The oldest goes where there are too many."""
        self._remembered.pop(token, None)
        if len(self._remembered) >= _REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[token] = (caller, until, keys)


def _key_id(token: str) -> str | None:
    """The key that a token names, read before anything of it is believed."""
    try:
        header = json.loads(_unpadded(token.partition(".")[0]))
    except (ValueError, RecursionError) as error:
        raise refused("Ce jeton n’est pas un JSON Web Token.") from error
    key_id = header.get("kid") if isinstance(header, dict) else None
    return key_id if isinstance(key_id, str) else None


def _unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def refused(detail: str) -> Unauthenticated:
    return Unauthenticated(detail, headers={"WWW-Authenticate": "Bearer"})


def without_token() -> Unauthenticated:
    return refused("Joignez un jeton : en-tête « Authorization: Bearer … ».")
