"""The outlook of a contract over HTTP: effort and projection by target, and the back-test of the projections."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.schemas.outlook import BackTestView, Outlook
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.back_test import back_test_view
from services.gateway.views.follow_up import Moment
from services.gateway.views.outlook import outlook
from shared import conditional
from shared.application import Db
from shared.identity import Reader

from .answering import Code, Place, When, Year, view

router = APIRouter()
Whose = Annotated[str | None, Query(max_length=64, description="Code de l’entité ; par défaut, le groupe.")]


@router.get(
    "/contracts/{contract}/outlook", tags=["follow-up"],
    summary="L’effort restant et la projection de chaque cible", response_model=Outlook,
    responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_outlook(
    request: Request, contract: Code, _caller: Reader, database: Db, when: When, year: Year = None,
    entity: Whose = None,
) -> Response:  # fmt: skip
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        known = await facts.figures(session, contract, when.as_of)
        return outlook(known, entity or known.group, Moment(year, when.on, when.as_of), mark)

    return await view(request, database, Place(contract, entity, year), when, build)


@router.get(
    "/contracts/{contract}/back-test", tags=["follow-up"],
    summary="Ce que les projections auraient dit, et ce qu’il en fut", response_model=BackTestView,
    responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_back_test(request: Request, contract: Code, _caller: Reader, database: Db, when: When) -> Response:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        known = await facts.figures(session, contract, when.as_of)
        return back_test_view(known, when.on, mark)

    return await view(request, database, Place(contract), when, build)
