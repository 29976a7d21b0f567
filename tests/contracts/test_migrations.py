"""The migrations of each service lead to the tables in its code, and back, on both databases."""

import pytest
from sqlalchemy import Connection, inspect, text

from services.apart import SCHEMAS, Service
from shared import migrations
from shared.database import Database
from shared.migrations import Schema
from tests.databases import Databases


@pytest.fixture(params=Service)
def schema(request: pytest.FixtureRequest) -> Schema:
    return SCHEMAS[request.param]


@pytest.fixture
async def empty(databases: Databases) -> Database:
    return await databases.empty()


async def tables(database: Database) -> set[str]:
    def names(connection: Connection) -> set[str]:
        return {*inspect(connection).get_table_names()} - {"alembic_version"}

    async with database.engine.connect() as connection:
        return await connection.run_sync(names)


def expected(schema: Schema) -> set[str]:
    return {name for metadata in schema.metadata for name in metadata.tables}


async def test_an_empty_database_is_not_current(empty: Database, schema: Schema) -> None:
    assert not await migrations.is_current(empty, schema)


async def test_migrating_from_nothing_gives_the_tables_in_the_code(empty: Database, schema: Schema) -> None:
    await migrations.upgrade(empty, schema)
    assert await migrations.is_current(empty, schema)
    assert await migrations.drift(empty, schema) == []
    assert await tables(empty) == expected(schema)


async def test_a_drift_is_seen(database: Database, schema: Schema) -> None:
    table = min(expected(schema))
    async with database.transaction() as session:
        await session.execute(text(f"ALTER TABLE {table} ADD COLUMN stray INTEGER"))
    assert len(await migrations.drift(database, schema)) == 1


async def test_migrating_again_changes_nothing(database: Database, schema: Schema) -> None:
    await migrations.upgrade(database, schema)
    assert await migrations.is_current(database, schema)
    assert await migrations.drift(database, schema) == []


async def test_migrating_down_leaves_nothing_and_up_again_everything(database: Database, schema: Schema) -> None:
    await migrations.downgrade(database, schema, "base")
    assert await tables(database) == set()
    assert not await migrations.is_current(database, schema)
    await migrations.upgrade(database, schema)
    assert await migrations.drift(database, schema) == []


async def test_a_migration_that_fails_changes_nothing(empty: Database, schema: Schema) -> None:
    """The last table is in the way: what was made before it is undone with it."""
    in_the_way = max(expected(schema))
    async with empty.transaction() as session:
        await session.execute(text(f"CREATE TABLE {in_the_way} (stray INTEGER)"))
    with pytest.raises(Exception, match=in_the_way):
        await migrations.upgrade(empty, schema)
    assert await tables(empty) == {in_the_way}
