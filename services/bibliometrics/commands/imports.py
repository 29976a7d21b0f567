"""Importing a file: all of it or nothing; the same file a second time changes nothing."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.holding import changed, corpus
from services.bibliometrics.importing.reading import Reading
from services.bibliometrics.recording.corpus import record
from services.bibliometrics.recording.files import FileRecording
from services.bibliometrics.recording.writing import Writing
from services.bibliometrics.reporting import report_of
from services.bibliometrics.tables import ImportRow
from shared.authorship import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it was sent: its name, its digest, and the day on which its sender says that it was exported."""

    name: str
    sha256: str
    extracted_on: date | None = None


async def take(session: AsyncSession, file: File, reading: Reading, author: Author) -> dict[str, Any]:
    """Take in what was read. Returns the report; a file that is refused changes nothing, and its report says why."""
    day = file.extracted_on or reading.extracted_on
    recording = FileRecording(day or author.clock().date())
    held = await corpus(session)
    await recording.plan(session, [] if reading.is_refused else reading.records)
    report = report_of(reading, recording, file)
    if recording.fresh or recording.again:
        writing = Writing(changed(held, author), author.caller.subject)
        row = _row(file, reading, day, report, writing)
        session.add(row)
        await session.flush()
        await recording.apply(session, row.id)
        await record(session, recording.records, recording.created, writing)
        return {**report, "id": row.id}
    return report


def _row(file: File, reading: Reading, day: date | None, report: dict[str, Any], writing: Writing) -> ImportRow:
    return ImportRow(
        id=str(uuid4()),
        source=reading.source,
        filename=file.name[:300],
        sha256=file.sha256,
        layout=reading.layout,
        dataset=reading.dataset[:500],
        extracted_on=day,
        updated_on=reading.updated_on,
        report=json.dumps(report, ensure_ascii=False),
        imported_at=writing.at,
        imported_by=writing.by,
    )
