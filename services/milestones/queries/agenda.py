"""Reading the whole of a contract's steps, each with what was stated of it, in the contract's order."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.domain.plan import Plan
from services.milestones.domain.progress import Statement
from services.milestones.domain.step import Scope, Step
from services.milestones.rows import PLAN, STATEMENT, STEP
from services.milestones.tables import PlanRow, ProgressRow, StepRow
from shared.problems import NotFound


@dataclass(frozen=True, slots=True)
class Entry:
    """A step of an entity, and what it states of it, if anything."""

    row: StepRow
    step: Step
    entity: str
    progress: ProgressRow | None
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Agenda:
    plan: Plan
    entries: tuple[Entry, ...]


async def agenda(session: AsyncSession, contract: str, entity: str | None) -> Agenda:
    """The steps of every entity, or of one. Raises NotFound on a contract or an entity that is not known."""
    held = await session.get(PlanRow, contract)
    if held is None:
        raise NotFound(f"Aucun jalon n’est connu pour le contrat « {contract} ».")
    plan = PLAN.validate_json(held.definition)
    if entity is not None and entity not in {each.code for each in plan.entities}:
        raise NotFound(f"L’entité « {entity} » n’est pas dans ce contrat.")
    stated = await session.scalars(select(ProgressRow).where(ProgressRow.contract == contract))
    progress = {(row.step, row.entity): row for row in stated}
    query = select(StepRow).where(StepRow.contract == contract, StepRow.withdrawn.is_(False))
    rows = (await session.scalars(query.order_by(StepRow.year, StepRow.place, StepRow.code))).all()
    entries = [
        _entry(row, step, each, progress.get((row.id, each)))
        for row, step in ((row, STEP.validate_json(row.definition)) for row in rows)
        for each in _doers(plan, step)
        if entity in {None, each}
    ]
    return Agenda(plan, tuple(entries))


def _doers(plan: Plan, step: Step) -> list[str]:
    return [plan.group.code] if step.scope is Scope.GROUP else [each.code for each in plan.members]


def _entry(row: StepRow, step: Step, entity: str, progress: ProgressRow | None) -> Entry:
    return Entry(row, step, entity, progress, STATEMENT.validate_json(progress.statement) if progress else None)
