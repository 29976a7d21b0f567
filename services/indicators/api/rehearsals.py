"""Rehearsals over HTTP: a contract's simulated values, where a setting allows them; never a real one among them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators import exchanges, staging
from services.indicators.commands import rehearsals as commands
from services.indicators.queries import rehearsals as queries
from services.indicators.schemas.rehearsals import (
    RehearsalIn,
    RehearsalItem,
    RehearsalList,
    RehearsalOut,
    SimulatedOut,
    StagedOut,
)
from services.indicators.staging import Simulated
from services.indicators.tables import RehearsalRow
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Caller, Definer, Reader, Right
from shared.intake import answers
from shared.problems import Forbidden

from .parts import Code

router = APIRouter()
_ONE = "/contracts/{contract}/rehearsal"


def _permitted(request: Request) -> None:
    if not request.app.state.rehearsals:
        raise Forbidden(
            "Ce service refuse les valeurs simulées : le réglage CADRAN_REHEARSALS=true les permet, et lui seul."
        )


@router.get(
    "/rehearsals",
    tags=["rehearsals"],
    summary="Les contrats qui ont des valeurs simulées",
    response_model=RehearsalList,
    responses=conditional.NOT_MODIFIED,
)
async def list_rehearsals(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        rows = await queries.rehearsals(session)
    return conditional.answer(request, RehearsalList(items=[_item(row) for row in rows]))


@router.get(
    _ONE,
    tags=["rehearsals"],
    summary="Les valeurs simulées d’un contrat",
    response_model=RehearsalOut,
    responses=conditional.NOT_MODIFIED,
)
async def read_rehearsal(request: Request, contract: Code, caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        row = await queries.rehearsal(session, contract)
    return conditional.answer(request, _shown(row, caller), tag=str(row.version))


@router.put(_ONE, tags=["rehearsals"], summary="Charger des valeurs simulées, à la place des précédentes",
            response_model=StagedOut)  # fmt: skip
async def replace_rehearsal(
    contract: Code,
    caller: Definer,
    _permitted: Annotated[None, Depends(_permitted)],
    database: Db,
    rehearsal: RehearsalIn,
    key: idempotency.Key = None,
) -> Response:
    parsed = await exchanges.read_rehearsal(rehearsal)
    call = Call(caller.subject, key, ("rehearse", contract, rehearsal.model_dump()))

    async def act(session: AsyncSession) -> Answer:
        return _written(*await commands.replace(session, contract, rehearsal.source, parsed, Author(caller)))

    return _respond(contract, await idempotency.write(database, call, act))


@router.delete(_ONE, tags=["rehearsals"], summary="Ôter toutes les valeurs simulées d’un contrat",
               response_model=StagedOut)  # fmt: skip
async def remove_rehearsal(contract: Code, caller: Definer, database: Db, key: idempotency.Key = None) -> Response:
    """Also where they are not allowed any more."""
    call = Call(caller.subject, key, ("end-rehearsal", contract))

    async def act(session: AsyncSession) -> Answer:
        return _written(*await commands.remove(session, contract, Author(caller)))

    return _respond(contract, await idempotency.write(database, call, act))


def _item(row: RehearsalRow) -> RehearsalItem:
    return RehearsalItem(
        contract=row.contract,
        version=row.version,
        source=row.source,
        staged_at=row.staged_at,
        staged_by=row.staged_by,
        count=len(staging.simulated(row)),
    )


def _shown(row: RehearsalRow, caller: Caller) -> RehearsalOut:
    return RehearsalOut(
        contract=row.contract,
        version=row.version,
        source=row.source,
        staged_at=row.staged_at,
        staged_by=row.staged_by,
        observations=[SimulatedOut.model_validate(each) for each in staging.simulated(row)],
        allowed_actions=["replace", "remove"] if Right.DEFINE in caller.rights else [],
    )


def _written(before: Simulated, row: RehearsalRow) -> Answer:
    """Counts alone: what an idempotency key keeps holds nothing simulated."""
    count = len(staging.simulated(row))
    body = StagedOut(contract=row.contract, version=row.version, count=count, before=len(before))
    return Answer(200, body.model_dump(mode="json"))


def _respond(contract: str, answer: Answer) -> Response:
    return answers.respond_at(f"/indicators/v1/contracts/{contract}/rehearsal", answer)
