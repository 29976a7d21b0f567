"""Reading progress: a page of what was stated, what is known of one step for one entity, or its history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.domain.concerned import objection
from services.milestones.domain.step import progress_id
from services.milestones.rows import PLAN, STEP
from services.milestones.schemas.progress import ProgressQuery
from services.milestones.tables import PlanRow, ProgressRow, ProgressVersionRow, StepRow
from shared.problems import NotFound
from shared.versions import Page, Versioned

PROGRESS = Versioned(
    ProgressRow,
    ProgressVersionRow,
    place=("id", "step", "contract", "entity"),
    order=("contract", "step", "entity"),
    stated=("version", "statement", "state", "reason", "recorded_at", "recorded_by"),
)


async def progress(session: AsyncSession, wanted: ProgressQuery, after: Sequence[Any] | None) -> Page:
    """A page of what was stated, and the cursor to go on after."""
    return await PROGRESS.page(session, wanted, lambda rows: _conditions(wanted, rows), after)


async def progress_of(session: AsyncSession, step: str, entity: str, as_of: datetime | None) -> Row[Any] | None:
    """What is, or was, stated; none where nothing was. Raises NotFound where nothing ever is.

    What was stated stays readable where the step is no longer that of the entity.
    """
    row = await PROGRESS.one(session, progress_id(step, entity), as_of)
    if row is None:
        await check_place(session, step, entity)
    return row


async def history(session: AsyncSession, step: str, entity: str) -> list[Row[Any]]:
    """Every version, the first one first. Raises NotFound where nothing ever is stated."""
    rows = await PROGRESS.history(session, progress_id(step, entity))
    if not rows:
        await check_place(session, step, entity)
    return rows


async def check_place(session: AsyncSession, step: str, entity: str) -> StepRow:
    """The step. Raises NotFound where there is none, or where it is not this entity's."""
    row = await session.get(StepRow, step)
    plan = await session.get(PlanRow, row.contract) if row else None
    if row is None or plan is None:
        raise NotFound("Aucune étape n’a cet identifiant.")
    if message := objection(PLAN.validate_json(plan.definition), STEP.validate_json(row.definition), entity):
        raise NotFound(f"{message[0].upper()}{message[1:]}.")
    return row


def _conditions(wanted: ProgressQuery, rows: type[Any]) -> list[ColumnElement[bool]]:
    conditions = _among(ProgressRow, wanted, "step", "entity") + _among(rows, wanted, "state")
    if wanted.contract:
        conditions.append(ProgressRow.contract == wanted.contract)
    if of_steps := _among(StepRow, wanted, "milestone", "line", "year"):
        conditions.append(ProgressRow.step.in_(select(StepRow.id).where(*of_steps)))
    return conditions


def _among(rows: type[Any], wanted: ProgressQuery, *names: str) -> list[ColumnElement[bool]]:
    """The filters that are given; several values of one are alternatives."""
    return [getattr(rows, name).in_(getattr(wanted, name)) for name in names if getattr(wanted, name)]
