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
_NAMED = text("SELECT schema FROM public.generations WHERE id = 1")
_LIVE = text("SELECT schema FROM public.generations WHERE id = 1 FOR UPDATE")
_SWITCH = text("UPDATE public.generations SET schema = :schema WHERE id = 1")
_OTHERS = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'generation\\_%' AND nspname <> :live")
_FORMER = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
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
            while not (await _is_near(live, schema, bus, topics, told) and await _switch(live, schema)):  # noqa: ASYNC110
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
            former = {name for (name,) in await connection.execute(_FORMER)} & Base.metadata.tables.keys()
            tables = ", ".join(f"public.{name}" for name in sorted(former - {"generations"}))
            await connection.execute(text(f"TRUNCATE {tables}"))


async def _prepare(new: Database, schema: str) -> None:
    async with new.engine.begin() as connection:
        await connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    await migrations.upgrade(new, replace(SCHEMA, enter=generations.entering(schema)))
    generations.stay_in(new, schema)
    await read_model.ensure_named(new)


async def _is_near(live: Database, schema: str, bus: KafkaBus, topics: list[str], told: Told) -> bool:
    """Whether it is worth trying to switch. Raises RefusedError where the topics hold less than the views show."""
    async with live.engine.begin() as connection:
        shown = await _positions(connection, str(await connection.scalar(_NAMED)))
    ends = await bus.ends(topics)
    _check(topics, shown, ends)
    async with live.engine.begin() as connection:
        built = await _positions(connection, schema)
    told(sum(offset + 1 for offset in built.values()), sum(ends.values()))
    return all(built.get(place, -1) >= shown.get(place, end - 1) for place, end in ends.items())


def _check(topics: list[str], shown: Positions, ends: Positions) -> None:
    """The ends were asked for after what is shown was: they are beyond it, unless a topic was lost or made anew."""
    if missing := set(topics) - {topic for topic, _ in ends}:
        raise RefusedError(f"topic(s) introuvable(s) : {', '.join(sorted(missing))} ; lancez « cadran topics »")
    if ahead := {place[0] for place, offset in shown.items() if offset >= ends.get(place, 0)}:
        told = ", ".join(sorted(ahead))
        raise RefusedError(
            f"les vues montrent plus que n’en tient {told}, qui a été refait : qu’une passerelle le relise"
        )


async def _switch(live: Database, schema: str) -> bool:
    """Whether the new generation is the living one from now on: no reader sees less than it saw before."""
    async with live.engine.begin() as connection:
        living = str(await connection.scalar(_LIVE))  # nobody writes to it until this is done
        shown, built = await _positions(connection, living), await _positions(connection, schema)
        if any(built.get(place, -1) < offset for place, offset in shown.items()):
            return False
        await _keep_dismissed(connection, living, schema)
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
    query = select(PositionRow.topic, PositionRow.partition, PositionRow.offset)
    rows = await connection.execute(query, execution_options=_in(schema))
    return {(topic, partition): offset for topic, partition, offset in rows}
