"""The follow-up of a contract for a year: the group's, and each entity's."""

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.schemas.follow_up import EntityFollowUp, FollowUp
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.follow_up import Moment, entity_follow_up, follow_up
from shared import conditional
from shared.application import Db
from shared.identity import Reader

from .answering import Code, Entity, Place, When, Year, view

router = APIRouter()


@router.get(
    "/contracts/{contract}/follow-up", tags=["follow-up"], summary="Le suivi du groupe pour une année",
    response_model=FollowUp, responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_follow_up(
    request: Request, contract: Code, _caller: Reader, database: Db, when: When, year: Year = None
) -> Response:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        known = await facts.contract_facts(session, contract, when.as_of)
        return follow_up(known, Moment(year, when.on, when.as_of), mark)

    return await view(request, database, Place(contract, year=year), when, build)


@router.get(
    "/contracts/{contract}/entities/{entity}/follow-up", tags=["follow-up"],
    summary="Le suivi d’une entité pour une année", response_model=EntityFollowUp, responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_entity_follow_up(
    request: Request, contract: Code, entity: Entity, _caller: Reader, database: Db, when: When, year: Year = None
) -> Response:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        known = await facts.contract_facts(session, contract, when.as_of)
        return entity_follow_up(known, entity, Moment(year, when.on, when.as_of), mark)

    return await view(request, database, Place(contract, entity, year), when, build)
