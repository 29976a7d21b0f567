"""Recording steps: what their rows would do to those that are known, then doing it."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count, pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.domain.plan import Plan as Definitions
from services.milestones.domain.step import Step, step_id
from services.milestones.rows import STEP
from services.milestones.tables import StepRow, StepVersionRow
from services.milestones.telling import step_recorded
from shared import outbox
from shared.identity import Caller
from shared.intake.plans import Outcome
from shared.versions import last_said

from . import PACKAGE, give_turn

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
    written: list[tuple[StepRow, Step, int]] = field(default_factory=list)
    moved: list[tuple[StepRow, int]] = field(default_factory=list)
    withdrawn: list[StepRow] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    async def read(self, session: AsyncSession) -> None:
        """What is known of this contract, and what a package last said of each step."""
        rows = await session.scalars(select(StepRow).where(StepRow.contract == self.contract))
        self.known = {(row.code, row.year): row for row in rows}
        self.packaged = await _packaged(session, self.contract)

    def plan(self, written: Sequence[Sequence[Step]]) -> list[Outcome]:
        """The outcome of each row of a package, which states one step or more; a step that is left out is withdrawn."""
        places = self._places([step.key for steps in written for step in steps])
        outcomes = [_together([self._decide(step, places[step.key]) for step in steps]) for steps in written]
        gone = self._gone(places.keys())
        self.withdrawn = [self.known[key] for key in gone]
        left = (row for key, row in self.known.items() if key not in places and key not in gone)
        self.moved += [(row, row.place) for row in left if self._follows(row)]
        return outcomes

    def _places(self, order: Sequence[Key]) -> dict[Key, int]:
        """Where each stands: as before, the new ones behind; from the first one on where that is not their order."""
        standing = [self.known[key].place for key in order if key in self.known]
        new = [key for key in order if key not in self.known]
        in_order = all(one < other for one, other in pairwise(standing)) and [*order[len(standing) :]] == new
        if not in_order:
            return {key: place for place, key in enumerate(order)}
        behind = count(1 + max((row.place for row in self.known.values()), default=-1))
        return {key: self.known[key].place if key in self.known else next(behind) for key in order}

    def planned(self) -> dict[Key, Known]:
        """Every step as it will stand, but for those that this package leaves out."""
        withdrawn = {row.id for row in self.withdrawn}
        left = {key: known_step(row) for key, row in self.known.items() if row.id not in withdrawn}
        return left | {step.key: Known(row.id, step) for row, step, _ in self.written}

    def _gone(self, stated: Container[Key]) -> set[Key]:
        """Those that a package stated, and that this one leaves out; but for those that somebody withdrew already."""
        standing = (key for key, last in self.packaged.items() if not last.withdrawn and not self.known[key].withdrawn)
        return {key for key in standing if key not in stated}

    def _follows(self, row: StepRow) -> bool:
        """Whether the line of a step that stands has moved to another milestone."""
        return not row.withdrawn and self.milestones.get(row.line, row.milestone) != row.milestone

    def _decide(self, step: Step, place: int) -> Outcome:
        known, packaged = self.known.get(step.key), self.packaged.get(step.key)
        if known is None:
            self.written.append((new_step(self.contract, step, signed=self.signed), step, place))
            self.changes.append(change(step, None))
            return Outcome.CREATED
        if _says(known, step) or (packaged is not None and _says(packaged, step)):
            return self._placed(known, place)
        self.written.append((known, step, place))
        self.changes.append(change(step, STEP.validate_json(known.definition)))
        return Outcome.UPDATED

    def _placed(self, known: StepRow, place: int) -> Outcome:
        """A step that is as it was may stand elsewhere in the plan."""
        if known.withdrawn or (known.place == place and not self._follows(known)):
            return Outcome.UNCHANGED
        self.moved.append((known, place))
        return Outcome.UPDATED

    async def apply(self, session: AsyncSession, writing: Writing) -> None:
        """Write what the plan found, with a version and an event for each change; other calls have their turns.

        What a package only puts elsewhere stays the word of who stated it.
        """
        for number, (row, step, place) in enumerate(self.written, 1):
            row.place = place
            write_step(session, row, step, self.milestones[step.line], writing)
            await give_turn(session, number)
        for row, place in self.moved:
            row.place, own = place, replace(writing, origin=row.origin)
            write_step(session, row, known_step(row).step, self.milestones[row.line], own)
        for row in self.withdrawn:
            withdraw_step(session, row, writing)
        await session.flush()


def known_step(row: StepRow) -> Known:
    return Known(row.id, STEP.validate_json(row.definition), row.withdrawn)


def new_step(contract: str, step: Step, *, signed: bool) -> StepRow:
    id_ = step_id(contract, step.code, step.year)
    return StepRow(id=id_, contract=contract, code=step.code, year=step.year, signed=signed, version=0)


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
    row.reason = None if row.version == 1 and writing.origin == PACKAGE else writing.reason
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
    stated = await last_said(session, StepRow, StepVersionRow, PACKAGE, StepRow.contract == contract)
    return {(row.code, row.year): version for row, version in stated}
