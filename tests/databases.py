"""The databases that a test opens: of one kind, each new, all closed in the end."""

from pathlib import Path
from typing import ClassVar, Protocol

from shared import migrations
from shared.database import Database
from shared.migrations import Schema
from tests.postgresql import Server

_SQLITE = "sqlite+aiosqlite:///"


class Place(Protocol):
    """Where new databases come from."""

    async def empty(self) -> str: ...

    async def migrated(self, schema: Schema) -> str: ...


class Folder:
    """New SQLite files in a folder; a migrated one is a copy of the first."""

    _migrated: ClassVar[dict[Path, bytes]] = {}

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    async def empty(self) -> str:
        self._count += 1
        return f"{_SQLITE}{self._folder}/test-{self._count}.sqlite3"

    async def migrated(self, schema: Schema) -> str:
        url = await self.empty()
        if schema.revisions not in self._migrated:
            self._migrated[schema.revisions] = await _migrated(f"{url}.first", schema)
        _file(url).write_bytes(self._migrated[schema.revisions])
        return url


async def _migrated(url: str, schema: Schema) -> bytes:
    database = Database(url)
    await migrations.upgrade(database, schema)
    await database.close()
    return _file(url).read_bytes()


def _file(url: str) -> Path:
    return Path(url.removeprefix(_SQLITE))


class Databases:
    """Opens new databases, and closes them."""

    def __init__(self, place: Folder | Server) -> None:
        self._place: Place = place
        self._open: list[Database] = []

    async def empty(self) -> Database:
        return self.open(await self._place.empty())

    async def migrated(self, schema: Schema) -> Database:
        return self.open(await self._place.migrated(schema))

    def open(self, url: str) -> Database:
        """Another handle on a database, as a second process would have."""
        self._open.append(Database(url))
        return self._open[-1]

    async def close(self) -> None:
        for database in self._open:
            await database.close()
