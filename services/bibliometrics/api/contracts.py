"""Contracts' registries over HTTP: read them in any version, load them."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.commands import registries as commands
from services.bibliometrics.queries import registries as queries
from services.bibliometrics.rows import REGISTRY, TABLES
from services.bibliometrics.schemas.registries import PlanOut, RegistryOut, RegistryPage, RegistrySummary
from services.bibliometrics.tables import RegistryRow, RegistryVersionRow
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Caller, Definer, Reader, Right
from shared.intake import answers, bodies
from shared.intake.schemas import DryRun

from .parts import Code

router = APIRouter(tags=["contracts"])


@router.get("/contracts", summary="Les contrats qui ont un registre", response_model=RegistryPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_contracts(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        items = [_summary(row) for row in await queries.registries(session)]
    return conditional.answer(request, RegistryPage(items=items))


@router.get("/contracts/{contract}", summary="Le registre d’un contrat : affiliations, mesures, personnel",
            response_model=RegistryOut, responses=conditional.NOT_MODIFIED)  # fmt: skip
async def read_contract(
    request: Request, contract: Code, caller: Reader, database: Db, version: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    async with database.reading() as session:
        row = await queries.registry(session, contract, version)
    return conditional.answer(request, _registry(row, caller))


@router.get("/contracts/{contract}/versions", summary="Les versions du registre d’un contrat")
async def list_versions(contract: Code, _caller: Reader, database: Db) -> list[RegistrySummary]:
    async with database.reading() as session:
        return [_summary(row) for row in await queries.versions(session, contract)]


@router.put(
    "/contracts/{contract}",
    summary="Charger le registre d’un contrat : affiliations, mesures, personnel",
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


def _summary(row: RegistryRow | RegistryVersionRow) -> RegistrySummary:
    return RegistrySummary(
        code=row.contract,
        version=row.version,
        affiliations_version=row.affiliations,
        staff_version=row.staff,
        defined_at=row.defined_at,
        defined_by=row.defined_by,
    )


def _registry(row: RegistryRow | RegistryVersionRow, caller: Caller) -> RegistryOut:
    """The list of staff is personal data: who may not define it is told how many it holds, and no more."""
    registry = REGISTRY.validate_json(row.definition)
    return RegistryOut(
        **_summary(row).model_dump(),
        entities=registry.entities,
        measures=registry.measures,
        affiliations=registry.affiliations,
        declared=registry.observations,
        staff_count=len(registry.staff),
        staff=registry.staff if Right.DEFINE in caller.rights else (),
    )
