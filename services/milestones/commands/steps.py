"""Changing the steps of a contract one by one: adding, revising, withdrawing; each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.domain.plan import Plan as Definitions
from services.milestones.domain.step import Step, expand
from services.milestones.domain.step import WrittenStep as Written
from services.milestones.domain.validation import plan_mistakes
from services.milestones.holding import check_version, definition, existing, now
from services.milestones.recording import API
from services.milestones.recording.steps import Writing, milestone_of, new_step, withdraw_step, write_step
from services.milestones.refusals import refuse
from services.milestones.rows import STEP, STEPS, TABLES
from services.milestones.tables import PlanRow, StepRow
from shared.authorship import Author
from shared.intake.tables import Parsed
from shared.problems import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Seen:
    """A step, and what its writer says in If-Match of the version that was read."""

    id: str
    if_match: str | None


async def add(session: AsyncSession, contract: str, parsed: Parsed, reason: str, author: Author) -> list[StepRow]:
    """Add a step, in each of its years. Raises NotFound, Invalid, or Conflict where one has the same code and year."""
    held = await existing(session, contract)
    plan = definition(held)
    written = _written(plan, parsed)
    await _check_new(session, contract, written)
    place = 1 + (await session.scalar(select(func.max(StepRow.place)).where(StepRow.contract == contract)) or 0)
    writing = Writing(author.caller, API, reason, now(held, author))
    rows = list[StepRow]()
    for step in expand(written):
        row = new_step(contract, step, signed=False)
        row.place = place + len(rows)
        write_step(session, row, step, milestone_of(plan, step.line), writing)
        rows.append(row)
    return rows


async def revise(session: AsyncSession, seen: Seen, cells: Mapping[str, Any], reason: str, author: Author) -> StepRow:
    """State a step anew, with another date or other words. Raises NotFound, Invalid, PreconditionRequired or Stale."""
    held, row = await _held(session, seen.id)
    plan = definition(held)
    known = STEP.validate_json(row.definition)
    parsed = TABLES.parse(STEPS, [{"line": known.line, **cells, "code": row.code, "year": row.year}])
    step = replace(*expand(_written(plan, parsed)), recurrent=known.recurrent)
    if step == known and not row.withdrawn:
        return row
    check_version(seen.if_match, row.version, "cette étape")
    writing = Writing(author.caller, API, reason, now(held, author))
    write_step(session, row, step, milestone_of(plan, step.line), writing)
    return row


async def withdraw(session: AsyncSession, seen: Seen, reason: str, author: Author) -> StepRow:
    """Take a step out of the contract. Raises NotFound, PreconditionRequired or Stale."""
    held, row = await _held(session, seen.id)
    check_version(seen.if_match, row.version, "cette étape")
    if row.withdrawn:
        raise NotFound("Cette étape est déjà retirée du contrat.")
    withdraw_step(session, row, Writing(author.caller, API, reason, now(held, author)))
    return row


async def _held(session: AsyncSession, id_: str) -> tuple[PlanRow, StepRow]:
    row = await session.get(StepRow, id_)
    if row is None:
        raise NotFound("Aucune étape n’a cet identifiant.")
    held = await existing(session, row.contract)
    await session.refresh(row)
    return held, row


def _written(plan: Definitions, parsed: Parsed) -> Written:
    """The step in a body. Raises Invalid."""
    refuse([(each.column or "", each.code, each.message) for each in parsed.mistakes])
    rows = [row for _, row in parsed.rows]
    refuse([wrong for table, _, *wrong in plan_mistakes(plan.header.code, plan, rows) if table == STEPS])
    written: Written = rows[0]
    return written


async def _check_new(session: AsyncSession, contract: str, written: Written) -> None:
    same = select(StepRow).where(StepRow.contract == contract, StepRow.code == written.code)
    known = {row.year: row for row in await session.scalars(same)}
    for step in expand(written):
        if row := known.get(step.year):
            raise Conflict(_taken(step, row), id=row.id, version=row.version)


def _taken(step: Step, row: StepRow) -> str:
    state = "a été retirée" if row.withdrawn else "existe déjà"
    return (
        f"L’étape « {step.code} » de {step.year} {state} : pour la changer, envoyez "
        f"PUT /milestones/v1/steps/{row.id} avec If-Match et un motif (reason)."
    )
