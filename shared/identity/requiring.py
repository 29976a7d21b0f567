"""What a route asks of its caller: a token, and a right."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import cookie_parser
from starlette.types import Scope

from shared.problems import Forbidden

from .callers import Caller, Right
from .checking import Identity, without_token

COOKIE = "cadran_token"
_bearer = HTTPBearer(auto_error=False, description="Jeton JWT. En local : `cadran token`.")


def token_of(request: Request, credentials: HTTPAuthorizationCredentials | None) -> str | None:
    """The bearer token; to read only, the cookie of the sign-in link too: no forged page can write with it."""
    if credentials:
        return credentials.credentials
    return request.cookies.get(COOKIE) if request.method in {"GET", "HEAD"} else None


def offered_token(scope: Scope) -> str | None:
    """As `token_of`, before there is a request: this is on the way of every call."""
    cookies = ""
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, token = str(value, "latin-1").partition(" ")
            if token and scheme.lower() == "bearer":
                return token.strip()
        elif name == b"cookie":
            cookies = str(value, "latin-1")
    if COOKIE not in cookies or scope["method"] not in {"GET", "HEAD"}:
        return None
    return cookie_parser(cookies).get(COOKIE)


def require(right: Right) -> Callable[..., Awaitable[Caller]]:
    """A FastAPI dependency: the caller, who has this right. Raises Unauthenticated or Forbidden."""

    async def caller(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Caller:
        token = token_of(request, credentials)
        if not token:
            raise without_token()
        identity: Identity = request.app.state.identity
        found = identity.known(token) or await identity.check(token)
        if right not in found.rights:
            raise Forbidden(f"Ce jeton ne donne pas le droit « {right} ».")
        return found

    return caller


Reader = Annotated[Caller, Depends(require(Right.READ))]
Observer = Annotated[Caller, Depends(require(Right.OBSERVE))]
Definer = Annotated[Caller, Depends(require(Right.DEFINE))]
Certifier = Annotated[Caller, Depends(require(Right.CERTIFY))]
Operator = Annotated[Caller, Depends(require(Right.OPERATE))]
