"""Observations over HTTP: read them as they stand or stood, record one or many, correct with a reason."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.commands import observations as commands
from services.indicators.commands.observations import Recorded
from services.indicators.queries import observations as queries
from services.indicators.rows import OBSERVATIONS, TABLES
from services.indicators.schemas.observations import (
    CorrectionIn,
    ObservationIn,
    ObservationOut,
    ObservationPage,
    ObservationQuery,
    RecordedOut,
    shown,
)
from services.indicators.schemas.plans import PlanOut
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
from shared.problems import PreconditionRequired

from .parts import Code

router = APIRouter()
Id = Annotated[str, Path(max_length=36)]


@router.post(
    "/contracts/{contract}/observations",
    tags=["observations"],
    summary="Enregistrer beaucoup d’observations (JSON ou CSV), toutes ou aucune",
    response_model=PlanOut,
    openapi_extra=bodies.ROWS_BODY,
)
async def import_observations(
    request: Request,
    contract: Code,
    caller: Observer,
    database: Db,
    dry_run: DryRun = False,
    reason: Annotated[str | None, Query(max_length=1000)] = None,
    key: idempotency.Key = None,
) -> Response:
    sent, rows = await bodies.read_import(TABLES, OBSERVATIONS, request)
    reason = reason or sent.reason
    call = Call(caller.subject, key, ("import", contract, dry_run, reason, sent.rows))

    async def act(session: AsyncSession) -> Answer:
        plan = await commands.record(session, contract, rows, Author(caller), reason)
        plan.notices += sent.notices
        return answers.planned(TABLES, plan, dry_run=dry_run, lines=sent.lines)

    return answers.respond(await idempotency.write(database, call, act, dry_run=dry_run))


@router.get(
    "/observations",
    tags=["observations"],
    summary="Les observations",
    response_model=ObservationPage,
    responses=conditional.NOT_MODIFIED,
)
async def list_observations(
    request: Request, caller: Reader, database: Db, wanted: Annotated[ObservationQuery, Query()]
) -> Response:
    refuse_future(wanted.as_of)
    cursor = pages.read_cursor(wanted.after, queries.OBSERVATIONS.cursor_types(wanted))
    async with database.reading() as session:
        rows, last = await queries.observations(session, wanted, cursor)
    items = [shown(row, caller) for row in rows]
    return conditional.answer(request, ObservationPage(items=items, next=pages.write_cursor(last) if last else None))


@router.post("/observations", tags=["observations"], summary="Enregistrer une observation", status_code=201,
             response_model=RecordedOut,
             responses={200: {"model": RecordedOut, "description": "Déjà connue, avec la même valeur"}})  # fmt: skip
async def record_observation(
    caller: Observer, database: Db, row: ObservationIn, key: idempotency.Key = None
) -> Response:
    stated = row.model_dump(exclude={"contract"}, exclude_none=True)
    call = Call(caller.subject, key, ("record", row.contract, stated))

    async def act(session: AsyncSession) -> Answer:
        parsed = TABLES.parse(OBSERVATIONS, [stated])
        return _recorded(caller, await commands.record_one(session, row.contract, parsed, Author(caller)))

    return _respond(await idempotency.write(database, call, act))


@router.get(
    "/observations/{observation}", tags=["observations"], summary="Une observation", response_model=ObservationOut
)
async def read_observation(
    request: Request,
    observation: Id,
    caller: Reader,
    database: Db,
    as_of: AsOf,
) -> Response:
    async with database.reading() as session:
        row = await queries.observation(session, observation, as_of)
    return conditional.answer(request, shown(row, caller), tag=str(row.version))


@router.get("/observations/{observation}/history", tags=["observations"], summary="Les versions d’une observation")
async def read_history(observation: Id, caller: Reader, database: Db) -> list[ObservationOut]:
    async with database.reading() as session:
        return [shown(row, caller) for row in await queries.history(session, observation)]


@router.put("/observations/{observation}", tags=["observations"], summary="Corriger une observation, avec un motif",
            response_model=RecordedOut)  # fmt: skip
async def correct_observation(
    observation: Id,
    caller: Observer,
    database: Db,
    statement: CorrectionIn,
    if_match: IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    if if_match is None:
        raise PreconditionRequired("Joignez If-Match avec l’ETag reçu à la lecture : une correction vise une version.")
    expected = conditional.expected_version(if_match)
    stated = statement.model_dump(exclude_none=True)
    call = Call(caller.subject, key, ("correct", observation, expected, stated))

    async def act(session: AsyncSession) -> Answer:
        return _recorded(caller, await commands.correct(session, observation, expected, stated, Author(caller)))

    return _respond(await idempotency.write(database, call, act))


def _recorded(caller: Caller, recorded: Recorded) -> Answer:
    body = RecordedOut(**dict(shown(recorded.row, caller)), notices=recorded.notices)
    return Answer(201 if recorded.outcome is Outcome.CREATED else 200, body.model_dump(mode="json", by_alias=True))


def _respond(answer: Answer) -> Response:
    return answers.respond_at(f"/indicators/v1/observations/{answer.body['id']}", answer)
