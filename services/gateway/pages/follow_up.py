"""The page of a contract's year, for the group or one entity: one view, shown."""

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.api.answering import Place, Time
from services.gateway.facts import ContractFacts
from services.gateway.schemas.follow_up import EntityFollowUp, FollowUp
from services.gateway.views import follow_up as views

from . import agenda, showing, ways
from .addresses import Addresses
from .board import board
from .showing import Around, Values
from .visiting import Visited


async def answer(visit: Visited, asked: Place) -> Response:
    """The view's own year where none is named, the group's page where no entity is. Raises NotFound."""

    async def build(session: AsyncSession, mark: str) -> Values:
        known = await facts.contract_facts(session, asked.contract, visit.time.as_of)
        view = _view(known, asked, visit.time, mark)
        return _values(view, await showing.around(session, known, visit.time))

    return await showing.answer(visit, asked, "follow_up.html", build)


def _view(known: ContractFacts, asked: Place, time: Time, mark: str) -> EntityFollowUp | FollowUp:
    moment = views.Moment(asked.year, time.on, time.as_of)
    if asked.entity in {None, known.group}:
        return views.follow_up(known, moment, mark)
    return views.entity_follow_up(known, str(asked.entity), moment, mark)


def _values(view: EntityFollowUp | FollowUp, around: Around) -> Values:
    group = around.contract.entity
    address = Addresses(view.contract, group, view.as_of)
    shown = board(view, around.contract)
    return {
        "view": view,
        "board": shown,
        "places": ways.places(each.label for each in shown.domains),
        "agenda": agenda.of_year(view, around.objectives, address),
        "around": around,
        "ways": ways.of_year(around, address, view.year, view.entity),
        "address": address,
        "is_group": view.entity == group,
    }
