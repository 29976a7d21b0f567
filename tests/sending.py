"""The sending end of a bus, for the tests: facts in an outbox, and a bus that only takes."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from sqlalchemy import select

from shared import outbox
from shared.bus import Bus, BusUnavailableError, Listener
from shared.database import Database
from shared.events.envelope import Event
from shared.outbox import OutboxRow, Relay
from tests.facts import AT, TOPIC, observation


class Taker:
    """A bus that keeps what it is given; nobody listens behind it, and it breaks when told."""

    def __init__(self) -> None:
        self.taken: list[Event] = []
        self.broken = False

    async def publish(self, topic: str, events: Sequence[Event]) -> None:
        if self.broken:
            raise BusUnavailableError("the bus is away")
        self.taken += events

    def listening(self, topics: Sequence[str], listener: Listener) -> AbstractAsyncContextManager[None]:
        raise NotImplementedError

    async def close(self) -> None: ...

    def versions(self) -> list[int]:
        return [each.sequence for each in self.taken]


def relay_of(database: Database, bus: Bus) -> Relay:
    return Relay(database, bus, owner="indicators", topic=TOPIC)


async def store(database: Database, *versions: int) -> None:
    """Versions of one observation, recorded in one transaction."""
    async with database.transaction() as session:
        for version in versions:
            outbox.record(session, observation(version), at=AT)
            await session.flush()


async def unsent(database: Database) -> list[int]:
    """The versions that the bus has not taken, oldest first."""
    query = select(OutboxRow.sequence).where(OutboxRow.sent_at.is_(None)).order_by(OutboxRow.id)
    async with database.reading() as session:
        return list(await session.scalars(query))
