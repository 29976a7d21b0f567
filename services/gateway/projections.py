"""What each event changes in the read model: every version is kept, and the newest stands, whatever the order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Cast, Dialect, FromClause, String, Text, TypeDecorator, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from shared.events import bibliometrics, indicators, milestones
from shared.events.bibliometrics import CountRecorded, ExtractionRecorded, MeasuresDefined
from shared.events.catalogue import Fact, FactBody
from shared.events.indicators import AssessmentRecorded, ContractDefined, ObservationRecorded, RehearsalStaged
from shared.events.milestones import CommentAdded, PlanDefined, ProgressRecorded, StepRecorded

from .tables import (
    AssessmentRow,
    AssessmentVersionRow,
    CommentRow,
    ContractRow,
    ContractVersionRow,
    CountRow,
    CountVersionRow,
    ExtractionRow,
    ExtractionVersionRow,
    MeasuresRow,
    MeasuresVersionRow,
    ObservationRow,
    ObservationVersionRow,
    PlanRow,
    PlanVersionRow,
    ProgressRow,
    ProgressVersionRow,
    RehearsalRow,
    StepRow,
    StepVersionRow,
)

Row = dict[str, Any]
Insert = postgresql.Insert | sqlite.Insert
Statement = Callable[[FromClause, str], Insert]
_POSTGRESQL = "postgresql"
_PARTS = (FactBody, tuple)


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a fact's newest version stands, and where every version is kept; nowhere for what has no history."""

    newest: type[Any]
    versions: type[Any] | None = None


FACTS: dict[str, type[Fact]] = {**indicators.FACTS, **milestones.FACTS, **bibliometrics.FACTS}
PROJECTIONS: dict[type[Fact], Projection] = {
    ContractDefined: Projection(ContractRow, ContractVersionRow),
    ObservationRecorded: Projection(ObservationRow, ObservationVersionRow),
    AssessmentRecorded: Projection(AssessmentRow, AssessmentVersionRow),
    # nothing is left of an earlier set; an empty one stays as a row, so that no late event brings figures back
    RehearsalStaged: Projection(RehearsalRow),
    PlanDefined: Projection(PlanRow, PlanVersionRow),
    StepRecorded: Projection(StepRow, StepVersionRow),
    ProgressRecorded: Projection(ProgressRow, ProgressVersionRow),
    CommentAdded: Projection(CommentRow),  # never changed: there is no other version to keep
    MeasuresDefined: Projection(MeasuresRow, MeasuresVersionRow),
    ExtractionRecorded: Projection(ExtractionRow, ExtractionVersionRow),
    CountRecorded: Projection(CountRow, CountVersionRow),
}


async def project(session: AsyncSession, facts: Iterable[Fact]) -> None:
    """Take facts in, whatever their order: together they cost one statement a table."""
    by_type: dict[type[Fact], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_type[type(fact)].append(fact)
    for kind, told in by_type.items():
        await _keep(session, PROJECTIONS[kind], told)


async def _keep(session: AsyncSession, projection: Projection, facts: Sequence[Fact]) -> None:
    rows = [row_of(projection.newest, fact) for fact in facts]
    if projection.versions:
        await _keep_versions(session, projection.versions.__table__, rows)
    await _keep_newest(session, projection.newest.__table__, rows)


async def _keep_versions(session: AsyncSession, table: FromClause, rows: Sequence[Row]) -> None:
    await _write(session, _adding, table, _each_once(table, rows))


async def _keep_newest(session: AsyncSession, table: FromClause, rows: Sequence[Row]) -> None:
    await _write(session, _replacing, table, _each_once(table, sorted(rows, key=lambda row: int(row["version"]))))


async def _write(session: AsyncSession, statement: Statement, table: FromClause, rows: Sequence[Row]) -> None:
    dialect = session.get_bind().dialect
    values = _columns_of(table, dialect, rows) if dialect.name == _POSTGRESQL else rows
    await session.execute(statement(table, dialect.name), values)


def _columns_of(table: FromClause, dialect: Dialect, rows: Sequence[Row]) -> Row:
    """The rows turned: the values of each column, as the database takes them."""
    return {
        f"all_{column.key}": _bound(column.type, dialect, [row[column.key] for row in rows]) for column in table.columns
    }


def _bound(kind: TypeEngine[Any], dialect: Dialect, values: list[Any]) -> list[Any]:
    if isinstance(kind, TypeDecorator):
        return [kind.process_bind_param(value, dialect) for value in values]
    return values


@cache
def _adding(table: FromClause, dialect: str) -> Insert:
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def _replacing(table: FromClause, dialect: str) -> Insert:
    insert, keys = _insert(table, dialect), _keys(table)
    changes = {column.key: insert.excluded[column.key] for column in table.columns if column.key not in keys}
    return insert.on_conflict_do_update(
        index_elements=keys, set_=changes, where=table.c.version < insert.excluded.version
    )


def _insert(table: FromClause, dialect: str) -> Insert:
    """Row after row; on PostgreSQL all at once, each column as an array, for the processor's sake."""
    target: Any = table
    if dialect != _POSTGRESQL:
        return sqlite.insert(target)
    arrays = [_array(column.key, column.type) for column in table.columns]
    columns = [column.key for column in table.columns]
    return postgresql.insert(target).from_select(columns, select(*map(func.unnest, arrays)))


def _array(name: str, kind: TypeEngine[Any]) -> Cast[Any]:
    """As wide as can be: a cast to a bounded text would cut what is too long, where the column refuses it."""
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    wide: TypeEngine[Any] = postgresql.ARRAY(Text() if isinstance(plain, String) else plain)
    return cast(bindparam(f"all_{name}", type_=wide), wide)


def _each_once(table: FromClause, rows: Sequence[Row]) -> list[Row]:
    """The last of each key, in the order of the keys: who locks rows in one order waits for nobody in a circle."""
    keys = _keys(table)
    last = {tuple(row[key] for key in keys): row for row in rows}
    return [last[key] for key in sorted(last)]


@cache
def _keys(table: FromClause) -> tuple[str, ...]:
    return tuple(column.key for column in table.primary_key)


def row_of(table: type[Any], fact: Fact) -> Row:
    """The fact in the table's columns; what has parts of its own is JSON."""
    row = {name: getattr(fact, name) for name in _columns(table.__table__)}
    return {name: to_json(value).decode() if isinstance(value, _PARTS) else value for name, value in row.items()}


@cache
def _columns(table: FromClause) -> tuple[str, ...]:
    return tuple(column.key for column in table.columns)
