"""What people decide over HTTP: pairs of records to look at, decisions on them, and the log of what was merged."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.commands import decisions as commands
from services.bibliometrics.queries import decisions as queries
from services.bibliometrics.schemas.decisions import DecisionIn, DecisionOut
from services.bibliometrics.schemas.pages import CandidatePage, ContainerPage, DecisionPage, MergePage
from services.bibliometrics.schemas.parts import Reason
from services.bibliometrics.tables import DecisionRow
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Definer, Reader
from shared.intake import answers
from shared.pages import After, Limit, read_cursor, write_cursor

from .parts import Id, columns, merge_out

router = APIRouter(tags=["decisions"])


@router.get("/review", summary="Les paires de notices à regarder", response_model=CandidatePage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_review(
    request: Request, _caller: Reader, database: Db, limit: Limit = 100, after: After = None
) -> Response:
    position = read_cursor(after, (str, str))
    async with database.reading() as session:
        items, last = await queries.review(session, position, limit)
    return conditional.answer(request, CandidatePage(items=items, next=write_cursor(last) if last else None))


@router.post("/decisions", summary="Décider que deux notices sont d’une même publication, ou de deux", status_code=201,
             response_model=DecisionOut)  # fmt: skip
async def decide(body: DecisionIn, caller: Definer, database: Db, key: idempotency.Key = None) -> Response:
    call = Call(caller.subject, key, ("decide", body.model_dump()))

    async def act(session: AsyncSession) -> Answer:
        pair = commands.Pair(body.left, body.right)
        row = await commands.decide(session, pair, body.verdict, body.reason, Author(caller))
        return Answer(201, _decision(row).model_dump(mode="json"))

    return answers.respond(await idempotency.write(database, call, act))


@router.get("/decisions", summary="Les décisions prises, retirées comprises", response_model=DecisionPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_decisions(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        rows = await queries.decisions(session)
    return conditional.answer(request, DecisionPage(items=[_decision(row) for row in rows]))


@router.delete("/decisions/{decision}", summary="Revenir sur une décision", response_model=DecisionOut)
async def withdraw(
    decision: Id, caller: Definer, database: Db, reason: Annotated[Reason, Query()], key: idempotency.Key = None
) -> Response:
    call = Call(caller.subject, key, ("withdraw", decision, reason))

    async def act(session: AsyncSession) -> Answer:
        row = await commands.withdraw(session, decision, reason, Author(caller))
        return Answer(200, _decision(row).model_dump(mode="json"))

    return answers.respond(await idempotency.write(database, call, act))


@router.get("/merges", summary="Le journal de ce qui a été réuni ou séparé", response_model=MergePage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_merges(
    request: Request, _caller: Reader, database: Db, limit: Limit = 100, after: After = None
) -> Response:
    position = read_cursor(after, (int,))
    async with database.reading() as session:
        rows = await queries.merges(session, position[0] if position else 0, limit)
    items = [merge_out(row) for row in rows[:limit]]
    more = write_cursor([items[-1].id]) if len(rows) > limit else None
    return conditional.answer(request, MergePage(items=items, next=more))


@router.get("/container-dois", summary="Les DOI que portent plusieurs publications", response_model=ContainerPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_containers(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        items = await queries.containers(session)
    return conditional.answer(request, ContainerPage(items=items))


def _decision(row: DecisionRow) -> DecisionOut:
    return DecisionOut(**columns(row))
