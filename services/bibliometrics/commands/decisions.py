"""Deciding whether two records are of one publication; a decision stands until it is withdrawn, and stays known."""

from collections.abc import Sequence
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
    """Decide of two records. Raises Invalid where one is unknown, Conflict where other decisions say the contrary."""
    held = await corpus(session)
    await _check_known(session, pair)
    left, right = sorted((pair.left, pair.right))
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
    rematched = await match_again(session, (left, right), writing)
    if rematched.contradicted:
        await _refuse(session, row)
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


async def _check_known(session: AsyncSession, pair: Pair) -> None:
    either = or_(RecordRow.ref == pair.left, RecordRow.ref == pair.right)
    known = set(await session.scalars(select(RecordRow.ref).where(either)))
    for place, ref in (("left", pair.left), ("right", pair.right)):
        if ref not in known:
            message = f"aucune notice n’est connue sous « {ref} »"
            raise Invalid(message, errors=[{"place": f"body.{place}", "code": "unknown", "message": message}])
    if pair.left == pair.right:
        raise Invalid("Une décision porte sur deux notices différentes.")


async def _standing(session: AsyncSession, left: str, right: str) -> DecisionRow | None:
    mine = (DecisionRow.left == left, DecisionRow.right == right, DecisionRow.withdrawn_at.is_(None))
    return (await session.scalars(select(DecisionRow).where(*mine))).one_or_none()


async def _refuse(session: AsyncSession, row: DecisionRow) -> None:
    """Raises Conflict with the decisions that a new one contradicts by way of other records."""
    rows = (await session.scalars(select(DecisionRow).where(DecisionRow.withdrawn_at.is_(None)))).all()
    others = sorted(each.id for each in _tied(rows, row) if each.id != row.id)
    raise Conflict(
        "D’autres décisions, par une troisième notice, disent ensemble le contraire : retirez-en une d’abord.",
        ids=others,
    )


def _tied(rows: Sequence[DecisionRow], row: DecisionRow) -> list[DecisionRow]:
    """The decisions on the records of one, or on others that such a decision is on."""
    names: set[str] = {row.left, row.right}
    found: list[DecisionRow] = []
    while more := [each for each in rows if each not in found and names & {each.left, each.right}]:
        found += more
        names.update(name for each in more for name in (each.left, each.right))
    return found
