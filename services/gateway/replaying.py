"""What becomes of parked events: taken in again once they can be, or dismissed for a reason that is kept."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, is_unavailable
from shared.events.catalogue import read
from shared.events.envelope import Headers, UnreadableMessageError, open_message

from .inventory import version_held
from .projections import FACTS, project
from .read_model import rename
from .recent import remember
from .tables import DismissedRow, ParkedRow

_PAGE = 200
_VERSION = re.compile(r"[0-9]{1,18}")
log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    PROJECTED = "projected"
    SUPERSEDED = "superseded"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a parked event; `reason` is why it is kept."""

    id: int
    topic: str
    partition: int
    offset: int
    outcome: Outcome
    reason: str = ""


async def replay(database: Database, id_: int) -> Replayed | None:
    """Take a parked event in as it was published; none where there is no such event. Raises where the database is away.

    One that still can't be taken in stays, with its newest reason, unless the views have this version or a newer one.
    """
    async with database.reading() as session:
        row = await session.get(ParkedRow, id_)
    if row is None:
        return None
    try:
        return await _project(database, row)
    except Exception as error:
        if is_unavailable(error):
            raise
        reason = str(error) if isinstance(error, UnreadableMessageError) else f"la projection échoue : {error!r}"
    return await _settle(database, row, reason)


async def replay_all(database: Database) -> AsyncIterator[Replayed]:
    """Each parked event, in the order in which they were parked."""
    last = 0
    while True:
        async with database.reading() as session:
            query = select(ParkedRow.id).where(ParkedRow.id > last).order_by(ParkedRow.id).limit(_PAGE)
            ids = (await session.scalars(query)).all()
        for each in ids:
            if done := await replay(database, each):
                yield done
        if len(ids) < _PAGE:
            return
        last = ids[-1]


async def dismiss(database: Database, id_: int, *, by: str, reason: str) -> bool:
    """Wait for a parked event no more, and keep who said so and why; whether there was one."""
    async with database.transaction() as session:
        row = await session.scalar(select(ParkedRow).where(ParkedRow.id == id_).with_for_update())
        if row is None:
            return False
        session.add(
            DismissedRow(
                topic=row.topic,
                partition=row.partition,
                offset=row.offset,
                cause=row.reason,
                parked_at=row.parked_at,
                reason=reason,
                dismissed_by=by,
                dismissed_at=datetime.now(UTC),
            )
        )
        await session.delete(row)
    log.warning("parked-event-dismissed", **_place(row))
    return True


async def _project(database: Database, row: ParkedRow) -> Replayed:
    """The views change though no position does: the read model takes another name, and every ETag with it."""
    event = open_message(row.value, _headers(row))
    fact = read(event, FACTS)
    async with database.transaction() as session:
        await project(session, [fact])
        await remember(session, [event])
        await _resolve(session, row)
        await rename(session)
    return _done(row, Outcome.PROJECTED)


async def _settle(database: Database, row: ParkedRow, reason: str) -> Replayed:
    """A message without a value keeps its reason: what could be said of it was said when it was parked."""
    async with database.transaction() as session:
        if await _is_superseded(session, row):
            await _resolve(session, row)
            return _done(row, Outcome.SUPERSEDED)
        newest = reason.replace("\x00", "\\0") if row.value else row.reason
        await session.execute(update(ParkedRow).where(ParkedRow.id == row.id).values(reason=newest))
    return _done(row, Outcome.KEPT, newest)


async def _is_superseded(session: AsyncSession, row: ParkedRow) -> bool:
    """By what its envelope says, as far as it can be read."""
    said = {name.lower(): text for name, text in json.loads(row.headers)}
    model = FACTS.get(said.get("ce_type", ""))
    subject, sequence = said.get("ce_subject", "\x00"), said.get("ce_sequence", "")
    if model is None or "\x00" in subject or not _VERSION.fullmatch(sequence):
        return False
    held = await version_held(session, model, subject)
    return held is not None and held >= int(sequence)


async def _resolve(session: AsyncSession, row: ParkedRow) -> None:
    await session.execute(delete(ParkedRow).where(ParkedRow.id == row.id))


def _headers(row: ParkedRow) -> Headers:
    """As the bus delivered them, but for bytes that were no text."""
    return tuple((name, text.encode()) for name, text in json.loads(row.headers))


def _done(row: ParkedRow, outcome: Outcome, reason: str = "") -> Replayed:
    log.info("parked-event-replayed", outcome=outcome, **_place(row))
    return Replayed(row.id, row.topic, row.partition, row.offset, outcome, reason)


def _place(row: ParkedRow) -> dict[str, str | int]:
    return {"topic": row.topic, "partition": row.partition, "offset": row.offset}
