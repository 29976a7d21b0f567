"""Reading steps: a page of them, one, or its history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.schemas.steps import StepQuery
from services.milestones.tables import StepRow, StepVersionRow
from shared.problems import NotFound
from shared.versions import Page, Versioned

STEPS = Versioned(
    StepRow,
    StepVersionRow,
    place=("id", "contract", "code", "year", "place", "signed"),
    order=("contract", "year", "place", "code"),
    stated=("version", "definition", "milestone", "withdrawn", "reason", "recorded_at", "recorded_by"),
)
_UNKNOWN = "Aucune étape n’a cet identifiant"


async def steps(session: AsyncSession, wanted: StepQuery, after: Sequence[Any] | None) -> Page:
    """A page of steps and the cursor to go on after."""
    return await STEPS.page(session, wanted, lambda rows: _conditions(wanted, rows), after)


async def step(session: AsyncSession, id_: str, as_of: datetime | None) -> Row[Any]:
    """One step, were it withdrawn. Raises NotFound."""
    row = await STEPS.one(session, id_, as_of)
    if row is None:
        raise NotFound(_UNKNOWN + (" à cet instant." if as_of else "."))
    return row


async def history(session: AsyncSession, id_: str, as_of: datetime | None) -> list[Row[Any]]:
    """Every version of a step until then, the first one first. Raises NotFound."""
    rows = await STEPS.history(session, id_, as_of)
    if not rows:
        raise NotFound(f"{_UNKNOWN}.")
    return rows


def _conditions(wanted: StepQuery, rows: type[Any]) -> list[ColumnElement[bool]]:
    fixed = [(StepRow.code, wanted.code), (StepRow.year, wanted.year)]
    stated = [(rows.milestone, wanted.milestone), (rows.line, wanted.line)]
    conditions: list[ColumnElement[bool]] = [column.in_(values) for column, values in [*fixed, *stated] if values]
    if wanted.withdrawn is not None or not (wanted.include_history or wanted.updated_after):
        conditions.append(rows.withdrawn.is_(bool(wanted.withdrawn)))
    if wanted.contract:
        conditions.append(StepRow.contract == wanted.contract)
    if wanted.scope:
        conditions.append(rows.scope == wanted.scope)
    if wanted.due_after:
        conditions.append(rows.latest >= wanted.due_after)
    if wanted.due_before:
        conditions.append(rows.latest <= wanted.due_before)
    return conditions
