"""The page of a contract's milestones in all its years, for the group or one entity: one view, shown."""

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.api.answering import Place
from services.gateway.facts import ContractFacts
from services.gateway.milestone_history import recorded
from services.gateway.schemas.milestones import MilestonesView
from services.gateway.views.contracts import year_of
from services.gateway.views.milestones import milestones_view
from services.gateway.views.parts import Part

from . import agenda, showing, ways
from .addresses import Addresses
from .grid import grid
from .marks import at_risk, counts
from .showing import Around, Values
from .visiting import Visited


async def answer(visit: Visited, asked: Place) -> Response:
    """The group's page where no entity is named. Raises NotFound."""

    async def build(session: AsyncSession, mark: str) -> Values:
        time = visit.time
        known = await facts.contract_facts(session, asked.contract, time.as_of)
        part = Part(known.definition, known.milestones, asked.entity or known.group, time.on)
        told = await recorded(session, asked.contract, time.as_of, part.heard)
        view = milestones_view(part, told, time.as_of, mark)
        return _values(view, known, await showing.around(session, known, time))

    return await showing.answer(visit, asked, "milestones.html", build)


def _values(view: MilestonesView, known: ContractFacts, around: Around) -> Values:
    address = Addresses(view.contract, known.group, view.as_of)
    followed = {each.code for each in known.indicators_of(view.entity)}
    return {
        "view": view,
        "counts": counts(view.summary),
        "risk": at_risk(view.at_risk),
        "agenda": agenda.of_grid(view),
        "grid": grid(view, around.own_years, followed),
        "sheets": address.page(year_of(known, None), view.entity),
        "around": around,
        "ways": ways.of_milestones(around, address, view.entity),
        "address": address,
        "is_group": view.entity == known.group,
    }
