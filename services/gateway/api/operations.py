"""What operators see and do: parked events, one by one or together, and what the read model holds."""

import json
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import func, select

from services.gateway import facts, inventory, replaying
from services.gateway.projections import FACTS
from services.gateway.replaying import Outcome
from services.gateway.schemas.operations import (
    DismissedItem,
    DismissedPage,
    ParkedItem,
    ParkedPage,
    Reached,
    ReadModelInventory,
    ReplayedItem,
    ReplayReport,
)
from services.gateway.tables import DismissedRow, ParkedRow, PositionRow
from shared import pages
from shared.application import Db
from shared.identity import Operator
from shared.inventory import STREAMED, named, streamed, tally
from shared.problems import NotFound
from shared.version import VERSION

_SHOWN = 20
_MAX_ID = 2**63 - 1
Id = Annotated[int, Path(ge=1, le=_MAX_ID, description="Numéro de l’événement mis de côté.")]
Reason = Annotated[
    str,
    Query(
        min_length=1, max_length=1000, pattern=r"^[^\x00]*\S[^\x00]*$",
        description="Pourquoi il n’est plus attendu ; gardé, et sans donnée personnelle.",
    ),
]  # fmt: skip
router = APIRouter(tags=["operations"])


@router.get("/parked-events", summary="Les événements mis de côté, avec leur motif")
async def list_parked(
    _caller: Operator, database: Db, limit: pages.Limit = 100, after: pages.After = None
) -> ParkedPage:
    (last,) = pages.read_cursor(after, (int,)) or (0,)
    async with database.reading() as session:
        rows = await facts.parked(session, last, limit + 1)
    page = rows[:limit]
    more = pages.write_cursor([page[-1].id]) if len(rows) > limit else None
    return ParkedPage(items=[_parked(row) for row in page], next=more)


@router.get("/parked-events/{id}", summary="Un événement mis de côté, en entier")
async def read_parked(_caller: Operator, database: Db, id: Id) -> ParkedItem:  # noqa: A002 - its name in the path
    async with database.reading() as session:
        row = await session.get(ParkedRow, id)
    if row is None:
        raise _unknown(id)
    return _parked(row)


@router.post("/parked-events/replay", summary="Reprendre tous les événements mis de côté")
async def replay_all(_caller: Operator, database: Db) -> ReplayReport:
    counts = dict.fromkeys(Outcome, 0)
    left: list[ReplayedItem] = []
    async for each in replaying.replay_all(database):
        counts[each.outcome] += 1
        if each.outcome is Outcome.KEPT and len(left) < _SHOWN:
            left.append(_replayed(each))
    return ReplayReport(**{outcome.value: count for outcome, count in counts.items()}, left=left)


@router.post("/parked-events/{id}/replay", summary="Reprendre un événement mis de côté")
async def replay_one(_caller: Operator, database: Db, id: Id) -> ReplayedItem:  # noqa: A002
    done = await replaying.replay(database, id)
    if done is None:
        raise _unknown(id)
    return _replayed(done)


@router.delete("/parked-events/{id}", status_code=204, summary="Ne plus attendre un événement mis de côté")
async def dismiss(caller: Operator, database: Db, id: Id, reason: Reason) -> Response:  # noqa: A002
    if not await replaying.dismiss(database, id, by=caller.subject, reason=reason):
        raise _unknown(id)
    return Response(status_code=204)


@router.get("/dismissed-events", summary="Les événements qui ne sont plus attendus, et pourquoi")
async def list_dismissed(
    _caller: Operator, database: Db, limit: pages.Limit = 100, after: pages.After = None
) -> DismissedPage:
    (last,) = pages.read_cursor(after, (int,)) or (0,)
    query = select(DismissedRow).where(DismissedRow.id > last).order_by(DismissedRow.id).limit(limit + 1)
    async with database.reading() as session:
        rows = (await session.scalars(query)).all()
    page = rows[:limit]
    more = pages.write_cursor([page[-1].id]) if len(rows) > limit else None
    return DismissedPage(items=[DismissedItem.model_validate(row, from_attributes=True) for row in page], next=more)


@router.get("/inventory", summary="Ce que les vues tiennent : le compte et l’empreinte de chaque type de faits")
async def read_inventory(_caller: Operator, database: Db) -> ReadModelInventory:
    async with database.reading() as session:
        tallies = [await tally(model, inventory.held(session, model)) for model in FACTS.values()]
        rows = await session.scalars(select(PositionRow).order_by(PositionRow.topic, PositionRow.partition))
        positions = [Reached.model_validate(row, from_attributes=True) for row in rows]
        parked = await session.scalar(select(func.count()).select_from(ParkedRow)) or 0
    return ReadModelInventory(service="gateway", product=VERSION, parked=parked, positions=positions, facts=tallies)


@router.get(
    "/inventory/{type}", summary="Chaque sujet d’un type de faits, avec son empreinte",
    response_class=StreamingResponse, responses=STREAMED,
)  # fmt: skip
async def read_subjects(
    _caller: Operator, database: Db, name: Annotated[str, Path(alias="type", max_length=200)]
) -> StreamingResponse:
    return streamed(database, named(FACTS, name), inventory.held)


def _unknown(id_: int) -> NotFound:
    return NotFound(f"Aucun événement mis de côté n’a le numéro {id_} : il a été repris, ou n’a jamais existé.")


def _replayed(done: replaying.Replayed) -> ReplayedItem:
    return ReplayedItem(**asdict(done))


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
