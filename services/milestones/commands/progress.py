"""Stating the progress of steps, of many in one go or of one against its version."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.domain.concerned import objection
from services.milestones.domain.forms import UnreadableError
from services.milestones.domain.progress import Statement, mistakes, settled
from services.milestones.domain.step import progress_id
from services.milestones.holding import check_version, definition, existing, now
from services.milestones.recording import API
from services.milestones.recording.progress import (
    ProgressRecording,
    is_known,
    new_progress,
    stated,
    write_progress,
)
from services.milestones.recording.steps import Writing, known_step
from services.milestones.refusals import refuse
from services.milestones.tables import PlanRow, ProgressRow, StepRow
from shared.authorship import Author
from shared.intake.plans import Outcome, Plan
from shared.intake.tables import Parsed
from shared.problems import Forbidden, NotFound

Said = Callable[[int], Statement]
"""A statement, once the year is known which words that name none are of; it may raise UnreadableError."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step, by its id, and the entity that speaks of it."""

    step: str
    entity: str


async def record(session: AsyncSession, contract: str, parsed: Parsed, author: Author, reason: str | None) -> Plan:
    """State the progress of many steps of one contract, all or nothing. Raises NotFound without such a contract."""
    held = await existing(session, contract)
    rows = await session.scalars(select(StepRow).where(StepRow.contract == contract))
    steps = {(row.code, row.year): known_step(row) for row in rows}
    plan, today = Plan(), author.clock().date()
    recording = ProgressRecording(contract, definition(held), author.caller, API, reason, today, steps)
    await recording.plan(session, parsed, plan)
    if not plan.mistakes:
        await recording.apply(session, Writing(author.caller, API, reason, now(held, author)))
    return plan


async def state(
    session: AsyncSession, place: Place, said: Said, if_match: str | None, author: Author
) -> tuple[Outcome, ProgressRow | None]:
    """State the progress of one step. Raises NotFound, Forbidden, Invalid, PreconditionRequired or Stale.

    What was never stated is planned: to say no more changes nothing, and there is no row.
    """
    held, own = await _held(session, place.step)
    _check_place(held, own, place.entity, author)
    statement = _read(said, own.year)
    row = await session.get(ProgressRow, progress_id(place.step, place.entity), populate_existing=True)
    before = stated(row)
    if is_known(before, statement):
        return Outcome.UNCHANGED, row
    check_version(if_match, row.version if row else 0, "cet avancement")
    at = now(held, author)
    refuse([*mistakes(before, statement, known_step(own).step.due, at.date())])
    outcome = Outcome.UPDATED if row else Outcome.CREATED
    row = row or new_progress(own.contract, own.id, place.entity)
    write_progress(session, row, settled(before, statement), Writing(author.caller, API, None, at))
    return outcome, row


def _read(said: Said, year: int) -> Statement:
    """Raises Invalid on words that are no date."""
    try:
        return said(year)
    except UnreadableError as error:
        refuse([(error.column, "form", error.message)])
        raise


async def _held(session: AsyncSession, step: str) -> tuple[PlanRow, StepRow]:
    row = await session.get(StepRow, step)
    if row is None:
        raise NotFound("Aucune étape n’a cet identifiant.")
    held = await existing(session, row.contract)
    await session.refresh(row)
    if row.withdrawn:
        raise NotFound("Cette étape est retirée du contrat : rien ne s’en dit plus.")
    return held, row


def _check_place(held: PlanRow, row: StepRow, entity: str, author: Author) -> None:
    if message := objection(definition(held), known_step(row).step, entity):
        raise NotFound(f"{message[0].upper()}{message[1:]}.")
    if not author.caller.may_write(entity):
        raise Forbidden(f"Ce jeton ne permet pas d’écrire pour « {entity} ».")
