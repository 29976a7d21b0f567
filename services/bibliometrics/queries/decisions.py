"""Reading what awaits a decision, what was decided, and what became of the records."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.rows import RECORD
from services.bibliometrics.schemas.decisions import CandidateOut, ContainerOut, RecordOut
from services.bibliometrics.tables import (
    CandidateRow,
    ContainerRow,
    ContestationRow,
    DecisionRow,
    MergeRow,
    RecordRow,
)


async def review(
    session: AsyncSession, after: Sequence[Any] | None, limit: int
) -> tuple[list[CandidateOut], list[str] | None]:
    """A page of the pairs to look at, each with what tells its records apart."""
    order = (CandidateRow.left, CandidateRow.right)
    query = select(CandidateRow).order_by(*order).limit(limit + 1)
    if after:
        query = query.where(tuple_(*order) > tuple_(*after))
    rows = (await session.scalars(query)).all()
    page = rows[:limit]
    records = await _records(session, {ref for row in page for ref in (row.left, row.right)})
    items = [
        CandidateOut(left=records[row.left], right=records[row.right], reason=row.reason, ratio=row.ratio)
        for row in page
        if row.left in records and row.right in records
    ]
    return items, [page[-1].left, page[-1].right] if len(rows) > limit else None


async def _records(session: AsyncSession, refs: set[str]) -> dict[str, RecordOut]:
    rows = await session.scalars(select(RecordRow).where(RecordRow.ref.in_(refs)))
    return {row.ref: _record(row) for row in rows}


def _record(row: RecordRow) -> RecordOut:
    record = RECORD.validate_json(row.content)
    return RecordOut(
        ref=row.ref,
        publication=row.publication,
        title=record.title,
        year=record.year,
        type=record.type,
        doi=record.doi,
        source_title=record.source_title,
    )


async def decisions(session: AsyncSession) -> Sequence[DecisionRow]:
    """The oldest first."""
    return (await session.scalars(select(DecisionRow).order_by(DecisionRow.decided_at, DecisionRow.id))).all()


async def merges(session: AsyncSession, after: int, limit: int) -> Sequence[MergeRow]:
    """One more than asked for where there are more."""
    query = select(MergeRow).where(MergeRow.id > after).order_by(MergeRow.id)
    return (await session.scalars(query.limit(limit + 1))).all()


async def containers(session: AsyncSession) -> list[ContainerOut]:
    found: dict[str, list[str]] = {}
    for row in await session.scalars(select(ContainerRow).order_by(ContainerRow.doi, ContainerRow.ref)):
        found.setdefault(row.doi, []).append(row.ref)
    return [ContainerOut(doi=doi, refs=refs) for doi, refs in found.items()]


async def contestations(
    session: AsyncSession, contract: str | None, entity: str | None, status: str | None
) -> Sequence[ContestationRow]:
    """The oldest first."""
    query = select(ContestationRow).order_by(ContestationRow.made_at, ContestationRow.id)
    for column, value in (
        (ContestationRow.contract, contract), (ContestationRow.entity, entity), (ContestationRow.status, status)
    ):  # fmt: skip
        query = query.where(column == value) if value else query
    return (await session.scalars(query)).all()
