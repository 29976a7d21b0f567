"""Cadran deployed, both services on PostgreSQL and Kafka, with the contract 2018-2022 loaded through the door."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from shared.events.catalogue import topic_of
from tests.conftest import COP, ROOT
from tests.deployment import Deployment, Service, new_deployment
from tests.kafka import Broker, without_topic
from tests.postgresql import Server

FOLLOW_UP = f"/v1/contracts/{COP}/follow-up?year=2022"
STUDENTS: dict[str, str | int] = {"contract": COP, "indicator": "students", "entity": "imt", "year": 2022}


@dataclass(frozen=True, slots=True)
class Town:
    """Both services running, and what loading the contract said."""

    deployment: Deployment
    indicators: Service
    gateway: Service
    client: httpx.AsyncClient
    loading: str

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


@asynccontextmanager
async def founded(folder: Path, postgresql: Server, kafka: Broker) -> AsyncIterator[Town]:
    """A town as long as the block lasts."""
    deployment = new_deployment(folder, kafka.servers)
    indicators = deployment.service("indicators", await postgresql.empty())
    gateway = deployment.service("gateway", await postgresql.empty(), CADRAN_OWNERS__INDICATORS=indicators.url)
    async with AsyncExitStack() as stack:
        stack.enter_context(without_topic(kafka, topic_of("indicators")))
        await asyncio.gather(asyncio.to_thread(migrate, indicators), asyncio.to_thread(migrate, gateway))
        await asyncio.gather(*(stack.enter_async_context(service.serving()) for service in (gateway, indicators)))
        client = await stack.enter_async_context(deployment.client(gateway))
        yield Town(deployment, indicators, gateway, client, await asyncio.to_thread(load, deployment, gateway))


def migrate(service: Service) -> None:
    migrated = service.run("migrate", service.name)
    assert (migrated.returncode, migrated.stderr) == (0, "")


def load(deployment: Deployment, gateway: Service) -> str:
    """`cadran load`, through the door, by a steward."""
    token = deployment.issuer.token(subject="agnès", roles=["steward"], days=1)
    loaded = gateway.run("load", str(ROOT / "contracts" / COP), "--url", gateway.url, "--token", token)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    return loaded.stdout
