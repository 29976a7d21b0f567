"""Reading assessments: a page of those that stand, one as it stands or stood, or its history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.domain.assessment import Assessed
from services.indicators.schemas.assessments import AssessmentQuery
from services.indicators.tables import AssessmentRow, AssessmentVersionRow
from shared.problems import NotFound

CURSOR = (str, str, str, int)
_ORDER = (AssessmentRow.contract, AssessmentRow.indicator, AssessmentRow.entity, AssessmentRow.year)
_STATEMENT = ("version", "level", "comment", "recorded_at", "recorded_by")


async def assessments(
    session: AsyncSession, wanted: AssessmentQuery, after: Sequence[Any] | None
) -> tuple[list[Row[Any]], list[Any] | None]:
    """A page of the assessments that stand, and the cursor to go on after."""
    query = _select(AssessmentRow).where(AssessmentRow.level.is_not(None), *_conditions(wanted)).order_by(*_ORDER)
    if after is not None:
        query = query.where(tuple_(*_ORDER) > tuple_(*after, types=[each.type for each in _ORDER]))
    rows = list((await session.execute(query.limit(wanted.limit + 1))).all())
    page = rows[: wanted.limit]
    return page, [getattr(page[-1], column.key) for column in _ORDER] if len(rows) > wanted.limit else None


async def assessment(session: AsyncSession, assessed: Assessed, as_of: datetime | None) -> Row[Any]:
    """One assessment. Raises NotFound where there was none, or it was withdrawn."""
    version = AssessmentVersionRow
    query = _versions(assessed).order_by(version.version.desc()).limit(1)
    if as_of is not None:
        query = query.where(version.recorded_at <= as_of)
    row: Row[Any] | None = (await session.execute(query)).one_or_none()
    if row is None or row.level is None:
        raise NotFound("Aucune appréciation n’est enregistrée ici" + (" à cet instant." if as_of else "."))
    return row


async def history(session: AsyncSession, assessed: Assessed) -> list[Row[Any]]:
    """Every version of an assessment, the first one first. Raises NotFound."""
    rows = list((await session.execute(_versions(assessed).order_by(AssessmentVersionRow.version))).all())
    if not rows:
        raise NotFound("Aucune appréciation n’a jamais été enregistrée ici.")
    return rows


def _versions(assessed: Assessed) -> Select[Any]:
    version = AssessmentVersionRow
    return _select(version).join(version, version.id == AssessmentRow.id).where(AssessmentRow.id == assessed.id)


def _select(versions: type[AssessmentRow] | type[AssessmentVersionRow]) -> Select[Any]:
    return select(AssessmentRow.id, *_ORDER, *(getattr(versions, name) for name in _STATEMENT))


def _conditions(wanted: AssessmentQuery) -> list[ColumnElement[bool]]:
    conditions = [
        getattr(AssessmentRow, name).in_(getattr(wanted, name)) for name in ("entity", "year") if getattr(wanted, name)
    ]
    return conditions + ([AssessmentRow.contract == wanted.contract] if wanted.contract else [])
