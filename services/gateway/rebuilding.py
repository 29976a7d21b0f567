"""Building the read model anew beside the living one, from the first event, and switching once it has caught up."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared import migrations
from shared.bus.kafka import KafkaBus
from shared.database import Database
from shared.serving import RefusedError

from . import generations, read_model
from .consumer import Consumer
from .tables import SCHEMA, Base, DismissedRow, ParkedRow, PositionRow

_STEP_SECONDS = 0.1
_ALONE = text("SELECT pg_try_advisory_lock(2)")
_LIVE = text("SELECT schema FROM public.generations WHERE id = 1 FOR UPDATE")
_SWITCH = text("UPDATE public.generations SET schema = :schema WHERE id = 1")
_OTHERS = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'generation\\_%' AND nspname <> :live")
Positions = Mapping[tuple[str, int], int]
Told = Callable[[int, int], None]


async def rebuild(url: str, bus: KafkaBus, topics: list[str], told: Told) -> str:
    """The name of the new living generation; `told` hears how many events were read, of how many.

    What was living stays beside until the next rebuild. Raises RefusedError where one is under way already.
    """
    async with AsyncExitStack() as stack:
        live = await stack.enter_async_context(_opened(url))
        await stack.enter_async_context(_alone(live))
        schema = f"generation_{uuid4().hex[:12]}"
        await _sweep(live)
        new = await stack.enter_async_context(_opened(url))
        await _prepare(new, schema)
        async with bus.listening(topics, Consumer(new)):
            while not await _switch(live, schema, await bus.ends(topics), told):  # noqa: ASYNC110 - the bus tells nobody
                await asyncio.sleep(_STEP_SECONDS)
        return schema


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _alone(live: Database) -> AsyncIterator[None]:
    """One rebuild at a time: the server forgets it with its session."""
    async with live.engine.connect() as connection:
        held = await connection.execution_options(isolation_level="AUTOCOMMIT")
        if not await held.scalar(_ALONE):
            raise RefusedError("une reconstruction est déjà en cours : attendez qu’elle finisse")
        try:
            yield
        finally:
            await connection.invalidate()


async def _sweep(live: Database) -> None:
    """Leave nothing of what an earlier rebuild built, or took the place of."""
    async with live.engine.begin() as connection:
        living = await connection.scalar(_LIVE)
        for (name,) in (await connection.execute(_OTHERS, {"live": living})).all():
            await connection.execute(text(f'DROP SCHEMA "{name}" CASCADE'))
        if living != generations.FIRST:
            tables = ", ".join(f"public.{name}" for name in Base.metadata.tables if name != "generations")
            await connection.execute(text(f"TRUNCATE {tables}"))


async def _prepare(new: Database, schema: str) -> None:
    async with new.engine.begin() as connection:
        await connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    await migrations.upgrade(new, replace(SCHEMA, enter=generations.entering(schema)))
    generations.stay_in(new, schema)
    await read_model.ensure_named(new)


async def _switch(live: Database, schema: str, ends: Positions, told: Told) -> bool:
    """Whether the new generation is the living one from now on: no reader sees less than it saw before."""
    async with live.engine.begin() as connection:
        living = await connection.scalar(_LIVE)
        shown = await _positions(connection, str(living))
        built = await _positions(connection, schema)
        told(sum(offset + 1 for offset in built.values()), sum(ends.values()))
        if not _caught_up(built, shown, ends):
            return False
        await _keep_dismissed(connection, str(living), schema)
        await connection.execute(_SWITCH, {"schema": schema})
        return True


async def _keep_dismissed(connection: AsyncConnection, living: str, schema: str) -> None:
    """What somebody decided of parked messages comes from no event: it moves over, and they stay dismissed."""
    columns = [column for column in DismissedRow.__table__.columns if column.key != "id"]
    rows = await connection.execute(select(*columns), execution_options=_in(living))
    dismissed = [dict(row) for row in rows.mappings()]
    if dismissed:
        await connection.execute(insert(DismissedRow), dismissed, execution_options=_in(schema))
    for each in dismissed:
        place = (getattr(ParkedRow, name) == each[name] for name in ("topic", "partition", "offset"))
        await connection.execute(delete(ParkedRow).where(*place), execution_options=_in(schema))


def _in(schema: str) -> dict[str, Any]:
    return {"schema_translate_map": {None: schema}}


async def _positions(connection: AsyncConnection, schema: str) -> Positions:
    """None of them moves before this transaction ends."""
    query = select(PositionRow.topic, PositionRow.partition, PositionRow.offset).with_for_update()
    rows = await connection.execute(query, execution_options=_in(schema))
    return {(topic, partition): offset for topic, partition, offset in rows}


def _caught_up(built: Positions, shown: Positions, ends: Positions) -> bool:
    """Past what is shown or, in a topic that was made anew, past its end; and not far from the end of any."""
    return all(built.get(place, -1) >= min(shown.get(place, end - 1), end - 1) for place, end in ends.items())
