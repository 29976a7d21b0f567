"""Setting messages aside, whole and with the reason, so that they hold nothing back and nobody misses them."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from shared.bus import Message
from shared.database import insert_into
from shared.telemetry import EVENTS_PARKED

from .tables import ParkedRow

_BEGINNING = re.compile(r"la projection échoue : \w+|.+?(?= : |$)")
_LONGEST = 200
_TOLD = ("key", "value", "headers", "reason", "parked_at")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gap:
    """Offsets that a partition no longer has, and that were never taken in."""

    topic: str
    partition: int
    first: int
    last: int


async def park(session: AsyncSession, message: Message, reason: str) -> None:
    headers = [(name, value.decode("utf-8", "backslashreplace")) for name, value in message.headers]
    await _keep(
        session,
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=message.key,
        value=message.value,
        headers=json.dumps(headers),
        reason=reason.replace("\x00", "\\0"),
    )


async def park_gap(session: AsyncSession, gap: Gap) -> None:
    """One row for them all, without a value: their owner still has them, and can send them again."""
    await _keep(
        session,
        topic=gap.topic,
        partition=gap.partition,
        offset=gap.first,
        key=None,
        value=None,
        headers="[]",
        reason=f"les événements {gap.first} à {gap.last} ne sont plus dans le topic : faites-les renvoyer (republish)",
    )


async def _keep(session: AsyncSession, **row: Any) -> None:
    insert = insert_into(session, ParkedRow).values(row | {"parked_at": datetime.now(UTC)})
    told = {name: insert.excluded[name] for name in _TOLD}
    await session.execute(insert.on_conflict_do_update(index_elements=["topic", "partition", "offset"], set_=told))
    EVENTS_PARKED.labels(row["topic"]).inc()
    place = {name: row[name] for name in ("topic", "partition", "offset")}
    log.warning("event-parked", **place, cause=_cause(row["reason"]))


def _cause(reason: str) -> str:
    """What of a reason may be logged: how it begins, before it quotes the event; the whole is with the row."""
    begins = _BEGINNING.match(reason)
    return begins[0][:_LONGEST] if begins else ""
