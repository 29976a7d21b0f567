"""The pages' addresses: the first page, a contract, its milestones, its publications, a year, an entity's part."""

from datetime import date

from fastapi import APIRouter, Response

from services.gateway import facts
from services.gateway.api.answering import Code, Entity, Place
from services.gateway.api.bibliometrics import ExtractionName, Perimeter, Year
from services.gateway.schemas.contracts import ContractItem
from services.gateway.views.contracts import contract_item
from shared.database import Database
from shared.problems import NotFound

from . import bibliometrics, files, follow_up, milestones
from .choices import Chosen
from .rendering import Page, error_page, page
from .visiting import Visit

router = APIRouter(include_in_schema=False, route_class=Page)
_METHODS = ["GET", "HEAD"]
_YEAR_DIGITS = 4


@router.api_route("/", methods=_METHODS)
async def home(visit: Visit) -> Response:
    """The contract in force, in the year that its view shows by default."""
    if visit.stopped:
        return visit.stopped
    current = in_force(await _contracts(visit.database), visit.time.on)
    return await follow_up.answer(visit, Place(current.code)) if current else page("empty.html")


@router.api_route("/contrats/{contract}", methods=_METHODS)
async def contract_default(visit: Visit, contract: Code) -> Response:
    return visit.stopped or await follow_up.answer(visit, Place(contract))


@router.api_route("/contrats/{contract}/jalons", methods=_METHODS)
async def group_milestones(visit: Visit, contract: Code) -> Response:
    return visit.stopped or await milestones.answer(visit, Place(contract))


@router.api_route("/contrats/{contract}/jalons/{entity}", methods=_METHODS)
async def entity_milestones(visit: Visit, contract: Code, entity: Entity) -> Response:
    return visit.stopped or await milestones.answer(visit, Place(contract, entity))


@router.api_route("/contrats/{contract}/bibliometrie", methods=_METHODS)
async def contract_bibliometrics(
    visit: Visit, contract: Code, year: Year = None, perimeter: Perimeter = None, extraction: ExtractionName = None
) -> Response:
    return visit.stopped or await bibliometrics.answer(visit, contract, Chosen(year, perimeter, extraction))


@router.api_route("/contrats/{contract}/{year}", methods=_METHODS)
async def group_year(visit: Visit, contract: Code, year: str) -> Response:
    return visit.stopped or await follow_up.answer(visit, Place(contract, year=_year(year)))


@router.api_route("/contrats/{contract}/{year}/{entity}", methods=_METHODS)
async def entity_year(visit: Visit, contract: Code, year: str, entity: Entity) -> Response:
    return visit.stopped or await follow_up.answer(visit, Place(contract, entity, _year(year)))


@router.api_route("/contrats{_rest:path}", methods=_METHODS)
async def nowhere(_rest: str) -> Response:
    return error_page(404, NotFound.title, "Aucune page n’est à cette adresse.")


router.include_router(files.router)


def _year(text: str) -> int:
    """Raises NotFound on what is no year."""
    if not (text.isascii() and text.isdecimal() and len(text) == _YEAR_DIGITS):
        raise NotFound(f"« {text} » n’est pas une année.")
    return int(text)


async def _contracts(database: Database) -> list[ContractItem]:
    async with database.reading() as session:
        return [contract_item(*each) for each in await facts.contracts(session)]


def in_force(contracts: list[ContractItem], on: date) -> ContractItem | None:
    """The contract of the day, or else the latest."""
    return max(contracts, key=lambda each: (each.start_year <= on.year <= each.end_year, each.end_year), default=None)
