"""The gateway's own views over HTTP, under /v1: contracts, follow-ups, and the events that were parked."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from shared import conditional, pages
from shared.application import Db
from shared.database import Database
from shared.identity import Operator, Reader

from . import facts, views
from .schemas import ContractList, ContractView, EntityFollowUp, FollowUp, ParkedItem, ParkedPage
from .tables import ParkedRow

router = APIRouter(prefix="/v1")
Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2018-2022.")]
Entity = Annotated[str, Path(max_length=64, description="Code de l’entité, par exemple telecom-paris.")]
Year = Annotated[int | None, Query(ge=1900, le=2200, description="Par défaut, la dernière année observée.")]
Build = Callable[[AsyncSession, str], Awaitable[BaseModel]]


@dataclass(frozen=True, slots=True)
class Place:
    """Which view is asked for, so that it can be refused before it is built."""

    contract: str
    entity: str | None = None
    year: int | None = None

    async def check(self, session: AsyncSession) -> None:
        """Raises NotFound or Invalid where there is no such view."""
        views.admit(await facts.definition(session, self.contract), self.entity, self.year)


async def _view(request: Request, database: Database, place: Place | None, build: Build) -> Response:
    """The view with its watermark as ETag, both of one snapshot; 304 where nothing was read since."""
    async with database.reading() as session:
        mark = await facts.watermark(session)
        if place:
            await place.check(session)
        if conditional.matches(request, mark):
            return conditional.not_modified(mark)
        body = await build(session, mark)
    return conditional.answer(request, body, tag=mark)


@router.get(
    "/contracts",
    tags=["follow-up"],
    summary="Les contrats suivis",
    response_model=ContractList,
    responses=conditional.NOT_MODIFIED,
)
async def list_contracts(request: Request, _caller: Reader, database: Db) -> Response:
    async def build(session: AsyncSession, mark: str) -> BaseModel:
        items = [views.contract_item(*each) for each in await facts.contracts(session)]
        return ContractList(items=items, watermark=mark)

    return await _view(request, database, None, build)


@router.get(
    "/contracts/{contract}",
    tags=["follow-up"],
    summary="Un contrat",
    response_model=ContractView,
    responses=conditional.NOT_MODIFIED,
)
async def read_contract(request: Request, contract: Code, _caller: Reader, database: Db) -> Response:
    async def build(session: AsyncSession, mark: str) -> BaseModel:
        return views.contract_view(await facts.contract_facts(session, contract), mark)

    return await _view(request, database, Place(contract), build)


@router.get(
    "/contracts/{contract}/follow-up", tags=["follow-up"], summary="Le suivi du groupe pour une année",
    response_model=FollowUp, responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_follow_up(
    request: Request, contract: Code, _caller: Reader, database: Db, year: Year = None
) -> Response:
    async def build(session: AsyncSession, mark: str) -> BaseModel:
        return views.follow_up(await facts.contract_facts(session, contract), year, mark)

    return await _view(request, database, Place(contract, year=year), build)


@router.get(
    "/contracts/{contract}/entities/{entity}/follow-up", tags=["follow-up"],
    summary="Le suivi d’une entité pour une année", response_model=EntityFollowUp, responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_entity_follow_up(
    request: Request, contract: Code, entity: Entity, _caller: Reader, database: Db, year: Year = None
) -> Response:
    async def build(session: AsyncSession, mark: str) -> BaseModel:
        return views.entity_follow_up(await facts.contract_facts(session, contract), entity, year, mark)

    return await _view(request, database, Place(contract, entity, year), build)


@router.get("/parked-events", tags=["operations"], summary="Les événements mis de côté, avec leur motif")
async def list_parked(
    _caller: Operator, database: Db, limit: pages.Limit = 100, after: pages.After = None
) -> ParkedPage:
    (last,) = pages.read_cursor(after, (int,)) or (0,)
    async with database.reading() as session:
        rows = await facts.parked(session, last, limit + 1)
    page = rows[:limit]
    more = pages.write_cursor([page[-1].id]) if len(rows) > limit else None
    return ParkedPage(items=[_parked(row) for row in page], next=more)


def _parked(row: ParkedRow) -> ParkedItem:
    return ParkedItem(
        id=row.id,
        topic=row.topic,
        partition=row.partition,
        offset=row.offset,
        key=_text(row.key),
        headers=json.loads(row.headers),
        value=_text(row.value),
        reason=row.reason,
        parked_at=row.parked_at,
    )


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "backslashreplace")
