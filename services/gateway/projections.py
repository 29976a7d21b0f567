"""What each event changes in the read model: every version is kept, and the newest stands, whatever the order."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import insert_into
from shared.events import indicators
from shared.events.catalogue import Fact
from shared.events.indicators import AssessmentRecorded, ContractDefined, ObservationRecorded, RehearsalStaged

from .tables import (
    AssessmentRow,
    AssessmentVersionRow,
    ContractRow,
    ContractVersionRow,
    ObservationRow,
    ObservationVersionRow,
    RehearsalRow,
)

Projection = Callable[[AsyncSession, Any], Awaitable[None]]


async def contract_defined(session: AsyncSession, fact: ContractDefined) -> None:
    row = _columns(ContractRow, fact) | {"definition": fact.definition.model_dump_json()}
    await _keep_version(session, ContractVersionRow, row)
    await _keep_newest(session, ContractRow, row)


async def observation_recorded(session: AsyncSession, fact: ObservationRecorded) -> None:
    row = _columns(ObservationRow, fact)
    await _keep_version(session, ObservationVersionRow, row)
    await _keep_newest(session, ObservationRow, row)


async def assessment_recorded(session: AsyncSession, fact: AssessmentRecorded) -> None:
    row = _columns(AssessmentRow, fact)
    await _keep_version(session, AssessmentVersionRow, row)
    await _keep_newest(session, AssessmentRow, row)


async def rehearsal_staged(session: AsyncSession, fact: RehearsalStaged) -> None:
    """Nothing is left of an earlier set; an empty one stays as a row, so that no late event brings figures back."""
    simulated = [each.model_dump(mode="json") for each in fact.observations]
    await _keep_newest(session, RehearsalRow, _columns(RehearsalRow, fact) | {"observations": json.dumps(simulated)})


def _columns(table: type[Any], fact: Fact) -> dict[str, Any]:
    return fact.model_dump(include={column.key for column in table.__table__.columns})


async def _keep_version(session: AsyncSession, table: type[Any], row: dict[str, Any]) -> None:
    await session.execute(insert_into(session, table).values(row).on_conflict_do_nothing())


async def _keep_newest(session: AsyncSession, table: type[Any], row: dict[str, Any]) -> None:
    keys = [column.key for column in table.__table__.primary_key]
    insert = insert_into(session, table).values(row)
    changes = {name: insert.excluded[name] for name in row if name not in keys}
    await session.execute(
        insert.on_conflict_do_update(index_elements=keys, set_=changes, where=table.version < insert.excluded.version)
    )


FACTS: dict[str, type[Fact]] = {**indicators.FACTS}
PROJECTIONS: dict[type[Fact], Projection] = {
    ContractDefined: contract_defined,
    ObservationRecorded: observation_recorded,
    AssessmentRecorded: assessment_recorded,
    RehearsalStaged: rehearsal_staged,
}
