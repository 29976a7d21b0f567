"""What operators see: the events that were parked, each with its reason."""

import json

from fastapi import APIRouter

from services.gateway import facts
from services.gateway.schemas.operations import ParkedItem, ParkedPage
from services.gateway.tables import ParkedRow
from shared import pages
from shared.application import Db
from shared.identity import Operator

router = APIRouter()


@router.get("/parked-events", tags=["operations"], summary="Les événements mis de côté, avec leur motif")
async def list_parked(
    _caller: Operator, database: Db, limit: pages.Limit = 100, after: pages.After = None
) -> ParkedPage:
    (last,) = pages.read_cursor(after, (int,)) or (0,)
    async with database.reading() as session:
        rows = await facts.parked(session, last, limit + 1)
    page = rows[:limit]
    more = pages.write_cursor([page[-1].id]) if len(rows) > limit else None
    return ParkedPage(items=[_parked(row) for row in page], next=more)


def _parked(row: ParkedRow) -> ParkedItem:
    return ParkedItem(
        id=row.id,
        topic=row.topic,
        partition=row.partition,
        offset=row.offset,
        key=_text(row.key),
        headers=json.loads(row.headers),
        value=_text(row.value),
        reason=row.reason,
        parked_at=row.parked_at,
    )


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "backslashreplace")
