"""What a view costs as the past of one of its figures grows, beside the same view of a contract without a past."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from statistics import median
from typing import Any
from uuid import uuid4

import asyncpg

from benchmarks import invented, raw_kafka
from benchmarks.calling import burst
from benchmarks.cold import anew
from benchmarks.invented import code_of
from benchmarks.servers import Deployed, Standing, deployed, opened
from benchmarks.tables import milliseconds, ratio, table
from shared.events.envelope import Event, seal
from shared.events.indicators import ObservationRecorded
from tests.waiting import eventually

_VERSIONS = (64, 1024, 16_384)
_ROUNDS = 15
_TITLE = ["versions of one figure", "view built anew", "the same without a past", "ratio"]
_TWIN = "-still"
_FIGURE = "SELECT * FROM observations WHERE contract = $1 AND entity = 'imt' AND indicator = 'students' AND year = 2022"


async def report(ground: Standing) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        system = await stack.enter_async_context(deployed(ground))
        for twin in ("", _TWIN):
            await invented.load(system.client, 1, twin)
        await system.shown(f"/v1/contracts/{code_of(1)}/follow-up?year=2022")
        async for line in table(_TITLE, (_row(system, versions) for versions in _VERSIONS)):
            yield line


async def _row(system: Deployed, versions: int) -> Sequence[str]:
    await _correct_until(system, versions)
    corrected, still = [
        await system.shown(f"/v1/contracts/{code_of(1, twin)}/follow-up?year=2022") for twin in ("", _TWIN)
    ]
    found = [((await burst(anew(corrected), 1)).elapsed, (await burst(anew(still), 1)).elapsed) for _ in range(_ROUNDS)]
    ours, theirs = (median(pair[place] for pair in found) for place in range(2))
    return [str(versions), milliseconds(ours), milliseconds(theirs), ratio(median(one / two for one, two in found))]


async def _correct_until(system: Deployed, versions: int) -> None:
    """Its later versions, as its owner would tell them, straight on the bus."""
    async with opened(system.database("gateway")) as (_, connection):
        known = await connection.fetchrow(
            _FIGURE,
            code_of(1),
        )
        assert known
        told = [seal(_event(known, version)) for version in range(known["version"] + 1, versions + 1)]
        async with raw_kafka.producer(system.deployment.servers) as producer:
            for start in range(0, len(told), 500):
                await raw_kafka.produce(producer, "cadran.indicators", told[start : start + 500])

        async def shown() -> bool:
            return bool(await _version(connection, known["id"]) == versions)

        await eventually(shown, within=120)


async def _version(connection: "asyncpg.Connection[Any]", id_: str) -> int:
    return int(await connection.fetchval("SELECT version FROM observations WHERE id = $1", id_))


def _event(known: Any, version: int) -> Event:
    stated = {**dict(known), "version": version, "observed_on": None, "reason": "bench", "recorded_by": "bench"}
    fact = ObservationRecorded.model_validate(stated)
    return Event(
        id=uuid4().hex,
        source="/cadran/indicators",
        type=fact.TYPE,
        subject=fact.subject,
        time=known["recorded_at"],
        sequence=version,
        data=fact.model_dump(mode="json"),
        correlation_id="bench",
        causation_id="bench",
    )
