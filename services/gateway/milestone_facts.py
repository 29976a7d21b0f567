"""The milestones of a contract as they stand, or stood at an instant."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.milestones import EvidenceBody, PlanBody

from .domain.milestones.due import Due, Forecast
from .domain.milestones.progress import Progress, State
from .history import newest
from .tables import (
    PlanRow,
    PlanVersionRow,
    ProgressRow,
    ProgressVersionRow,
    StepRow,
    StepVersionRow,
)

_SHARED = "schools"
_remembered = lru_cache(maxsize=4096)  # the same few dates, over and over
_due = _remembered(TypeAdapter(Due).validate_json)
_forecast = _remembered(TypeAdapter(Forecast).validate_json)
_evidence = _remembered(TypeAdapter(tuple[EvidenceBody, ...]).validate_json)


@dataclass(frozen=True, slots=True)
class Step:
    """A version of a step."""

    id: str
    version: int
    line: str
    code: str
    year: int
    place: int
    title: str
    due: Due
    conditional: bool
    recurrent: bool
    scope: str
    pilot: str | None
    source: str
    note: str | None
    signed: bool
    withdrawn: bool
    reason: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def is_shared(self) -> bool:
        """Whether each of the plan's entities does it, and not the group once."""
        return self.scope == _SHARED


@dataclass(frozen=True, slots=True)
class Said:
    """A version of what an entity says of a step."""

    step: str
    entity: str
    progress: Progress
    evidence: tuple[EvidenceBody, ...]
    reason: str | None
    note: str | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """What stands, or stood: nothing where no plan was read; the steps by year and place, those withdrawn too.

    `said` is by step and entity.
    """

    plan: PlanBody | None = None
    steps: tuple[Step, ...] = ()
    said: dict[tuple[str, str], Said] = field(default_factory=dict)


@lru_cache(maxsize=64)
def plan_of(text: str) -> PlanBody:
    return PlanBody.model_validate_json(text)


async def milestone_facts(session: AsyncSession, code: str, as_of: datetime | None) -> MilestoneFacts:
    plan = await _plan(session, code, as_of)
    if plan is None:
        return MilestoneFacts()
    steps = map(step_in, await session.execute(_standing(StepVersionRow if as_of else StepRow, code, as_of)))
    said = map(said_in, await session.execute(_standing(ProgressVersionRow if as_of else ProgressRow, code, as_of)))
    return MilestoneFacts(
        plan=plan_of(plan),
        steps=tuple(sorted(steps, key=lambda each: (each.year, each.place, each.code))),
        said={(each.step, each.entity): each for each in said},
    )


async def _plan(session: AsyncSession, code: str, as_of: datetime | None) -> str | None:
    if as_of is None:
        return await session.scalar(select(PlanRow.definition).where(PlanRow.contract == code))
    known = PlanVersionRow.contract == code, PlanVersionRow.defined_at <= as_of
    query = select(PlanVersionRow.definition).where(*known).order_by(PlanVersionRow.version.desc())
    return await session.scalar(query.limit(1))


def rows_of(rows: Any, code: str) -> Select[Any]:
    return select(*rows.__table__.columns).where(rows.contract == code)


def _standing(rows: Any, code: str, as_of: datetime | None) -> Select[Any]:
    """Of each subject what stands, or the newest version that had been recorded."""
    query = rows_of(rows, code)
    return query if as_of is None else query.where(newest(rows, as_of))


def step_in(row: Any) -> Step:
    columns = row._asdict()
    return Step(**{name: columns[name] for name in Step.__slots__} | {"due": _due(row.due)})


def said_in(row: Any) -> Said:
    return Said(
        step=row.step,
        entity=row.entity,
        progress=_progress(row),
        evidence=_evidence(row.evidence),
        reason=row.reason,
        note=row.note,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


def _progress(row: Any) -> Progress:
    return Progress(
        state=State(row.state),
        share=row.share,
        done_on=row.done_on,
        due=_due(row.due) if row.due else None,
        forecast=_forecast(row.forecast) if row.forecast else None,
    )
