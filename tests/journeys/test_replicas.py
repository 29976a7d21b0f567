"""Two gateways and two processes of an owner on the same databases: whichever is asked, it is one Cadran."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx
import pytest
from confluent_kafka.admin import AdminClient

from shared import outbox
from shared.database import Database
from shared.events.catalogue import topic_of
from tests.deployment import Service
from tests.faults import topics
from tests.kafka import Broker
from tests.postgresql import Server
from tests.town import FOLLOW_UP, STUDENTS, Town, founded, students
from tests.waiting import eventually

OBSERVATIONS = "/indicators/v1/observations"
GROUP = "cadran-gateway"
TOPICS = tuple(topic_of(owner) for owner in ("indicators", "milestones", "bibliometrics"))


@dataclass(frozen=True, slots=True)
class Replicas:
    """A town with a second gateway, which forwards to a second process of the indicators."""

    town: Town
    second: Service
    clients: tuple[httpx.AsyncClient, httpx.AsyncClient]

    async def correct(self, value: str, door: int) -> str:
        """Through one of the gateways. Returns the watermark of the write."""
        client = self.clients[door]
        (found,) = (await client.get(OBSERVATIONS, params=STUDENTS)).json()["items"]
        answer = await client.put(
            f"{OBSERVATIONS}/{found['id']}",
            json={"value": value, "source": "Enquête rectifiée", "reason": "Erreur de saisie"},
            headers={"If-Match": f'"{found["version"]}"'},
        )
        assert answer.status_code == 200, answer.text
        return answer.headers["Cadran-Watermark"]

    async def shown(self, door: int) -> str | None:
        answer = await self.clients[door].get(FOLLOW_UP)
        assert answer.status_code == 200, answer.text
        return students(answer.json())


@pytest.fixture(scope="module")
async def replicas(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Server, kafka: Broker
) -> AsyncIterator[Replicas]:
    if not kafka.is_real:
        pytest.skip("the mock cluster can't be asked to make a topic")
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(founded(tmp_path_factory.mktemp("replicas"), postgresql, kafka))
        owner = _second(town, "indicators")
        gateway = _second(town, "gateway", **town.addresses | {"CADRAN_OWNERS__INDICATORS": owner.url})
        await asyncio.gather(*(stack.enter_async_context(each.serving()) for each in (owner, gateway)))
        client = await stack.enter_async_context(town.deployment.client(gateway))
        yield Replicas(town, gateway, (town.client, client))


def _second(town: Town, name: str, **settings: str) -> Service:
    return town.deployment.service(name, town.service(name).env["CADRAN_DATABASE_URL"], **settings)


@pytest.mark.parametrize("path", [FOLLOW_UP, "/v1/contracts", f"{OBSERVATIONS}?limit=50"])
async def test_any_replica_answers_any_read(replicas: Replicas, path: str) -> None:
    await eventually(lambda: replicas.town.shows("13606"))

    async def alike() -> bool:
        first, second = [await client.get(path) for client in replicas.clients]
        assert first.status_code == second.status_code == 200
        return bool(first.json() == second.json())

    await eventually(alike)


@pytest.mark.parametrize("door", [0, 1])
async def test_what_is_written_through_one_gateway_is_in_the_views_of_both(replicas: Replicas, door: int) -> None:
    value = str(14000 + door)
    await replicas.correct(value, door)

    async def shown_by_both() -> bool:
        return [await replicas.shown(each) for each in (0, 1)] == [value, value]

    await eventually(shown_by_both)


async def test_a_read_that_asks_for_a_write_never_shows_the_past(replicas: Replicas) -> None:
    shown = []
    for step in range(30):
        mark = await replicas.correct(str(20000 + step), door=step % 2)
        reader = replicas.clients[step // 2 % 2]
        answer = await reader.get(FOLLOW_UP, headers={"Cadran-Min-Watermark": mark})
        assert answer.status_code == 200, answer.text
        shown.append(students(answer.json()))
    assert shown == [str(20000 + step) for step in range(30)]


async def test_two_migrations_at_once_make_one(replicas: Replicas, postgresql: Server) -> None:
    new = replicas.town.deployment.service("indicators", await postgresql.empty())
    done = await asyncio.gather(*(asyncio.to_thread(new.run, "migrate", "indicators") for _ in range(2)))
    assert [(each.returncode, each.stderr) for each in done] == [(0, ""), (0, "")]


async def test_each_partition_has_one_writer_and_each_gateway_has_some(replicas: Replicas, kafka: Broker) -> None:
    async def shared_out() -> bool:
        members = await asyncio.to_thread(_assigned, kafka.servers)
        places = [place for member in members for place in member]
        assert len(places) == len(set(places))
        return len(members) == 2 and all(members) and len(places) == 3 * len(TOPICS)

    await eventually(shared_out)


async def test_events_are_sent_once_where_nothing_fails(replicas: Replicas, kafka: Broker) -> None:
    for name in ("indicators", "milestones", "bibliometrics"):
        database = Database(replicas.town.owners[name].env["CADRAN_DATABASE_URL"])
        told = await asyncio.to_thread(topics.read, kafka.servers, topic_of(name))
        assert topics.repeats(told) == 0
        assert topics.inversions(told) == []
        assert len(told) == await outbox.count(database)
        await database.close()


def _assigned(servers: str) -> list[list[tuple[str, int]]]:
    """The partitions of each member of the gateways' group."""
    admin = AdminClient({"bootstrap.servers": servers})
    group = admin.describe_consumer_groups([GROUP])[GROUP].result(10)
    return [[(each.topic, each.partition) for each in member.assignment.topic_partitions] for member in group.members]
