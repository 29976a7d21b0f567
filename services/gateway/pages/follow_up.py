"""The page of a contract's year, for the group or one entity: one view, shown."""

from dataclasses import dataclass
from datetime import date

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.api.answering import Place, Time
from services.gateway.facts import ContractFacts
from services.gateway.schemas.contracts import ContractItem
from services.gateway.schemas.follow_up import EntityFollowUp, FollowUp
from services.gateway.views import follow_up as views
from services.gateway.views.contracts import contract_item
from shared import conditional
from shared.problems import Invalid, NotFound

from .addresses import Addresses
from .board import board
from .files import VERSION
from .rendering import HEADERS, page
from .visiting import Visited


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page; the view's own year where none is named, the group's page where no entity is."""

    contract: str
    year: int | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the view: the other contracts, the years, the entities, and the day of judgement."""

    contract: ContractItem
    contracts: list[ContractItem]
    group_label: str
    entities: list[tuple[str, str]]
    on: date

    @property
    def years(self) -> range:
        return range(self.contract.reference_year, self.contract.end_year + 1)

    @property
    def has_begun(self) -> bool:
        """Whether any of the contract's own years was observed."""
        return any(year >= self.contract.start_year for year in self.contract.observed_years)


async def answer(visit: Visited, asked: Asked) -> Response:
    """The page, both of its parts of one snapshot; 304 where the reader has it already. Raises NotFound."""
    time = visit.time
    async with visit.database.reading() as session:
        await _check(session, asked, time)
        mark = await facts.watermark(session, time.on)
        tag = f"{mark}-{VERSION}"
        if time.as_of is None and conditional.matches(visit.request, tag):
            return Response(status_code=304, headers=HEADERS | {"ETag": f'"{tag}"'})
        known = await facts.contract_facts(session, asked.contract, time.as_of)
        contracts = [contract_item(*each) for each in await facts.contracts(session)]
    view = _view(known, asked, time, mark)
    return _page(view, _around(known, contracts, time), {} if time.as_of else {"ETag": f'"{tag}"'})


async def _check(session: AsyncSession, asked: Asked, time: Time) -> None:
    """Raises NotFound where there is no such page: a year outside the contract is none."""
    try:
        await Place(asked.contract, asked.entity, asked.year).check(session, time.as_of)
    except Invalid as error:
        raise NotFound(error.detail) from error


def _view(known: ContractFacts, asked: Asked, time: Time, mark: str) -> EntityFollowUp | FollowUp:
    moment = views.Moment(asked.year, time.on, time.as_of)
    if asked.entity in {None, known.group}:
        return views.follow_up(known, moment, mark)
    return views.entity_follow_up(known, str(asked.entity), moment, mark)


def _around(known: ContractFacts, contracts: list[ContractItem], time: Time) -> _Around:
    return _Around(
        contract=contract_item(known.definition, known.version, known.observed_years()),
        contracts=contracts,
        group_label=known.label(known.group),
        entities=[(code, known.label(code)) for code in known.members],
        on=time.on,
    )


def _page(view: EntityFollowUp | FollowUp, around: _Around, headers: dict[str, str]) -> Response:
    group = around.contract.entity
    return page(
        "follow_up.html",
        headers=headers,
        view=view,
        board=board(view, around.contract),
        around=around,
        address=Addresses(view.contract, group, view.as_of),
        is_group=view.entity == group,
    )
