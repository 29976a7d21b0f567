"""The sending end of a bus, for the tests: owners with facts in their outbox, and a bus that only takes."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from services.bibliometrics.tables import SCHEMA as BIBLIOMETRICS
from services.indicators.tables import SCHEMA as INDICATORS
from services.milestones.tables import SCHEMA as MILESTONES
from shared import outbox
from shared.bus import Bus, BusUnavailableError, Listener
from shared.database import Database
from shared.events.bibliometrics import CountRecorded
from shared.events.catalogue import Fact, topic_of
from shared.events.envelope import Event
from shared.events.milestones import ProgressRecorded
from shared.migrations import Schema
from shared.outbox import OutboxRow, Relay
from tests.bibliometric_facts import SIGNED, count
from tests.facts import AT, observation
from tests.milestone_facts import GOING, GROUP, progress


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


@dataclass(frozen=True, slots=True)
class Teller:
    """An owner: its tables, and a fact of its own in any version, with words in its part `words`."""

    owner: str
    schema: Schema
    fact: Callable[..., Fact]
    words: str = "note"

    @property
    def topic(self) -> str:
        return topic_of(self.owner)

    def relay(self, database: Database, bus: Bus) -> Relay:
        return Relay(database, bus, owner=self.owner, topic=self.topic)

    async def store(self, database: Database, *versions: int) -> None:
        """Versions of its fact, recorded in one transaction."""
        async with database.transaction() as session:
            for version in versions:
                outbox.record(session, self.fact(version), at=AT)
                await session.flush()


def _progress(version: int = 1, **changes: Any) -> ProgressRecorded:
    return progress(GOING, GROUP, "partly_done", version, **changes)


def _count(version: int = 1, **changes: Any) -> CountRecorded:
    return count(SIGNED, 2021, "nord", "58.50", version, **changes)


TELLERS = {
    "indicators": Teller("indicators", INDICATORS, observation),
    "milestones": Teller("milestones", MILESTONES, _progress),
    "bibliometrics": Teller("bibliometrics", BIBLIOMETRICS, _count, words="column"),
}


async def unsent(database: Database) -> list[int]:
    """The versions that the bus has not taken, oldest first."""
    query = select(OutboxRow.sequence).where(OutboxRow.sent_at.is_(None)).order_by(OutboxRow.id)
    async with database.reading() as session:
        return list(await session.scalars(query))
