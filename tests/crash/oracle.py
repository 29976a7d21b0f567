"""The oracle: what the owner's facts and the gateway's read model must say of each other, and of every answer given."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from time import monotonic
from typing import Any

from sqlalchemy import select

from services.gateway import tables as views
from services.indicators import tables as facts
from shared.database import Database
from shared.outbox import OutboxRow
from tests.crash.writers import Ledger, Statements

_CONTRACT = ("code", "version", "definition", "defined_at")
_SHOWN = tuple(column.key for column in views.ObservationRow.__table__.columns)
_STEP = 0.02
Rows = Sequence[Any]


@dataclass(frozen=True, slots=True)
class State:
    """Every row of both databases."""

    contracts: Rows
    observations: Rows
    versions: Rows
    contract_versions: Rows
    outbox: Rows
    shown_contracts: Rows
    shown: Rows
    parked: Rows
    positions: Rows

    def statements(self) -> Statements:
        """Every version's value, by the perimeter of its observation and the version."""
        perimeter = {row.id: row.perimeter for row in self.observations}
        return {(perimeter.get(row.id, row.id), row.version): row.value for row in self.versions}

    def stated(self, perimeter: str) -> list[Decimal | None]:
        """The values that an observation has had, in the order of its versions."""
        return [value for (each, _), value in sorted(self.statements().items()) if each == perimeter]


async def read(owner: Database, gateway: Database) -> State:
    """The owner first: what the views show was a fact before."""
    stored = await _all(
        owner,
        facts.ContractRow,
        facts.ObservationRow,
        facts.ObservationVersionRow,
        facts.ContractVersionRow,
        OutboxRow,
    )
    shown = await _all(gateway, views.ContractRow, views.ObservationRow, views.ParkedRow, views.PositionRow)
    return State(*stored, *shown)


async def _all(database: Database, *tables: type[Any]) -> list[Rows]:
    async with database.reading() as session:
        return [(await session.scalars(select(table))).all() for table in tables]


async def verdict(owner: Database, gateway: Database, ledger: Ledger, *, within: float) -> list[str]:
    """The complaints that are left once every event is taken in, or so many seconds are over."""
    deadline = monotonic() + within
    while (found := complaints(await read(owner, gateway), ledger)) and monotonic() < deadline:  # noqa: ASYNC110 - no event says it
        await asyncio.sleep(_STEP)
    return found


def complaints(state: State, ledger: Ledger) -> list[str]:
    """All that is lost, halved, invented, doubled, unsent or shown otherwise; nothing when all is well."""
    stated = state.statements()
    return [*_kept(stated, ledger), *_invented(stated, ledger), *incoherences(state)]


def incoherences(state: State) -> list[str]:
    """What is wrong whoever wrote."""
    return [*_doubled(state), *_told(state), *_views(state)]


def _kept(stated: Statements, ledger: Ledger) -> Iterator[str]:
    for write in ledger.acknowledged:
        if missing := write.statements.items() - stated.items():
            yield f"lost: {missing} of {write}"
    for write in ledger.in_doubt:
        if 0 < len(write.statements.items() & stated.items()) < len(write.statements):
            yield f"halved: {write}"


def _invented(stated: Statements, ledger: Ledger) -> Iterator[str]:
    """What no write said; observations without a perimeter are the contract's own."""
    known = {each for write in [*ledger.acknowledged, *ledger.in_doubt] for each in write.statements.items()}
    yield from (f"invented: {each}" for each in stated.items() if each[0][0] and each not in known)


def _doubled(state: State) -> Iterator[str]:
    keys = Counter((row.contract, row.indicator, row.entity, row.year, row.perimeter) for row in state.observations)
    yield from (f"doubled: {key}" for key, count in keys.items() if count > 1)
    yield from _gaps({row.id: row.version for row in state.observations}, [(v.id, v.version) for v in state.versions])
    versions = [(version.code, version.version) for version in state.contract_versions]
    yield from _gaps({row.code: row.version for row in state.contracts}, versions)


def _gaps(current: Mapping[str, int], versions: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Versions count from 1 to the current one."""
    known = {id_: [version for _, version in each] for id_, each in groupby(sorted(versions), lambda pair: pair[0])}
    for id_ in current.keys() | known.keys():
        if known.get(id_) != list(range(1, current.get(id_, 0) + 1)):
            yield f"versions of {id_}: {known.get(id_)}, current {current.get(id_)}"


def _told(state: State) -> Iterator[str]:
    """One event a version, each taken by the bus."""
    written = [(f"observations/{row.id}", row.version) for row in state.versions]
    written += [(f"contracts/{row.code}", row.version) for row in state.contract_versions]
    told = [(row.subject, row.sequence) for row in state.outbox]
    if sorted(written) != sorted(told):
        yield f"untold: {set(written) - set(told)}, told of nothing: {set(told) - set(written)}"
    yield from (f"unsent: {row.subject} {row.sequence}" for row in state.outbox if row.sent_at is None)


def _views(state: State) -> Iterator[str]:
    """The read model is the owner's rows, column by column."""
    yield from (f"parked: {row.reason}" for row in state.parked)
    yield from _differences(state.observations, state.shown, _SHOWN)
    yield from _differences(state.contracts, state.shown_contracts, _CONTRACT[:2])


def _differences(stored: Rows, shown: Rows, columns: Sequence[str]) -> Iterator[str]:
    ours, theirs = ({tuple(getattr(row, name) for name in columns) for row in rows} for rows in (stored, shown))
    yield from (f"not shown: {row}" for row in ours - theirs)
    yield from (f"ghost: {row}" for row in theirs - ours)
