"""Reading publications with those who sign them under a contract, as they stand or as an extraction froze them."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.attribution import Attribution
from services.bibliometrics.domain.signature import Signed
from services.bibliometrics.rows import EVIDENCE, PUBLICATION, SIGNED
from services.bibliometrics.tables import AttributionRow, FrozenRow, PublicationRow

Years = Collection[int | None] | None
"""Some years, none of which may be that of the publications without one; or all."""


async def standing(session: AsyncSession, contract: str, years: Years) -> list[Signed]:
    """Every publication of these years, whoever signs it or nobody."""
    columns = (PublicationRow.id, PublicationRow.excluded, PublicationRow.content)
    query = select(*columns).where(_of(PublicationRow.year, years)).order_by(PublicationRow.id)
    rows = (await session.execute(query)).all()
    attributed = select(
        AttributionRow.publication, AttributionRow.entity, AttributionRow.permanent, AttributionRow.evidence
    )
    mine = attributed.join(PublicationRow).where(AttributionRow.contract == contract, _of(PublicationRow.year, years))
    return list(_signed(rows, (await session.execute(mine.order_by(AttributionRow.entity))).all()))


async def frozen(session: AsyncSession, extraction: str, years: Years) -> list[Signed]:
    """The publications of an extraction, in these years."""
    query = select(FrozenRow.content).where(FrozenRow.extraction == extraction, _of(FrozenRow.year, years))
    return [SIGNED.validate_json(content) for content in await session.scalars(query.order_by(FrozenRow.id))]


def _of(column: Any, years: Years) -> Any:
    if years is None:
        return true()
    named = column.in_([each for each in years if each is not None])
    return or_(named, column.is_(None)) if None in years else named


def _signed(rows: Iterable[Any], attributions: Iterable[Any]) -> Iterator[Signed]:
    by_publication: dict[str, list[Attribution]] = {}
    for each in attributions:
        by_publication.setdefault(each.publication, []).append(attribution_of(each))
    for row in rows:
        publication = PUBLICATION.validate_json(row.content)
        found = tuple(by_publication.get(row.id, ()))
        yield Signed(publication=publication, excluded=row.excluded, attributions=found)


def attribution_of(row: Any) -> Attribution:
    """An attribution as it is kept."""
    evidence = EVIDENCE.validate_json(row.evidence)
    return Attribution(entity=row.entity, permanent=row.permanent, whole=True, evidence=evidence)
