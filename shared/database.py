"""Opening a service's database: read and write sessions over SQLite and PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, FromClause, MetaData, String, TypeDecorator, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from . import watermarks

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout, OSError)
_PASSING = ("08", "25006", "25P03", "40", "53", "55P03", "57", "58")
"""SQLSTATE of what passes: no connection, a standby, a lock or a deadlock, no room, starting or stopping, the disk."""
# what went wrong is logged; the values that people wrote are not
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 60, "hide_parameters": True}
_BRIEFLY = text("SELECT set_config('idle_in_transaction_session_timeout', '8s', true)")
_PATIENCE = {"timeout": 10, "command_timeout": 120}  # of a server that says nothing more
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000")


def named_metadata() -> MetaData:
    """Metadata whose constraints have the same names on every database."""
    return MetaData(naming_convention=NAMING)


def is_unavailable(error: BaseException) -> bool:
    """Whether the database could not be reached, or ran out of time or room, so that the same call may pass later."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, UNAVAILABLE) or _sqlstate(error).startswith(_PASSING)


def _sqlstate(error: BaseException) -> str:
    """What PostgreSQL answered, were it to the connection itself, which SQLAlchemy wraps in nothing."""
    return getattr(getattr(error, "orig", None) or error, "sqlstate", None) or ""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant, on databases that know time zones and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal, kept as it was written: 14.50 stays 14.50."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Database:
    """One service's database. After each write `committed` is set, for whoever waits for news; `commits` grows."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.committed = asyncio.Event()
        self.commits = 0
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self._turn = asyncio.Lock() if self.is_sqlite else None
        self._writes = _sessions(self.engine.execution_options(cadran_write=True))
        self._reads = _sessions(self.engine.execution_options(**self._read_options()))

    def _read_options(self) -> dict[str, Any]:
        if self.is_sqlite:
            return {}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Write: all or nothing, committed when the block ends without an error."""
        turn: AbstractAsyncContextManager[Any] = self._turn or nullcontext()
        try:
            async with turn, self._writes.begin() as session:
                yield session
            watermarks.committed(session)
        finally:  # a call that is cancelled while it commits may have committed
            self.commits += 1
            self.committed.set()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Read: one consistent snapshot, never a write."""
        async with self._reads() as session:
            yield session

    async def ping(self) -> None:
        async with self.reading() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()


async def hold_briefly(session: AsyncSession) -> None:
    """Have the server end this transaction where its process freezes in the middle: others wait for its locks."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(_BRIEFLY)


def insert_into(session: AsyncSession, table: type[Any] | FromClause) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT, in the session's dialect."""
    dialect = session.get_bind().dialect.name
    target: Any = table  # both take a mapped class as they take a table
    return sqlite.insert(target) if dialect == "sqlite" else postgresql.insert(target)


def _sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False)


def _postgresql_engine(url: str) -> AsyncEngine:
    return create_async_engine(url, **_POOL, pool_pre_ping=True, connect_args=_PATIENCE)


def _sqlite_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url, **_POOL)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "invalidate", _roll_back_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own deferred BEGIN fails at once under concurrent writers
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("cadran_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


_rolling_back: set[asyncio.Task[None]] = set()


def _roll_back_sqlite(connection: Any, _entry: ConnectionPoolEntry, _error: BaseException | None) -> None:
    """Before it is closed: the statement of a cancelled call lives until it is collected, and its lock with it."""
    with suppress(RuntimeError):  # no loop runs any more
        task = asyncio.get_running_loop().create_task(_roll_back(connection.driver_connection))
        _rolling_back.add(task)
        task.add_done_callback(_rolling_back.discard)


async def _roll_back(connection: Any) -> None:
    with suppress(ValueError, sqlite3.Error):  # it is closed already
        await connection.rollback()
