"""No room left on the disk of the outbox: writes are refused, nothing is halved, reads go on, and it passes."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from shared.database import Database
from tests.crash import oracle
from tests.crash.instances import new_place, running
from tests.crash.observing import Observing
from tests.crash.stores import opened
from tests.crash.writers import Ledger
from tests.faults.disks import Disk, small_disk
from tests.faults.load import Counting, Load, at_work
from tests.faults.site import Site
from tests.faults.table import Table
from tests.waiting import eventually

FULL_SECONDS = 3.0
_INDEXES = text("SELECT indexname FROM pg_indexes WHERE tablename = 'outbox' AND schemaname = 'public'")


@pytest.fixture
async def outbox_disk(site: Site) -> AsyncIterator[Disk]:
    """The outbox of the indicators on a disk of its own."""
    database = site.apart.stores.facts["indicators"]
    with (
        tempfile.TemporaryDirectory(prefix="cadran-disk-") as folder,  # where the server may go, too
        small_disk(Path(folder), 4, owner=_server_of(database)) as disk,
    ):
        async with database.engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await alone.execute(text(f"CREATE TABLESPACE small LOCATION '{disk.folder}'"))
            indexes = (await alone.scalars(_INDEXES)).all()
            for place in ("small", "pg_default"):
                await alone.execute(text(f"ALTER TABLE outbox SET TABLESPACE {place}"))
                for index in indexes:
                    await alone.execute(text(f'ALTER INDEX "{index}" SET TABLESPACE {place}'))
                if place == "small":
                    yield disk
            await alone.execute(text("DROP TABLESPACE small"))


def _server_of(database: Database) -> int:
    """Who runs the server."""
    return Path(str(make_url(database.url).query["host"]), ".s.PGSQL.5432").stat().st_uid


async def all_wait(load: Load, count: int) -> None:
    """So many answers were refusals."""

    async def enough() -> bool:
        return load.refused >= count

    await eventually(enough, within=60)


async def test_postgresql_without_room_for_the_outbox(site: Site, outbox_disk: Disk) -> None:
    async with site.at_work() as load:
        outbox_disk.fill()
        await all_wait(load, 5)
        await asyncio.sleep(FULL_SECONDS)
        outbox_disk.empty()
        load.over()
    await site.judge("disk full on the outbox (PostgreSQL)", load)


async def test_sqlite_without_room(table: Table, tmp_path: Path) -> None:
    ledger, chance, place = Ledger(), random.Random("full"), new_place(tmp_path)
    place.data.mkdir()
    with small_disk(place.data, 24) as disk:
        async with running(place) as process, place.client() as client:
            counting, observing = Counting("c", chance, ledger), Observing("o0", chance, ledger)
            await counting.learn(client)
            async with at_work(ledger, [(counting, client), (observing, client)], [client]) as load:
                await load.writes(5)
                disk.fill()
                await all_wait(load, 5)
                await asyncio.sleep(FULL_SECONDS)
                disk.empty()
                load.over()
            async with opened(place.data) as stores:
                found = await oracle.verdict(stores, ledger, within=60)
            assert process.status is None
        backwards = sum(each.backwards for each in load.watching)
        table.add("disk full (SQLite)", load.acknowledged, found, backwards, monotonic() - load.over_at)
    assert found == []
    assert backwards == 0
    assert [each.refused for each in load.watching] == [[]]
