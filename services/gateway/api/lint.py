"""The lint of a contract."""

from contextlib import suppress

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.schemas.lint import LintView
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.lint import lint_view
from shared import conditional
from shared.application import Db
from shared.identity import Reader
from shared.problems import NotFound

from .answering import Code, Place, Time, When, view

router = APIRouter()


@router.get(
    "/contracts/{contract}/lint",
    tags=["follow-up"],
    summary="Ce qu’un contrat contredit ou laisse en suspens",
    response_model=LintView,
    responses=conditional.NOT_MODIFIED,
)
async def read_lint(request: Request, contract: Code, _caller: Reader, database: Db, when: When) -> Response:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        found = await facts.contract_facts(session, contract, when.as_of)
        return lint_view(found, await _others(session, contract, when), mark)

    return await view(request, database, Place(contract), when, build)


async def _others(session: AsyncSession, contract: str, when: Time) -> list[facts.ContractFacts]:
    """The other contracts known at that time, by code."""
    found = []
    for definition, _, _ in await facts.contracts(session):
        if definition.header.code != contract:
            with suppress(NotFound):
                found.append(await facts.contract_facts(session, definition.header.code, when.as_of))
    return found
