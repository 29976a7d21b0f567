"""Taking events in: one transaction for the projection and the position; what cannot be projected is parked."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import structlog
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.bus import Message
from shared.database import Database, hold_briefly, insert_into, is_unavailable
from shared.events.catalogue import Fact, read
from shared.events.envelope import Event, UnreadableMessageError, open_message
from shared.telemetry import EVENT_DELAY, EVENTS_PROJECTED, POSITION, span

from .parking import Gap, park, park_gap
from .projections import FACTS, project
from .read_model import rename
from .recent import KEPT, remember
from .tables import PositionRow, RecentEventRow

_TRIES = 3
_NOWHERE = -1
Place = tuple[str, int]
log = structlog.get_logger(__name__)


class FencedError(Exception):
    """These messages do not follow what the read model has taken in: somebody else wrote it, or built it anew."""


class Consumer:
    """The gateway as a listener of the bus."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reached: dict[Place, int] = {}
        self._refused: dict[Place, tuple[int, int]] = {}
        self._swept_at = datetime.min.replace(tzinfo=UTC)

    async def positions(self, topic: str) -> Mapping[int, int]:
        async with self._database.reading() as session:
            rows = await session.scalars(select(PositionRow).where(PositionRow.topic == topic))
            found = {row.partition: row.offset for row in rows}
        for place in [place for place in self._reached if place[0] == topic]:
            del self._reached[place]
        self._reached |= {(topic, partition): offset for partition, offset in found.items()}
        return found

    async def take(self, messages: Sequence[Message]) -> None:
        """All together; where that fails, each by itself, so that one bad event holds no other back."""
        try:
            await self._take_together(messages)
        except Exception as error:
            if isinstance(error, FencedError) or is_unavailable(error):
                raise
            for message in messages:
                await self._take_alone(message)

    async def restart(self, topic: str, partition: int) -> None:
        async with self._database.transaction() as session:
            await session.execute(delete(PositionRow).where(*_at((topic, partition))))
            await rename(session)
        self._reached.pop((topic, partition), None)
        log.warning("topic-made-anew", topic=topic, partition=partition)

    async def missing(self, topic: str, partition: int, first: int, last: int) -> None:
        place = topic, partition
        async with self._database.transaction() as session:
            if await _position(session, place) >= last:
                return  # another reader of the partition has been beyond it
            await park_gap(session, Gap(topic, partition, first, last))
            await _advance(session, place, last)
        self._reached[place] = last

    async def _take_together(self, messages: Sequence[Message]) -> None:
        place = messages[0].topic, messages[0].partition
        async with self._database.transaction() as session:
            fresh = await self._fresh(session, place, messages)
            if not fresh:
                return
            events = await _project_or_park(session, fresh)
            await remember(session, events)
            await self._sweep(session)
            await _advance(session, place, fresh[-1].offset)
        self._reached[place] = fresh[-1].offset
        _measure(place, fresh[-1].offset, events)

    async def _take_alone(self, message: Message) -> None:
        """Try again, then park with the last error. Raises only where the database is away."""
        reason = ""
        for _ in range(_TRIES):
            try:
                await self._take_together([message])
            except Exception as error:
                if isinstance(error, FencedError) or is_unavailable(error):
                    raise
                reason = f"la projection échoue : {error!r}"
            else:
                return
        place = message.topic, message.partition
        async with self._database.transaction() as session:
            if await self._fresh(session, place, [message]):
                await park(session, message, reason)
                await _advance(session, place, message.offset)
        self._reached[place] = message.offset

    async def _fresh(self, session: AsyncSession, place: Place, messages: Sequence[Message]) -> Sequence[Message]:
        """Those that nobody has taken in, while nobody else takes any in. Raises FencedError."""
        stored = await _position(session, place)
        reached = self._reached.get(place, _NOWHERE)
        fresh = [message for message in messages if message.offset > stored]
        if stored < reached or (fresh and stored != _NOWHERE and not self._follows(place, stored, fresh[0].offset)):
            self._reached.pop(place, None)
            raise FencedError(f"{place}: {messages[0].offset} after {stored}")
        return fresh

    def _follows(self, place: Place, stored: int, first: int) -> bool:
        """Refused once, a hole that is still there once the partition was placed again is one of the topic itself."""
        if first == stored + 1:
            return True
        refused, self._refused[place] = self._refused.get(place), (stored, first)
        return refused == (stored, first)

    async def _sweep(self, session: AsyncSession) -> None:
        """Forget now and then which call caused what nobody waits for any more."""
        now = datetime.now(UTC)
        if now - self._swept_at > KEPT / 24:
            await session.execute(delete(RecentEventRow).where(RecentEventRow.time < now - KEPT))
            self._swept_at = now


async def _project_or_park(session: AsyncSession, messages: Sequence[Message]) -> list[Event]:
    """The events that were projected."""
    events: list[Event] = []
    facts: list[Fact] = []
    for message in messages:
        try:
            event = open_message(message.value, message.headers)
            facts.append(read(event, FACTS))
            events.append(event)
        except UnreadableMessageError as error:
            await park(session, message, str(error))
    with span("project", links=[event.trace for event in events], kind="consumer", events=len(events)):
        await project(session, facts)
    return events


async def _position(session: AsyncSession, place: Place) -> int:
    """How far the partition has been read, nowhere where it never was; nobody else moves it before this is done."""
    await hold_briefly(session)
    asked = select(PositionRow.offset).where(*_at(place)).with_for_update()
    found = await session.scalar(asked)
    if found is None:
        row = insert_into(session, PositionRow.__table__).values(topic=place[0], partition=place[1], offset=_NOWHERE)
        await session.execute(row.on_conflict_do_nothing())
        found = await session.scalar(asked)
    return _NOWHERE if found is None else found


async def _advance(session: AsyncSession, place: Place, offset: int) -> None:
    insert = insert_into(session, PositionRow.__table__).values(topic=place[0], partition=place[1], offset=offset)
    told = {"offset": insert.excluded.offset}
    await session.execute(insert.on_conflict_do_update(index_elements=["topic", "partition"], set_=told))


def _at(place: Place) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PositionRow.topic == place[0], PositionRow.partition == place[1]


def _measure(place: Place, offset: int, events: Sequence[Event]) -> None:
    now = datetime.now(UTC)
    EVENTS_PROJECTED.labels(place[0]).inc(len(events))
    POSITION.labels(*place).set(offset)
    delay = EVENT_DELAY.labels(place[0])
    for event in events:
        delay.observe((now - event.time).total_seconds())
