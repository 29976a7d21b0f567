"""The contracts that are followed."""

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.schemas.contracts import ContractList, ContractView
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.contracts import contract_item, contract_view
from shared import conditional
from shared.application import Db
from shared.identity import Reader

from .answering import Code, Now, Place, When, view

router = APIRouter()


@router.get(
    "/contracts",
    tags=["follow-up"],
    summary="Les contrats suivis",
    response_model=ContractList,
    responses=conditional.NOT_MODIFIED,
)
async def list_contracts(request: Request, _caller: Reader, database: Db, now: Now) -> Response:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        items = [contract_item(*each) for each in await facts.contracts(session)]
        return ContractList(items=items, watermark=mark)

    return await view(request, database, None, now, build)


@router.get(
    "/contracts/{contract}",
    tags=["follow-up"],
    summary="Un contrat",
    response_model=ContractView,
    responses=conditional.NOT_MODIFIED,
)
async def read_contract(request: Request, contract: Code, _caller: Reader, database: Db, when: When) -> Response:
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        return contract_view(await facts.figures(session, contract, when.as_of), mark)

    return await view(request, database, Place(contract), when, build)
