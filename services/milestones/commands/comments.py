"""Remarking on a step; what was said is never changed."""

from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.holding import definition, existing, now
from services.milestones.tables import CommentRow, StepRow
from services.milestones.telling import comment_added
from shared import outbox
from shared.authorship import Author
from shared.problems import Forbidden, Invalid, NotFound


async def add(session: AsyncSession, step: str, entity: str, text: str, author: Author) -> CommentRow:
    """Add a remark of an entity. Raises NotFound, Forbidden, or Invalid where the contract names no such entity."""
    row = await session.get(StepRow, step)
    if row is None:
        raise NotFound("Aucune étape n’a cet identifiant.")
    held = await existing(session, row.contract)
    if entity not in {each.code for each in definition(held).entities}:
        message = f"l’entité « {entity} » n’est pas dans ce contrat"
        raise Invalid(message, errors=[{"place": "body.entity", "code": "unknown", "message": message}])
    if not author.caller.may_write(entity):
        raise Forbidden(f"Ce jeton ne permet pas d’écrire pour « {entity} ».")
    comment = CommentRow(
        id=str(uuid4()), step=step, contract=row.contract, entity=entity, text=text, recorded_at=now(held, author),
        recorded_by=author.caller.subject,
    )  # fmt: skip
    session.add(comment)
    outbox.record(session, comment_added(comment), at=comment.recorded_at)
    return comment
