"""Recording progress: what is wrong with a statement, what it would do to the one that is known, then doing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.checking import Seen, Wrong, misplaced, progress_mistake, repeated, statement_mistakes
from services.milestones.domain.forms import UnreadableError, present
from services.milestones.domain.plan import Plan as Definitions
from services.milestones.domain.plan import WrittenProgress as Written
from services.milestones.domain.plan import statement_of
from services.milestones.domain.progress import EXPLAINED, PLANNED, Statement, says_the_same, settled
from services.milestones.domain.step import progress_id
from services.milestones.domain.transitions import LABELS
from services.milestones.rows import PROGRESS, STATEMENT
from services.milestones.tables import ProgressRow, ProgressVersionRow
from services.milestones.telling import progress_recorded
from shared import outbox
from shared.identity import Caller
from shared.intake.plans import Outcome, Plan
from shared.intake.tables import Parsed
from shared.versions import last_said

from . import PACKAGE, give_turn
from .steps import Key, Known, Writing

_COPIED = ("version", "statement", "state", "reason", "recorded_at", "recorded_by", "origin")


@dataclass(slots=True)
class ProgressRecording:
    """One write of many statements; `reason` holds for rows that correct and give none, `today` is that of the write.

    Where what they refer to is wrong itself (`unsure`), nothing is held against rows that don't find their place.
    """

    contract: str
    definitions: Definitions
    caller: Caller
    origin: str
    reason: str | None
    today: date
    steps: Mapping[Key, Known]
    unsure: bool = False
    known: dict[str, ProgressRow] = field(default_factory=dict)
    packaged: dict[str, Statement] = field(default_factory=dict)
    written: list[tuple[str, str, Statement]] = field(default_factory=list)

    async def plan(self, session: AsyncSession, parsed: Parsed, plan: Plan) -> None:
        """Add to the plan what these rows would do."""
        await self._read(session)
        plan.outcomes[PROGRESS] = [Outcome.REJECTED] * parsed.received
        plan.reject(parsed.mistakes)
        seen: Seen = {}
        for place, row in parsed.rows:
            wrong = repeated(row, place, seen) or self._judge(place, row, plan)
            plan.reject([progress_mistake(place, each) for each in wrong])

    async def _read(self, session: AsyncSession) -> None:
        rows = await session.scalars(select(ProgressRow).where(ProgressRow.contract == self.contract))
        self.known = {row.id: row for row in rows}
        if self.origin == PACKAGE:
            self.packaged = await _packaged(session, self.contract)

    def _misplaced(self, row: Written) -> list[Wrong]:
        known = self.steps.get((row.step, row.year))
        if known and known.withdrawn:
            message = f"l’étape « {row.step} » de {row.year} est retirée du contrat : laissez-la de côté"
            return [("step", "withdrawn", message)]
        return misplaced(self.definitions, known.step if known else None, row)

    def _judge(self, place: int, row: Written, plan: Plan) -> list[Wrong]:
        """What is wrong with a row, or nothing, and then its outcome is in the plan."""
        if self._repeats_a_package(row):
            plan.outcomes[PROGRESS][place] = Outcome.UNCHANGED
            return []
        wrong = self._misplaced(row)
        if wrong and self.unsure:
            plan.outcomes[PROGRESS][place] = Outcome.CREATED
            return []
        return wrong or self._decide(place, row, plan)

    def _decide(self, place: int, row: Written, plan: Plan) -> list[Wrong]:
        step = self.steps[row.step, row.year]
        before = stated(self.known.get(progress_id(step.id, row.entity)))
        try:
            after = statement_of(replace(row, reason=self._reason(row, before)), row.year)
        except UnreadableError as error:
            return [(error.column, "form", error.message)]
        after = _with_known_evidence(before, after)
        if is_known(before, after):
            plan.outcomes[PROGRESS][place] = Outcome.UNCHANGED
            return []
        if not self.caller.may_write(row.entity):
            return [("entity", "forbidden", f"ce jeton ne permet pas d’écrire pour « {row.entity} »")]
        if wrong := statement_mistakes(before, after, step.step, self.today):
            return wrong
        self.written.append((step.id, row.entity, settled(before, after)))
        plan.outcomes[PROGRESS][place] = Outcome.UPDATED if before else Outcome.CREATED
        plan.changes.append(_change(row, before, after))
        return []

    def _reason(self, row: Written, before: Statement | None) -> str | None:
        """The row's own, or else that of the sending where the row corrects, or gives up what a person sends."""
        given_up = row.state in EXPLAINED and self.origin != PACKAGE
        return present(row.reason) or (self.reason if before or given_up else None)

    def _repeats_a_package(self, row: Written) -> bool:
        """Whether a package says what one said last: what somebody has changed since stays as it is."""
        step = self.steps.get((row.step, row.year))
        said = self.packaged.get(progress_id(step.id, row.entity)) if step else None
        try:
            return said is not None and says_the_same(said, _with_known_evidence(said, statement_of(row, row.year)))
        except UnreadableError:
            return False

    async def apply(self, session: AsyncSession, writing: Writing) -> None:
        """Write what the plan found, with a version and an event for each change; other calls have their turns."""
        for number, (step, entity, statement) in enumerate(self.written, 1):
            row = self.known.get(progress_id(step, entity)) or new_progress(self.contract, step, entity)
            write_progress(session, row, statement, writing)
            await give_turn(session, number)


def stated(row: ProgressRow | None) -> Statement | None:
    return STATEMENT.validate_json(row.statement) if row else None


def is_known(before: Statement | None, after: Statement) -> bool:
    """Whether a statement says nothing new; of what was never stated, that it is planned."""
    return says_the_same(before or PLANNED, after)


def new_progress(contract: str, step: str, entity: str) -> ProgressRow:
    return ProgressRow(id=progress_id(step, entity), step=step, contract=contract, entity=entity, version=0)


def write_progress(session: AsyncSession, row: ProgressRow, statement: Statement, writing: Writing) -> None:
    row.version += 1
    row.statement, row.state = STATEMENT.dump_json(statement).decode(), statement.state
    row.reason = statement.reason
    row.recorded_at, row.recorded_by, row.origin = writing.at, writing.caller.subject, writing.origin
    session.add_all([row, ProgressVersionRow(id=row.id, **{name: getattr(row, name) for name in _COPIED})])
    outbox.record(session, progress_recorded(row), at=writing.at)


def _with_known_evidence(before: Statement | None, after: Statement) -> Statement:
    """A row holds one document: one that is known already stands for all of those that go with it."""
    known = before.evidence if before else ()
    return replace(after, evidence=known) if after.evidence and after.evidence[0] in known else after


def _change(row: Written, before: Statement | None, after: Statement) -> dict[str, Any]:
    place = {"step": row.step, "year": row.year, "entity": row.entity}
    return {**place, "before": LABELS[before.state] if before else None, "after": LABELS[after.state]}


async def _packaged(session: AsyncSession, contract: str) -> dict[str, Statement]:
    """What a package stated last of each step and entity: to say it again changes nothing."""
    said = await last_said(session, ProgressRow, ProgressVersionRow, PACKAGE, ProgressRow.contract == contract)
    return {row.id: STATEMENT.validate_json(version.statement) for row, version in said}
