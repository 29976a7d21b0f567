"""Steps over HTTP: read them as they stand or stood, add one, revise or withdraw it with a reason."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.commands import steps as commands
from services.milestones.commands.steps import Seen
from services.milestones.queries import steps as queries
from services.milestones.rows import STEPS, TABLES
from services.milestones.schemas.steps import AddedOut, RevisionIn, StepIn, StepOut, StepPage, StepQuery, shown
from shared import conditional, idempotency, pages
from shared.application import Db
from shared.authorship import Author
from shared.conditional import IfMatch
from shared.idempotency import Answer, Call
from shared.identity import Caller, Definer, Reader
from shared.instants import AsOf, refuse_future
from shared.intake import answers

from .parts import Because, Code, StepId

router = APIRouter(tags=["steps"])


@router.get("/steps", summary="Les étapes", response_model=StepPage, responses=conditional.NOT_MODIFIED)
async def list_steps(request: Request, caller: Reader, database: Db, wanted: Annotated[StepQuery, Query()]) -> Response:
    refuse_future(wanted.as_of)
    cursor = pages.read_cursor(wanted.after, queries.STEPS.cursor_types(wanted))
    async with database.reading() as session:
        rows, last = await queries.steps(session, wanted, cursor)
    stands = wanted.as_of is None and not wanted.include_history
    items = [shown(row, caller, stands=stands) for row in rows]
    return conditional.answer(request, StepPage(items=items, next=pages.write_cursor(last) if last else None))


@router.get("/steps/{step}", summary="Une étape", response_model=StepOut, responses=conditional.NOT_MODIFIED)
async def read_step(request: Request, step: StepId, caller: Reader, database: Db, as_of: AsOf) -> Response:
    async with database.reading() as session:
        row = await queries.step(session, step, as_of)
    return conditional.answer(request, shown(row, caller, stands=as_of is None), tag=str(row.version))


@router.get("/steps/{step}/history", summary="Les versions d’une étape")
async def read_history(step: StepId, caller: Reader, database: Db, as_of: AsOf) -> list[StepOut]:
    async with database.reading() as session:
        return [shown(row, caller, stands=False) for row in await queries.history(session, step, as_of)]


@router.post("/contracts/{contract}/steps", summary="Ajouter une étape à un contrat, avec un motif", status_code=201,
             response_model=AddedOut)  # fmt: skip
async def add_step(
    contract: Code, caller: Definer, database: Db, stated: StepIn, key: idempotency.Key = None
) -> Response:
    call = Call(caller.subject, key, ("add-step", contract, stated.model_dump()))
    parsed = TABLES.parse(STEPS, [stated.model_dump(exclude={"reason"}, exclude_none=True)])

    async def act(session: AsyncSession) -> Answer:
        rows = await commands.add(session, contract, parsed, stated.reason, Author(caller))
        body = AddedOut(items=[shown(row, caller) for row in rows])
        return Answer(201, body.model_dump(mode="json", by_alias=True))

    return answers.respond(await idempotency.write(database, call, act))


@router.put("/steps/{step}", summary="Réviser une étape, avec un motif", response_model=StepOut)
async def revise_step(
    step: StepId,
    caller: Definer,
    database: Db,
    stated: RevisionIn,
    if_match: IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    call = Call(caller.subject, key, ("revise-step", step, if_match, stated.model_dump()))
    cells: dict[str, Any] = stated.model_dump(exclude={"reason"}, exclude_none=True)

    async def act(session: AsyncSession) -> Answer:
        row = await commands.revise(session, Seen(step, if_match), cells, stated.reason, Author(caller))
        return _answer(row, caller)

    return _respond(step, await idempotency.write(database, call, act))


@router.delete("/steps/{step}", summary="Retirer une étape du contrat, avec un motif ; son histoire demeure",
               response_model=StepOut)  # fmt: skip
async def withdraw_step(
    step: StepId,
    caller: Definer,
    database: Db,
    reason: Because,
    if_match: IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    call = Call(caller.subject, key, ("withdraw-step", step, if_match, reason))

    async def act(session: AsyncSession) -> Answer:
        return _answer(await commands.withdraw(session, Seen(step, if_match), reason, Author(caller)), caller)

    return _respond(step, await idempotency.write(database, call, act))


def _answer(row: Any, caller: Caller) -> Answer:
    return Answer(200, shown(row, caller).model_dump(mode="json", by_alias=True))


def _respond(step: str, answer: Answer) -> Response:
    return answers.respond_at(f"/milestones/v1/steps/{step}", answer)
