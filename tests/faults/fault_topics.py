"""What becomes of topics: offsets aged out, a topic made anew, and messages that nobody can read among the others."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from confluent_kafka import OFFSET_END, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from sqlalchemy import select

from services.gateway import replaying
from services.gateway.tables import ParkedRow
from shared.events.envelope import seal
from tests.facts import event_of, observation
from tests.faults.site import GATEWAYS, Site, seeds
from tests.journeys.test_parking import POISON
from tests.waiting import eventually

OWNER = "indicators"
UNHOLDABLE: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "a number that no column holds": (
        {"value": seal(event_of(observation(value=Decimal("1" * 60))))[1]},
        "la projection échoue",
    ),
}
SHAPES: Mapping[str, tuple[Any, str]] = {**POISON, **UNHOLDABLE}


async def parked(site: Site) -> Sequence[ParkedRow]:
    async with site.apart.stores.views.reading() as session:
        return (await session.scalars(select(ParkedRow).order_by(ParkedRow.id))).all()


@pytest.fixture(autouse=True)
async def nothing_parked(site: Site) -> AsyncIterator[None]:
    """What a fault parked is dismissed after it, as an operator does once all is repaired."""
    yield
    for row in await parked(site):
        assert await replaying.dismiss(site.apart.stores.views, row.id, by="essai", reason="réparé")


async def republished(site: Site) -> None:
    status, _, complained = await site.run("republish", "republish", OWNER, of=OWNER)
    assert (status, complained) == (0, "")


@pytest.mark.parametrize("seed", seeds(2))
async def test_what_aged_out_before_it_was_read_is_said_and_republishing_repairs_it(site: Site, seed: int) -> None:
    topic = site.apart.topic(OWNER)
    for name in GATEWAYS:
        await site.stop(name)
    doors = {"s0": "milestones", "p0": "bibliometrics"}
    async with site.at_work(door=OWNER, readers=(), doors=doors) as load:
        await load.writes(10 + seed)
    await eventually(lambda: site.all_sent(OWNER))
    await asyncio.to_thread(_forget_records, site.broker.servers, topic)
    await asyncio.gather(*(site.start(name) for name in GATEWAYS))

    async def said() -> Sequence[ParkedRow]:
        return await parked(site)

    gaps = await eventually(said, within=60)
    assert all(row.topic == topic and row.value is None and "republish" in row.reason for row in gaps)
    load.over()
    await republished(site)
    await site.judge("offsets aged out, republished", load, expected=["parked"])


@pytest.mark.parametrize("seed", seeds(2))
async def test_a_topic_that_was_deleted_is_made_anew_and_republishing_fills_it(site: Site, seed: int) -> None:
    async with site.at_work() as load:
        await asyncio.to_thread(_delete_topic, site.broker.servers, site.apart.topic(OWNER))
        await load.writes(10 + seed, within=120)
        load.over()
    await eventually(lambda: site.all_sent(OWNER), within=60)
    site.inverted = 0
    assert await site.inversions() == 0
    await republished(site)
    await eventually(lambda: site.all_sent(OWNER), within=60)
    await site.inversions()  # the topic has forgotten what came first: what is told again is no repeat in it
    await site.judge("topic deleted and made anew, republished", load)


@pytest.mark.parametrize("seed", seeds(2))
async def test_poison_in_fourteen_shapes_is_parked_and_holds_nothing_back(site: Site, seed: int) -> None:
    assert len(SHAPES) == 14
    topic = site.apart.topic(OWNER)
    async with site.at_work() as load:
        for number, (changes, _) in enumerate(SHAPES.values()):
            await asyncio.to_thread(_produce, site.broker.servers, topic, (number + seed) % 3, changes)
            await load.writes(1)
        load.over()

    async def all_parked() -> bool:
        return len(await parked(site)) >= len(SHAPES)

    await eventually(all_parked, within=60)
    await site.judge("poison in fourteen shapes", load, expected=["parked"])
    found = [row.reason for row in await parked(site)]
    assert len(found) == len(SHAPES)
    for _, reason in SHAPES.values():
        assert any(reason in each for each in found), (reason, found)


def _forget_records(servers: str, topic: str) -> None:
    admin = AdminClient({"bootstrap.servers": servers})
    partitions = admin.list_topics(topic, timeout=10).topics[topic].partitions
    places = [TopicPartition(topic, each, OFFSET_END) for each in partitions]
    for answer in admin.delete_records(places).values():
        answer.result(10)


def _delete_topic(servers: str, topic: str) -> None:
    admin = AdminClient({"bootstrap.servers": servers})  # it ends what is under way where nobody holds it
    admin.delete_topics([topic])[topic].result(20)


def _produce(servers: str, topic: str, partition: int, changes: Mapping[str, Any]) -> None:
    key, value, headers = seal(event_of(observation()))
    producer = Producer({"bootstrap.servers": servers})
    message: dict[str, Any] = {"key": key, "value": value, "headers": headers, **changes}
    message["headers"] = list(message["headers"])
    producer.produce(topic, partition=partition, **message)
    assert producer.flush(10) == 0
