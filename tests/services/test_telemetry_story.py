"""One write as it is followed: from the call, through the outbox and the bus, into the view."""

from dataclasses import replace

from shared.events.envelope import open_message, seal
from tests.collecting import Seen, collecting
from tests.conftest import COP, World
from tests.listening import event

CALLER = f"00-{'a' * 32}-{'b' * 16}-01"
STATED = {"contract": COP, "indicator": "students", "entity": "imt", "source": "Relevé", "year": 2024, "value": "14000"}


async def _written(world: World) -> list[Seen]:
    """The spans of one observation, written with a caller's trace, once it is in the views."""
    await world.settled()
    with collecting(service="cadran") as collector:
        async with world.client("administrator") as caller:
            answer = await caller.post("/indicators/v1/observations", json=STATED, headers={"traceparent": CALLER})
            assert answer.status_code < 300, answer.text
        await world.settled()
        return collector.spans()


async def test_a_write_is_one_trace_until_it_is_in_the_view(world: World) -> None:
    spans = {seen.name.split()[0]: seen for seen in await _written(world) if seen.trace == "a" * 32}
    assert spans["POST"].parent == "b" * 16
    assert spans["relay"].parent == spans["POST"].id
    assert spans["project"].trace == spans["POST"].trace


def test_a_trace_crosses_the_bus_in_a_header() -> None:
    followed = replace(event(), trace=CALLER)
    _key, value, headers = seal(followed)
    assert dict(headers)["ce_traceparent"] == CALLER.encode()
    assert open_message(value, headers).trace == CALLER
