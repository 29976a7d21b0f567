"""What was stated under a contract, as it stands or as it stood at an instant."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from .domain.values import SIMULATED
from .tables import (
    AssessmentRow,
    AssessmentVersionRow,
    ContractRow,
    ContractVersionRow,
    ObservationRow,
    ObservationVersionRow,
)

Cell = tuple[str, str]  # an indicator and an entity
Observations = dict[Cell, dict[int, "Observed"]]
_EUROS = ["current-euros", ""]  # that the views show: a figure in the contract's own basis wins
_Made = TypeVar("_Made")
_Observations = type[ObservationRow] | type[ObservationVersionRow]
_Assessments = type[AssessmentRow] | type[AssessmentVersionRow]


@dataclass(frozen=True, slots=True)
class Observed:
    """A value, or the reason for its absence; `status` is `simulated` where nobody observed it."""

    value: Decimal | None
    status: str
    absence: str | None
    source: str
    note: str | None
    basis: str
    recorded_at: datetime

    @property
    def is_simulated(self) -> bool:
        return self.status == SIMULATED


@dataclass(frozen=True, slots=True)
class Assessed:
    """A person's own judgement of a year."""

    id: str
    version: int
    level: str
    comment: str | None
    recorded_at: datetime
    recorded_by: str


class _Based(Protocol):
    @property
    def basis(self) -> str: ...


_Row = TypeVar("_Row", bound=_Based)


def prevailing(rows: Iterable[_Row]) -> list[_Row]:
    """Those in euros that the views show, so that where two are of one figure, the one that wins comes last."""
    return sorted((row for row in rows if row.basis in _EUROS), key=lambda row: _EUROS.index(row.basis))


async def contract(session: AsyncSession, code: str, as_of: datetime | None) -> ContractRow | ContractVersionRow | None:
    """The contract, or none where none had been defined."""
    if as_of is None:
        return await session.get(ContractRow, code)
    known = ContractVersionRow.code == code, ContractVersionRow.defined_at <= as_of
    query = select(ContractVersionRow).where(*known).order_by(ContractVersionRow.version.desc()).limit(1)
    return (await session.scalars(query)).one_or_none()


async def observations(session: AsyncSession, code: str, as_of: datetime | None) -> Observations:
    """By cell and year. A figure in current euros gives way to one in the contract's own basis."""
    rows = _observations(as_of)
    return await _observed(session, _select(rows, Observed, code, as_of).where(in_view(rows)).order_by(rows.id))


def in_view(rows: _Observations) -> ColumnElement[bool]:
    """Whether an observation is in a basis and the perimeter that the views show."""
    return and_(rows.basis.in_(_EUROS), rows.perimeter == "")


async def also_stated(session: AsyncSession, code: str, as_of: datetime | None) -> dict[str, Observations]:
    """By other contract known then, what it holds of the figures that this one holds too."""
    rows: Any = _observations(as_of)
    own: Any = aliased(rows)
    same = [getattr(own, name) == getattr(rows, name) for name in ("indicator", "entity", "year")]
    shared = exists().where(own.contract == code, *same)
    queries = {other: _select(rows, Observed, other, as_of) for other in await _codes(session, as_of) if other != code}
    return {other: await _observed(session, each.where(in_view(rows), shared)) for other, each in queries.items()}


async def elsewhere(session: AsyncSession, code: str, entity: str, as_of: datetime | None) -> dict[str, Observations]:
    """By perimeter, what an entity states outside the contract's own."""
    rows = _observations(as_of)
    known = _select(rows, Observed, code, as_of).where(rows.entity == entity, rows.perimeter != "")
    known = known.where(rows.basis.in_(_EUROS))
    perimeters = (await session.scalars(known.with_only_columns(rows.perimeter).distinct())).all()
    return {each: await _observed(session, known.where(rows.perimeter == each)) for each in perimeters}


def _observations(as_of: datetime | None) -> _Observations:
    return ObservationVersionRow if as_of else ObservationRow


async def _codes(session: AsyncSession, as_of: datetime | None) -> list[str]:
    """The contracts that are, or were, known."""
    query = select(ContractRow.code)
    if as_of is not None:
        query = select(ContractVersionRow.code).where(ContractVersionRow.defined_at <= as_of).distinct()
    return sorted(await session.scalars(query))


async def _observed(session: AsyncSession, query: Select[Any]) -> Observations:
    rows: Iterable[Any] = await session.execute(query)
    return _by_cell(prevailing(rows), Observed)


async def assessments(session: AsyncSession, code: str, as_of: datetime | None) -> dict[Cell, dict[int, Assessed]]:
    """By cell and year; those that were withdrawn are absent."""
    rows: _Assessments = AssessmentVersionRow if as_of else AssessmentRow
    query = _select(rows, Assessed, code, as_of).where(rows.level.is_not(None)).order_by(rows.id)
    return _by_cell(await session.execute(query), Assessed)


def _select(
    rows: _Observations | _Assessments, made: type[Observed | Assessed], code: str, as_of: datetime | None
) -> Select[Any]:
    """Of each subject what stands, or the newest version that had been recorded: cell, year, and what is made."""
    columns = [getattr(rows, name) for name in ("indicator", "entity", "year", *(each.name for each in fields(made)))]
    query: Select[Any] = select(*columns).where(rows.contract == code)
    return query if as_of is None else query.where(newest(rows, as_of))


def newest(rows: Any, as_of: datetime) -> ColumnElement[bool]:
    """Whether a version is the newest of its subject that had been recorded."""
    earlier: Any = aliased(rows)
    same = [getattr(earlier, each) == getattr(rows, each) for each in _subject(rows)]
    found = select(func.max(earlier.version)).where(*same, earlier.recorded_at <= as_of)
    return and_(rows.version == found.correlate(rows).scalar_subquery())


def _subject(rows: Any) -> list[str]:
    """The columns that tell a subject apart, whatever its version."""
    return [each.key for each in rows.__table__.primary_key if each.key != "version"]


def _by_cell(rows: Iterable[Any], make: Callable[..., _Made]) -> dict[Cell, dict[int, _Made]]:
    found: dict[Cell, dict[int, _Made]] = {}
    for indicator, entity, year, *stated in rows:
        found.setdefault((indicator, entity), {})[year] = make(*stated)
    return found
