"""A contract's page: of one snapshot, with what stands around its view, and not sent again where nothing changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts, read_model
from services.gateway.api.answering import Place, Time
from services.gateway.facts import ContractFacts
from services.gateway.schemas.contracts import ContractItem
from services.gateway.shelf import Shelf, again, key_of
from services.gateway.views.contracts import contract_item
from shared import conditional
from shared.problems import Invalid, NotFound

from .files import VERSION
from .rendering import HEADERS, page
from .visiting import Visited

Values = dict[str, Any]
Build = Callable[[AsyncSession, str], Awaitable[Values]]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a view: the other contracts, the years, the entities, and the day of judgement."""

    contract: ContractItem
    contracts: list[ContractItem]
    group_label: str
    entities: list[tuple[str, str]]
    objectives: dict[str, str]
    has_milestones: bool
    on: date

    @property
    def years(self) -> range:
        return range(self.contract.reference_year, self.contract.end_year + 1)

    @property
    def own_years(self) -> range:
        """Those that the contract binds."""
        return range(self.contract.start_year, self.contract.end_year + 1)

    @property
    def has_begun(self) -> bool:
        """Whether any of the contract's own years was observed."""
        return any(year >= self.contract.start_year for year in self.contract.observed_years)

    @property
    def everyone(self) -> list[tuple[str, str]]:
        return [(self.contract.entity, self.group_label), *self.entities]


async def answer(visit: Visited, place: Place, template: str, build: Build) -> Response:
    """The page; 304 where the reader has it already. Raises NotFound."""
    time = visit.time
    shelf: Shelf = visit.request.app.state.reading.shelf
    async with shelf.turn(visit.request), visit.database.reading() as session:
        await _check(session, place, time)
        mark = await read_model.watermark(session, time.on)
        tag = {"ETag": f'"{mark}-{VERSION}"'}
        if time.as_of is None and conditional.matches(visit.request, f"{mark}-{VERSION}"):
            return Response(status_code=304, headers=HEADERS | tag)
        if kept := shelf.get(mark, key_of(visit.request.scope)):
            return again(kept)
        values = await build(session, mark)
    shown = page(template, headers={} if time.as_of else tag, **values)
    if time.as_of is None and visit.request.method == "GET":
        shelf.keep(mark, visit.request, shown)
    return shown


async def around(session: AsyncSession, known: ContractFacts, time: Time) -> Around:
    return Around(
        contract=contract_item(known.definition, known.version, known.observed_years()),
        contracts=[contract_item(*each) for each in await facts.contracts(session)],
        group_label=known.label(known.group),
        entities=[(code, known.label(code)) for code in known.members],
        objectives={each.code: each.label for each in known.definition.objectives},
        has_milestones=known.milestones.plan is not None,
        on=time.on,
    )


async def _check(session: AsyncSession, place: Place, time: Time) -> None:
    """Raises NotFound where there is no such page: a year outside the contract is none."""
    try:
        await place.check(session, time.as_of)
    except Invalid as error:
        raise NotFound(error.detail) from error
