"""Counting what is asked: a measure in a year, a perimeter and an extraction, of some types of documents or of all."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.counting.measuring import count
from services.bibliometrics.domain.counting.rows import Wanted
from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.domain.registry import MeasureKind, Perimeter, Registry
from services.bibliometrics.domain.signature import Signed
from services.bibliometrics.domain.tally import NOT_COVERED, Tallied, tallied, untold
from services.bibliometrics.rows import HEADER
from services.bibliometrics.tables import ExtractionRow

from .extractions import extraction, registry_of
from .registries import chosen
from .signatures import frozen, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be counted; `goals` are those of the contract's own measure where none is named."""

    measure: MeasureKind
    perimeter: Perimeter
    contract: str | None = None
    extraction: str | None = None
    year: int | None = None
    types: frozenset[DocumentType] | None = None
    goals: frozenset[int] | None = None
    mapping: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What it comes to, under which registry, and in which extraction if it is not what stands."""

    registry: Registry
    extraction: ExtractionRow | None
    tallied: Tallied


async def counted(session: AsyncSession, asked: Asked) -> Answered | None:
    """The count; none as long as no registry says whose publications are counted. Raises NotFound or Invalid."""
    row = await extraction(session, asked.extraction, asked.contract) if asked.extraction else None
    registry = await registry_of(session, row) if row else await chosen(session, asked.contract)
    if registry is None:
        return None
    years = None if asked.year is None else [asked.year]
    if row and asked.year is not None and asked.year not in HEADER.validate_json(row.content).years:
        return Answered(registry, row, untold(_wanted(registry, asked), registry, NOT_COVERED))
    signed = await (frozen(session, row.id, years) if row else standing(session, registry.header.code, years))
    return Answered(registry, row, await asyncio.to_thread(_count, registry, signed, asked))


def _count(registry: Registry, signed: Sequence[Signed], asked: Asked) -> Tallied:
    rows = [each.counted(registry.group.code) for each in signed]
    return tallied(count(rows, registry.members, _wanted(registry, asked)), registry)


def _wanted(registry: Registry, asked: Asked) -> Wanted:
    return Wanted(
        measure=asked.measure,
        perimeter=asked.perimeter,
        year=asked.year,
        types=asked.types,
        goals_wanted=asked.goals or goals_of(registry),
        mapping=asked.mapping,
    )


def goals_of(registry: Registry) -> frozenset[int]:
    """The goals that the contract's own measure counts."""
    found = [each.goal_numbers for each in registry.measures if each.measure is MeasureKind.GOALS]
    return found[0] if found else frozenset(range(1, 18))
