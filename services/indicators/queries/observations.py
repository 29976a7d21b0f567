"""Reading observations: a page of them, one, or its history."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from services.indicators.schemas.observations import ObservationQuery
from services.indicators.tables import ObservationRow, ObservationVersionRow
from shared.problems import NotFound

_PLACE = ("id", "contract", "indicator", "entity", "year", "basis", "perimeter")
_STATEMENT = (
    "version", "value", "status", "absence", "source", "note", "observed_on", "reason", "recorded_at", "recorded_by",
)  # fmt: skip
Versions = type[ObservationRow] | type[ObservationVersionRow]
_ORDER = (
    ObservationRow.contract, ObservationRow.indicator, ObservationRow.entity, ObservationRow.year,
    ObservationRow.basis, ObservationRow.perimeter,
)  # fmt: skip
_KEY_CURSOR = (str, str, str, int, str, str, int)
_TIME_CURSOR = (int, str, int)
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def cursor_types(wanted: ObservationQuery) -> tuple[type, ...]:
    """What the cursor of this list is made of; a cursor of the other order is no cursor of it."""
    return _TIME_CURSOR if wanted.updated_after else _KEY_CURSOR


async def observations(
    session: AsyncSession, wanted: ObservationQuery, after: Sequence[Any] | None
) -> tuple[list[Row[Any]], list[Any] | None]:
    """A page of observations and the cursor to go on after: by key, or under `updated_after` by time of change."""
    versions = _versions(wanted)
    order = _order(wanted, versions)
    query = _select(versions).where(*_conditions(wanted, versions)).order_by(*order)
    if after is not None:
        query = query.where(tuple_(*order) > tuple_(*_position(wanted, after), types=[each.type for each in order]))
    rows = list((await session.execute(query.limit(wanted.limit + 1))).all())
    page = rows[: wanted.limit]
    return page, _cursor(page[-1], wanted, order) if len(rows) > wanted.limit else None


def _order(wanted: ObservationQuery, versions: Versions) -> Sequence[InstrumentedAttribute[Any]]:
    """What changes while a poller turns the pages moves to their end under `updated_after`, and is read again."""
    if wanted.updated_after:
        return (versions.recorded_at, ObservationRow.id, versions.version)
    return (*_ORDER, versions.version)


def _cursor(last: Row[Any], wanted: ObservationQuery, order: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    if wanted.updated_after:
        return [(last.recorded_at - _EPOCH) // _MICROSECOND, last.id, last.version]
    return [getattr(last, column.key) for column in order]


def _position(wanted: ObservationQuery, cursor: Sequence[Any]) -> Sequence[Any]:
    return [_EPOCH + cursor[0] * _MICROSECOND, *cursor[1:]] if wanted.updated_after else cursor


async def observation(session: AsyncSession, id_: str, as_of: datetime | None) -> Row[Any]:
    """One observation. Raises NotFound."""
    wanted = ObservationQuery(asOf=as_of)
    versions = _versions(wanted)
    query = _select(versions).where(ObservationRow.id == id_, *_conditions(wanted, versions))
    row: Row[Any] | None = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound("Aucune observation n’a cet identifiant" + (" à cet instant." if as_of else "."))
    return row


async def history(session: AsyncSession, id_: str) -> list[Row[Any]]:
    """Every version of an observation, the first one first. Raises NotFound."""
    query = _select(ObservationVersionRow).where(ObservationRow.id == id_).order_by(ObservationVersionRow.version)
    rows = list((await session.execute(query)).all())
    if not rows:
        raise NotFound("Aucune observation n’a cet identifiant.")
    return rows


def _versions(wanted: ObservationQuery) -> Versions:
    return ObservationVersionRow if wanted.as_of or wanted.include_history else ObservationRow


def _select(versions: Versions) -> Select[Any]:
    place = [getattr(ObservationRow, name) for name in _PLACE]
    query = select(*place, *(getattr(versions, name) for name in _STATEMENT))
    if versions is ObservationVersionRow:
        query = query.join(versions, versions.id == ObservationRow.id)
    return query


def _conditions(wanted: ObservationQuery, versions: Versions) -> list[ColumnElement[bool]]:
    conditions = [
        getattr(ObservationRow, name).in_(getattr(wanted, name))
        for name in ("indicator", "entity", "year")
        if getattr(wanted, name)
    ]
    if wanted.contract:
        conditions.append(ObservationRow.contract == wanted.contract)
    if wanted.status:
        conditions.append(versions.status == wanted.status)
    if wanted.updated_after:
        conditions.append(versions.recorded_at > wanted.updated_after)
    return conditions + _at_instant(wanted)


def _at_instant(wanted: ObservationQuery) -> list[ColumnElement[bool]]:
    if wanted.as_of is None:
        return []
    version = ObservationVersionRow
    conditions: list[ColumnElement[bool]] = [version.recorded_at <= wanted.as_of]
    if not wanted.include_history:
        latest = select(func.max(version.version)).where(
            version.id == ObservationRow.id, version.recorded_at <= wanted.as_of
        )
        conditions.append(version.version == latest.correlate(ObservationRow).scalar_subquery())
    return conditions
