"""Two gateways and two owners' replicas: any answers, and any is missed by nobody."""

from tests.compose.journal import note, step
from tests.compose.stack import ONCE, Stack
from tests.compose.stating import Caller, new_step


async def test_two_replicas_serve_as_one(stack: Stack, token: str) -> None:
    with step("up --scale gateway=2 --scale indicators=2"):
        stack.up(gateway=2, indicators=2)
    doors = [Caller(each, token) for each in stack.doors()]
    note(f"doors: {', '.join(each.door for each in doors)}")
    assert len(doors) == 2
    assert len(stack.containers("indicators")) == 2
    assert {name: len(stack.containers(name)) for name in ONCE} == dict.fromkeys(ONCE, 1)
    for writer in doors:
        with step(f"a write through {writer.door} is seen through both"):
            for statement in (await writer.correction(), new_step()):
                await writer.state(statement)
                for reader in doors:
                    await reader.sees(statement)


async def test_either_replica_may_stop(stack: Stack, token: str) -> None:
    for service in ("gateway", "indicators"):
        for each in stack.containers(service):
            with step(f"{each['Name'][1:]} stopped: the other serves"):
                stack.docker("stop", "--time", "45", each["Id"])
                other = Caller(stack.doors()[0], token)
                await other.states_and_sees(await other.correction())
            stack.docker("start", each["Id"])


async def test_one_of_each_is_enough_again(stack: Stack, token: str) -> None:
    with step("up --scale gateway=1 --scale indicators=1"):
        stack.up(gateway=1, indicators=1)
    alone = Caller(stack.doors()[0], token)
    await alone.states_and_sees(await alone.correction())
