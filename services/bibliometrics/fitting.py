"""Which publications somebody asks for: of a year, an entity, a perimeter, some types; counted by a measure, or not."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from .domain.counting.mappings import chosen, covered, numbers_in
from .domain.counting.rows import TOP, Counted, Wanted
from .domain.counting.scope import scope_of
from .domain.counting.top_ten import is_top
from .domain.publication import DocumentType
from .domain.registry import MeasureKind, Perimeter, Registry
from .domain.signature import Signed
from .queries.counts import goals_of
from .queries.publications import Among, Fits
from .queries.signatures import frozen, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked; no type means all of them. Under a measure, only what it counts fits."""

    perimeter: Perimeter
    year: int | None = None
    entity: str | None = None
    types: frozenset[DocumentType] = frozenset()
    measure: MeasureKind | None = None
    excluded: str | None = None


async def fits(session: AsyncSession, among: Among, registry: Registry | None, asked: Asked) -> Fits:
    """What tells the publications that fit; the goals' version is chosen once, over all those that are looked at."""
    group = registry.group.code if registry else ""
    mapping = None
    if registry and asked.measure is MeasureKind.GOALS:
        mapping = await _mapping(session, among, registry, asked)
    goals = goals_of(registry) if registry else frozenset[int]()

    def fit(signed: Signed) -> bool:
        row = signed.counted(group)
        return _is_asked(row, asked, group) and _is_measured(row, asked, registry, mapping, goals)

    return fit


async def _mapping(session: AsyncSession, among: Among, registry: Registry, asked: Asked) -> str | None:
    years = None if among.year is None else [among.year]
    extraction = among.extraction
    signed = await (frozen(session, extraction, years) if extraction else standing(session, among.contract, years))
    wanted = Wanted(measure=MeasureKind.GOALS, perimeter=asked.perimeter, year=asked.year, types=asked.types or None)
    rows = [each.counted(registry.group.code) for each in signed]
    return chosen(covered(scope_of(rows, registry.members, wanted).kept))


def _signers(row: Counted, perimeter: Perimeter) -> frozenset[str]:
    return row.permanent if perimeter is Perimeter.PERMANENT else row.whole


def _is_asked(row: Counted, asked: Asked, group: str) -> bool:
    if asked.types and row.type not in asked.types:
        return False
    if asked.excluded is not None and row.excluded != asked.excluded:
        return False
    if asked.entity == group and group:
        return row.group_permanent if asked.perimeter is Perimeter.PERMANENT else row.group_whole
    return asked.entity is None or asked.entity in _signers(row, asked.perimeter)


def _is_measured(
    row: Counted, asked: Asked, registry: Registry | None, mapping: str | None, goals: frozenset[int]
) -> bool:
    """Whether the measure counts it for one of the contract's entities; everything fits where none is asked."""
    if asked.measure is None:
        return True
    if registry is None or row.excluded is not None:
        return False
    if _signers(row, asked.perimeter).isdisjoint(registry.members):
        return False
    if asked.measure is MeasureKind.TOP_10:
        return is_top(row, TOP)
    if asked.measure is MeasureKind.GOALS:
        return mapping is not None and not goals.isdisjoint(numbers_in(row, mapping) or ())
    return True
