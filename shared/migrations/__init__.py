"""The one Alembic environment: brings a service's database to the schema that its code expects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from shared.database import Database

_HERE = Path(__file__).parent
_ALONE = text("SELECT pg_advisory_xact_lock(1)")


@dataclass(frozen=True, slots=True)
class Schema:
    """A service's tables and the folder of its revisions; `enter` goes where in the database they are."""

    metadata: Sequence[MetaData]
    revisions: Path
    enter: Callable[[Connection], None] = lambda _connection: None

    def config(self, connection: Connection | None = None) -> Config:
        config = Config()
        config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
        config.set_main_option("version_locations", str(self.revisions).replace("%", "%%"))
        config.set_main_option("path_separator", "newline")
        config.attributes["connection"] = connection
        config.attributes["metadata"] = list(self.metadata)
        return config


async def upgrade(database: Database, schema: Schema) -> None:
    """Apply the missing revisions, all or none of them."""
    await _migrate(database, schema, lambda connection: command.upgrade(schema.config(connection), "head"))


async def downgrade(database: Database, schema: Schema, revision: str) -> None:
    """Go back to a revision (`base` for an empty database)."""
    await _migrate(database, schema, lambda connection: command.downgrade(schema.config(connection), revision))


async def is_current(database: Database, schema: Schema) -> bool:
    """Whether the database has exactly the revisions that this code expects."""
    expected = set(ScriptDirectory.from_config(schema.config()).get_heads())
    async with database.engine.connect() as connection:
        await connection.run_sync(schema.enter)
        return expected == set(
            await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_heads())
        )


async def drift(database: Database, schema: Schema) -> list[object]:
    """What differs between the migrated database and the tables in the code; nothing when all is well."""
    metadata: Any = list(schema.metadata)  # a list is what env.py gives it too; its signature says one
    async with database.engine.connect() as connection:
        await connection.run_sync(schema.enter)
        return await connection.run_sync(
            lambda sync: list(compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata))
        )


async def _migrate(database: Database, schema: Schema, change: Callable[[Connection], None]) -> None:
    """In one transaction; two that begin at once do it one after the other."""
    writing = database.engine.execution_options(cadran_write=True)
    async with writing.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(_ALONE)
        await connection.run_sync(schema.enter)
        await connection.run_sync(change)
