"""Recording which records are one publication: what a change touches is matched again, and nothing else."""

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.matching import (
    Crowd,
    Decision,
    Matching,
    Verdict,
    cluster,
    differences,
    identity,
    tokens,
)
from services.bibliometrics.domain.publication import Record
from services.bibliometrics.rows import RECORD
from services.bibliometrics.tables import (
    CandidateRow,
    ContainerRow,
    DecisionRow,
    MergeRow,
    RecordRow,
    TokenRow,
)
from services.bibliometrics.tables.base import REF

from .chunks import chunks, delete_among, insert_all, rows_among, update_all
from .writing import Writing

_NEAR = "near:"


@dataclass(frozen=True, slots=True)
class Rematched:
    """The records that were matched again, by publication, and the publications that they were of before.

    `crowded` are what too many of them have in common for them to be compared two by two, `contradicted` the decisions
    « same » that others overrule.
    """

    publications: Mapping[str, Sequence[Record]]
    former: frozenset[str]
    crowded: tuple[Crowd, ...]
    contradicted: tuple[Decision, ...]


async def keep_records(session: AsyncSession, records: Mapping[str, Record], created: Collection[str]) -> None:
    """Keep records with their tokens; they are of no publication until they are matched."""
    fresh = [_row(name, record) for name, record in records.items() if name in created]
    await insert_all(session, RecordRow, fresh)
    others = [{"named": name, "content": _content(record)} for name, record in records.items() if name not in created]
    await update_all(session, RecordRow, RecordRow.ref, others)
    await delete_among(session, records, lambda some: delete(TokenRow).where(TokenRow.ref.in_(some)))
    await insert_all(session, TokenRow, await asyncio.to_thread(_tokens, records))


def _row(name: str, record: Record) -> dict[str, Any]:
    return {"ref": name, "publication": "", "content": _content(record)}


def _content(record: Record) -> str:
    return RECORD.dump_json(record).decode()


def _tokens(records: Mapping[str, Record]) -> list[dict[str, str]]:
    return [{"token": token, "ref": name} for name, record in records.items() for token in sorted(tokens(record))]


async def rematch(session: AsyncSession, changed: Iterable[str], writing: Writing) -> Rematched:
    """Match again every record that could be of one publication with a changed one, and log what that changes."""
    decisions = await _standing_decisions(session)
    touched = await _closure(session, set(changed), decisions)
    around = await _sharing(session, touched, near=True)
    records = await _records(session, touched | around)
    matching = await asyncio.to_thread(cluster, list(records.values()), decisions)
    before = await _publications_of(session, touched)
    clusters = [each for each in matching.clusters if touched.issuperset(each.refs)]
    after = {name: identity(each.refs) for each in clusters for name in each.refs}
    await _replace_candidates(session, touched, matching)
    await insert_all(session, MergeRow, _log(before, after, matching, writing))
    moved = [{"named": name, "publication": one} for name, one in after.items() if before.get(name) != one]
    await update_all(session, RecordRow, RecordRow.ref, moved)
    found: dict[str, list[Record]] = {}
    for name, publication in sorted(after.items()):
        found.setdefault(publication, []).append(records[name])
    return Rematched(found, frozenset(before.values()) - {""}, matching.crowded, matching.contradicted)


async def _standing_decisions(session: AsyncSession) -> list[Decision]:
    rows = await session.scalars(select(DecisionRow).where(DecisionRow.withdrawn_at.is_(None)))
    return [Decision(row.left, row.right, Verdict(row.verdict)) for row in rows]


async def _closure(session: AsyncSession, names: set[str], decisions: Sequence[Decision]) -> set[str]:
    """The records tied to these by an identifier, a title or a decision, however many steps away."""
    tied: dict[str, set[str]] = {}
    for each in decisions:
        tied.setdefault(each.left, set()).add(each.right)
        tied.setdefault(each.right, set()).add(each.left)
    found, fresh = set(names), set(names)
    while fresh:
        said = {other for name in fresh for other in tied.get(name, ())}
        fresh = (await _sharing(session, fresh, near=False) | await _existing(session, said)) - found
        found |= fresh
    return found


async def _sharing(session: AsyncSession, names: set[str], *, near: bool) -> set[str]:
    """The records that have a token in common with these; of the near ones, or of the others."""
    own = TokenRow.token.startswith(_NEAR, autoescape=True)
    kind = own if near else ~own
    query = select(TokenRow.token).where(kind)
    wanted = {row.token async for row in rows_among(session, names, lambda some: query.where(TokenRow.ref.in_(some)))}
    refs = select(TokenRow.ref)
    return {row.ref async for row in rows_among(session, wanted, lambda some: refs.where(TokenRow.token.in_(some)))}


async def _existing(session: AsyncSession, names: set[str]) -> set[str]:
    query = select(RecordRow.ref)
    return {row.ref async for row in rows_among(session, names, lambda some: query.where(RecordRow.ref.in_(some)))}


async def _records(session: AsyncSession, names: set[str]) -> dict[str, Record]:
    query = select(RecordRow.ref, RecordRow.content)
    found = rows_among(session, names, lambda some: query.where(RecordRow.ref.in_(some)))
    return {row.ref: RECORD.validate_json(row.content) async for row in found}


async def _publications_of(session: AsyncSession, names: set[str]) -> dict[str, str]:
    query = select(RecordRow.ref, RecordRow.publication)
    found = rows_among(session, names, lambda some: query.where(RecordRow.ref.in_(some)))
    return {row.ref: row.publication async for row in found}


async def _replace_candidates(session: AsyncSession, touched: set[str], matching: Matching) -> None:
    """What is to be looked at of these records, and the DOIs that several of them bear."""
    for some in chunks(touched):
        either = or_(CandidateRow.left.in_(some), CandidateRow.right.in_(some))
        await session.execute(delete(CandidateRow).where(either))
        await session.execute(delete(ContainerRow).where(ContainerRow.ref.in_(some)))
    rows = [
        {"left": each.left, "right": each.right, "reason": str(each.reason), "ratio": str(each.ratio)}
        for each in matching.review
        if each.left in touched or each.right in touched
    ]
    await insert_all(session, CandidateRow, rows)
    contained = [
        {"doi": each.doi[:REF], "ref": name} for each in matching.containers for name in each.refs if name in touched
    ]
    await insert_all(session, ContainerRow, contained)


def _log(
    before: Mapping[str, str], after: Mapping[str, str], matching: Matching, writing: Writing
) -> list[dict[str, Any]]:
    """What becomes one publication, or several."""
    links = {identity(each.refs): each.links for each in matching.clusters}
    return [
        {
            "kind": each.kind,
            "publication": each.publication,
            "refs": json.dumps(list(each.refs)),
            "links": json.dumps([[one.left, one.right, one.rule, one.text] for one in links.get(each.publication, ())]),
            "recorded_at": writing.at,
            "recorded_by": writing.by,
        }
        for each in differences({name: one for name, one in before.items() if one}, after)
    ]
