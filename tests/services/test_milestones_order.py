"""Where steps stand in their plan, once later packages put others before, behind or between them."""

import httpx

from .jalons import ROWS, STEPS, items, package, step
from .test_milestones_load import counters, load

FIRST = ["J1.1-1", "J1.1-2", "J1.2-1", "J1.2-2", "J2.1-1", "J2.1-2"]
NEW = step("J1.1-3", 2022, "Aménager")


async def codes(client: httpx.AsyncClient) -> list[str]:
    """In the order of the plan, each once."""
    found = sorted(await items(client, STEPS), key=lambda each: (each["place"], each["code"]))
    return [*dict.fromkeys(each["code"] for each in found)]


async def test_a_step_that_is_put_between_others_stands_between_them(pilot: httpx.AsyncClient) -> None:
    later = package()
    later["steps"].insert(2, NEW)
    await load(pilot, later)
    assert await codes(pilot) == [*FIRST[:2], "J1.1-3", *FIRST[2:]]


async def test_a_step_that_is_put_behind_moves_no_other(pilot: httpx.AsyncClient) -> None:
    later = package()
    later["steps"].append(NEW)
    assert counters(await load(pilot, later)) == (1, 0, ROWS, 0)
    assert await codes(pilot) == [*FIRST, "J1.1-3"]
    assert {each["version"] for each in await items(pilot, STEPS)} == {1}


async def test_a_package_in_another_order_puts_the_steps_in_it(pilot: httpx.AsyncClient) -> None:
    later = package()
    later["steps"].reverse()
    await load(pilot, later)
    assert await codes(pilot) == FIRST[::-1]
    assert counters(await load(pilot, later)) == (0, 0, ROWS, 0)
