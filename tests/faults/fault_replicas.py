"""Replicas: two relays at once for long, and partitions that move between gateways that come and go."""

import asyncio
import signal

import pytest

from tests.faults import topics
from tests.faults.site import Site, seeds

LONG_SECONDS = 15.0
GOING = (signal.SIGTERM, signal.SIGKILL)


async def test_two_relays_send_each_event_once_and_in_order(site: Site) -> None:
    """Some writers through the one, some through the other."""
    async with site.at_work(doors={"c": "gateway-2", "o0": "gateway-2"}) as load:
        await asyncio.sleep(LONG_SECONDS)
        load.over()
    await site.judge(f"two relays at once {LONG_SECONDS:g} s", load)
    told = await asyncio.to_thread(topics.read, site.broker.servers, site.apart.topic("indicators"))
    assert topics.repeats(told) == 0


@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("number", GOING, ids=lambda each: each.name)
async def test_partitions_move_to_a_gateway_that_comes_and_back_from_one_that_goes(
    site: Site, number: signal.Signals, seed: int
) -> None:
    async with site.at_work() as load:
        await site.start("gateway-3")
        await load.writes(5 + seed)
        if number is signal.SIGTERM:
            await site.stop("gateway-3")
        else:
            await site.kill("gateway-3")
        await load.writes(5)
        load.over()
    await site.judge(f"a gateway joins, and leaves by {number.name}", load)
