"""Which call caused which event, as long as somebody may wait for it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import insert_into
from shared.events.envelope import Event

from .tables import RecentEventRow

KEPT = timedelta(days=1)
"""For how long the events of a call are remembered."""


async def remember(session: AsyncSession, events: Sequence[Event]) -> None:
    """These events are in the views, those of long ago apart."""
    since = datetime.now(UTC) - KEPT
    rows = [
        {"causation_id": each.causation_id[:64], "event_id": each.id[:64], "time": each.time}
        for each in events
        if each.time > since
    ]
    if rows:
        insert = insert_into(session, RecentEventRow.__table__).on_conflict_do_nothing()
        await session.execute(insert, sorted(rows, key=lambda row: (row["causation_id"], row["event_id"])))
