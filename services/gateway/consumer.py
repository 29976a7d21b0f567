"""Taking events in: one transaction for the projection and the position; what cannot be projected is parked."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.bus import Message
from shared.database import Database, insert_into, is_unavailable
from shared.events.catalogue import read
from shared.events.envelope import UnreadableMessageError, open_message
from shared.telemetry import EVENTS_PARKED, EVENTS_PROJECTED, POSITION

from .projections import FACTS, PROJECTIONS
from .read_model import rename
from .tables import ParkedRow, PositionRow

_TRIES = 3
log = structlog.get_logger(__name__)


class Consumer:
    """The gateway as a listener of the bus."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def positions(self, topic: str) -> Mapping[int, int]:
        async with self._database.reading() as session:
            rows = await session.scalars(select(PositionRow).where(PositionRow.topic == topic))
            return {row.partition: row.offset for row in rows}

    async def take(self, messages: Sequence[Message]) -> None:
        """All together; where that fails, each by itself, so that one bad event holds no other back."""
        try:
            await self._take_together(messages)
        except Exception as error:
            if is_unavailable(error):
                raise
            for message in messages:
                await self._take_alone(message)

    async def _take_together(self, messages: Sequence[Message]) -> None:
        async with self._database.transaction() as session:
            for message in messages:
                await _project_or_park(session, message)
            await _advance(session, messages[-1])
        EVENTS_PROJECTED.labels(messages[-1].topic).inc(len(messages))
        POSITION.labels(messages[-1].topic, messages[-1].partition).set(messages[-1].offset)

    async def _take_alone(self, message: Message) -> None:
        """Try again, then park with the last error. Raises only where the database is away."""
        reason = ""
        for _ in range(_TRIES):
            try:
                await self._take_together([message])
            except Exception as error:
                if is_unavailable(error):
                    raise
                reason = f"la projection échoue : {error!r}"
            else:
                return
        async with self._database.transaction() as session:
            await _park(session, message, reason)
            await _advance(session, message)


async def _project_or_park(session: AsyncSession, message: Message) -> None:
    try:
        fact = read(open_message(message.value, message.headers), FACTS)
    except UnreadableMessageError as error:
        await _park(session, message, str(error))
        return
    await PROJECTIONS[type(fact)](session, fact)


async def _park(session: AsyncSession, message: Message, reason: str) -> None:
    row = {
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "key": message.key,
        "value": message.value,
        "headers": json.dumps([(name, value.decode("utf-8", "backslashreplace")) for name, value in message.headers]),
        "reason": reason.replace("\x00", "\\0"),
        "parked_at": datetime.now(UTC),
    }
    insert = insert_into(session, ParkedRow).values(row)
    told = {name: insert.excluded[name] for name in ("key", "value", "headers", "reason", "parked_at")}
    await session.execute(insert.on_conflict_do_update(index_elements=["topic", "partition", "offset"], set_=told))
    EVENTS_PARKED.labels(message.topic).inc()
    log.warning("event-parked", topic=message.topic, partition=message.partition, offset=message.offset, reason=reason)


async def _advance(session: AsyncSession, message: Message) -> None:
    """Remember the furthest message taken in: a position never goes back.

    A message from before it was read already, or its topic was made anew: the views may change though the position does
    not, so the read model takes another name, and every ETag with it.
    """
    row = {"topic": message.topic, "partition": message.partition, "offset": message.offset}
    insert = insert_into(session, PositionRow).values(row)
    advanced = await session.scalar(
        insert.on_conflict_do_update(
            index_elements=["topic", "partition"],
            set_={"offset": insert.excluded.offset},
            where=PositionRow.offset < insert.excluded.offset,
        ).returning(PositionRow.offset)
    )
    if advanced is None:
        await rename(session)
