"""Reading publications: a page of those that fit, standing or frozen, and one with all that explains it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.attribution import Attribution
from services.bibliometrics.domain.publication import Record
from services.bibliometrics.domain.signature import Signed
from services.bibliometrics.rows import PUBLICATION, RECORD, SIGNED
from services.bibliometrics.tables import (
    AttributionRow,
    ContainerRow,
    ContestationRow,
    FrozenRow,
    MergeRow,
    PublicationRow,
    RecordRow,
    SnapshotRow,
)
from shared.problems import NotFound

from .signatures import attribution_of

Fits = Callable[[Signed], bool]
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Where publications are read: those that stand under a contract, or those of an extraction; of a year, or all."""

    contract: str
    extraction: str | None = None
    year: int | None = None


async def page(
    session: AsyncSession, among: Among, fits: Fits, after: str, limit: int
) -> tuple[list[Signed], str | None]:
    """The next publications that fit, by id, and where to go on; none at the end."""
    found: list[Signed] = []
    at_once = limit + 1
    while rows := await _some(session, among, after, at_once):
        found += [each for each in rows if fits(each)]
        after = rows[-1].publication.id
        if len(found) > limit:
            return found[:limit], found[limit - 1].publication.id
        if len(rows) < at_once:
            break
        at_once = _AT_ONCE
    return found, None


async def _some(session: AsyncSession, among: Among, after: str, at_once: int) -> list[Signed]:
    if among.extraction is None:
        return await _standing(session, among, after, at_once)
    query = select(FrozenRow.content).where(FrozenRow.extraction == among.extraction, FrozenRow.id > after)
    rows = await session.scalars(_of_year(query, FrozenRow, among).order_by(FrozenRow.id).limit(at_once))
    return [SIGNED.validate_json(content) for content in rows]


async def _standing(session: AsyncSession, among: Among, after: str, at_once: int) -> list[Signed]:
    query = select(PublicationRow.id, PublicationRow.excluded, PublicationRow.content).where(PublicationRow.id > after)
    rows = (
        await session.execute(_of_year(query, PublicationRow, among).order_by(PublicationRow.id).limit(at_once))
    ).all()
    attributions = await _attributions(session, among.contract, [row.id for row in rows])
    return [
        Signed(
            publication=PUBLICATION.validate_json(row.content),
            excluded=row.excluded,
            attributions=tuple(attributions.get(row.id, ())),
        )
        for row in rows
    ]


def _of_year(query: Any, rows: Any, among: Among) -> Any:
    return query if among.year is None else query.where(rows.year == among.year)


async def _attributions(session: AsyncSession, contract: str, names: Sequence[str]) -> dict[str, list[Attribution]]:
    mine = (AttributionRow.contract == contract, AttributionRow.publication.in_(names))
    found: dict[str, list[Attribution]] = {}
    for row in await session.scalars(select(AttributionRow).where(*mine).order_by(AttributionRow.entity)):
        found.setdefault(row.publication, []).append(attribution_of(row))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A publication with its records, the rows that they come from, and all that was decided of it."""

    signed: Signed
    records: tuple[Record, ...]
    snapshots: tuple[SnapshotRow, ...]
    merges: tuple[MergeRow, ...]
    containers: tuple[str, ...]
    contestations: tuple[ContestationRow, ...]


async def one(session: AsyncSession, contract: str, name: str) -> Explained:
    """A publication, by its id or by any of its records. Raises NotFound."""
    record = await session.get(RecordRow, name)
    row = await session.get(PublicationRow, record.publication if record else name)
    if row is None:
        raise NotFound("Aucune publication n’a cet identifiant.")
    records = (await session.scalars(select(RecordRow).where(RecordRow.publication == row.id))).all()
    refs = [each.ref for each in records]
    attributions = (await _attributions(session, contract, [row.id])).get(row.id, ())
    signed = Signed(
        publication=PUBLICATION.validate_json(row.content), excluded=row.excluded, attributions=tuple(attributions)
    )
    return Explained(
        signed=signed,
        records=tuple(RECORD.validate_json(each.content) for each in sorted(records, key=lambda each: each.ref)),
        snapshots=await _all(session, select(SnapshotRow).where(SnapshotRow.ref.in_(refs)).order_by(SnapshotRow.ref)),
        merges=await _all(
            session, select(MergeRow).where(MergeRow.publication.in_([row.id, *refs])).order_by(MergeRow.id)
        ),
        containers=await _all(session, select(ContainerRow.doi).where(ContainerRow.ref.in_(refs)).distinct()),
        contestations=await _all(
            session, select(ContestationRow).where(ContestationRow.ref.in_(refs)).order_by(ContestationRow.made_at)
        ),
    )


async def _all(session: AsyncSession, query: Select[Any]) -> tuple[Any, ...]:
    return tuple(await session.scalars(query))
