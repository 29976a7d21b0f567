"""Recording steps: what their rows would do to those that are known, then doing it."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.domain.plan import Plan as Definitions
from services.milestones.domain.step import Step, step_id
from services.milestones.rows import STEP
from services.milestones.tables import StepRow, StepVersionRow
from services.milestones.telling import step_recorded
from shared import outbox
from shared.identity import Caller
from shared.intake.plans import Outcome

from . import PACKAGE

Key = tuple[str, int]
_STATED = ("definition", "line", "milestone", "scope", "earliest", "latest", "withdrawn")
_RECORDED = ("version", "reason", "recorded_at", "recorded_by", "origin")


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, from where, why, and when."""

    caller: Caller
    origin: str
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """A step as it stands, or will once a write is done."""

    id: str
    step: Step
    withdrawn: bool = False


@dataclass(slots=True)
class StepRecording:
    """One write of a package's steps; those of a contract's first plan are `signed`.

    `milestones` are those of the package, by line: a line that moves to another one takes all of its steps with it.
    """

    contract: str
    signed: bool
    milestones: Mapping[str, str]
    known: dict[Key, StepRow] = field(default_factory=dict)
    packaged: dict[Key, StepVersionRow] = field(default_factory=dict)
    written: list[tuple[StepRow, Step]] = field(default_factory=list)
    withdrawn: list[StepRow] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    async def read(self, session: AsyncSession) -> None:
        """What is known of this contract, and what a package last said of each step."""
        rows = await session.scalars(select(StepRow).where(StepRow.contract == self.contract))
        self.known = {(row.code, row.year): row for row in rows}
        self.packaged = await _packaged(session, self.contract)

    def plan(self, written: Sequence[Sequence[Step]]) -> list[Outcome]:
        """The outcome of each row of a package, which states one step or more; a step that is left out is withdrawn."""
        places = {step.key: place for place, step in enumerate(step for steps in written for step in steps)}
        outcomes = [_together([self._decide(step, places[step.key]) for step in steps]) for steps in written]
        self.withdrawn = [self.known[key] for key in self._gone(places.keys())]
        left = [row for key, row in self.known.items() if key not in places and row not in self.withdrawn]
        self.written += [(row, known_step(row).step) for row in left if self._follows(row)]
        return outcomes

    def planned(self) -> dict[Key, Known]:
        """Every step as it will stand, but for those that this package leaves out."""
        left = {key: known_step(row) for key, row in self.known.items() if row not in self.withdrawn}
        return left | {step.key: Known(row.id, step) for row, step in self.written}

    def _gone(self, stated: Container[Key]) -> list[Key]:
        """Those that a package stated, and that this one leaves out; but for those that somebody withdrew already."""
        standing = (key for key, last in self.packaged.items() if not last.withdrawn and not self.known[key].withdrawn)
        return [key for key in standing if key not in stated]

    def _follows(self, row: StepRow) -> bool:
        """Whether the line of a step that stands has moved to another milestone."""
        return not row.withdrawn and self.milestones.get(row.line, row.milestone) != row.milestone

    def _decide(self, step: Step, place: int) -> Outcome:
        known, packaged = self.known.get(step.key), self.packaged.get(step.key)
        if known is None:
            self.written.append((self._new(step, place), step))
            self.changes.append(change(step, None))
            return Outcome.CREATED
        if _says(known, step) or (packaged is not None and _says(packaged, step)):
            return self._moved(known) if self._follows(known) else Outcome.UNCHANGED
        self.written.append((known, step))
        self.changes.append(change(step, STEP.validate_json(known.definition)))
        return Outcome.UPDATED

    def _moved(self, known: StepRow) -> Outcome:
        self.written.append((known, known_step(known).step))
        return Outcome.UPDATED

    def _new(self, step: Step, place: int) -> StepRow:
        return new_step(self.contract, step, place=place, signed=self.signed)

    def apply(self, session: AsyncSession, writing: Writing) -> None:
        """Write what the plan found, with a version and an event for each change."""
        for row, step in self.written:
            write_step(session, row, step, self.milestones[step.line], writing)
        for row in self.withdrawn:
            withdraw_step(session, row, writing)


def known_step(row: StepRow) -> Known:
    return Known(row.id, STEP.validate_json(row.definition), row.withdrawn)


def new_step(contract: str, step: Step, *, place: int, signed: bool) -> StepRow:
    id_ = step_id(contract, step.code, step.year)
    return StepRow(id=id_, contract=contract, code=step.code, year=step.year, place=place, signed=signed, version=0)


def milestone_of(plan: Definitions, line: str) -> str:
    return next(each.milestone for each in plan.milestone_lines if each.code == line)


def write_step(session: AsyncSession, row: StepRow, step: Step, milestone: str, writing: Writing) -> None:
    """State a step, anew where it had been withdrawn."""
    row.definition, row.line, row.milestone = STEP.dump_json(step).decode(), step.line, milestone
    row.scope, row.earliest, row.latest = step.scope, step.due.earliest, step.due.latest
    row.withdrawn = False
    _record(session, row, writing)


def withdraw_step(session: AsyncSession, row: StepRow, writing: Writing) -> None:
    """Take a step out of the contract; its history stays."""
    row.withdrawn = True
    _record(session, row, writing)


def _record(session: AsyncSession, row: StepRow, writing: Writing) -> None:
    row.version += 1
    row.reason = writing.reason if row.version > 1 else None
    row.recorded_at, row.recorded_by, row.origin = writing.at, writing.caller.subject, writing.origin
    version = StepVersionRow(id=row.id, **{name: getattr(row, name) for name in (*_STATED, *_RECORDED)})
    session.add_all([row, version])
    outbox.record(session, step_recorded(row), at=writing.at)


def change(step: Step, before: Step | None) -> dict[str, Any]:
    place = {"step": step.code, "year": step.year, "entity": None}
    return {**place, "before": shown(before) if before else None, "after": shown(step)}


def shown(step: Step) -> str:
    return f"{step.title} ({step.due.text})"


def _says(row: StepRow | StepVersionRow, step: Step) -> bool:
    return not row.withdrawn and STEP.validate_json(row.definition) == step


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    """That of a row which states several steps."""
    found = set(outcomes)
    return found.pop() if len(found) == 1 else Outcome.UPDATED


async def _packaged(session: AsyncSession, contract: str) -> dict[Key, StepVersionRow]:
    """What a package stated last of each step: to say it again changes nothing, even after a revision."""
    version = StepVersionRow
    last = (
        select(version.id, func.max(version.version).label("version"))
        .where(version.origin == PACKAGE)
        .group_by(version.id)
        .subquery()
    )
    query = (
        select(StepRow, version)
        .join(last, last.c.id == StepRow.id)
        .join(version, (version.id == last.c.id) & (version.version == last.c.version))
        .where(StepRow.contract == contract)
    )
    return {(row.code, row.year): stated for row, stated in await session.execute(query)}
