"""Whose turn it is to send: one relay at a time among all the processes of an owner, in the order of the outbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import Database

_KEY = 0x0CAD0A  # advisory locks belong to one database, and this is the only one there
_PAUSE_SECONDS = 0.02
_ALIVE_SECONDS = 2.0
_TAKE = text(f"SELECT pg_try_advisory_lock({_KEY}), set_config('idle_session_timeout', '8s', false)")
_GIVE_BACK = text(f"SELECT pg_advisory_unlock({_KEY}), set_config('idle_session_timeout', '0', false)")
_ALIVE = text("SELECT 1")


class Turn:
    """On SQLite, where one process holds the folder, a lock of that process; on PostgreSQL, one of the server.

    The server takes it back from who dies at once, and from who is frozen as soon as its session says nothing for eight
    seconds.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ours = asyncio.Lock()

    @asynccontextmanager
    async def held(self) -> AsyncIterator["Session | None"]:
        """Wait for the turn, and keep it as long as the block lasts; the session is that of the server's lock."""
        async with self._ours:
            if self._database.is_sqlite:
                yield None
                return
            async with self._database.engine.connect() as connection:
                session = Session(await connection.execution_options(isolation_level="AUTOCOMMIT"))
                async with session.locked():
                    yield session


class Session:
    """A session of the server that holds the turn, and says a word now and then: publishing may last longer."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._line = asyncio.Lock()

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        try:
            while not await self._connection.scalar(_TAKE):  # noqa: ASYNC110 - it is another process that ends its turn
                await asyncio.sleep(_PAUSE_SECONDS)
            async with self._talking():
                yield
            await self._connection.execute(_GIVE_BACK)
        except BaseException:
            await self._connection.invalidate()  # the lock goes with the session
            raise

    async def check(self) -> None:
        """Raises an error of the database where the turn went to another in the meantime."""
        async with self._line:
            await self._connection.execute(_ALIVE)

    @asynccontextmanager
    async def _talking(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._talk())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _talk(self) -> None:
        while True:
            await asyncio.sleep(_ALIVE_SECONDS)
            await self.check()
