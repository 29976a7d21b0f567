"""The read model built anew under writes and reads, killed at named points, and cleared under a running consumer."""

import asyncio
import signal

import pytest

from services.gateway import read_model
from tests.faults.site import Site, seeds

BUILDING = [
    ("rebuild-sweep", "before", 1),
    ("rebuild-sweep", "after", 1),
    ("rebuild-prepare", "after", 1),
    ("projection", "after", 3),
    ("position-commit", "before", 2),
    ("position-commit", "after", 4),
    ("rebuild-switch", "before", 1),
    ("rebuild-switch", "after", 1),
    ("rebuild-switch", "after", 2),
]


async def rebuilt(site: Site) -> None:
    status, said, complained = await site.run("rebuild", "rebuild")
    assert status == 0, (said, complained)


@pytest.mark.parametrize("seed", seeds(2))
async def test_no_reader_sees_an_error_or_the_past_while_the_read_model_is_built_anew(site: Site, seed: int) -> None:
    async with site.at_work() as load:
        await rebuilt(site)
        await load.writes(5)
        load.over()
    await site.judge("rebuilt under writes and reads", load)


@pytest.mark.parametrize(("point", "side", "nth"), BUILDING, ids=str)
async def test_a_rebuild_killed_in_the_middle_leaves_the_views_as_they_were_and_is_done_again(
    site: Site, point: str, side: str, nth: int
) -> None:
    async with site.at_work() as load:
        status, _, complained = await site.run("killed", "rebuild", bomb=(point, str(nth), side))
        assert status in {-signal.SIGKILL, 0}, complained
        await load.writes(3)
        await rebuilt(site)
        await load.writes(3)
        load.over()
    await site.judge("rebuild killed, done again", load)


@pytest.mark.parametrize("seed", seeds(2))
async def test_a_read_model_cleared_under_a_running_consumer_is_filled_again_from_the_first_event(
    site: Site, seed: int
) -> None:
    async with site.at_work() as load:
        await asyncio.sleep(site.chance.random())
        await read_model.clear(site.apart.stores.views)
        await load.writes(5)
        load.over()
    load.forgive_the_past()
    await site.judge("read model cleared under its consumer", load, readable=False)
