"""Whoever polls for what changed misses nothing: pages in the order of time, instants in the order of the writes."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.indicators.commands import observations as commands
from services.indicators.rows import OBSERVATIONS as TABLE
from services.indicators.rows import TABLES
from shared.authorship import Author
from shared.identity import Caller, Right
from shared.pages import write_cursor
from tests.waiting import eventually

from .conftest import OBSERVATIONS, Service
from .essai import CODE, observed, place
from .test_indicators_reads import ALL, correct, read

LONG_AGO = "2000-01-01T00:00:00Z"


class Poller:
    """Keeps what it has read by place, and the greatest instant seen: all that it needs to go on."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.seen: dict[str, str] = {}
        self.last = LONG_AGO
        self.next: str | None = None

    async def turn(self) -> bool:
        """Read one page; whether there is another."""
        after = {"after": self.next} if self.next else {}
        page = await read(self.client, contract=CODE, updatedAfter=self.since, limit=1, **after)
        for item in page["items"]:
            self.seen[place(item)] = item["value"]
            self.last = max(self.last, item["recorded_at"])
        self.next = page["next"]
        return self.next is not None

    def start(self) -> None:
        self.since, self.next = self.last, None

    async def finish(self) -> None:
        while await self.turn():
            pass


async def test_what_changes_while_pages_are_turned_is_not_lost(service: Service) -> None:
    async with service.client("steward") as client:
        poller = Poller(client)
        poller.start()
        await poller.turn()
        await poller.turn()
        first, second = poller.seen
        unread = sorted(set(ALL) - {first, second, "satisfaction/groupe/2021"})
        for where, value in ((first, "901"), (unread[0], "903")):
            indicator, entity, year = where.split("/")
            await correct(client, indicator, entity, int(year), value)
        await poller.finish()
        poller.start()
        await poller.finish()
        current = {place(item): item["value"] for item in (await read(client))["items"]}
    assert poller.seen == current
    assert (current[first], current[unread[0]]) == ("901", "903")


async def test_a_change_between_two_polls_is_read_alone(service: Service) -> None:
    async with service.client("steward") as client:
        poller = Poller(client)
        poller.start()
        await poller.finish()
        poller.seen.clear()
        poller.start()
        await correct(client, "visitors", "sud", 2020, "201")
        await correct(client, "revenue", "groupe", 2020, "1.60")
        await poller.finish()
    assert list(poller.seen.items()) == [("visitors/sud/2020", "201"), ("revenue/groupe/2020", "1.60")]


async def test_every_version_since_is_read_in_the_order_of_time(service: Service) -> None:
    async with service.client("steward") as client:
        since = max(item["recorded_at"] for item in (await read(client))["items"])
        for entity, value in (("sud", "221"), ("nord", "111"), ("sud", "222")):
            await correct(client, "visitors", entity, 2021, value)
        asked: dict[str, Any] = {"updatedAfter": since, "includeHistory": True, "limit": 2}
        first = await read(client, **asked)
        rest = await read(client, **asked, after=first["next"])
    items = [*first["items"], *rest["items"]]
    assert [(place(item), item["value"]) for item in items] == [
        ("visitors/sud/2021", "221"), ("visitors/nord/2021", "111"), ("visitors/sud/2021", "222"),
    ]  # fmt: skip


@pytest.mark.parametrize(("given", "used"), [({}, {"updatedAfter": LONG_AGO}), ({"updatedAfter": LONG_AGO}, {})])
async def test_a_cursor_of_the_other_order_is_refused(
    still_steward: httpx.AsyncClient, given: dict[str, str], used: dict[str, str]
) -> None:
    cursor = (await read(still_steward, limit=1, **given))["next"]
    answer = await still_steward.get(OBSERVATIONS, params={**used, "after": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "n’est pas un curseur de cette liste" in answer.json()["detail"]


@pytest.mark.parametrize("instant", [10**30, -(10**30)])
async def test_a_forged_instant_breaks_nothing(still_steward: httpx.AsyncClient, instant: int) -> None:
    asked = {"updatedAfter": LONG_AGO, "after": write_cursor([instant, "a", 1])}
    assert (await still_steward.get(OBSERVATIONS, params=asked)).status_code == 422


async def test_the_instant_of_a_write_is_taken_once_the_contract_is_held(service: Service) -> None:
    order: list[str] = []

    def clock() -> datetime:
        order.append("clock")
        return datetime.now(UTC)

    author = Author(Caller("camille", frozenset(Right), None), clock)

    async def write() -> None:
        rows = TABLES.parse(TABLE, [observed("visitors", "nord", 2022, "120")])
        async with service.database.transaction() as session:
            await commands.record_one(session, CODE, rows, author)

    async with service.database.transaction() as session:
        await commands.record(session, CODE, TABLES.parse(TABLE, []), author, None)
        order.clear()
        writing = asyncio.create_task(write())
        await eventually(lambda: _waits(service))
        order.append("released")
    await writing
    assert order == ["released", "clock"]


async def _waits(service: Service) -> bool:
    """Whether a write waits for a lock; SQLite's writers take turns before they begin."""
    if service.database.is_sqlite:
        return True
    async with service.database.reading() as session:
        return bool(await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


async def test_instants_grow_even_where_the_clock_stands_still(service: Service) -> None:
    async with service.client("steward") as client:
        last = datetime.fromisoformat(max(item["recorded_at"] for item in (await read(client))["items"]))
    author = Author(Caller("camille", frozenset(Right), None), lambda: datetime(2001, 1, 1, tzinfo=UTC))
    instants = []
    for year in (2022, 2023):
        rows = TABLES.parse(TABLE, [observed("visitors", "nord", year, "120")])
        async with service.database.transaction() as session:
            instants.append((await commands.record_one(session, CODE, rows, author))[1].recorded_at)
    assert instants == [last + timedelta(microseconds=1), last + timedelta(microseconds=2)]
