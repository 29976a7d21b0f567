"""Deciding whether two records are of one publication; a decision stands until it is withdrawn, and stays known."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.holding import changed, corpus
from services.bibliometrics.recording.corpus import match_again
from services.bibliometrics.recording.writing import Writing
from services.bibliometrics.tables import DecisionRow, RecordRow
from shared.authorship import Author
from shared.problems import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, by their refs, in whatever order."""

    left: str
    right: str


async def decide(session: AsyncSession, pair: Pair, verdict: str, reason: str, author: Author) -> DecisionRow:
    """Decide of two records. Raises Invalid where one is unknown, Conflict where another decision stands."""
    held = await corpus(session)
    left, right = sorted((pair.left, pair.right))
    await _check_known(session, left, right)
    standing = await _standing(session, left, right)
    if standing is not None:
        if standing.verdict == verdict:
            return standing
        raise Conflict("Une décision contraire vaut déjà pour ces deux notices : retirez-la d’abord.", id=standing.id)
    writing = Writing(changed(held, author), author.caller.subject)
    row = DecisionRow(
        id=str(uuid4()), left=left, right=right, verdict=verdict, reason=reason, decided_at=writing.at,
        decided_by=writing.by,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    await match_again(session, (left, right), writing)
    return row


async def withdraw(session: AsyncSession, id_: str, reason: str, author: Author) -> DecisionRow:
    """Go back on a decision: the records are matched as the rules say. Raises NotFound."""
    held = await corpus(session)
    row = await session.get(DecisionRow, id_)
    if row is None or row.withdrawn_at is not None:
        raise NotFound("Aucune décision de cet identifiant ne vaut encore.")
    writing = Writing(changed(held, author), author.caller.subject)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = writing.at, writing.by, reason
    await session.flush()
    await match_again(session, (row.left, row.right), writing)
    return row


async def _check_known(session: AsyncSession, left: str, right: str) -> None:
    known = set(await session.scalars(select(RecordRow.ref).where(or_(RecordRow.ref == left, RecordRow.ref == right))))
    for place, ref in (("left", left), ("right", right)):
        if ref not in known:
            message = f"aucune notice n’est connue sous « {ref} »"
            raise Invalid(message, errors=[{"place": f"body.{place}", "code": "unknown", "message": message}])
    if left == right:
        raise Invalid("Une décision porte sur deux notices différentes.")


async def _standing(session: AsyncSession, left: str, right: str) -> DecisionRow | None:
    mine = (DecisionRow.left == left, DecisionRow.right == right, DecisionRow.withdrawn_at.is_(None))
    return (await session.scalars(select(DecisionRow).where(*mine))).one_or_none()
