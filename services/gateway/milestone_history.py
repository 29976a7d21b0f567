"""All that was recorded of a contract's milestones, until now or until an instant."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from .milestone_facts import Said, Step, rows_of, said_in, step_in
from .tables import CommentRow, ProgressVersionRow, StepVersionRow


@dataclass(frozen=True, slots=True)
class Comment:
    step: str
    entity: str
    text: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """By step, every version of it, all that was ever said of it, and the remarks: oldest first."""

    versions: dict[str, list[Step]]
    said: dict[str, list[Said]]
    comments: dict[str, list[Comment]]


async def recorded(
    session: AsyncSession, code: str, as_of: datetime | None, entities: Collection[str] | None = None
) -> Recorded:
    """All that was recorded; of what was said, where entities are named, theirs alone."""
    versions = _kept(StepVersionRow, code, as_of).order_by(StepVersionRow.version)
    said = _kept(ProgressVersionRow, code, as_of)
    said = said.order_by(ProgressVersionRow.recorded_at, ProgressVersionRow.version, ProgressVersionRow.id)
    comments = _kept(CommentRow, code, as_of).order_by(CommentRow.recorded_at, CommentRow.id)
    if entities is not None:
        said = said.where(ProgressVersionRow.entity.in_(entities))
        comments = comments.where(CommentRow.entity.in_(entities))
    return Recorded(
        versions=_by(lambda each: each.id, map(step_in, await session.execute(versions))),
        said=_by(lambda each: each.step, map(said_in, await session.execute(said))),
        comments=_by(lambda each: each.step, map(_comment, await session.execute(comments))),
    )


def _kept(rows: Any, code: str, as_of: datetime | None) -> Select[Any]:
    """Every version that is, or had been, recorded."""
    query = rows_of(rows, code)
    return query if as_of is None else query.where(rows.recorded_at <= as_of)


def _comment(row: Any) -> Comment:
    return Comment(row.step, row.entity, row.text, row.recorded_at, row.recorded_by)


def _by(key: Callable[[Any], str], items: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in items:
        found.setdefault(key(each), []).append(each)
    return found
