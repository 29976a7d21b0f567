"""Zombies: a gateway or a relay that freezes at a named point for longer than its session, and is woken afterwards."""

import asyncio

import pytest

from tests.faults.load import Load
from tests.faults.site import GATEWAYS, Site, seeds
from tests.waiting import eventually

TAKING = [
    ("projection", "before"),
    ("projection", "after"),
    ("position", "before"),
    ("position-commit", "before"),
    ("position-commit", "after"),
]
SENDING = [
    ("turn", "before"),
    ("publish-kafka", "before"),
    ("publish-kafka", "after"),
    ("mark-sent", "before"),
    ("mark-sent-commit", "before"),
    ("mark-sent-commit", "after"),
]


async def all_shown(load: Load, name: str, site: Site) -> None:
    """All that is acknowledged at this moment is shown by this gateway."""
    said = max(site.newest(), 0)

    async def shows() -> bool:
        return await site.shown(name) >= said

    await eventually(shows, within=40)


@pytest.mark.parametrize(("point", "side"), TAKING, ids=str)
@pytest.mark.parametrize("seed", seeds(2))
async def test_a_gateway_that_froze_while_taking_doubles_nothing_once_it_wakes(
    site: Site, point: str, side: str, seed: int
) -> None:
    victim, other = (GATEWAYS[::-1] if seed % 2 else GATEWAYS)[:2]
    async with site.at_work(door=other, readers=[other]) as load:
        site.order(victim, point, 1 + seed * 2, side)
        await site.frozen(victim)
        await load.writes(5)
        await all_shown(load, other, site)
        site.wake(victim)
        await load.writes(5)
        load.over()
    await site.judge(f"gateway frozen {side} {point}, woken", load)


@pytest.mark.parametrize(("point", "side"), SENDING, ids=str)
@pytest.mark.parametrize("seed", seeds(2))
async def test_a_relay_that_froze_while_sending_holds_nothing_back_and_turns_nothing_round(
    site: Site, point: str, side: str, seed: int
) -> None:
    """One writer is with the relay that freezes, and waits for it; the others write through the other process."""
    async with site.at_work(door="gateway-2", doors={"o0": "indicators"}) as load:
        site.order("indicators", point, 1 + seed * 2, side)
        await site.frozen("indicators")
        await load.writes(5)
        await all_shown(load, "gateway", site)
        site.wake("indicators")
        await load.writes(5)
        load.over()
    await site.judge(f"relay frozen {side} {point}, woken", load)


@pytest.mark.parametrize("seed", seeds(2))
async def test_a_gateway_frozen_anywhere_in_the_middle_of_its_work_is_replaced(site: Site, seed: int) -> None:
    async with site.at_work(door="gateway-2", readers=["gateway-2"]) as load:
        await asyncio.sleep(site.chance.random() / 4)
        site.freeze("gateway")
        await load.writes(5)
        await all_shown(load, "gateway-2", site)
        site.wake("gateway")
        await load.writes(5)
        load.over()
    await site.judge("gateway frozen at random, woken", load)
