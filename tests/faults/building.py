"""Building a site: its databases, its wires, its processes and its writers."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.crash import oracle
from tests.crash.apart import Apart, apart
from tests.crash.observing import Observing
from tests.crash.publishing import Publishing
from tests.crash.stepping import Stepping
from tests.crash.stores import OWNERS
from tests.crash.writers import Ledger
from tests.databases import Databases
from tests.faults.brokers import Own
from tests.faults.load import Counting
from tests.faults.site import SERVICES, Site
from tests.faults.table import Table
from tests.faults.wire import Wire, to_socket

_SETTLES_WITHIN = 90


@asynccontextmanager
async def built(folder: Path, databases: Databases, broker: Own, table: Table, seed: str) -> AsyncIterator[Site]:
    """A site at peace: every service runs, two gateways among them, and the contract is shown."""
    async with AsyncExitStack() as stack:
        place = await apart(folder, databases, broker.through_wire)
        wires = {name: await stack.enter_async_context(_wire(place, name).laid()) for name in ("gateway", *OWNERS)}
        ledger, chance = Ledger(), random.Random(seed)
        counting = Counting("c", chance, ledger)
        writers = [counting, *(Observing(f"o{each}", chance, ledger) for each in range(2))]
        writers += [Stepping("s0", chance, ledger), Publishing("p0", chance, ledger)]
        site = Site(place, broker, wires, table, ledger, chance, counting, writers)
        stack.push_async_callback(site.close)
        await asyncio.gather(*(site.start(name) for name in SERVICES))
        await place.load()
        assert await oracle.verdict(place.stores, ledger, within=_SETTLES_WITHIN) == []
        await counting.learn(site.client("gateway"))
        yield site


def _wire(place: Apart, service: str) -> Wire:
    sockets = make_url(place.env(service)["CADRAN_DATABASE_URL"]).query["host"]
    return Wire(to_socket(f"{sockets}/.s.PGSQL.5432"))
