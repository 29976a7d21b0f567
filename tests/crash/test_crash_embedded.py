"""`cadran run` killed at every point of the road from a write to the views: nothing lost, halved or doubled."""

import asyncio
import os
import random
import signal
from pathlib import Path

import pytest

from tests.crash import oracle
from tests.crash.instances import Place, launched, new_place, ready_or_dead, running
from tests.crash.stores import opened, read
from tests.crash.writers import Ledger, Writer, write_until_death
from tests.crash.writing import new_writers

SEEDS = int(os.environ.get("CADRAN_CRASH_SEEDS", "3"))
_AT_ONCE = 3
# Where it dies, on which side, and at which passages, whichever owner's: of the first start, or of the work after it.
_POINTS = {
    ("key", "before"): range(1, 3),
    ("key", "after"): range(1, 3),
    ("migration", "after"): range(1, 60),
    ("owner-event", "after"): range(1, 410),
    ("projection", "after"): range(1, 30),
    ("owner-commit", "before"): range(2, 30),
    ("owner-commit", "after"): range(2, 30),
    ("publish", "before"): range(2, 20),
    ("publish", "after"): range(2, 20),
    ("position", "before"): range(2, 20),
    ("position-commit", "before"): range(2, 20),
    ("position-commit", "after"): range(2, 20),
    ("mark-sent", "before"): range(2, 20),
    ("mark-sent", "after"): range(2, 20),
}


async def killed(place: Place, bomb: tuple[str, str, str], writers: list[Writer]) -> None:
    """Start with the bomb, and write until it goes off."""
    async with launched(place, bomb=bomb) as process:
        if await ready_or_dead(process, place.port):
            async with place.client() as client:
                await write_until_death(client, writers)
        assert await process.ended() == -signal.SIGKILL, process.complained


async def judged(place: Place, ledger: Ledger) -> None:
    """Start again without a bomb: the oracle has nothing to say, nor once the writes in doubt were sent again."""
    async with running(place), opened(place.data) as stores, place.client() as client:
        assert await oracle.verdict(stores, ledger, within=10) == []
        await ledger.send_again(client)
        assert await oracle.verdict(stores, ledger, within=10) == []
        shown = (await read(stores)).shown
        assert (shown["contracts"], shown["plans"]) == (1, 1)


@pytest.mark.parametrize(("point", "side"), _POINTS, ids=map("-".join, _POINTS))
async def test_a_kill_loses_nothing_and_repeats_nothing(tmp_path: Path, point: str, side: str) -> None:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def survive(seed: int) -> None:
        async with turn:
            chance, ledger = random.Random(f"{point}-{side}-{seed}"), Ledger()
            place = new_place(tmp_path / str(seed))
            bomb = (point, str(chance.choice(_POINTS[point, side])), side)
            await killed(place, bomb, new_writers(chance, ledger))
            await judged(place, ledger)

    async with asyncio.TaskGroup() as lives:
        for seed in range(SEEDS):
            lives.create_task(survive(seed))
