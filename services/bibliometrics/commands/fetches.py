"""Fetching from Scopus or HAL: page after page, each kept before the next is asked for, and all imported in the end."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.connectors import (
    Clock,
    Connector,
    FailedError,
    Harvest,
    Page,
    Query,
    Quota,
    WaitingError,
)
from services.bibliometrics.queries import fetches as queries
from services.bibliometrics.tables import FetchPageRow, FetchRow
from shared.authorship import Author
from shared.database import Database
from shared.problems import Conflict
from shared.sentences import typeset
from shared.telemetry import measured_import

from . import imports
from .harvests import check_taken, check_whole

RUNNING, PAUSED, FAILED, DONE = "running", "paused", "failed", queries.DONE
_UNKNOWN_WAIT = timedelta(hours=1)
_BEGINNING = ""
_ANOTHER = "Un autre appel poursuit déjà cette interrogation : relisez-la."


async def start(session: AsyncSession, source: str, query: Query, author: Author) -> FetchRow:
    """The fetch of this search that isn't done, or a new one."""
    written = json.dumps(query, ensure_ascii=False)
    known = await queries.unfinished(session, source, written)
    if known:
        return known
    now = author.clock()
    row = FetchRow(
        id=str(uuid4()),
        source=source,
        query=written,
        status=RUNNING,
        position=_BEGINNING,
        pages=0,
        received=0,
        message="",
        note="",
        started_at=now,
        started_by=author.caller.subject,
        updated_at=now,
    )
    session.add(row)
    return row


@dataclass(frozen=True, slots=True)
class Fetching:
    """One call that takes a fetch further: to its end, or until it waits, fails, or `seconds` have gone by."""

    database: Database
    connector: Connector
    clock: Clock
    seconds: float
    author: Author

    async def run(self, fetch_id: str) -> FetchRow:
        """How the fetch stands in the end. Raises NotFound, or Conflict where another call takes it further too."""
        row = await self._begin(fetch_id)
        if row.status == DONE:
            return row
        with measured_import() as told:
            told.source = row.source
            row = await self._advance(row)
            told.outcome = row.status
        return row

    async def _advance(self, row: FetchRow) -> FetchRow:
        try:
            return await self._go_on(row, self.clock.elapsed() + self.seconds)
        except WaitingError as waiting:
            return await self._wait(row.id, waiting)
        except FailedError as failure:
            return await self._fail(row.id, failure)

    async def _begin(self, fetch_id: str) -> FetchRow:
        async with self.database.transaction() as session:
            row = await queries.fetch(session, fetch_id)
            if row.status != DONE:
                row.status, row.message, row.resumes_at = RUNNING, "", None
                if row.position == _BEGINNING:
                    await self._restart(session, row)
                row.updated_at = self.clock.now()
        return row

    async def _restart(self, session: AsyncSession, row: FetchRow) -> None:
        await session.execute(delete(FetchPageRow).where(FetchPageRow.fetch == row.id))
        row.position = json.dumps(dict(self.connector.beginning()))
        row.pages, row.received, row.note = 0, 0, ""
        row.total, row.extracted_on = None, None

    async def _go_on(self, row: FetchRow, deadline: float) -> FetchRow:
        while self.clock.elapsed() < deadline:
            if row.position is None:
                return await self._finish(row)
            page = await self.connector.page(tuple(json.loads(row.query)), json.loads(row.position), row.received)
            row = await self._keep(row, page)
        return await self._pause(row.id)

    async def _keep(self, asked: FetchRow, page: Page) -> FetchRow:
        """Keep a page, and where the next one begins, together."""
        async with self.database.transaction() as session:
            row = await _held(session, asked)
            now = self.clock.now()
            row.pages += 1
            session.add(FetchPageRow(fetch=row.id, number=row.pages, content=page.body, received_at=now))
            row.position = json.dumps(dict(page.following)) if page.following else None
            row.received, row.total = row.received + page.count, page.total
            row.note, row.extracted_on = page.note or row.note, row.extracted_on or now.date()
            row.updated_at = now
            _tell_quota(row, page.quota)
        return row

    async def _pause(self, fetch_id: str) -> FetchRow:
        message = "le temps d’un appel est écoulé : reprenez, rien n’est perdu"
        return await self._stop(fetch_id, {"status": PAUSED, "message": message, "resumes_at": self.clock.now()})

    async def _wait(self, fetch_id: str, waiting: WaitingError) -> FetchRow:
        until = waiting.until or self.clock.now() + _UNKNOWN_WAIT
        changes = {"status": PAUSED, "message": waiting.sentence, "resumes_at": until}
        return await self._stop(fetch_id, changes, waiting.quota)

    async def _fail(self, fetch_id: str, failure: FailedError) -> FetchRow:
        """Where the same place would fail for ever, the next call begins anew."""
        again = {"position": _BEGINNING} if failure.is_final else {}
        return await self._stop(fetch_id, {"status": FAILED, "message": failure.sentence, **again})

    async def _stop(self, fetch_id: str, changes: Mapping[str, Any], quota: Quota | None = None) -> FetchRow:
        """Say why it stops, unless another call has said so of its own."""
        async with self.database.transaction() as session:
            row = await queries.fetch(session, fetch_id)
            if row.status != RUNNING:
                return row
            for name, value in changes.items():
                setattr(row, name, value)
            row.message = typeset(row.message)
            row.updated_at = self.clock.now()
            _tell_quota(row, quota or Quota())
        return row

    async def _finish(self, row: FetchRow) -> FetchRow:
        """Import everything at once. Raises FailedError where something is missing, or refused."""
        harvest = await self._harvest(row)
        total = row.total or 0
        check_whole(row, harvest, total)
        file = imports.File(name=f"{self.connector.layout}-{row.id}.json", sha256=harvest.sha256)
        async with self.database.transaction() as session:
            row = await _held(session, row)
            report = await imports.take(session, file, harvest.close(total), self.author)
            check_taken(report)
            row.status, row.message = DONE, ""
            row.import_id, row.report = report.get("id"), json.dumps(report, ensure_ascii=False)
            row.updated_at = self.clock.now()
            await session.execute(delete(FetchPageRow).where(FetchPageRow.fetch == row.id))
        return row

    async def _harvest(self, row: FetchRow) -> Harvest:
        harvest = Harvest(self.connector, tuple(json.loads(row.query)))
        async with self.database.reading() as session:
            async for body, day in queries.pages(session, row.id):
                await asyncio.to_thread(harvest.add, body, day)
        return harvest


async def _held(session: AsyncSession, known: FetchRow) -> FetchRow:
    """The fetch, held as it was known. Raises Conflict where another call has taken it further."""
    held = select(FetchRow).where(FetchRow.id == known.id).with_for_update()
    row = (await session.scalars(held.execution_options(populate_existing=True))).one()
    if (row.status, row.pages, row.position) != (RUNNING, known.pages, known.position):
        raise Conflict(_ANOTHER)
    return row


def _tell_quota(row: FetchRow, quota: Quota) -> None:
    row.remaining = row.remaining if quota.remaining is None else quota.remaining
    row.resets_at = quota.resets_at or row.resets_at
