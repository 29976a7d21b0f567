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
from services.milestones.tables import PlanRow, ProgressRow, ProgressVersionRow, StepRow, StepVersionRow
from shared.problems import NotFound
from shared.versions import Page, Versioned

from .steps import STEPS

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
        await check_place(session, step, entity, as_of)
    return row


async def history(session: AsyncSession, step: str, entity: str, as_of: datetime | None) -> list[Row[Any]]:
    """Every version until then, the first one first. Raises NotFound where nothing ever is stated."""
    rows = await PROGRESS.history(session, progress_id(step, entity), as_of)
    if not rows:
        await check_place(session, step, entity, as_of)
    return rows


async def open_places(session: AsyncSession, rows: Sequence[Any]) -> frozenset[tuple[str, str]]:
    """Of these steps and entities, those of which something may be stated today."""
    named = {row.step for row in rows}
    steps = await session.scalars(select(StepRow).where(StepRow.id.in_(named), StepRow.withdrawn.is_(False)))
    standing = {row.id: STEP.validate_json(row.definition) for row in steps}
    contracts = {row.contract for row in rows}
    held = await session.scalars(select(PlanRow).where(PlanRow.contract.in_(contracts)))
    plans = {row.contract: PLAN.validate_json(row.definition) for row in held}
    places = ((row.contract, row.step, row.entity) for row in rows if row.step in standing)
    return frozenset((step, each) for code, step, each in places if not objection(plans[code], standing[step], each))


async def check_place(session: AsyncSession, step: str, entity: str, as_of: datetime | None) -> StepRow:
    """The step. Raises NotFound where there is, or was, none, or where it is not this entity's."""
    row = await session.get(StepRow, step)
    plan = await session.get(PlanRow, row.contract) if row else None
    if row is None or plan is None or (as_of and await STEPS.one(session, step, as_of) is None):
        raise NotFound("Aucune étape n’a cet identifiant" + (" à cet instant." if as_of else "."))
    if message := objection(PLAN.validate_json(plan.definition), STEP.validate_json(row.definition), entity):
        raise NotFound(f"{message[0].upper()}{message[1:]}.")
    return row


def _conditions(wanted: ProgressQuery, rows: type[Any]) -> list[ColumnElement[bool]]:
    conditions = _among(ProgressRow, wanted, "step", "entity") + _among(rows, wanted, "state")
    if wanted.contract:
        conditions.append(ProgressRow.contract == wanted.contract)
    if wanted.year:
        conditions.append(ProgressRow.step.in_(select(StepRow.id).where(StepRow.year.in_(wanted.year))))
    steps = StepVersionRow if wanted.as_of or wanted.include_history else StepRow
    if of_steps := _among(steps, wanted, "milestone", "line"):
        conditions.append(ProgressRow.step.in_(select(steps.id).where(*of_steps)))
    return conditions


def _among(rows: type[Any], wanted: ProgressQuery, *names: str) -> list[ColumnElement[bool]]:
    """The filters that are given; several values of one are alternatives."""
    return [getattr(rows, name).in_(getattr(wanted, name)) for name in names if getattr(wanted, name)]
