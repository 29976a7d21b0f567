"""What the journeys share: a world that the tests of one module only read, and its follow-ups."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from services import embedded
from tests.conftest import COP, World, settings_in

from .printed_2018_2022 import YEARS


@pytest.fixture(scope="module")
async def still_world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The embedded system with the contracts of the product, started once a module; nobody writes to it."""
    settings = settings_in(tmp_path_factory.mktemp("still") / "var")
    async with embedded.system(settings) as system:
        await embedded.load_missing(system, settings.contracts)
        yield World(system, settings.data)


@pytest.fixture(scope="module")
async def reader(still_world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with still_world.client("reader") as client:
        yield client


@pytest.fixture(scope="module")
async def balance(reader: httpx.AsyncClient) -> dict[int, Any]:
    """The group's follow-up of the contract 2018-2022, by year."""
    answers = {year: await reader.get(f"/v1/contracts/{COP}/follow-up?year={year}") for year in YEARS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {year: answer.json() for year, answer in answers.items()}


@pytest.fixture(scope="module")
async def definition(reader: httpx.AsyncClient) -> Any:
    """The contract 2018-2022 as the gateway shows it."""
    return (await reader.get(f"/v1/contracts/{COP}")).json()
