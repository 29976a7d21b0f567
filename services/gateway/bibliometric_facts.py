"""The bibliometrics of a contract as they stand, or stood at an instant: measures, extractions, and their counts."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.bibliometrics import CURRENT, DeclaredBody, FileBody, MeasureBody, TogetherBody

from .history import newest
from .tables import CountRow, CountVersionRow, ExtractionRow, ExtractionVersionRow, MeasuresRow, MeasuresVersionRow

_MEASURES = TypeAdapter(tuple[MeasureBody, ...])
_DECLARED = TypeAdapter(tuple[DeclaredBody, ...])
_FILES = TypeAdapter(tuple[FileBody, ...])
_YEARS = TypeAdapter(tuple[int, ...])


@dataclass(frozen=True, slots=True)
class Extraction:
    """A version of a frozen state of the corpus."""

    id: str
    code: str
    label: str
    status: str
    extracted_on: date
    rules: str
    affiliations: int
    staff: int
    years: tuple[int, ...]
    publications: int
    files: tuple[FileBody, ...]
    note: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """A version of a count; `together` is told of the group alone."""

    extraction: str
    measure: str
    perimeter: str
    year: int
    entity: str
    value: Decimal | None
    missing: str | None
    fractional: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    counted_on: date | None
    known: int | None
    low: Decimal | None
    high: Decimal | None
    column: str | None
    mapping: str | None
    together: TogetherBody | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class BibliometricFacts:
    """What stands, or stood: nothing where no measure was read."""

    measures: tuple[MeasureBody, ...] = ()
    declared: tuple[DeclaredBody, ...] = ()
    extractions: tuple[Extraction, ...] = ()


async def bibliometric_facts(session: AsyncSession, code: str, as_of: datetime | None) -> BibliometricFacts:
    defined = await _measures(session, code, as_of)
    if defined is None:
        return BibliometricFacts()
    rows = await session.execute(_standing(ExtractionVersionRow if as_of else ExtractionRow, Extraction, code, as_of))
    return BibliometricFacts(
        measures=_MEASURES.validate_json(defined.measures),
        declared=_DECLARED.validate_json(defined.declared),
        extractions=tuple(_extraction(row) for row in rows),
    )


async def counts(session: AsyncSession, code: str, extractions: Collection[str], as_of: datetime | None) -> list[Count]:
    """Every count of these extractions; `current` is the one that nobody froze."""
    rows = CountVersionRow if as_of else CountRow
    query = _standing(rows, Count, code, as_of).where(rows.extraction.in_(extractions))
    return [_count(row) for row in await session.execute(query)]


async def counted_years(session: AsyncSession) -> dict[str, set[int]]:
    """By contract, the years of which a frozen extraction counts anything."""
    frozen = CountRow.extraction != CURRENT, CountRow.value.is_not(None)
    found: dict[str, set[int]] = {}
    for contract, year in await session.execute(select(CountRow.contract, CountRow.year).where(*frozen).distinct()):
        found.setdefault(contract, set()).add(year)
    return found


async def _measures(
    session: AsyncSession, code: str, as_of: datetime | None
) -> MeasuresRow | MeasuresVersionRow | None:
    if as_of is None:
        return await session.get(MeasuresRow, code)
    known = MeasuresVersionRow.contract == code, MeasuresVersionRow.defined_at <= as_of
    query = select(MeasuresVersionRow).where(*known).order_by(MeasuresVersionRow.version.desc()).limit(1)
    return (await session.scalars(query)).one_or_none()


def _standing(rows: Any, made: type[Extraction | Count], code: str, as_of: datetime | None) -> Select[Any]:
    """Of each subject what stands, or the newest version that had been recorded."""
    query = select(*(getattr(rows, each.name) for each in fields(made))).where(rows.contract == code)
    return query if as_of is None else query.where(newest(rows, as_of))


def _extraction(row: Any) -> Extraction:
    parts = {"years": _YEARS.validate_json(row.years), "files": _FILES.validate_json(row.files)}
    return Extraction(**(row._asdict() | parts))


def _count(row: Any) -> Count:
    together = TogetherBody.model_validate_json(row.together) if row.together else None
    return Count(**(row._asdict() | {"together": together}))
