"""The lint of a contract."""

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts, history
from services.gateway.schemas.lint import LintView
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.lint import lint_view
from shared import conditional
from shared.application import Db
from shared.identity import Reader

from .answering import Code, Place, When, view

router = APIRouter()


@router.get(
    "/contracts/{contract}/lint",
    tags=["follow-up"],
    summary="Ce qu’un contrat contredit ou laisse en suspens",
    response_model=LintView,
    responses=conditional.NOT_MODIFIED,
)
async def read_lint(request: Request, contract: Code, _caller: Reader, database: Db, when: When) -> Response:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        found = await facts.figures(session, contract, when.as_of)
        return lint_view(found, await history.also_stated(session, contract, when.as_of), mark)

    return await view(request, database, Place(contract), when, build)
