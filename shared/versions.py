"""Reading what is versioned: as it stands, as it stood at an instant, or every version; by key, or as it changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from .instants import AS_OF, PastInstant

Conditions = Callable[[type[Any]], Sequence[ColumnElement[bool]]]
"""What is wanted besides, of the rows that stand or of the versions."""
Page = tuple[list[Row[Any]], list[Any] | None]
_TIME_CURSOR = (int, str, int)
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class VersionQuery(BaseModel):
    """Which versions are wanted, and which page of them; each list adds its own filters."""

    model_config = ConfigDict(extra="forbid")

    as_of: PastInstant | None = Field(None, alias="asOf", description=AS_OF)
    updated_after: AwareDatetime | None = Field(
        None, alias="updatedAfter", description="Ce qui a changé depuis, du plus ancien au plus récent."
    )
    include_history: bool = Field(default=False, alias="includeHistory", description="Toutes les versions.")
    limit: int = Field(200, ge=1, le=1000, description="Nombre d’éléments par page.")
    after: str | None = Field(None, max_length=2000, description="Le « next » de la page précédente.")


@dataclass(frozen=True, slots=True)
class Versioned:
    """Two tables with the columns of one thing, each with `id`, `version` and `recorded_at`.

    `current` also has what never changes: `place`, shown, and `order`, its key. `stated` is what each version says.
    """

    current: type[Any]
    versions: type[Any]
    place: tuple[str, ...]
    order: tuple[str, ...]
    stated: tuple[str, ...]

    def cursor_types(self, wanted: VersionQuery) -> tuple[type, ...]:
        """What the cursor of this list is made of; a cursor of the other order is no cursor of it."""
        if wanted.updated_after:
            return _TIME_CURSOR
        return (*(getattr(self.current, name).type.python_type for name in self.order), int)

    async def page(
        self, session: AsyncSession, wanted: VersionQuery, conditions: Conditions, after: Sequence[Any] | None
    ) -> Page:
        """A page and the cursor to go on after: by key, or under `updated_after` by time of change."""
        rows = self._rows(wanted)
        order = self._order(wanted, rows)
        query = self._select(rows).where(*conditions(rows), *self._among(wanted, rows)).order_by(*order)
        if after is not None:
            query = query.where(tuple_(*order) > tuple_(*_position(wanted, after), types=[each.type for each in order]))
        found = list((await session.execute(query.limit(wanted.limit + 1))).all())
        page = found[: wanted.limit]
        return page, _cursor(page[-1], wanted, order) if len(found) > wanted.limit else None

    async def one(self, session: AsyncSession, id_: str, as_of: datetime | None) -> Row[Any] | None:
        """It as it stands or stood, or none."""
        wanted = VersionQuery(asOf=as_of)
        rows = self._rows(wanted)
        query = self._select(rows).where(self.current.id == id_, *self._among(wanted, rows))
        row: Row[Any] | None = (await session.execute(query)).one_or_none()
        return row

    async def history(self, session: AsyncSession, id_: str, as_of: datetime | None = None) -> list[Row[Any]]:
        """Every version of one until then, the first one first; none where there was no such thing."""
        query = self._select(self.versions).where(self.current.id == id_).order_by(self.versions.version)
        if as_of is not None:
            query = query.where(self.versions.recorded_at <= as_of)
        return list((await session.execute(query)).all())

    def _rows(self, wanted: VersionQuery) -> type[Any]:
        return self.versions if wanted.as_of or wanted.include_history else self.current

    def _select(self, rows: type[Any]) -> Select[Any]:
        place = [getattr(self.current, name) for name in self.place]
        query = select(*place, *(getattr(rows, name) for name in self.stated))
        return query if rows is self.current else query.join(rows, rows.id == self.current.id)

    def _order(self, wanted: VersionQuery, rows: type[Any]) -> Sequence[InstrumentedAttribute[Any]]:
        """What changes while a poller turns the pages moves to their end under `updated_after`, and is read again."""
        if wanted.updated_after:
            return (rows.recorded_at, self.current.id, rows.version)
        return (*(getattr(self.current, name) for name in self.order), rows.version)

    def _among(self, wanted: VersionQuery, rows: type[Any]) -> list[ColumnElement[bool]]:
        conditions = [rows.recorded_at > wanted.updated_after] if wanted.updated_after else []
        if wanted.as_of is None:
            return conditions
        conditions.append(rows.recorded_at <= wanted.as_of)
        return conditions if wanted.include_history else [*conditions, rows.version == self._latest(wanted.as_of)]

    def _latest(self, as_of: datetime) -> Any:
        versions = self.versions
        latest = select(func.max(versions.version)).where(versions.id == self.current.id, versions.recorded_at <= as_of)
        return latest.correlate(self.current).scalar_subquery()


def microseconds(instant: datetime) -> int:
    """An instant as a cursor writes it."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(microseconds: int) -> datetime:
    """An instant as a cursor wrote it. Raises OverflowError on one that no calendar has."""
    return _EPOCH + microseconds * _MICROSECOND


def _cursor(last: Row[Any], wanted: VersionQuery, order: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    if wanted.updated_after:
        return [microseconds(last.recorded_at), last.id, last.version]
    return [getattr(last, column.key) for column in order]


def _position(wanted: VersionQuery, cursor: Sequence[Any]) -> Sequence[Any]:
    return [instant(cursor[0]), *cursor[1:]] if wanted.updated_after else cursor


async def last_said(
    session: AsyncSession, current: type[Any], versions: type[Any], origin: str, *among: ColumnElement[bool]
) -> Sequence[tuple[Any, Any]]:
    """Of each thing, its row and the last version that came from this origin."""
    last = (
        select(versions.id, func.max(versions.version).label("version"))
        .join(current, current.id == versions.id)
        .where(versions.origin == origin, *among)
        .group_by(versions.id)
        .subquery()
    )
    query = (
        select(current, versions)
        .join(last, last.c.id == current.id)
        .join(versions, (versions.id == last.c.id) & (versions.version == last.c.version))
    )
    return [(row, said) for row, said in await session.execute(query)]
