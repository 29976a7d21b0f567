"""Reading the comments on a step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.tables import CommentRow, StepRow
from shared.problems import NotFound
from shared.versions import instant, microseconds

CURSOR = (int, str)
_ORDER = (CommentRow.recorded_at, CommentRow.id)


async def comments(
    session: AsyncSession, step: str, as_of: datetime | None, after: Sequence[Any] | None, limit: int
) -> tuple[Sequence[CommentRow], list[Any] | None]:
    """A page of comments, the first one first, and the cursor to go on after. Raises NotFound without such a step."""
    if await session.get(StepRow, step) is None:
        raise NotFound("Aucune étape n’a cet identifiant.")
    query = select(CommentRow).where(CommentRow.step == step).order_by(*_ORDER)
    if as_of is not None:
        query = query.where(CommentRow.recorded_at <= as_of)
    if after is not None:
        position = (instant(after[0]), after[1])
        query = query.where(tuple_(*_ORDER) > tuple_(*position, types=[each.type for each in _ORDER]))
    rows = (await session.scalars(query.limit(limit + 1))).all()
    page = rows[:limit]
    return page, [microseconds(page[-1].recorded_at), page[-1].id] if len(rows) > limit else None
