"""The databases of a system, from outside: every owner's and the gateway's, and all the rows that they have."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from services.apart import Owner
from services.gateway import tables as views
from shared.database import Database
from shared.outbox import OutboxRow
from tests.crash import corpus
from tests.crash.corpus import Corpus
from tests.crash.kinds import KINDS, Kind

OWNERS = tuple(each.value for each in Owner)
Rows = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Stores:
    """The owners' databases by name, and the gateway's."""

    facts: Mapping[str, Database]
    views: Database


@dataclass(frozen=True, slots=True)
class Kept:
    """Every one of a kind: as it stands, in all of its versions, and as the gateway has it."""

    kind: Kind
    current: Rows
    versions: Rows
    shown: Rows


@dataclass(frozen=True, slots=True)
class State:
    """Every row: what is kept, by the first word of its subject; what each owner told; what the gateway read."""

    kept: Mapping[str, Kept]
    corpus: Corpus
    told: Mapping[str, Rows]
    parked: Rows
    positions: Rows

    @property
    def shown(self) -> dict[str, int]:
        """How many of each kind the gateway has."""
        return {subject: len(kept.shown) for subject, kept in self.kept.items()}

    @property
    def events(self) -> dict[str, int]:
        """How many events each owner has recorded."""
        return {owner: len(rows) for owner, rows in self.told.items()}


def topic(position: Any) -> str:
    """The owner whose topic a position is of, whatever the topic's world."""
    name: str = position.topic
    return name.removeprefix("cadran.").partition("-")[0]


async def read(stores: Stores) -> State:
    """The owners first: what the views show was a fact before."""
    stored = {owner: await _all(stores.facts[owner], [*_tables(owner), OutboxRow]) for owner in OWNERS}
    shown = await _all(stores.views, [*(kind.view for kind in KINDS), views.ParkedRow, views.PositionRow])
    kept = {kind.subject: _kept(kind, stored[kind.owner], shown) for kind in KINDS}
    told = {owner: rows[OutboxRow] for owner, rows in stored.items()}
    return State(kept, Corpus(stored["bibliometrics"]), told, shown[views.ParkedRow], shown[views.PositionRow])


def _tables(owner: str) -> list[type[Any]]:
    kinds = [kind for kind in KINDS if kind.owner == owner]
    versions = [kind.versions for kind in kinds if kind.has_history]
    return [*(kind.current for kind in kinds), *versions, *(corpus.TABLES if owner == "bibliometrics" else ())]


def _kept(kind: Kind, stored: Mapping[type[Any], Rows], shown: Mapping[type[Any], Rows]) -> Kept:
    versions = stored[kind.versions] if kind.has_history else _facts(kind, stored[OutboxRow])
    return Kept(kind, stored[kind.current], versions, shown[kind.view])


def _facts(kind: Kind, outbox: Rows) -> Rows:
    return [kind.versions.model_validate_json(row.data) for row in outbox if row.type == kind.versions.TYPE]


async def _all(database: Database, tables: Sequence[type[Any]]) -> dict[type[Any], Rows]:
    """Every row of these tables, at one moment."""
    async with database.reading() as session:
        return {table: (await session.scalars(select(table))).all() for table in tables}


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Stores]:
    """The databases of an instance, in its data folder."""
    facts = {owner: Database(f"sqlite+aiosqlite:///{folder}/{owner}.sqlite3") for owner in OWNERS}
    views_ = Database(f"sqlite+aiosqlite:///{folder}/gateway.sqlite3")
    try:
        yield Stores(facts, views_)
    finally:
        for database in (*facts.values(), views_):
            await database.close()
