"""Each change is told once, whole and in its next version; where nothing changes, nothing is told."""

import json
from datetime import datetime
from typing import Any

import httpx
import pytest

from shared.outbox import OutboxRow

from . import jalons
from .conftest import Service
from .jalons import CODE, CONTRACT, DONE, LEASE, MANY, PAPER, STARTED, Row, package, put, step, tell

SALE = jalons.at("J2.1-1", 2022)
REVISED = {"title": "Ouvrir la vente", "source": "Page 5", "due": "T3 2022", "reason": "Travaux"}
LOADED = 11
REMARKS = f"{SALE}/comments"


async def news(service: Service) -> list[OutboxRow]:
    """What was told since the contract was loaded."""
    return (await jalons.facts(service.database))[LOADED:]


def kind(row: OutboxRow) -> str:
    return row.type.removeprefix("fr.imt.cadran.milestones.").removesuffix(".v1")


async def test_a_load_tells_the_plan_then_its_steps_then_their_progress(milestones: Service) -> None:
    told = await jalons.facts(milestones.database)
    assert [kind(row) for row in told] == ["plan-defined", *["step-recorded"] * 8, *["progress-recorded"] * 2]
    assert {(row.sequence, json.loads(row.data)["version"]) for row in told} == {(1, 1)}
    assert len({row.subject for row in told}) == LOADED
    assert told[0].subject == f"plans/{CODE}"
    plan = json.loads(told[0].data)["definition"]
    assert plan["entities"] == ["nord", "sud", "filiale"]
    assert plan["milestones"][0]["indicators"] == ["visitors"]
    assert [line["code"] for line in plan["lines"]] == ["J1.1", "J1.2", "J2.1"]
    assert plan["results"][0]["text"] == "Un lieu est trouvé."


async def test_a_revised_step_is_told_whole(milestones: Service, pilot: httpx.AsyncClient) -> None:
    shown = (await put(pilot, SALE, REVISED, '"1"')).json()
    (row,) = await news(milestones)
    assert (kind(row), row.subject, row.sequence) == ("step-recorded", f"steps/{shown['id']}", 2)
    same_as(shown, json.loads(row.data), besides={"milestone"})


async def test_progress_is_told_whole(milestones: Service, pilot: httpx.AsyncClient) -> None:
    said = {"state": "postponed", "due": "T2 2023 ?", "reason": "Retard", "evidence": [PAPER], "note": "N"}
    await tell(pilot, LEASE, {"state": "partly_done", "share": "0,5"})
    shown = await tell(pilot, LEASE, said | {"forecast": {"text": "mai 2023", "confidence": "low"}})
    _, row = await news(milestones)
    assert (kind(row), row.subject, row.sequence) == ("progress-recorded", f"progress/{shown['id']}", 2)
    same_as(shown, json.loads(row.data))


async def test_a_remark_is_told(milestones: Service, pilot: httpx.AsyncClient) -> None:
    shown = (await pilot.post(REMARKS, json={"entity": "sud", "text": "Oui"})).json()
    (row,) = await news(milestones)
    assert (kind(row), row.subject, row.sequence) == ("comment-added", f"comments/{shown['id']}", 1)
    same_as(shown | {"version": 1}, json.loads(row.data))


def same_as(shown: Row, told: Row, besides: frozenset[str] | set[str] = frozenset()) -> None:
    """Whether an event says what the answer does, but for what depends on the caller."""
    instants = [datetime.fromisoformat(each.pop("recorded_at")) for each in (shown, told)]
    assert instants[0] == instants[1]
    assert {name: value for name, value in shown.items() if name not in besides | {"allowedActions"}} == told


async def test_the_whole_life_of_a_contract_is_told_one_version_at_a_time(
    milestones: Service, pilot: httpx.AsyncClient
) -> None:
    changed = package()
    changed["milestones"][0]["title"] = "Ouvrir grand"
    changed["steps"][4]["title"] = "Vendre"
    await pilot.put(CONTRACT, json=changed)
    new = step("J2.1-3", 2022, "Solder", until=2023, reason="Avenant")
    await pilot.post(f"{CONTRACT}/steps", json=new)
    await pilot.delete(SALE, params={"reason": "Faite"}, headers={"If-Match": '"2"'})
    await put(pilot, SALE, REVISED, '"3"')
    await tell(pilot, LEASE, STARTED)
    await tell(pilot, LEASE, DONE)
    told = [(kind(row), row.sequence) for row in await news(milestones)]
    assert told == [
        ("plan-defined", 2), ("step-recorded", 2), ("step-recorded", 1), ("step-recorded", 1), ("step-recorded", 3),
        ("step-recorded", 4), ("progress-recorded", 1), ("progress-recorded", 2),
    ]  # fmt: skip
    times = [row.time for row in await news(milestones)]
    assert times == sorted(times)


NOTHING: list[tuple[str, str, Row]] = [
    ("PUT", CONTRACT, {"json": package()}),
    ("PUT", CONTRACT, {"json": package() | {"progress": []}, "params": {"dryRun": True}}),
    ("PUT", CONTRACT, {"json": package() | {"entities": []}}),
    ("PUT", SALE, {"json": REVISED | {"due": "T2/2022 ?"}}),
    ("PUT", SALE, {"json": REVISED}),
    ("DELETE", SALE, {"params": {"reason": "Faite"}}),
    ("PUT", jalons.of("J1.2-2", 2022, "nord"), {"json": STARTED}),
    ("PUT", jalons.of("J1.2-2", 2022, "nord"), {"json": DONE}),
    ("PUT", LEASE, {"json": {"state": "done"}}),
    ("POST", MANY, {"json": {"rows": []}}),
    ("POST", MANY, {"json": {"rows": [jalons.stated("J1.1-2", 2022, "groupe", "planned")]}}),
    ("POST", MANY, {"json": {"rows": [jalons.stated("J1.1-2", 2022, "groupe", "done")]}}),
    ("POST", REMARKS, {"json": {"entity": "est", "text": "Oui"}}),
]


@pytest.mark.parametrize(("method", "address", "sent"), NOTHING)
async def test_where_nothing_changes_nothing_is_told(
    still_milestones: Service, still_pilot: httpx.AsyncClient, method: str, address: str, sent: dict[str, Any]
) -> None:
    await still_pilot.request(method, address, **sent)
    assert await news(still_milestones) == []
