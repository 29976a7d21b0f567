"""Many writers at once, on both databases: everyone gets a true answer, and no update is lost."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services import loading, local
from services.apart import SCHEMAS, Owner, Service
from services.door import OneDoor
from services.gateway.app import create_app as create_gateway
from services.gateway.read_model import ensure_named
from services.owners import OWNERS as CREATED
from shared.bus.memory import MemoryBus
from shared.guarding import BEHIND
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from tests.conftest import COP, ROOT
from tests.crash import oracle
from tests.crash.changing import LOADED
from tests.crash.stores import State, Stores, read
from tests.crash.subjects import SUBJECTS, Subject
from tests.databases import Databases

_WRITERS = {"observations": 200, "steps": 60, "progress": 60}
_LOADED_ONCE = [("indicators", "contracts"), ("milestones", "plans"), ("bibliometrics", "registries")]
each_subject = pytest.mark.parametrize("subject", SUBJECTS, ids=[subject.shown for subject in SUBJECTS])


@dataclass(frozen=True, slots=True)
class Stage:
    """Every service on databases of one kind, joined by the in-process bus."""

    client: httpx.AsyncClient
    stores: Stores
    owners: dict[str, FastAPI]

    async def settled(self) -> State:
        """Fails where the oracle complains."""
        for app in self.owners.values():
            await app.state.relay.drain()
        state = await read(self.stores)
        assert oracle.incoherences(state) == []
        return state


@pytest.fixture
async def empty_stage(databases: Databases, tmp_path: Path) -> AsyncIterator[Stage]:
    """No contract yet."""
    issuer, settings = LocalIssuer(tmp_path), local.Settings(data=tmp_path)
    issuer.prepare()
    identity, bus = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE), MemoryBus()
    facts = {owner.value: await databases.migrated(SCHEMAS[Service(owner)]) for owner in Owner}
    views = await databases.migrated(SCHEMAS[Service.GATEWAY])
    await ensure_named(views)
    gateway = create_gateway(views, bus, identity, owners={}, max_body=settings.max_body_bytes)
    owners = {name: CREATED[name].create(database, bus, identity, settings, BEHIND) for name, database in facts.items()}
    headers = {"Authorization": f"Bearer {issuer.token(subject='test', roles=['administrator'], days=1)}"}
    transport = httpx.ASGITransport(OneDoor(gateway, owners), raise_app_exceptions=False)
    async with AsyncExitStack() as stack:
        for app in (gateway, *owners.values()):
            await stack.enter_async_context(app.router.lifespan_context(app))
        client = httpx.AsyncClient(transport=transport, base_url="http://cadran.test", headers=headers)
        yield Stage(await stack.enter_async_context(client), Stores(facts, views), owners)


@pytest.fixture
async def stage(empty_stage: Stage) -> Stage:
    """With the contract 2018-2022 in the views."""
    await loading.apply(empty_stage.client, loading.read_package(ROOT / "contracts" / COP), dry_run=False)
    await empty_stage.settled()
    return empty_stage


async def correct(stage: Stage, subject: Subject, address: str, value: int) -> tuple[int, int, int]:
    """Read, then correct what was read. Returns the answer's status, the version read and the value sent."""
    tag = (await stage.client.get(address)).headers["ETag"]
    answer = await stage.client.put(address, json=subject.correction(value), headers={"If-Match": tag})
    return answer.status_code, int(tag.strip('"')), value


@each_subject
async def test_different_ones_are_all_kept_and_all_shown(stage: Stage, subject: Subject) -> None:
    answers = await asyncio.gather(
        *(subject.record(stage.client, f"writer-{n}", 1000 + n) for n in range(_WRITERS[subject.shown])),
    )
    assert Counter(answer.status_code for answer in answers) == {201: _WRITERS[subject.shown]}
    state = await stage.settled()
    kept = {name: [what] for (name, _), what in oracle.statements(state).items()}
    assert kept | dict(subject.said(f"writer-{n}", 1000 + n) for n in range(_WRITERS[subject.shown])) == kept
    assert state.shown[subject.shown] == LOADED[subject.shown] + _WRITERS[subject.shown]


@each_subject
async def test_corrections_of_the_same_version_let_one_through(stage: Stage, subject: Subject) -> None:
    address = subject.address(await subject.record(stage.client, "disputed", 1))
    values = range(1000, 1000 + _WRITERS[subject.shown])
    answers = await asyncio.gather(
        *(stage.client.put(address, json=subject.correction(value), headers={"If-Match": '"1"'}) for value in values)
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: _WRITERS[subject.shown] - 1}
    (accepted,) = (value for value, answer in zip(values, answers, strict=True) if answer.status_code == 200)
    name, said = subject.said("disputed", 1, accepted)
    assert oracle.said_of(await stage.settled(), name) == said


@each_subject
async def test_who_reads_then_corrects_never_overwrites_what_was_not_read(stage: Stage, subject: Subject) -> None:
    address = subject.address(await subject.record(stage.client, "disputed", 1))
    answers = await asyncio.gather(
        *(correct(stage, subject, address, 1000 + n) for n in range(_WRITERS[subject.shown]))
    )
    accepted = sorted((version, value) for status, version, value in answers if status == 200)
    assert {status for status, _, _ in answers} <= {200, 412}
    assert [version for version, _ in accepted] == list(range(1, len(accepted) + 1))
    name, said = subject.said("disputed", 1, *(value for _, value in accepted))
    assert oracle.said_of(await stage.settled(), name) == said


@each_subject
async def test_one_idempotency_key_has_one_effect_and_one_answer(stage: Stage, subject: Subject) -> None:
    key = {"Idempotency-Key": "une-fois"}
    answers = await asyncio.gather(*(subject.record(stage.client, "once", 7, **key) for _ in range(50)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert Counter(answer.headers.get("Idempotency-Replayed") for answer in answers) == {None: 1, "true": 49}
    name, said = subject.said("once", 7)
    assert oracle.said_of(await stage.settled(), name) == said


@pytest.mark.parametrize(("owner", "subject"), _LOADED_ONCE)
async def test_two_loads_of_a_new_contract_make_one_definition(empty_stage: Stage, owner: str, subject: str) -> None:
    body = loading.read_package(ROOT / "contracts" / COP).body(owner)
    address = f"/{owner}/v1/contracts/{COP}"
    answers = await asyncio.gather(*(empty_stage.client.put(address, json=body) for _ in range(2)))
    assert {answer.status_code for answer in answers} in ({200}, {200, 409})
    state = await empty_stage.settled()
    assert [row.version for row in state.kept[subject].versions] == [1]
    of_owner = [kept for kept in state.kept.values() if kept.kind.owner == owner]
    assert {row.version for kept in of_owner for row in kept.versions} == {1}
    assert {kept.kind.subject: len(kept.shown) for kept in of_owner}.items() <= LOADED.items()


async def test_who_reads_while_others_write_never_goes_back(stage: Stage) -> None:
    """Neither of what one owner told nor of what the other did."""
    writers = (subject.record(stage.client, f"writer-{n}", n) for n in range(25) for subject in SUBJECTS[:2])
    writing = asyncio.gather(*writers)
    reading = [(await stage.client.get(f"/v1/contracts/{COP}/follow-up")).json() for _ in range(20)]
    assert Counter(answer.status_code for answer in await writing) == {201: 50}
    offsets = [[int(each) for each in re.findall(r"@(\d+)", view["watermark"])] for view in reading]
    for read_of_one in zip(*offsets, strict=True):
        assert [*read_of_one] == sorted(read_of_one)
    assert {len(view["indicators"]) for view in reading} == {14}
