"""Migrations on data: what an owner states goes down to every revision and up again, and nothing of it is lost.

The read model may be emptied on the way: what was read then comes again, and it holds what it held.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.script import ScriptDirectory
from fastapi import FastAPI
from sqlalchemy import Connection, MetaData, inspect, select

from services import loading
from services.apart import SCHEMAS, Service
from services.bibliometrics.app import create_app as create_bibliometrics
from services.gateway.consumer import Consumer
from services.gateway.inventory import held
from services.gateway.projections import FACTS
from services.indicators.app import create_app as create_indicators
from services.milestones.app import create_app as create_milestones
from shared import events, migrations
from shared.bus import Message
from shared.database import Database
from shared.events.catalogue import owner_of, topic_of
from shared.inventory import Held
from tests.conftest import ROOT
from tests.databases import Databases
from tests.facts import message
from tests.services.conftest import MAX_BODY, service_on
from tests.town import CONTRACTS

from .made_up_rows import fill

EXAMPLES = Path(events.__file__).parent / "examples"
CREATE: dict[Service, Callable[..., FastAPI]] = {
    Service.INDICATORS: create_indicators,
    Service.MILESTONES: create_milestones,
    Service.BIBLIOMETRICS: partial(create_bibliometrics, max_upload=MAX_BODY),
}
Rows = dict[str, list[dict[str, Any]]]
T = TypeVar("T")
Shape = dict[str, set[str]]


def earlier(service: Service) -> list[str]:
    """Every revision that a service ever had, but the last."""
    scripts = ScriptDirectory.from_config(SCHEMAS[service].config())
    return sorted({each.revision for each in scripts.walk_revisions()} - {*scripts.get_heads()})


def shape_of(connection: Connection) -> Shape:
    """The columns of each table, as the database has them."""
    inspector = inspect(connection)
    tables = {*inspector.get_table_names()} - {"alembic_version"}
    return {table: {each["name"] for each in inspector.get_columns(table)} for table in tables}


def rows_of(connection: Connection) -> Rows:
    tables = MetaData()
    tables.reflect(connection)
    kept = [table for table in tables.sorted_tables if table.name != "alembic_version"]
    return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in kept}


def within(found: Rows, shape: Shape) -> Rows:
    """What of these rows has a place in these tables and columns."""
    kept = {
        table: [{name: row[name] for name in sorted(row) if name in shape[table]} for row in lines]
        for table, lines in found.items()
        if table in shape
    }
    return {table: sorted(lines, key=repr) for table, lines in kept.items()}


async def of(database: Database, asked: Callable[[Connection], T]) -> T:
    async with database.engine.connect() as connection:
        return await connection.run_sync(asked)


async def stated(service: Service, databases: Databases, folder: Path) -> Database:
    """An owner that took both contracts, and has something in every other table."""
    database = await databases.migrated(SCHEMAS[service])
    owner = service_on(database, folder, CREATE[service])
    async with owner.client("steward") as client:
        for code in CONTRACTS:
            body = loading.read_package(ROOT / "contracts" / code).body(service)
            answer = await client.put(f"/{service}/v1/contracts/{code}", json=body)
            assert answer.status_code == 200, answer.text
    async with database.engine.execution_options(cadran_write=True).begin() as connection:
        await connection.run_sync(fill)
    return database


@pytest.mark.parametrize(
    ("service", "revision"), [(service, revision) for service in CREATE for revision in earlier(service)]
)
async def test_what_an_owner_holds_goes_down_and_up_again(
    databases: Databases, tmp_path: Path, service: Service, revision: str
) -> None:
    """Down to a revision stays all that had a place in it; up again from there, all that was there."""
    database = await stated(service, databases, tmp_path)
    before = await of(database, rows_of)
    assert all(before.values()), "a table without a row"
    assert len(before["outbox"]) >= len(CONTRACTS)
    await migrations.downgrade(database, SCHEMAS[service], revision)
    old = await of(database, shape_of)
    kept = within(before, old)
    assert within(await of(database, rows_of), old) == kept
    await migrations.upgrade(database, SCHEMAS[service])
    assert await migrations.drift(database, SCHEMAS[service]) == []
    after = await of(database, rows_of)
    assert within(after, {table: old[table] & set(before[table][0]) for table in old}) == kept
    assert after.keys() == before.keys()


def messages() -> dict[str, list[Message]]:
    """One of every kind of fact, by topic."""
    found: dict[str, list[Message]] = defaultdict(list)
    for name, kind in FACTS.items():
        fact = kind.model_validate(json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))["data"])
        topic = topic_of(owner_of(name))
        found[topic].append(message(fact, len(found[topic])))
    return found


async def read_on(database: Database) -> None:
    """What a start does: read each topic from where it stopped."""
    consumer = Consumer(database)
    for topic, every in messages().items():
        reached = (await consumer.positions(topic)).get(0, -1)
        if news := [each for each in every if each.offset > reached]:
            await consumer.take(news)


async def all_held(database: Database) -> list[Held]:
    async with database.reading() as session:
        return [each for kind in FACTS.values() async for each in held(session, kind)]


@pytest.mark.parametrize("revision", earlier(Service.GATEWAY))
async def test_the_read_model_goes_down_and_up_again_and_reads_on(databases: Databases, revision: str) -> None:
    schema = SCHEMAS[Service.GATEWAY]
    database = await databases.migrated(schema)
    await read_on(database)
    async with database.engine.execution_options(cadran_write=True).begin() as connection:
        await connection.run_sync(fill)
    before = await all_held(database)
    assert len(before) == len(FACTS)
    await migrations.downgrade(database, schema, revision)
    await migrations.upgrade(database, schema)
    assert await migrations.drift(database, schema) == []
    await read_on(database)
    assert await all_held(database) == before


async def test_what_stood_in_the_read_model_stays_where_it_goes_down(databases: Databases) -> None:
    """One revision at a time, to the first: what has a place stays, but for how far a topic it leaves was read."""
    schema = SCHEMAS[Service.GATEWAY]
    database = await databases.migrated(schema)
    await read_on(database)
    for revision in reversed(earlier(Service.GATEWAY)):
        before = await of(database, rows_of)
        await migrations.downgrade(database, schema, revision)
        old, after = await of(database, shape_of), await of(database, rows_of)
        positions = after.pop("positions")
        assert all(each in before["positions"] for each in positions)
        assert within(after, old) == within({name: rows for name, rows in before.items() if name in after}, old)
