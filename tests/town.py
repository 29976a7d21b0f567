"""Cadran deployed, each service on PostgreSQL and Kafka, with both contracts loaded through the door."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from services.apart import Owner
from shared.events.catalogue import topic_of
from tests.conftest import COP, ROOT
from tests.deployment import Deployment, Service, new_deployment
from tests.kafka import Broker, without_topic
from tests.postgresql import Server

CONTRACTS = (COP, "cop-2023-2027")
FOLLOW_UP = f"/v1/contracts/{COP}/follow-up?year=2022"
STUDENTS: dict[str, str | int] = {"contract": COP, "indicator": "students", "entity": "imt", "year": 2022}


@dataclass(frozen=True, slots=True)
class Town:
    """Every service running, and what loading each contract said."""

    deployment: Deployment
    owners: Mapping[str, Service]
    gateway: Service
    client: httpx.AsyncClient
    loading: Sequence[str]

    def service(self, name: str) -> Service:
        return self.owners.get(name, self.gateway)

    @property
    def addresses(self) -> dict[str, str]:
        """What a gateway has to know of the owners."""
        return addresses(self.owners)

    async def shown(self) -> str | None:
        """The group's students of 2022."""
        answer = await self.client.get(FOLLOW_UP)
        return students(answer.json()) if answer.status_code == 200 else None

    async def shows(self, value: str) -> bool:
        return await self.shown() == value

    async def observation(self) -> tuple[dict[str, Any], str]:
        """The group's students of 2022 as their owner has them, and the ETag."""
        (found,) = (await self.client.get("/indicators/v1/observations", params=STUDENTS)).json()["items"]
        answer = await self.client.get(f"/indicators/v1/observations/{found['id']}")
        return answer.json(), answer.headers["ETag"]

    async def correct(self, value: str, client: httpx.AsyncClient | None = None) -> dict[str, Any]:
        found, etag = await self.observation()
        answer = await (client or self.client).put(
            f"/indicators/v1/observations/{found['id']}",
            json={"value": value, "source": "Enquête rectifiée", "reason": "Erreur de saisie"},
            headers={"If-Match": etag},
        )
        assert answer.status_code == 200, answer.text
        corrected: dict[str, Any] = answer.json()
        return corrected


def students(follow_up: dict[str, Any]) -> str | None:
    (line,) = [each for each in follow_up["indicators"] if each["code"] == "students"]
    declared: str | None = line["declared"]
    return declared


def addresses(owners: Mapping[str, Service]) -> dict[str, str]:
    return {f"CADRAN_OWNERS__{name.upper()}": service.url for name, service in owners.items()}


@asynccontextmanager
async def founded(folder: Path, postgresql: Server, kafka: Broker) -> AsyncIterator[Town]:
    """A town as long as the block lasts."""
    deployment = new_deployment(folder, kafka.servers)
    owners = {owner.value: deployment.service(owner, await postgresql.empty()) for owner in Owner}
    gateway = deployment.service("gateway", await postgresql.empty(), **addresses(owners))
    services = (gateway, *owners.values())
    async with AsyncExitStack() as stack:
        for owner in owners:
            stack.enter_context(without_topic(kafka, topic_of(owner)))
        await asyncio.gather(*(asyncio.to_thread(migrate, service) for service in services))
        await asyncio.gather(*(stack.enter_async_context(service.serving()) for service in services))
        client = await stack.enter_async_context(deployment.client(gateway))
        loading = [await asyncio.to_thread(load, deployment, gateway, contract) for contract in CONTRACTS]
        yield Town(deployment, owners, gateway, client, loading)


def migrate(service: Service) -> None:
    migrated = service.run("migrate", service.name)
    assert (migrated.returncode, migrated.stderr) == (0, "")


def load(deployment: Deployment, gateway: Service, contract: str) -> str:
    """`cadran load`, through the door, by a steward."""
    token = deployment.issuer.token(subject="agnès", roles=["steward"], days=1)
    loaded = gateway.run("load", str(ROOT / "contracts" / contract), "--url", gateway.url, "--token", token)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    return loaded.stdout
