"""A contract's steps as files: a CSV of their progress to fill in, and a calendar of their dates."""

import asyncio
import hashlib
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.milestones import calendar, exchanges
from services.milestones.queries.agenda import Agenda, agenda
from shared import conditional
from shared.application import Db
from shared.database import Database
from shared.identity import Reader
from shared.spreadsheets import Dialect

from .parts import Code

router = APIRouter(tags=["files"])
_Entity = Annotated[str | None, Query(max_length=64, description="Une seule entité ; par défaut, toutes.")]


@router.get("/contracts/{contract}/progress.csv", summary="L’avancement des étapes, en CSV", response_class=Response,
            responses={200: {"content": {"text/csv": {}}}, **conditional.NOT_MODIFIED})  # fmt: skip
async def export_progress(
    request: Request,
    contract: Code,
    _caller: Reader,
    database: Db,
    entity: _Entity = None,
    dialect: Annotated[Dialect, Query(description="`excel` : point-virgule, virgule décimale.")] = Dialect.MACHINE,
) -> Response:
    content = await asyncio.to_thread(exchanges.progress_csv, await _read(database, contract, entity), dialect)
    return _file(request, content, "text/csv; charset=utf-8; header=present", f"avancement-{contract}.csv")


@router.get("/contracts/{contract}/calendar.ics", summary="Le calendrier des étapes (iCalendar)",
            response_class=Response,
            responses={200: {"content": {"text/calendar": {}}}, **conditional.NOT_MODIFIED})  # fmt: skip
async def export_calendar(
    request: Request, contract: Code, _caller: Reader, database: Db, entity: _Entity = None
) -> Response:
    content = await asyncio.to_thread(calendar.calendar, await _read(database, contract, entity))
    return _file(request, content, "text/calendar; charset=utf-8", f"jalons-{contract}.ics")


async def _read(database: Database, contract: str, entity: str | None) -> Agenda:
    async with database.reading() as session:
        return await agenda(session, contract, entity)


def _file(request: Request, content: bytes, media_type: str, name: str) -> Response:
    tag = hashlib.sha256(content).hexdigest()[:32]
    if conditional.matches(request, tag):
        return conditional.not_modified(tag)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=conditional.headers(tag) | disposition, media_type=media_type)
