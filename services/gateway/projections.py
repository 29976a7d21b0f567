"""What each event changes in the read model: the newest version of a subject wins, whatever the order."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import insert_into
from shared.events import indicators
from shared.events.catalogue import Fact
from shared.events.indicators import ContractDefined, ObservationRecorded

from .tables import ContractRow, ObservationRow

Projection = Callable[[AsyncSession, Any], Awaitable[None]]


async def contract_defined(session: AsyncSession, fact: ContractDefined) -> None:
    await _keep_newest(
        session,
        ContractRow,
        {
            "code": fact.code,
            "version": fact.version,
            "definition": fact.definition.model_dump_json(),
            "defined_at": fact.defined_at,
        },
    )


async def observation_recorded(session: AsyncSession, fact: ObservationRecorded) -> None:
    columns = {column.key for column in ObservationRow.__table__.columns}
    await _keep_newest(session, ObservationRow, fact.model_dump(include=columns))


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
}
