"""Reading observations: a page of them, one, or its history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.schemas.observations import ObservationQuery
from services.indicators.tables import ObservationRow, ObservationVersionRow
from shared.problems import NotFound
from shared.versions import Page, Versioned

_KEY = ("contract", "indicator", "entity", "year", "basis", "perimeter")
OBSERVATIONS = Versioned(
    ObservationRow,
    ObservationVersionRow,
    place=("id", *_KEY),
    order=_KEY,
    stated=(
        "version", "value", "status", "absence", "source", "note", "observed_on", "reason", "recorded_at",
        "recorded_by",
    ),
)  # fmt: skip


async def observations(session: AsyncSession, wanted: ObservationQuery, after: Sequence[Any] | None) -> Page:
    """A page of observations and the cursor to go on after."""
    return await OBSERVATIONS.page(session, wanted, lambda rows: _conditions(wanted, rows), after)


async def observation(session: AsyncSession, id_: str, as_of: datetime | None) -> Row[Any]:
    """One observation. Raises NotFound."""
    row = await OBSERVATIONS.one(session, id_, as_of)
    if row is None:
        raise NotFound("Aucune observation n’a cet identifiant" + (" à cet instant." if as_of else "."))
    return row


async def history(session: AsyncSession, id_: str) -> list[Row[Any]]:
    """Every version of an observation, the first one first. Raises NotFound."""
    rows = await OBSERVATIONS.history(session, id_)
    if not rows:
        raise NotFound("Aucune observation n’a cet identifiant.")
    return rows


def _conditions(wanted: ObservationQuery, rows: type[Any]) -> list[ColumnElement[bool]]:
    conditions = [
        getattr(ObservationRow, name).in_(getattr(wanted, name))
        for name in ("indicator", "entity", "year")
        if getattr(wanted, name)
    ]
    if wanted.contract:
        conditions.append(ObservationRow.contract == wanted.contract)
    if wanted.status:
        conditions.append(rows.status == wanted.status)
    return conditions
