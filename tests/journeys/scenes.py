"""The two ways that Cadran runs, told alike: a door to knock at under any name, in one process or deployed."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from tests.conftest import World
from tests.town import Town

CONTRACT = "cop-2023-2027"
GRID = f"/v1/contracts/{CONTRACT}/milestones"


class Scene(Protocol):
    """`name` says in reports how it runs."""

    @property
    def name(self) -> str: ...

    def as_(
        self, subject: str, role: str, entities: Sequence[str] = ()
    ) -> AbstractAsyncContextManager[httpx.AsyncClient]: ...


@dataclass(frozen=True, slots=True)
class Embedded:
    """Everything in this process; what is recorded goes to the views by itself, as it does for users."""

    world: World
    name: str = "one process, SQLite"

    def as_(self, subject: str, role: str, entities: Sequence[str] = ()) -> httpx.AsyncClient:
        return self.world.client(role, entities=entities, subject=subject)


@dataclass(frozen=True, slots=True)
class Deployed:
    """Each service a process of its own."""

    town: Town
    name: str = "services apart, PostgreSQL and Kafka"

    def as_(self, subject: str, role: str, entities: Sequence[str] = ()) -> httpx.AsyncClient:
        return self.town.deployment.client(self.town.gateway, (role,), entities=entities, subject=subject)


async def grid(client: httpx.AsyncClient, entity: str = "") -> Any:
    """The milestones of the contract: the group's, or an entity's part."""
    address = GRID.replace("/milestones", f"/entities/{entity}/milestones") if entity else GRID
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def lines_of(view: Any) -> list[Any]:
    return [line for milestone in view["milestones"] for line in milestone["lines"]]


def steps_of(view: Any) -> list[Any]:
    return [step for line in lines_of(view) for step in line["steps"]]


def step_of(view: Any, code: str, year: int) -> Any:
    (found,) = [step for step in steps_of(view) if (step["code"], step["year"]) == (code, year)]
    return found
