"""Recording what a file says: the snapshots that it adds, and the records that they change."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.matching import ref
from services.bibliometrics.domain.publication import Record
from services.bibliometrics.domain.snapshots import Snapshot, merged
from services.bibliometrics.rows import RECORD
from services.bibliometrics.tables import RecordRow, SnapshotRow

from .chunks import insert_all, rows_among

Row = tuple[int, Record]
_LONGEST_KEY = 300  # a column holds it; a DOI may be of any length
_Known = dict[str, dict[str, date]]  # by record, the day of each snapshot by its digest


@dataclass(slots=True)
class FileRecording:
    """What a file's rows would do: `fresh` are snapshots to add, `again` those said later too, `records` what changes.

    `day` is when the file was exported, or else received; `overtaken` are the records that a later file has told of.
    """

    day: date
    fresh: list[dict[str, Any]] = field(default_factory=list)
    again: list[tuple[str, str]] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    duplicates: int = 0
    overtaken: int = 0

    async def plan(self, session: AsyncSession, rows: Sequence[Row]) -> None:
        """Find what these rows change."""
        said = await asyncio.to_thread(_digested, rows)
        self.named = set(said)
        self.duplicates = len(rows) - len(said)
        known = await _known_snapshots(session, said)
        self._compare(said, known)
        await self._merge(session, said, known)

    @property
    def updated(self) -> int:
        return len(self.records.keys() - self.created)

    @property
    def unchanged(self) -> int:
        return len(self.named - self.records.keys())

    def _compare(self, said: Mapping[str, Mapping[str, Row]], known: _Known) -> None:
        for name, versions in said.items():
            days = known.get(name, {})
            self.overtaken += any(day > self.day for day in days.values())
            for digest, (row, record) in versions.items():
                if digest not in days:
                    self.fresh.append(_snapshot(name, digest, self.day, row, record))
                elif days[digest] < self.day:
                    self.again.append((name, digest))

    async def _merge(self, session: AsyncSession, said: Mapping[str, Mapping[str, Row]], known: _Known) -> None:
        """The records that come out otherwise than they stand."""
        touched = {each["ref"] for each in self.fresh} | {name for name, _ in self.again if len(known[name]) > 1}
        stored = await _snapshots(session, touched & known.keys())
        for name in touched:
            versions = {digest: Snapshot(record, self.day, digest) for digest, (_, record) in said[name].items()}
            stored[name] = {**stored.get(name, {}), **versions}
        standing = await _standing(session, touched)
        self.created = touched - standing.keys()
        self.records = await asyncio.to_thread(_changed, stored, standing)

    async def apply(self, session: AsyncSession, import_id: str) -> None:
        """Keep the snapshots; the records are kept with their publications."""
        await insert_all(session, SnapshotRow, [{**each, "import_id": import_id} for each in self.fresh])
        for name, digest in self.again:
            where = (SnapshotRow.ref == name, SnapshotRow.digest == digest)
            await session.execute(update(SnapshotRow).where(*where).values(extracted_on=self.day))


def _digested(rows: Sequence[Row]) -> dict[str, dict[str, Row]]:
    """What is said of each record, once for each thing said."""
    said: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row, record in rows:
        kept = _bounded(record)
        said[ref(kept)].setdefault(_digest(kept), (row, kept))
    return dict(said)


def _bounded(record: Record) -> Record:
    if len(record.key) <= _LONGEST_KEY:
        return record
    digest = hashlib.sha256(record.key.encode()).hexdigest()[:24]
    return replace(record, key=f"{record.key[:_LONGEST_KEY]}#{digest}")


def _digest(record: Record) -> str:
    return hashlib.sha256(RECORD.dump_json(record)).hexdigest()[:32]


def _snapshot(name: str, digest: str, day: date, row: int, record: Record) -> dict[str, Any]:
    content = RECORD.dump_json(record).decode()
    return {"ref": name, "digest": digest, "extracted_on": day, "row": row, "content": content}


def _changed(stored: Mapping[str, Mapping[str, Snapshot]], standing: Mapping[str, str]) -> dict[str, Record]:
    together = {name: merged(list(versions.values())) for name, versions in stored.items()}
    return {
        name: record for name, record in together.items() if RECORD.dump_json(record).decode() != standing.get(name)
    }


async def _known_snapshots(session: AsyncSession, names: Collection[str]) -> _Known:
    known: defaultdict[str, dict[str, date]] = defaultdict(dict)
    columns = (SnapshotRow.ref, SnapshotRow.digest, SnapshotRow.extracted_on)
    async for row in rows_among(session, names, lambda some: select(*columns).where(SnapshotRow.ref.in_(some))):
        known[row.ref][row.digest] = row.extracted_on
    return dict(known)


async def _snapshots(session: AsyncSession, names: Collection[str]) -> dict[str, dict[str, Snapshot]]:
    found: defaultdict[str, dict[str, Snapshot]] = defaultdict(dict)
    columns = (SnapshotRow.ref, SnapshotRow.digest, SnapshotRow.extracted_on, SnapshotRow.content)
    async for row in rows_among(session, names, lambda some: select(*columns).where(SnapshotRow.ref.in_(some))):
        record = RECORD.validate_json(row.content)
        found[row.ref][row.digest] = Snapshot(record, row.extracted_on, row.digest)
    return dict(found)


async def _standing(session: AsyncSession, names: Collection[str]) -> dict[str, str]:
    columns = (RecordRow.ref, RecordRow.content)
    found = rows_among(session, names, lambda some: select(*columns).where(RecordRow.ref.in_(some)))
    return {row.ref: row.content async for row in found}
