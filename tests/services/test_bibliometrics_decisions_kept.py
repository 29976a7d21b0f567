"""Decisions hold: through the same file, a newer one and other sources in whatever order, and among other decisions."""

from collections.abc import AsyncIterator
from itertools import permutations
from pathlib import Path

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import bibliometrics_scene as scene
from .bibliometrics_files import ALPHA, PERRIN, paper
from .bibliometrics_scene import FOUR, ONE, THREE, TWO

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
DEPOSIT, WORK = "hal:hal-09990003", "openalex:W990003"
LATER = [
    ("scopus", scene.same_doi(**{"Cited by": "9"}), "2026-11-01"),
    ("hal", files.hal(files.deposit(3, "ART", doiId_s="10.9999/inv.3")), "2026-11-02"),
    ("openalex", files.openalex(files.work(3, ALPHA)), "2026-11-03"),
]


@pytest.fixture
async def steward(databases: Databases, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    service = await calls.service(databases, tmp_path)
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        yield client


async def take(client: httpx.AsyncClient, source: str, content: bytes, day: str) -> None:
    await calls.take(client, source, content, extractedOn=day)


async def parted(client: httpx.AsyncClient) -> None:
    """Two records of one DOI, of which somebody says that they are two."""
    await take(client, "scopus", scene.same_doi(), "2026-10-01")
    await scene.decided(client, THREE, FOUR, "distinct")


async def test_distinct_survives_the_same_file(steward: httpx.AsyncClient) -> None:
    await parted(steward)
    before = await calls.state(steward)
    await take(steward, "scopus", scene.same_doi(), "2026-10-01")
    assert await calls.state(steward) == before


@pytest.mark.parametrize("order", [*permutations(range(len(LATER)))], ids=lambda order: "".join(map(str, order)))
async def test_distinct_survives_later_files_in_whatever_order(
    steward: httpx.AsyncClient, order: tuple[int, ...]
) -> None:
    await parted(steward)
    for place in order:
        await take(steward, *LATER[place])
        assert [each for each in await scene.records(steward) if {THREE, FOUR} <= {*each}] == []
    assert await scene.records(steward) == [[DEPOSIT, WORK, THREE], [FOUR]]
    assert [each["citations"] for each in await calls.publications(steward)] == [9, 9]
    assert calls.together(await calls.counts(steward, year=2023)) == (2, 0, 2)
    assert await scene.review(steward) == []


async def test_a_decision_made_last_gives_the_same(steward: httpx.AsyncClient) -> None:
    await take(steward, "scopus", scene.same_doi(), "2026-10-01")
    for each in LATER:
        await take(steward, *each)
    assert await scene.records(steward) == [[DEPOSIT, WORK, THREE, FOUR]]
    await scene.decided(steward, THREE, FOUR, "distinct")
    assert await scene.records(steward) == [[DEPOSIT, WORK, THREE], [FOUR]]


async def test_the_same_survives_later_files(steward: httpx.AsyncClient) -> None:
    await take(steward, "scopus", scene.alike(), "2026-10-01")
    await scene.decided(steward, ONE, TWO)
    newer = paper(1, (PERRIN, ALPHA), DOI="", Title="An entirely different title for the same document", year=2024)
    await take(steward, "scopus", files.scopus(newer), "2026-11-01")
    assert await scene.records(steward) == [[ONE, TWO]]
    (publication,) = await calls.publications(steward)
    assert publication["year"] == 2024
    assert [calls.together(await calls.counts(steward, year=year)) for year in (2023, 2024)] == [(0, 0, 0), (2, 1, 1)]


async def test_the_same_said_twice_over_three_joins_three(steward: httpx.AsyncClient) -> None:
    rows = [paper(number, (PERRIN, ALPHA)) for number in (1, 2, 3)]
    await take(steward, "scopus", files.scopus(*rows), "2026-10-01")
    await scene.decided(steward, ONE, TWO)
    middle = await scene.decided(steward, TWO, THREE)
    assert await scene.records(steward) == [[ONE, TWO, THREE]]
    await scene.withdraw(steward, middle["id"])
    assert await scene.records(steward) == [[ONE, TWO], [THREE]]
