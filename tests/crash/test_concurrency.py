"""Many writers at once, on both databases: everyone gets a true answer, and no update is lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from services import loading
from services.embedded import OneDoor
from services.gateway.app import create_app as create_gateway
from services.gateway.read_model import ensure_named
from services.gateway.tables import SCHEMA as GATEWAY
from services.indicators.app import create_app as create_indicators
from services.indicators.tables import SCHEMA as INDICATORS
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from shared.outbox import Relay
from tests.conftest import COP, ROOT
from tests.crash import oracle
from tests.databases import Databases

_WRITERS = 200
_MAX_BODY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stage:
    """Both services on two databases of one kind, joined by the in-process bus."""

    client: httpx.AsyncClient
    facts: Database
    views: Database
    relay: Relay

    async def settled(self) -> oracle.State:
        await self.relay.drain()
        return await oracle.read(self.facts, self.views)


@pytest.fixture
async def empty_stage(databases: Databases, tmp_path: Path) -> AsyncIterator[Stage]:
    """No contract yet."""
    issuer = LocalIssuer(tmp_path)
    issuer.prepare()
    identity, bus = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE), MemoryBus()
    facts, views = await databases.migrated(INDICATORS), await databases.migrated(GATEWAY)
    await ensure_named(views)
    gateway = create_gateway(views, bus, identity, owners={}, max_body=_MAX_BODY)
    indicators = create_indicators(facts, bus, identity, max_body=_MAX_BODY)
    headers = {"Authorization": f"Bearer {issuer.token(subject='test', roles=['administrator'], days=1)}"}
    transport = httpx.ASGITransport(OneDoor(gateway, {"indicators": indicators}), raise_app_exceptions=False)
    async with AsyncExitStack() as stack:
        for app in (gateway, indicators):
            await stack.enter_async_context(app.router.lifespan_context(app))
        client = httpx.AsyncClient(transport=transport, base_url="http://cadran.test", headers=headers)
        yield Stage(await stack.enter_async_context(client), facts, views, indicators.state.relay)


@pytest.fixture
async def stage(empty_stage: Stage) -> Stage:
    """With the contract 2018-2022 in the views."""
    await loading.apply(empty_stage.client, loading.read_package(ROOT / "contracts" / COP), dry_run=False)
    await empty_stage.relay.drain()
    return empty_stage


async def record(stage: Stage, perimeter: str, value: int, **headers: str) -> httpx.Response:
    row = {
        "contract": COP,
        "indicator": "students",
        "entity": "imt",
        "year": 2021,
        "perimeter": perimeter,
        "value": value,
    }
    return await stage.client.post("/indicators/v1/observations", json=row | {"source": "Essai"}, headers=headers)


async def correct(stage: Stage, id_: str, value: int) -> tuple[int, int, int]:
    """Read, then correct what was read. Returns the answer's status, the version read and the value sent."""
    address = f"/indicators/v1/observations/{id_}"
    tag = (await stage.client.get(address)).headers["ETag"]
    body = {"value": value, "source": "Essai", "reason": f"correction {value}"}
    answer = await stage.client.put(address, json=body, headers={"If-Match": tag})
    return answer.status_code, int(tag.strip('"')), value


async def test_different_observations_are_all_kept_and_all_shown(stage: Stage) -> None:
    answers = await asyncio.gather(*(record(stage, f"writer-{n}", 1000 + n) for n in range(_WRITERS)))
    assert Counter(answer.status_code for answer in answers) == {201: 200}
    state = await stage.settled()
    assert oracle.incoherences(state) == []
    assert {n: state.stated(f"writer-{n}") for n in range(_WRITERS)} == {n: [Decimal(1000 + n)] for n in range(200)}
    assert len(state.shown) == 138 + 200


async def test_corrections_of_the_same_version_let_one_through(stage: Stage) -> None:
    id_ = (await record(stage, "disputed", 1)).json()["id"]
    bodies = [{"value": n, "source": "Essai", "reason": "dispute"} for n in range(1000, 1000 + _WRITERS)]
    address = f"/indicators/v1/observations/{id_}"
    answers = await asyncio.gather(
        *(stage.client.put(address, json=body, headers={"If-Match": '"1"'}) for body in bodies)
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 199}
    (accepted,) = (answer.json() for answer in answers if answer.status_code == 200)
    state = await stage.settled()
    assert state.stated("disputed") == [Decimal(1), Decimal(accepted["value"])]
    assert oracle.incoherences(state) == []


async def test_who_reads_then_corrects_never_overwrites_what_was_not_read(stage: Stage) -> None:
    id_ = (await record(stage, "disputed", 1)).json()["id"]
    answers = await asyncio.gather(*(correct(stage, id_, 1000 + n) for n in range(_WRITERS)))
    accepted = sorted((version, value) for status, version, value in answers if status == 200)
    assert {status for status, _, _ in answers} <= {200, 412}
    assert [version for version, _ in accepted] == list(range(1, len(accepted) + 1))
    state = await stage.settled()
    assert state.stated("disputed") == [Decimal(1), *(Decimal(value) for _, value in accepted)]
    assert oracle.incoherences(state) == []


async def test_one_idempotency_key_has_one_effect_and_one_answer(stage: Stage) -> None:
    key = {"Idempotency-Key": "une-fois"}
    answers = await asyncio.gather(*(record(stage, "once", 7, **key) for _ in range(50)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert Counter(answer.headers.get("Idempotency-Replayed") for answer in answers) == {None: 1, "true": 49}
    state = await stage.settled()
    assert state.stated("once") == [Decimal(7)]
    assert oracle.incoherences(state) == []


async def test_two_loads_of_a_new_contract_make_one_definition(empty_stage: Stage) -> None:
    body: dict[str, Any] = loading.read_package(ROOT / "contracts" / COP).body()
    address = f"/indicators/v1/contracts/{COP}"
    answers = await asyncio.gather(*(empty_stage.client.put(address, json=body) for _ in range(2)))
    assert {answer.status_code for answer in answers} in ({200}, {200, 409})
    state = await empty_stage.settled()
    assert [(row.code, row.version) for row in state.contract_versions] == [(COP, 1)]
    assert {row.version for row in state.versions} == {1}
    assert len(state.shown) == 138
    assert oracle.incoherences(state) == []


async def test_who_reads_while_others_write_never_goes_back(stage: Stage) -> None:
    writing = asyncio.gather(*(record(stage, f"writer-{n}", n) for n in range(50)))
    reading = [(await stage.client.get(f"/v1/contracts/{COP}/follow-up")).json() for _ in range(20)]
    assert Counter(answer.status_code for answer in await writing) == {201: 50}
    offsets = [int(view["watermark"].rpartition("@")[2]) for view in reading]
    assert offsets == sorted(offsets)
    assert {len(view["indicators"]) for view in reading} == {14}
