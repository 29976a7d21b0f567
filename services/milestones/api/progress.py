"""Progress over HTTP: read it as it stands or stood, state that of one step or of many, in JSON or CSV."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.commands import progress as commands
from services.milestones.commands.progress import Place
from services.milestones.domain.progress import PLANNED
from services.milestones.domain.step import progress_id
from services.milestones.queries import progress as queries
from services.milestones.rows import PROGRESS, TABLES
from services.milestones.schemas.contracts import PlanOut
from services.milestones.schemas.progress import (
    ProgressIn,
    ProgressOut,
    ProgressPage,
    ProgressQuery,
    shown,
    statement_of,
    told,
)
from services.milestones.tables import StepRow
from shared import conditional, idempotency, pages
from shared.application import Db
from shared.authorship import Author
from shared.conditional import IfMatch
from shared.idempotency import Answer, Call
from shared.identity import Caller, Observer, Reader
from shared.instants import AsOf, refuse_future
from shared.intake import answers, bodies
from shared.intake.plans import Outcome
from shared.intake.schemas import DryRun

from .parts import Code, Entity, StepId

router = APIRouter(tags=["progress"])
_ONE = "/steps/{step}/progress/{entity}"


@router.get("/progress", summary="L’avancement des étapes", response_model=ProgressPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_progress(
    request: Request, caller: Reader, database: Db, wanted: Annotated[ProgressQuery, Query()]
) -> Response:
    refuse_future(wanted.as_of)
    cursor = pages.read_cursor(wanted.after, queries.PROGRESS.cursor_types(wanted))
    async with database.reading() as session:
        rows, last = await queries.progress(session, wanted, cursor)
        past = wanted.as_of is not None or wanted.include_history
        places = frozenset() if past else await queries.open_places(session, rows)
    items = [shown(row, caller, is_open=(row.step, row.entity) in places) for row in rows]
    return conditional.answer(request, ProgressPage(items=items, next=pages.write_cursor(last) if last else None))


@router.get(_ONE, summary="L’avancement d’une étape pour une entité", response_model=ProgressOut,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def read_progress(
    request: Request, step: StepId, entity: Entity, caller: Reader, database: Db, as_of: AsOf
) -> Response:
    async with database.reading() as session:
        row = await queries.progress_of(session, step, entity, as_of)
        if row is None:
            own = await queries.check_place(session, step, entity, as_of)
            body = _unstated(own, entity, caller, is_open=as_of is None and not own.withdrawn)
        else:
            places = frozenset() if as_of else await queries.open_places(session, [row])
            body = shown(row, caller, is_open=bool(places))
    return conditional.answer(request, body, tag=str(body.version))


@router.get(f"{_ONE}/history", summary="Les versions d’un avancement")
async def read_history(step: StepId, entity: Entity, caller: Reader, database: Db, as_of: AsOf) -> list[ProgressOut]:
    async with database.reading() as session:
        rows = await queries.history(session, step, entity, as_of)
    return [shown(row, caller, is_open=False) for row in rows]


@router.put(_ONE, summary="Dire l’avancement d’une étape", status_code=201, response_model=ProgressOut,
            responses={200: {"model": ProgressOut, "description": "Changé, ou déjà connu"}})  # fmt: skip
async def state_progress(
    step: StepId,
    entity: Entity,
    caller: Observer,
    database: Db,
    stated: ProgressIn,
    if_match: IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    call = Call(caller.subject, key, ("state", step, entity, if_match, stated.model_dump()))

    async def act(session: AsyncSession) -> Answer:
        said = partial(statement_of, stated)
        outcome, row = await commands.state(session, Place(step, entity), said, if_match, Author(caller))
        if row is None:
            body = _unstated(await queries.check_place(session, step, entity, None), entity, caller, is_open=True)
        else:
            body = shown(row, caller, is_open=True)
        return Answer(201 if outcome is Outcome.CREATED else 200, body.model_dump(mode="json", by_alias=True))

    address = f"/milestones/v1/steps/{step}/progress/{entity}"
    return answers.respond_at(address, await idempotency.write(database, call, act))


@router.post(
    "/contracts/{contract}/progress",
    summary="Dire l’avancement de beaucoup d’étapes (JSON ou CSV), toutes ou aucune",
    response_model=PlanOut,
    openapi_extra=bodies.ROWS_BODY,
)
async def import_progress(
    request: Request,
    contract: Code,
    caller: Observer,
    database: Db,
    dry_run: DryRun = False,
    reason: Annotated[str | None, Query(max_length=1000)] = None,
    key: idempotency.Key = None,
) -> Response:
    sent, rows = await bodies.read_import(TABLES, PROGRESS, request)
    reason = reason or sent.reason
    call = Call(caller.subject, key, ("import", contract, dry_run, reason, sent.rows))

    async def act(session: AsyncSession) -> Answer:
        plan = await commands.record(session, contract, rows, Author(caller), reason)
        plan.notices += sent.notices
        return answers.planned(TABLES, plan, dry_run=dry_run, lines=sent.lines)

    return answers.respond(await idempotency.write(database, call, act, dry_run=dry_run))


def _unstated(own: StepRow, entity: str, caller: Caller, *, is_open: bool) -> ProgressOut:
    """What nobody has stated anything of is planned."""
    nothing: dict[str, Any] = dict.fromkeys(("reason", "recorded_at", "recorded_by"))
    key = {"id": progress_id(own.id, entity), "step": own.id, "contract": own.contract, "entity": entity, "version": 0}
    return told(nothing | key, PLANNED, caller, is_open=is_open)
