"""Signing in with a link: its token becomes a cookie that scripts cannot read, and leaves the address."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shared.identity import COOKIE, Identity, Right, token_of
from shared.problems import Forbidden, Unauthenticated

from .rendering import HEADERS, page

_COOKIE_SECONDS = 30 * 86400
_TOKEN = "token"  # noqa: S105 - the name of a parameter
_bearer = HTTPBearer(auto_error=False)
Offered = Annotated[str | None, Query(alias=_TOKEN, max_length=8192)]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def at_the_door(request: Request, credentials: Credentials, offered: Offered = None) -> Response | None:
    """What stands between this caller and the page: the sign-in, an explanation, or nothing."""
    if offered is not None:
        return await _sign_in(request, offered)
    token = token_of(request, credentials)
    if token and await _may_read(request, token):
        return None
    return page("sign_in.html", 200 if request.url.path == "/" else 401, refused=bool(token))


Door = Annotated[Response | None, Depends(at_the_door)]


async def _sign_in(request: Request, token: str) -> Response:
    if not await _may_read(request, token):
        return page("sign_in.html", 401, refused=True)
    response = RedirectResponse(_without_token(request), 303, HEADERS)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, max_age=_COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)
    return response


def _without_token(request: Request) -> str:
    """The page's own path and question; never another host's, whatever its slashes."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != _TOKEN]
    path = quote("/" + request.url.path.lstrip("/\\"))
    return path + (f"?{urlencode(kept)}" if kept else "")


async def _may_read(request: Request, token: str) -> bool:
    identity: Identity = request.app.state.identity
    try:
        return Right.READ in (await identity.check(token)).rights
    except (Unauthenticated, Forbidden):
        return False
