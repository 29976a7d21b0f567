"""Recording publications: what their records say together, and which entities of each contract sign them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.attribution import Attribution, Rules, Ruling, Verdict, attribute
from services.bibliometrics.domain.consolidation import Publication, consolidated
from services.bibliometrics.domain.exclusion import reason
from services.bibliometrics.domain.matching import ref
from services.bibliometrics.domain.publication import Record
from services.bibliometrics.domain.registry import Perimeter
from services.bibliometrics.rows import EVIDENCE, PUBLICATION, RECORD, REGISTRY
from services.bibliometrics.tables import AttributionRow, ContestationRow, PublicationRow, RecordRow, RegistryRow

from .chunks import chunks, delete_among, insert_all, rows_among
from .matches import Rematched

ACCEPTED = "accepted"
Records = Mapping[str, Sequence[Record]]


@dataclass(frozen=True, slots=True)
class _Dated:
    """Publications by their records, and their years."""

    publications: Records
    years: Mapping[str, int | None]


_Rulings = Mapping[str, Sequence[tuple[datetime, Ruling]]]  # by record, with when it was decided


async def keep_publications(session: AsyncSession, rematched: Rematched) -> set[int | None]:
    """Write the publications anew, with their attributions. Returns the years in which something may have changed."""
    names = {*rematched.former, *rematched.publications}
    years = set((await _years(session, names)).values())
    await delete_among(session, names, lambda some: delete(AttributionRow).where(AttributionRow.publication.in_(some)))
    await delete_among(session, names, lambda some: delete(PublicationRow).where(PublicationRow.id.in_(some)))
    rows = await asyncio.to_thread(_publication_rows, rematched.publications)
    await insert_all(session, PublicationRow, rows)
    dated = _Dated(rematched.publications, {row["id"]: row["year"] for row in rows})
    for registry in (await session.scalars(select(RegistryRow))).all():
        await _attribute(session, registry, dated)
    return years | {row["year"] for row in rows}


async def attribute_all(session: AsyncSession, registry: RegistryRow) -> None:
    """Attribute every publication under a contract whose registry has changed."""
    await session.execute(delete(AttributionRow).where(AttributionRow.contract == registry.contract))
    names = (await session.scalars(select(PublicationRow.id))).all()
    for some in chunks(names):
        await _attribute(session, registry, await _read(session, some))


async def attribute_again(session: AsyncSession, names: Iterable[str]) -> set[int | None]:
    """Attribute some publications, of which somebody has decided. Returns their years."""
    wanted = set(names)
    await delete_among(session, wanted, lambda some: delete(AttributionRow).where(AttributionRow.publication.in_(some)))
    dated = await _read(session, wanted)
    for registry in (await session.scalars(select(RegistryRow))).all():
        await _attribute(session, registry, dated)
    return set(dated.years.values())


async def _years(session: AsyncSession, names: Iterable[str]) -> dict[str, int | None]:
    query = select(PublicationRow.id, PublicationRow.year)
    found = rows_among(session, names, lambda some: query.where(PublicationRow.id.in_(some)))
    return {row.id: row.year async for row in found}


async def _read(session: AsyncSession, names: Iterable[str]) -> _Dated:
    wanted = set(names)
    return _Dated(await _records_of(session, wanted), await _years(session, wanted))


async def _records_of(session: AsyncSession, names: Iterable[str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    query = select(RecordRow.publication, RecordRow.content).order_by(RecordRow.ref)
    async for row in rows_among(session, names, lambda some: query.where(RecordRow.publication.in_(some))):
        found.setdefault(row.publication, []).append(RECORD.validate_json(row.content))
    return found


def _publication_rows(publications: Records) -> list[dict[str, Any]]:
    return [_publication_row(consolidated(records, name)) for name, records in publications.items()]


def _publication_row(publication: Publication) -> dict[str, Any]:
    return {
        "id": publication.id,
        "year": publication.year,
        "type": publication.type.value,
        "excluded": reason(publication),
        "title": publication.title,
        "content": PUBLICATION.dump_json(publication).decode(),
    }


async def _attribute(session: AsyncSession, registry: RegistryRow, dated: _Dated) -> None:
    rulings = await _rulings(session, registry.contract)
    rules = rules_of(registry.definition)
    rows = await asyncio.to_thread(_attribution_rows, registry.contract, rules, dated, rulings)
    await insert_all(session, AttributionRow, rows)


@lru_cache(maxsize=8)
def rules_of(definition: str) -> Rules:
    """The rules of a registry, compiled."""
    return Rules.of(REGISTRY.validate_json(definition))


async def _rulings(session: AsyncSession, contract: str) -> _Rulings:
    """What was decided in favour of who contested."""
    accepted = (ContestationRow.contract == contract, ContestationRow.status == ACCEPTED)
    found: dict[str, list[tuple[datetime, Ruling]]] = {}
    for row in await session.scalars(select(ContestationRow).where(*accepted)):
        ruling = Ruling(entity=row.entity, perimeter=Perimeter(row.perimeter), verdict=Verdict(row.claim))
        found.setdefault(row.ref, []).append((row.decided_at or row.made_at, ruling))
    return found


def _attribution_rows(contract: str, rules: Rules, dated: _Dated, rulings: _Rulings) -> list[dict[str, Any]]:
    rows = []
    for name, records in dated.publications.items():
        found = attribute(records, dated.years[name], rules, _decided(records, rulings))
        rows += [_attribution_row(contract, name, each) for each in found if each.whole]
    return rows


def _decided(records: Sequence[Record], rulings: _Rulings) -> list[Ruling]:
    """What was decided of any of these records, the last decision last."""
    dated = [each for record in records for each in rulings.get(ref(record), ())]
    return [ruling for _, ruling in sorted(dated, key=lambda each: each[0])]


def _attribution_row(contract: str, name: str, attribution: Attribution) -> dict[str, Any]:
    return {
        "publication": name,
        "contract": contract,
        "entity": attribution.entity,
        "permanent": attribution.permanent,
        "evidence": EVIDENCE.dump_json(attribution.evidence).decode(),
    }
