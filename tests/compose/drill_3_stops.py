"""Each container stopped and started in turn, with writes before, meanwhile and after."""

import httpx

from tests.compose.journal import step
from tests.compose.stack import Stack
from tests.compose.stating import Caller, Statement, new_extraction, new_step

_KILL = "import os; [os.kill(int(each), 9) for each in os.listdir('/proc') if each.isdigit() and int(each) > 1]"


async def test_the_broker_is_away_while_writes_go_on(stack: Stack, caller: Caller) -> None:
    with step("kafka stopped: writes of every owner are taken"):
        stack.compose("stop", "kafka")
        made = [await caller.correction(), new_step(), new_extraction()]
        for each in made:
            await caller.state(each, within=10)
    with step("kafka started: all of them are seen"):
        stack.compose("start", "kafka")
        for each in made:
            await caller.sees(each)


async def test_the_databases_are_away_then_back(stack: Stack, caller: Caller) -> None:
    statement = await caller.correction()
    with step("postgres stopped: a write is refused, and says so"):
        stack.compose("stop", "postgres")
        answer = await caller.send(statement)
        assert answer.status_code in {502, 503}, answer.text
    with step("postgres started: the same write is taken, and seen"):
        stack.compose("start", "postgres")
        await caller.states_and_sees(statement)


async def test_an_owner_is_away_then_back(stack: Stack, caller: Caller) -> None:
    correction = await caller.correction()
    for owner, statement in (
        ("indicators", correction),
        ("milestones", new_step()),
        ("bibliometrics", new_extraction()),
    ):
        await without(owner, statement, stack, caller)


async def without(owner: str, statement: Statement, stack: Stack, caller: Caller) -> None:
    with step(f"{owner} stopped: its writes are refused, views still answer"):
        stack.compose("stop", owner)
        answer = await caller.send(statement)
        assert answer.status_code in {502, 503, 504}, answer.text
        assert (await caller.ask("GET", statement.view)).status_code == 200
    with step(f"{owner} started: the same write is taken, and seen"):
        stack.compose("start", owner)
        await caller.states_and_sees(statement)


async def test_the_door_is_away_then_back(stack: Stack, caller: Caller, token: str) -> None:
    statement = new_step()
    with step("gateway stopped: nobody answers"):
        stack.compose("stop", "gateway")
        try:
            answer = await caller.send(statement)
        except httpx.TransportError:
            answer = None
        assert answer is None
    with step("gateway started: a write is taken, and seen"):
        stack.compose("start", "gateway")
        await Caller(stack.doors()[0], token).states_and_sees(statement)


async def test_a_service_that_is_killed_comes_back_by_itself(stack: Stack, caller: Caller) -> None:
    (indicators,) = stack.containers("indicators")
    statement = await caller.correction()
    with step("indicators killed: it comes back by itself, the write is taken, and seen"):
        stack.docker("exec", "--detach", indicators["Id"], "python", "-c", _KILL)
        await caller.states_and_sees(statement)
