"""Assessments over HTTP: read them as they stand or stood, state one, withdraw it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.commands import assessments as commands
from services.indicators.commands.assessments import Condition
from services.indicators.domain.assessment import Assessed, Judgement
from services.indicators.queries import assessments as queries
from services.indicators.schemas.assessments import (
    AssessmentIn,
    AssessmentOut,
    AssessmentPage,
    AssessmentQuery,
    shown,
)
from shared import conditional, idempotency, pages
from shared.application import Db
from shared.authorship import Author
from shared.conditional import IfMatch
from shared.idempotency import Answer, Call
from shared.identity import Observer, Reader
from shared.instants import AsOf
from shared.intake import answers
from shared.intake.plans import Outcome

from .parts import Code

router = APIRouter()
_ONE = "/contracts/{contract}/assessments/{indicator}/{entity}/{year}"
_Code = Annotated[str, Path(max_length=64)]
_Year = Annotated[int, Path(ge=1900, le=2200)]


def _assessed(contract: Code, indicator: _Code, entity: _Code, year: _Year) -> Assessed:
    return Assessed(contract, indicator, entity, year)


What = Annotated[Assessed, Depends(_assessed)]


@router.get(
    "/assessments",
    tags=["assessments"],
    summary="Les appréciations",
    response_model=AssessmentPage,
    responses=conditional.NOT_MODIFIED,
)
async def list_assessments(
    request: Request, caller: Reader, database: Db, wanted: Annotated[AssessmentQuery, Query()]
) -> Response:
    cursor = pages.read_cursor(wanted.after, queries.CURSOR)
    async with database.reading() as session:
        rows, last = await queries.assessments(session, wanted, cursor)
    items = [shown(row, caller) for row in rows]
    return conditional.answer(request, AssessmentPage(items=items, next=pages.write_cursor(last) if last else None))


@router.get(
    _ONE,
    tags=["assessments"],
    summary="Une appréciation",
    response_model=AssessmentOut,
    responses=conditional.NOT_MODIFIED,
)
async def read_assessment(request: Request, assessed: What, caller: Reader, database: Db, as_of: AsOf) -> Response:
    async with database.reading() as session:
        row = await queries.assessment(session, assessed, as_of)
    return conditional.answer(request, shown(row, caller), tag=str(row.version))


@router.get(f"{_ONE}/history", tags=["assessments"], summary="Les versions d’une appréciation")
async def read_history(assessed: What, caller: Reader, database: Db) -> list[AssessmentOut]:
    async with database.reading() as session:
        return [shown(row, caller) for row in await queries.history(session, assessed)]


@router.put(_ONE, tags=["assessments"], summary="Apprécier, ou revoir une appréciation", status_code=201,
            response_model=AssessmentOut,
            responses={200: {"model": AssessmentOut, "description": "Revue, ou déjà connue"}})  # fmt: skip
async def assess(
    assessed: What,
    caller: Observer,
    database: Db,
    stated: AssessmentIn,
    if_match: IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    call = Call(caller.subject, key, ("assess", assessed, if_match, stated.model_dump()))
    judgement = Judgement(stated.level, stated.comment)

    async def act(session: AsyncSession) -> Answer:
        outcome, row = await commands.assess(session, assessed, judgement, Condition(if_match), Author(caller))
        body = shown(row, caller).model_dump(mode="json", by_alias=True)
        return Answer(201 if outcome is Outcome.CREATED else 200, body)

    return _respond(assessed, await idempotency.write(database, call, act))


@router.delete(_ONE, tags=["assessments"], summary="Retirer une appréciation ; son histoire demeure",
               response_model=AssessmentOut)  # fmt: skip
async def withdraw(
    assessed: What, caller: Observer, database: Db, if_match: IfMatch = None, key: idempotency.Key = None
) -> Response:
    call = Call(caller.subject, key, ("withdraw", assessed, if_match))

    async def act(session: AsyncSession) -> Answer:
        row = await commands.withdraw(session, assessed, Condition(if_match), Author(caller))
        return Answer(200, shown(row, caller).model_dump(mode="json", by_alias=True))

    return _respond(assessed, await idempotency.write(database, call, act))


def _respond(what: Assessed, answer: Answer) -> Response:
    address = f"/indicators/v1/contracts/{what.contract}/assessments/{what.indicator}/{what.entity}/{what.year}"
    return answers.respond_at(address, answer)
