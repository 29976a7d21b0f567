"""What was stated under a contract, as it stands or as it stood at an instant."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from .tables import (
    AssessmentRow,
    AssessmentVersionRow,
    ContractRow,
    ContractVersionRow,
    ObservationRow,
    ObservationVersionRow,
)

SIMULATED = "simulated"
Cell = tuple[str, str]  # an indicator and an entity
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


async def contract(session: AsyncSession, code: str, as_of: datetime | None) -> ContractRow | ContractVersionRow | None:
    """The contract, or none where none had been defined."""
    if as_of is None:
        return await session.get(ContractRow, code)
    known = ContractVersionRow.code == code, ContractVersionRow.defined_at <= as_of
    query = select(ContractVersionRow).where(*known).order_by(ContractVersionRow.version.desc()).limit(1)
    return (await session.scalars(query)).one_or_none()


async def observations(session: AsyncSession, code: str, as_of: datetime | None) -> dict[Cell, dict[int, Observed]]:
    """By cell and year. A figure in current euros gives way to one in the contract's own basis."""
    rows: _Observations = ObservationVersionRow if as_of else ObservationRow
    query = _select(rows, Observed, code, as_of).where(in_view(rows)).order_by(rows.basis.desc(), rows.id)
    return await _by_cell(session, query, Observed)


def in_view(rows: _Observations) -> ColumnElement[bool]:
    """Whether an observation is in a basis and the perimeter that the views show."""
    return and_(rows.basis.in_(["", "current-euros"]), rows.perimeter == "")


async def assessments(session: AsyncSession, code: str, as_of: datetime | None) -> dict[Cell, dict[int, Assessed]]:
    """By cell and year; those that were withdrawn are absent."""
    rows: _Assessments = AssessmentVersionRow if as_of else AssessmentRow
    query = _select(rows, Assessed, code, as_of).where(rows.level.is_not(None)).order_by(rows.id)
    return await _by_cell(session, query, Assessed)


def _select(
    rows: _Observations | _Assessments, made: type[Observed | Assessed], code: str, as_of: datetime | None
) -> Select[Any]:
    """Of each subject what stands, or the newest version that had been recorded: cell, year, and what is made."""
    columns = [getattr(rows, name) for name in ("indicator", "entity", "year", *(each.name for each in fields(made)))]
    query: Select[Any] = select(*columns).where(rows.contract == code)
    if as_of is None:
        return query
    earlier: Any = aliased(rows)
    newest = select(func.max(earlier.version)).where(earlier.id == rows.id, earlier.recorded_at <= as_of)
    return query.where(rows.version == newest.correlate(rows).scalar_subquery())


async def _by_cell(
    session: AsyncSession, query: Select[Any], make: Callable[..., _Made]
) -> dict[Cell, dict[int, _Made]]:
    found: dict[Cell, dict[int, _Made]] = {}
    for indicator, entity, year, *stated in await session.execute(query):
        found.setdefault((indicator, entity), {})[year] = make(*stated)
    return found
