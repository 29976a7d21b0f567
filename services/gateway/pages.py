"""What a person sees in a browser: the first page, and the link that signs in."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from shared.database import Database
from shared.identity import COOKIE, Identity, Right
from shared.problems import Problem

from . import facts, views

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(Path(__file__).parent / "templates")
_COOKIE_SECONDS = 30 * 86400


@router.get("/")
async def home(request: Request, token: Annotated[str | None, Query(max_length=8192)] = None) -> Response:
    """The contracts, for whoever is signed in; a token in the address becomes a cookie and leaves the address."""
    if token is not None:
        return await _sign_in(request, token)
    signed_in = await _may_read(request, request.cookies.get(COOKIE))
    contracts = await _contracts(request.app.state.database) if signed_in else []
    return templates.TemplateResponse(request, "home.html", {"signed_in": signed_in, "contracts": contracts})


async def _sign_in(request: Request, token: str) -> Response:
    if not await _may_read(request, token):
        return templates.TemplateResponse(request, "home.html", {"refused": True}, status_code=401)
    response = RedirectResponse("/", status_code=303, headers={"Referrer-Policy": "no-referrer"})
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, max_age=_COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)
    return response


async def _may_read(request: Request, token: str | None) -> bool:
    identity: Identity = request.app.state.identity
    try:
        return token is not None and Right.READ in (await identity.check(token)).rights
    except Problem:
        return False


async def _contracts(database: Database) -> list[object]:
    async with database.reading() as session:
        return [views.contract_item(*each) for each in await facts.contracts(session)]
