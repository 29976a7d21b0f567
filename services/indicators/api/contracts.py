"""Contracts over HTTP: read them in any version, load them."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators import exchanges
from services.indicators.commands import contracts as commands
from services.indicators.queries import contracts as queries
from services.indicators.rows import TABLES
from services.indicators.schemas.contracts import ContractOut, ContractPage, ContractSummary
from services.indicators.schemas.plans import PlanOut
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Definer, Reader
from shared.intake import answers, bodies
from shared.intake.schemas import DryRun

from .parts import Code

router = APIRouter()


@router.get(
    "/contracts",
    tags=["contracts"],
    summary="Les contrats",
    response_model=ContractPage,
    responses=conditional.NOT_MODIFIED,
)
async def list_contracts(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        return conditional.answer(request, ContractPage(items=await queries.contracts(session)))


@router.get(
    "/contracts/{contract}",
    tags=["contracts"],
    summary="Un contrat",
    response_model=ContractOut,
    responses=conditional.NOT_MODIFIED,
)
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
        definition=exchanges.definition(row.definition),
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
    response_model=PlanOut,
    openapi_extra=bodies.package_body(TABLES, ("contract", "entities", "indicators")),
)
async def load_contract(
    contract: Code,
    caller: Definer,
    database: Db,
    package: Annotated[dict[str, list[dict[str, Any]]], Body()],
    dry_run: DryRun = False,
    key: idempotency.Key = None,
) -> Response:
    parsed = await bodies.read_package(TABLES, package)
    call = Call(caller.subject, key, ("load", contract, dry_run, package))

    async def act(session: AsyncSession) -> Answer:
        plan = await commands.load(session, contract, parsed, Author(caller))
        return answers.planned(TABLES, plan, dry_run=dry_run)

    return answers.respond(await idempotency.write(database, call, act, dry_run=dry_run))
