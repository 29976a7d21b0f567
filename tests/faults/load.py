"""Work that goes on whatever happens: writers that insist on each write, readers that see whether time goes back."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from time import monotonic

import httpx

from tests.conftest import COP
from tests.crash.observing import _heard as heard
from tests.crash.writers import Ledger, Write, Writer
from tests.town import FOLLOW_UP, STUDENTS, students
from tests.waiting import eventually

_PAUSE_SECONDS = 0.05
_END_SECONDS = 120.0
_KNOWN = ""  # the writers name an observation by its perimeter, and the contract's own have none


@dataclass(slots=True)
class Counting(Writer):
    """It corrects what the contract says of the group's students, upwards."""

    count: int = 20_000

    async def learn(self, client: httpx.AsyncClient) -> None:
        (found,) = (await client.get("/indicators/v1/observations", params=STUDENTS)).json()["items"]
        self.ledger.ids[_KNOWN], self.versions[_KNOWN] = found["id"], found["version"]

    def acknowledged(self) -> int:
        """The last that is."""
        said = [each.statements.items() for each in self.ledger.acknowledged]
        return max((int(str(value)) for pairs in said for (name, _), value in pairs if name == _KNOWN), default=0)

    def next(self, client: httpx.AsyncClient) -> Write:
        self.count += 1
        body = {"value": str(self.count), "source": "Essai", "reason": f"correction {COP}"}
        url = f"/indicators/v1/observations/{self.ledger.ids[_KNOWN]}"
        request = self.request(client, "PUT", url, body, **self.seen(_KNOWN))
        return Write(self.stated({_KNOWN: Decimal(self.count)}), request, heard)


@dataclass(slots=True)
class Watching:
    """A reader of the group's view at one gateway: what it was shown, and what it should never have been."""

    client: httpx.AsyncClient
    reads: int = 0
    newest: int = 0
    backwards: int = 0
    refused: list[str] = field(default_factory=list)

    async def shown(self) -> int:
        """The group's students; 0 where they are not shown."""
        answer = await self.client.get(FOLLOW_UP)
        return int(students(answer.json()) or 0) if answer.status_code == httpx.codes.OK else 0

    async def read_on(self) -> None:
        while True:
            await self._read()
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _read(self) -> None:
        try:
            answer = await self.client.get(FOLLOW_UP)
        except httpx.TransportError as error:
            self.refused.append(repr(error))
            return
        if answer.status_code != httpx.codes.OK:
            self.refused.append(f"{answer.status_code} {answer.text[:200]}")
            return
        shown = int(students(answer.json()) or 0)
        self.reads += 1
        self.backwards += shown < self.newest
        self.newest = max(self.newest, shown)


@dataclass(slots=True)
class Load:
    """The writers and the readers of one fault; `refused` counts the answers that were no acknowledgement."""

    ledger: Ledger
    watching: Sequence[Watching]
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    before: int = 0
    refused: int = 0
    over_at: float = 0.0

    @property
    def acknowledged(self) -> int:
        return len(self.ledger.acknowledged) - self.before

    async def writes(self, more: int, within: float = 60) -> None:
        """Wait until so many more writes are acknowledged."""
        goal = self.acknowledged + more

        async def enough() -> bool:
            return self.acknowledged >= goal

        await eventually(enough, within=within)

    def over(self) -> None:
        """The fault ends here; what follows is convergence."""
        self.over_at = monotonic()

    def forgive_the_past(self) -> None:
        """For a fault that takes away what was shown."""
        for each in self.watching:
            each.backwards = 0

    async def write_on(self, writer: Writer, client: httpx.AsyncClient) -> None:
        while not self.stopped.is_set():
            await self._insist(writer.next(client), client)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _insist(self, write: Write, client: httpx.AsyncClient) -> None:
        """The same request with the same key, until it is answered: what it did once it does not do again."""
        while not await self.ledger.send(client, write):
            self.refused += 1
            await asyncio.sleep(4 * _PAUSE_SECONDS)
            self.ledger.in_doubt = [each for each in self.ledger.in_doubt if each is not write]


@asynccontextmanager
async def at_work(
    ledger: Ledger, writers: Sequence[tuple[Writer, httpx.AsyncClient]], readers: Sequence[httpx.AsyncClient]
) -> AsyncIterator[Load]:
    """As long as the block lasts; then each writer ends the write that it is at."""
    load = Load(ledger, [Watching(each) for each in readers], before=len(ledger.acknowledged))
    reading = [asyncio.create_task(each.read_on()) for each in load.watching]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(load.write_on(*each)) for each in writers]
            try:
                yield load
            except BaseException:
                for task in tasks:
                    task.cancel()
                raise
            load.stopped.set()
            async with asyncio.timeout(_END_SECONDS):
                await asyncio.gather(*tasks)
    finally:
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
