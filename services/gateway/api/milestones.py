"""The milestones of a contract: the group's, and each entity's part."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.milestone_facts import milestone_facts
from services.gateway.milestone_history import recorded
from services.gateway.schemas.milestones import MilestonesView
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.milestones import milestones_view
from services.gateway.views.parts import Part
from shared import conditional
from shared.application import Db
from shared.identity import Reader

from .answering import Build, Code, Entity, Place, Time, When, view

router = APIRouter()
Year = Annotated[int | None, Query(ge=1900, le=2200, description="Par défaut, toutes les années.")]


@router.get(
    "/contracts/{contract}/milestones", tags=["follow-up"], summary="Les jalons du contrat",
    response_model=MilestonesView, responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_milestones(
    request: Request, contract: Code, _caller: Reader, database: Db, when: When, year: Year = None
) -> Response:
    place = Place(contract, year=year)
    return await view(request, database, place, when, _build(place, when))


@router.get(
    "/contracts/{contract}/entities/{entity}/milestones", tags=["follow-up"],
    summary="La part d’une entité dans les jalons du contrat", response_model=MilestonesView,
    responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_entity_milestones(
    request: Request, contract: Code, entity: Entity, _caller: Reader, database: Db, when: When, year: Year = None
) -> Response:
    place = Place(contract, entity, year)
    return await view(request, database, place, when, _build(place, when))


def _build(place: Place, when: Time) -> Build:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        definition = await facts.definition(session, place.contract, when.as_of)
        known = await milestone_facts(session, place.contract, when.as_of)
        part = Part(definition, known, place.entity or facts.group_of(definition), when.on, place.year)
        told = await recorded(session, place.contract, when.as_of, part.heard)
        return milestones_view(part, told, when.as_of, mark)

    return build
