"""What the faults stand on: a broker that can be cut off, a site for each file, and the table that they end in."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.faults.brokers import Own, own_broker
from tests.faults.building import built
from tests.faults.site import Site
from tests.faults.table import Table
from tests.postgresql import Server


@pytest.fixture(scope="session")
def table(notes: list[str]) -> Iterator[Table]:
    table = Table()
    yield table
    notes.append(table.text())
    if file := os.environ.get("CADRAN_FAULT_TABLE"):
        Path(file).write_text(table.text() + "\n", "utf-8")


@pytest.fixture(scope="session")
async def broker() -> AsyncIterator[Own]:
    with own_broker() as broker:
        async with broker.wire.laid():
            yield broker


@pytest.fixture(scope="module")
async def site(
    tmp_path_factory: pytest.TempPathFactory,
    postgresql: Server,
    broker: Own,
    table: Table,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Site]:
    databases = Databases(postgresql)
    folder = tmp_path_factory.mktemp("site") / "place"
    async with built(folder, databases, broker, table, request.module.__name__) as site:
        yield site
    await databases.close()
