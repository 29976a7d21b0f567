"""The indicators service over HTTP: contracts and observations, under /indicators/v1."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime
from sqlalchemy.ext.asyncio import AsyncSession

from shared import conditional, idempotency, pages
from shared.application import Db
from shared.idempotency import Answer, Call
from shared.identity import Caller, Definer, Observer, Reader
from shared.problems import PreconditionRequired

from . import commands, imports, queries
from .commands import Author
from .domain.observation import Outcome
from .domain.plan import OBSERVATIONS
from .rows import parse
from .schemas import (
    ContractOut,
    ContractPage,
    ContractSummary,
    CorrectionIn,
    ObservationIn,
    ObservationOut,
    ObservationPage,
    ObservationQuery,
)
from .tables import ObservationRow

router = APIRouter(prefix="/indicators/v1")
Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2018-2022.")]
DryRun = Annotated[bool, Query(alias="dryRun", description="Rend le plan sans rien écrire.")]
AsOf = Annotated[AwareDatetime | None, Query(alias="asOf", description="Ce qui était connu à cet instant.")]
IfMatch = Annotated[str | None, Header(alias="If-Match")]


def _author(caller: Caller) -> Author:
    return Author(caller, datetime.now(UTC))


@router.get("/contracts", tags=["contracts"], summary="Les contrats", response_model=ContractPage)
async def list_contracts(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        return conditional.answer(request, ContractPage(items=await queries.contracts(session)))


@router.get("/contracts/{contract}", tags=["contracts"], summary="Un contrat", response_model=ContractOut)
async def read_contract(
    request: Request, contract: Code, _caller: Reader, database: Db, version: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    async with database.reading() as session:
        row = await queries.contract(session, contract, version)
    body = ContractOut(
        code=row.code,
        version=row.version,
        defined_at=row.defined_at,
        defined_by=row.defined_by,
        definition=imports.definition(row.definition),
    )
    return conditional.answer(request, body, tag=str(row.version))


@router.get("/contracts/{contract}/versions", tags=["contracts"], summary="Les versions d’un contrat")
async def list_versions(contract: Code, _caller: Reader, database: Db) -> list[ContractSummary]:
    async with database.reading() as session:
        return await queries.contract_versions(session, contract)


@router.put(
    "/contracts/{contract}",
    tags=["contracts"],
    summary="Charger un contrat : ses définitions, et les observations de son paquet",
    openapi_extra=imports.PACKAGE_BODY,
)
async def load_contract(
    contract: Code,
    caller: Definer,
    database: Db,
    package: Annotated[dict[str, list[dict[str, Any]]], Body()],
    dry_run: DryRun = False,
    key: idempotency.Key = None,
) -> Response:
    parsed = imports.parse_package(package)
    call = Call(caller.subject, key, ("load", contract, dry_run, package))

    async def act(session: AsyncSession) -> Answer:
        plan = await commands.load(session, contract, parsed, _author(caller))
        return imports.planned(plan, dry_run=dry_run)

    return _response(await idempotency.write(database, call, act, dry_run=dry_run))


@router.post(
    "/contracts/{contract}/observations",
    tags=["observations"],
    summary="Enregistrer beaucoup d’observations (JSON ou CSV), toutes ou aucune",
    openapi_extra=imports.ROWS_BODY,
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
    sent = imports.read_rows(request.headers.get("Content-Type", ""), await request.body())
    rows = parse(OBSERVATIONS, sent.rows)
    reason = reason or sent.reason
    call = Call(caller.subject, key, ("import", contract, dry_run, reason, sent.rows))

    async def act(session: AsyncSession) -> Answer:
        plan = await commands.record(session, contract, rows, _author(caller), reason)
        plan.notices += sent.notices
        return imports.planned(plan, dry_run=dry_run, lines=sent.lines)

    return _response(await idempotency.write(database, call, act, dry_run=dry_run))


@router.get("/observations", tags=["observations"], summary="Les observations", response_model=ObservationPage)
async def list_observations(
    request: Request, caller: Reader, database: Db, wanted: Annotated[ObservationQuery, Query()]
) -> Response:
    cursor = pages.read_cursor(wanted.after, queries.CURSOR)
    async with database.reading() as session:
        rows, last = await queries.observations(session, wanted, cursor)
    items = [_shown(row, caller) for row in rows]
    return conditional.answer(request, ObservationPage(items=items, next=pages.write_cursor(last) if last else None))


@router.post("/observations", tags=["observations"], summary="Enregistrer une observation", status_code=201,
             response_model=ObservationOut,
             responses={200: {"model": ObservationOut, "description": "Déjà connue, ou corrigée"}})  # fmt: skip
async def record_observation(
    caller: Observer, database: Db, row: ObservationIn, key: idempotency.Key = None
) -> Response:
    stated = row.model_dump(exclude={"contract"}, exclude_none=True)
    call = Call(caller.subject, key, ("record", row.contract, stated))

    async def act(session: AsyncSession) -> Answer:
        parsed = parse(OBSERVATIONS, [stated])
        return _recorded(caller, *await commands.record_one(session, row.contract, parsed, _author(caller)))

    return _response(await idempotency.write(database, call, act))


@router.get("/observations/{id}", tags=["observations"], summary="Une observation", response_model=ObservationOut)
async def read_observation(
    request: Request,
    id_: Annotated[str, Path(alias="id", max_length=36)],
    caller: Reader,
    database: Db,
    as_of: AsOf = None,
) -> Response:
    async with database.reading() as session:
        row = await queries.observation(session, id_, as_of)
    return conditional.answer(request, _shown(row, caller), tag=str(row.version))


@router.get("/observations/{id}/history", tags=["observations"], summary="Les versions d’une observation")
async def read_history(
    id_: Annotated[str, Path(alias="id", max_length=36)], caller: Reader, database: Db
) -> list[ObservationOut]:
    async with database.reading() as session:
        return [_shown(row, caller) for row in await queries.history(session, id_)]


@router.put("/observations/{id}", tags=["observations"], summary="Corriger une observation, avec un motif",
            response_model=ObservationOut)  # fmt: skip
async def correct_observation(
    id_: Annotated[str, Path(alias="id", max_length=36)],
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
    call = Call(caller.subject, key, ("correct", id_, expected, stated))

    async def act(session: AsyncSession) -> Answer:
        return _recorded(caller, *await commands.correct(session, id_, expected, stated, _author(caller)))

    return _response(await idempotency.write(database, call, act))


def _response(answer: Answer) -> Response:
    headers = {"Idempotency-Replayed": "true"} if answer.replayed else {}
    if id_ := answer.body.get("id"):
        headers |= {"ETag": f'"{answer.body["version"]}"', "Location": f"/indicators/v1/observations/{id_}"}
    return JSONResponse(answer.body, answer.status, headers)


def _recorded(caller: Caller, outcome: Outcome, row: ObservationRow) -> Answer:
    return Answer(
        201 if outcome is Outcome.CREATED else 200, _shown(row, caller).model_dump(mode="json", by_alias=True)
    )


def _shown(row: Any, caller: Caller) -> ObservationOut:
    shown = ObservationOut.model_validate(row)
    return shown.model_copy(update={"allowed_actions": ["correct"] if caller.may_write(shown.entity) else []})
