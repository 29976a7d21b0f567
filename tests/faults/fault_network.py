"""The network: the broker away while writes go on, and each database away in turn."""

import asyncio
import os

import pytest

from tests.faults.site import Site, seeds
from tests.waiting import eventually

AWAY_SECONDS = float(os.environ.get("CADRAN_FAULT_SECONDS") or 20)
SHORTLY = 3.0


async def test_every_write_is_accepted_while_the_broker_is_away(site: Site) -> None:
    async with site.at_work() as load:
        await site.broker.wire.cut()
        before = load.acknowledged
        await asyncio.sleep(AWAY_SECONDS)
        assert load.acknowledged > before + AWAY_SECONDS
        await site.broker.wire.mend()
        load.over()
    assert load.refused == 0
    await site.judge(f"broker away {AWAY_SECONDS:g} s", load)


async def test_every_write_is_accepted_while_the_broker_says_nothing(site: Site) -> None:
    async with site.at_work() as load:
        site.broker.wire.freeze()
        before = load.acknowledged
        await asyncio.sleep(AWAY_SECONDS)
        assert load.acknowledged > before + AWAY_SECONDS
        await site.broker.wire.mend()
        load.over()
    assert load.refused == 0
    await site.judge(f"broker silent {AWAY_SECONDS:g} s", load)


@pytest.mark.parametrize("owner", ["indicators", "milestones", "bibliometrics"])
@pytest.mark.parametrize("seed", seeds(2))
async def test_an_owner_without_its_database_says_so_and_loses_nothing(site: Site, owner: str, seed: int) -> None:
    async with site.at_work() as load:
        await site.databases[owner].cut()

        async def refused() -> bool:
            return load.refused > 0

        await eventually(refused)
        answer = await site.client(owner).get("/health/ready")
        assert answer.status_code == 503
        await asyncio.sleep(SHORTLY)
        await site.databases[owner].mend()
        load.over()
    await site.judge("an owner's database away", load)


@pytest.mark.parametrize("seed", seeds(2))
async def test_an_owner_whose_connections_break_loses_nothing(site: Site, seed: int) -> None:
    async with site.at_work() as load:
        for _ in range(10):
            site.databases["indicators"].drop()
            await load.writes(2)
        load.over()
    await site.judge("connections of an owner broken", load)


@pytest.mark.parametrize("seed", seeds(2))
async def test_a_gateway_without_its_database_says_so_and_takes_everything_in_later(site: Site, seed: int) -> None:
    async with site.at_work() as load:
        await site.databases["gateway"].cut()

        async def said() -> bool:
            return all(each.refused for each in load.watching)

        await eventually(said)
        await load.writes(5)
        await asyncio.sleep(SHORTLY)
        await site.databases["gateway"].mend()
        load.over()
    assert {each[:3] for watching in load.watching for each in watching.refused} == {"503"}
    await site.judge("the gateway's database away", load, readable=False)


@pytest.mark.parametrize("seed", seeds(2))
async def test_a_gateway_whose_connections_break_parks_nothing(site: Site, seed: int) -> None:
    async with site.at_work() as load:
        for _ in range(10):
            site.databases["gateway"].drop()
            await load.writes(2)
        load.over()
    await site.judge("connections of the gateways broken", load, readable=False)
