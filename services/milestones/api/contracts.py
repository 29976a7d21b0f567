"""Contracts' milestones over HTTP: read them in any version, load them."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.commands import plans as commands
from services.milestones.queries import contracts as queries
from services.milestones.rows import TABLES
from services.milestones.schemas.contracts import ContractOut, ContractPage, ContractSummary, PlanOut
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Definer, Reader
from shared.intake import answers, bodies
from shared.intake.schemas import DryRun

from .parts import Code

router = APIRouter(tags=["contracts"])


@router.get("/contracts", summary="Les contrats qui ont des jalons", response_model=ContractPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_contracts(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        return conditional.answer(request, ContractPage(items=await queries.contracts(session)))


@router.get("/contracts/{contract}", summary="Les jalons d’un contrat et leurs lignes", response_model=ContractOut,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def read_contract(
    request: Request, contract: Code, _caller: Reader, database: Db, version: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    async with database.reading() as session:
        row = await queries.contract(session, contract, version)
    body = ContractOut(
        code=row.contract,
        version=row.version,
        defined_at=row.defined_at,
        defined_by=row.defined_by,
        definition=json.loads(row.definition),
    )
    return conditional.answer(request, body, tag=str(row.version))


@router.get("/contracts/{contract}/versions", summary="Les versions des jalons d’un contrat")
async def list_versions(contract: Code, _caller: Reader, database: Db) -> list[ContractSummary]:
    async with database.reading() as session:
        return await queries.contract_versions(session, contract)


@router.put(
    "/contracts/{contract}",
    summary="Charger les jalons d’un contrat : lignes, étapes, et l’avancement de son paquet",
    response_model=PlanOut,
    openapi_extra=bodies.package_body(TABLES, ("contract", "entities")),
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
