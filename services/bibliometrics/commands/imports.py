"""Importing a file: all of it or nothing; the same file a second time changes nothing."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.holding import changed, corpus
from services.bibliometrics.importing.reading import Reading
from services.bibliometrics.recording.corpus import record
from services.bibliometrics.recording.files import FileRecording
from services.bibliometrics.recording.writing import Writing
from services.bibliometrics.reporting import crowd, report_of
from services.bibliometrics.tables import ImportRow
from shared.authorship import Author
from shared.problems import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it was sent: its name, its digest, and the day on which its sender says that it was exported."""

    name: str
    sha256: str
    extracted_on: date | None = None


async def take(session: AsyncSession, file: File, reading: Reading, author: Author) -> dict[str, Any]:
    """Take in what was read. Returns the report; a file that is refused changes nothing, and its report says why."""
    day = file.extracted_on or reading.extracted_on
    _check_past(day, author.clock().date())
    held = await corpus(session)
    recording = FileRecording(day or await _received_on(session, file, reading) or author.clock().date())
    await recording.plan(session, [] if reading.is_refused else reading.records)
    report = report_of(reading, recording, file)
    if recording.fresh or recording.again:
        writing = Writing(changed(held, author), author.caller.subject)
        row = _row(file, reading, day, writing)
        session.add(row)
        await session.flush()
        await recording.apply(session, row.id)
        rematched = await record(session, recording.records, recording.created, writing)
        report["findings"] += map(crowd, rematched.crowded)
        row.report = json.dumps(report, ensure_ascii=False)
        return {**report, "id": row.id}
    return {**report, "id": None}


def _check_past(day: date | None, today: date) -> None:
    """Raises Invalid on a day to come: what it says would be held newer than every true export."""
    if day is not None and day > today + timedelta(days=1):
        message = f"le jour de l’export ({day.isoformat()}) n’est pas encore venu"
        raise Invalid(message, errors=[{"place": "body.extractedOn", "code": "future", "message": message}])


async def _received_on(session: AsyncSession, file: File, reading: Reading) -> date | None:
    """The day on which the same file first came: that it comes again makes nothing in it any newer."""
    same = (ImportRow.sha256 == file.sha256, ImportRow.source == reading.source, ImportRow.extracted_on.is_(None))
    first = await session.scalar(select(func.min(ImportRow.imported_at)).where(*same))
    return first.date() if first else None


def _row(file: File, reading: Reading, day: date | None, writing: Writing) -> ImportRow:
    return ImportRow(
        id=str(uuid4()),
        source=reading.source,
        filename=file.name[:300],
        sha256=file.sha256,
        layout=reading.layout,
        dataset=reading.dataset[:500],
        extracted_on=day,
        updated_on=reading.updated_on,
        report="",
        imported_at=writing.at,
        imported_by=writing.by,
    )
