"""Going through many names a few thousand at a time: a database bounds how many a query may hold."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Delete, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

_AT_ONCE = 5000


def chunks(names: Iterable[str]) -> Iterator[list[str]]:
    """The names in order, a few thousand in each list."""
    left = iter(sorted(set(names)))
    while taken := list(islice(left, _AT_ONCE)):
        yield taken


async def rows_among(
    session: AsyncSession, names: Iterable[str], query: Callable[[list[str]], Any]
) -> AsyncIterator[Any]:
    """The rows of a query that is asked for some names at a time."""
    for some in chunks(names):
        for row in await session.execute(query(some)):
            yield row


async def delete_among(session: AsyncSession, names: Iterable[str], statement: Callable[[list[str]], Delete]) -> None:
    for some in chunks(names):
        await session.execute(statement(some))


async def insert_all(session: AsyncSession, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, a few thousand at a time, so that other calls go on meanwhile."""
    for start in range(0, len(rows), _AT_ONCE):
        await session.execute(insert(table), list(rows[start : start + _AT_ONCE]))


async def update_all(session: AsyncSession, table: type[Any], key: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write other columns of rows, each found by its key, which is given as `named`."""
    columns = [name for name in (rows[0] if rows else ()) if name != "named"]
    statement = update(table.__table__).where(key == bindparam("named"))
    statement = statement.values({name: bindparam(name) for name in columns})
    for start in range(0, len(rows), _AT_ONCE):
        await (await session.connection()).execute(statement, list(rows[start : start + _AT_ONCE]))
