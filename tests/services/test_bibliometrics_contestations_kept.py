"""What was decided of a contestation is kept: through imports, merges, splits, and new versions of the registry."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import bibliometrics_scene as scene
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper
from .bibliometrics_scene import ONE, TWO

RULED = {"beta": False, "gamma": True}
"""Of the second publication: School Gamma's permanent staff was added to School Beta, which signs."""


@pytest.fixture
async def steward(databases: Databases, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A steward who has accepted that School Gamma signs the second of two publications."""
    service = await calls.service(databases, tmp_path)
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        await calls.take(client, "scopus", export(), extractedOn="2026-10-01")
        await scene.accepted(client, TWO, "gamma", "attributed", "permanent")
        yield client


def export(cited: str = "3") -> bytes:
    rows = (paper(1, (PERRIN, ALPHA)), paper(2, (60, BETA)))
    return files.scopus(*(row | {"Cited by": cited} for row in rows))


async def test_through_the_same_file_and_a_newer_one(steward: httpx.AsyncClient) -> None:
    assert await scene.signers(steward, TWO) == RULED
    await calls.take(steward, "scopus", export(), extractedOn="2026-10-01")
    await calls.take(steward, "scopus", export("12"), extractedOn="2026-11-01")
    assert await scene.signers(steward, TWO) == RULED


async def test_through_a_record_of_another_source_that_gives_it_another_publication(steward: httpx.AsyncClient) -> None:
    await calls.take(steward, "openalex", files.openalex(files.work(2, ALPHA)))
    assert await scene.signers(steward, TWO) == RULED | {"alpha": False}


async def test_through_a_merge_under_another_name_and_back(steward: httpx.AsyncClient) -> None:
    decision = await scene.decided(steward, ONE, TWO)
    assert await scene.records(steward) == [[ONE, TWO]]
    assert await scene.signers(steward, ONE) == RULED | {"alpha": True}
    assert calls.by_entity(await calls.counts(steward, year=2023)) == {"alpha": 1, "beta": 1, "gamma": 1}
    await scene.withdraw(steward, decision["id"])
    assert (await scene.signers(steward, ONE), await scene.signers(steward, TWO)) == ({"alpha": True}, RULED)


async def test_a_removal_takes_an_entity_from_the_whole_of_what_was_merged(steward: httpx.AsyncClient) -> None:
    await scene.accepted(steward, ONE, "alpha", "removed")
    await scene.decided(steward, ONE, TWO)
    assert await scene.signers(steward, ONE) == RULED


async def test_through_new_versions_of_the_registry(steward: httpx.AsyncClient) -> None:
    changed = files.package()
    changed["affiliations"].append(files.signing("alpha", "name_pattern", "Lille"))
    await calls.load(steward, changed)
    assert await scene.signers(steward, TWO) == RULED | {"alpha": False}
    changed["staff"] = []
    await calls.load(steward, changed)
    assert await scene.signers(steward, TWO) == RULED | {"alpha": False}
    assert await scene.signers(steward, ONE) == {"alpha": False}


async def test_one_that_is_open_is_decided_of_what_the_publication_became(steward: httpx.AsyncClient) -> None:
    row = scene.made(await scene.claim(steward, TWO, "alpha", "attributed", "permanent"))
    await calls.take(steward, "scopus", export("12"), extractedOn="2026-11-01")
    await scene.decided(steward, ONE, TWO)
    await scene.accepted(steward, ONE, "alpha", "removed")
    assert await scene.signers(steward, ONE) == RULED
    assert (await scene.settle(steward, row["id"])).status_code == 200
    assert (await scene.signers(steward, ONE))["alpha"] is True
