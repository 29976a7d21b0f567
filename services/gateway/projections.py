"""What each event changes in the read model: every version is kept, and the newest stands, whatever the order."""

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic_core import to_json
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import insert_into
from shared.events import bibliometrics, indicators, milestones
from shared.events.bibliometrics import CountRecorded, ExtractionRecorded, MeasuresDefined
from shared.events.catalogue import Fact, FactBody
from shared.events.indicators import AssessmentRecorded, ContractDefined, ObservationRecorded, RehearsalStaged
from shared.events.milestones import CommentAdded, PlanDefined, ProgressRecorded, StepRecorded

from .tables import (
    AssessmentRow,
    AssessmentVersionRow,
    CommentRow,
    ContractRow,
    ContractVersionRow,
    CountRow,
    CountVersionRow,
    ExtractionRow,
    ExtractionVersionRow,
    MeasuresRow,
    MeasuresVersionRow,
    ObservationRow,
    ObservationVersionRow,
    PlanRow,
    PlanVersionRow,
    ProgressRow,
    ProgressVersionRow,
    RehearsalRow,
    StepRow,
    StepVersionRow,
)

Projection = Callable[[AsyncSession, Any], Awaitable[None]]
_PARTS = (FactBody, tuple)


async def contract_defined(session: AsyncSession, fact: ContractDefined) -> None:
    await _keep(session, ContractRow, ContractVersionRow, _columns(ContractRow, fact))


async def observation_recorded(session: AsyncSession, fact: ObservationRecorded) -> None:
    await _keep(session, ObservationRow, ObservationVersionRow, _columns(ObservationRow, fact))


async def assessment_recorded(session: AsyncSession, fact: AssessmentRecorded) -> None:
    await _keep(session, AssessmentRow, AssessmentVersionRow, _columns(AssessmentRow, fact))


async def rehearsal_staged(session: AsyncSession, fact: RehearsalStaged) -> None:
    """Nothing is left of an earlier set; an empty one stays as a row, so that no late event brings figures back."""
    await _keep_newest(session, RehearsalRow, _columns(RehearsalRow, fact))


async def plan_defined(session: AsyncSession, fact: PlanDefined) -> None:
    await _keep(session, PlanRow, PlanVersionRow, _columns(PlanRow, fact))


async def step_recorded(session: AsyncSession, fact: StepRecorded) -> None:
    await _keep(session, StepRow, StepVersionRow, _columns(StepRow, fact))


async def progress_recorded(session: AsyncSession, fact: ProgressRecorded) -> None:
    await _keep(session, ProgressRow, ProgressVersionRow, _columns(ProgressRow, fact))


async def comment_added(session: AsyncSession, fact: CommentAdded) -> None:
    """A remark is never changed: it has no other version to keep."""
    await _keep_newest(session, CommentRow, _columns(CommentRow, fact))


async def measures_defined(session: AsyncSession, fact: MeasuresDefined) -> None:
    await _keep(session, MeasuresRow, MeasuresVersionRow, _columns(MeasuresRow, fact))


async def extraction_recorded(session: AsyncSession, fact: ExtractionRecorded) -> None:
    await _keep(session, ExtractionRow, ExtractionVersionRow, _columns(ExtractionRow, fact))


async def count_recorded(session: AsyncSession, fact: CountRecorded) -> None:
    await _keep(session, CountRow, CountVersionRow, _columns(CountRow, fact))


def _columns(table: type[Any], fact: Fact) -> dict[str, Any]:
    """The fact in the table's columns; what has parts of its own is JSON."""
    row = {column.key: getattr(fact, column.key) for column in table.__table__.columns}
    return {name: to_json(value).decode() if isinstance(value, _PARTS) else value for name, value in row.items()}


async def _keep(session: AsyncSession, newest: type[Any], versions: type[Any], row: dict[str, Any]) -> None:
    await _keep_version(session, versions, row)
    await _keep_newest(session, newest, row)


async def _keep_version(session: AsyncSession, table: type[Any], row: dict[str, Any]) -> None:
    await session.execute(insert_into(session, table).values(row).on_conflict_do_nothing())


async def _keep_newest(session: AsyncSession, table: type[Any], row: dict[str, Any]) -> None:
    keys = [column.key for column in table.__table__.primary_key]
    insert = insert_into(session, table).values(row)
    changes = {name: insert.excluded[name] for name in row if name not in keys}
    await session.execute(
        insert.on_conflict_do_update(index_elements=keys, set_=changes, where=table.version < insert.excluded.version)
    )


FACTS: dict[str, type[Fact]] = {**indicators.FACTS, **milestones.FACTS, **bibliometrics.FACTS}
PROJECTIONS: dict[type[Fact], Projection] = {
    ContractDefined: contract_defined,
    ObservationRecorded: observation_recorded,
    AssessmentRecorded: assessment_recorded,
    RehearsalStaged: rehearsal_staged,
    PlanDefined: plan_defined,
    StepRecorded: step_recorded,
    ProgressRecorded: progress_recorded,
    CommentAdded: comment_added,
    MeasuresDefined: measures_defined,
    ExtractionRecorded: extraction_recorded,
    CountRecorded: count_recorded,
}
