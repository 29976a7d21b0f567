"""Where faults happen: every service in processes of its own, whose databases and broker are reached through wires."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import httpx
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from shared.outbox import OutboxRow
from tests.crash import oracle
from tests.crash.apart import Apart, service_of
from tests.crash.instances import Process, started
from tests.crash.stores import OWNERS
from tests.crash.writers import Ledger, Writer
from tests.faults import topics
from tests.faults.brokers import Own
from tests.faults.load import Counting, Load, Watching, at_work
from tests.faults.table import Table
from tests.faults.wire import Wire
from tests.waiting import eventually

GATEWAYS = ("gateway", "gateway-2")
SERVICES = (*GATEWAYS, "indicators", "indicators-2", "milestones", "bibliometrics")
SESSION_SECONDS = 4
_CONVERGES_WITHIN = 90
_FREEZES_WITHIN = 60
_ENDS_WITHIN = 60


@dataclass(slots=True)
class Site:
    """Its processes by name, its writers, and the wires to its databases."""

    apart: Apart
    broker: Own
    databases: Mapping[str, Wire]
    table: Table
    ledger: Ledger
    chance: random.Random
    counting: Counting
    writers: Sequence[Writer]
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    inverted: int = 0
    _open: dict[str, AsyncExitStack] = field(default_factory=dict)

    async def start(self, name: str) -> None:
        self._open[name] = AsyncExitStack()
        starting = self.apart.serving(name, **self.env(name))
        self.processes[name] = await self._open[name].enter_async_context(starting)
        assert self.processes[name].status is None, self.processes[name].complained

    async def kill(self, name: str) -> None:
        del self.processes[name]
        await self._open.pop(name).aclose()

    async def stop(self, name: str) -> None:
        """In order."""
        self.processes[name].send(signal.SIGTERM)
        assert await self.processes[name].ended() == 0, self.processes[name].complained
        await self.kill(name)

    async def close(self) -> None:
        for name in [*self.processes]:
            await self.kill(name)
        for client in self.clients.values():
            await client.aclose()

    def env(self, name: str) -> dict[str, str]:
        behind = {"CADRAN_OWNERS__INDICATORS": self.apart.url("indicators-2")} if name == "gateway-2" else {}
        return behind | {
            "CADRAN_DATABASE_URL": self._address(service_of(name)),
            "CADRAN_KAFKA__SESSION_SECONDS": str(SESSION_SECONDS),
            "CADRAN_CRASH_ORDERS": str(self._orders(name)),
        }

    def _address(self, service: str) -> str:
        direct = make_url(self.apart.env(service)["CADRAN_DATABASE_URL"])
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.databases[service].port}/{direct.database}"

    def _orders(self, name: str) -> Path:
        return self.apart.folder / f"{name}.orders"

    async def run(
        self, folder: str, *command: str, of: str = "gateway", bomb: Sequence[str] = ()
    ) -> tuple[int, str, str]:
        """A `cadran` command of a service, to its end."""
        env = self.apart.env(of) | {"COLUMNS": "200"}
        async with started(self.apart.folder / folder, *command, bomb=bomb, **env) as process:
            return await process.ended(_ENDS_WITHIN), process.said, process.complained

    def client(self, name: str) -> httpx.AsyncClient:
        if name not in self.clients:
            self.clients[name] = self.apart.client(name)
        return self.clients[name]

    @asynccontextmanager
    async def at_work(
        self, *, door: str = "gateway", readers: Sequence[str] = GATEWAYS, doors: Mapping[str, str] | None = None
    ) -> AsyncIterator[Load]:
        """Everybody writes through this gateway, but for those who have doors of their own; these views are read."""
        writing = [(each, self.client((doors or {}).get(each.name, door))) for each in self.writers]
        async with at_work(self.ledger, writing, [self.client(each) for each in readers]) as load:
            await load.writes(3)
            yield load

    async def shown(self, name: str) -> int:
        """The group's students, at this gateway."""
        return await Watching(self.client(name)).shown()

    def newest(self) -> int:
        """What was last acknowledged of them."""
        return self.counting.acknowledged()

    async def all_sent(self, owner: str) -> bool:
        async with self.apart.stores.facts[owner].reading() as session:
            return not await session.scalar(select(func.count()).where(OutboxRow.sent_at.is_(None)))

    def order(self, name: str, point: str, nth: int, side: str, number: signal.Signals = signal.SIGSTOP) -> None:
        """The process of that name freezes, or dies, as it passes this point for the nth time from now on."""
        file = self._orders(name)
        file.with_suffix(".new").write_text(f"{point} {nth} {side} {number.name}", "utf-8")
        file.with_suffix(".new").replace(file)

    def withdraw(self, name: str) -> None:
        self._orders(name).unlink(missing_ok=True)

    async def frozen(self, *names: str) -> str:
        """The first of these that stands still."""

        async def which() -> str:
            return next((name for name in names if self._stands_still(name)), "")

        return await eventually(which, within=_FREEZES_WITHIN)

    def _stands_still(self, name: str) -> bool:
        stat = Path(f"/proc/{self.processes[name].handle.pid}/stat").read_text("utf-8")
        return stat.rpartition(")")[2].split()[0] == "T"

    def freeze(self, name: str) -> None:
        self.processes[name].send(signal.SIGSTOP)

    def wake(self, name: str) -> None:
        self.processes[name].send(signal.SIGCONT)

    async def judge(self, fault: str, load: Load, *, readable: bool = True, expected: Sequence[str] = ()) -> None:
        """Enter what the fault cost in the table. Fails on anything but time and what is `expected` to be said."""
        found = await oracle.verdict(self.apart.stores, self.ledger, within=_CONVERGES_WITHIN, but=expected)
        seconds = monotonic() - load.over_at
        inverted = await self.inversions() + sum(each.backwards for each in load.watching)
        self.table.add(fault, load.acknowledged, found, inverted, seconds)
        assert found == []
        assert inverted == 0
        if readable:
            assert [each.refused for each in load.watching] == [[] for _ in load.watching]
        assert all(process.status is None for process in self.processes.values())

    async def inversions(self) -> int:
        """Those that are new in the topics."""
        lists = [await asyncio.to_thread(topics.read, self.broker.servers, self.apart.topic(each)) for each in OWNERS]
        count = sum(len(topics.inversions(told)) for told in lists)
        new, self.inverted = count - self.inverted, count
        return new


def seeds(usual: int) -> range:
    """As many as CADRAN_FAULT_SEEDS says."""
    return range(int(os.environ.get("CADRAN_FAULT_SEEDS") or usual))
