"""Contestations over HTTP: who may make one, of what, and what becomes of an attribution once it is decided."""

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
from .conftest import Service


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A steward before a publication of School Alpha's permanent staff, and one of School Beta's."""
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        await calls.take(client, "scopus", files.scopus(paper(1, (PERRIN, ALPHA)), paper(2, (60, BETA))))
        yield client


@pytest.fixture
async def beta(service: Service, steward: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who writes for School Beta."""
    async with service.client("contributor", entities=["beta"], subject="bruno") as client:
        yield client


async def contestations(client: httpx.AsyncClient, **asked: str) -> list[scene.Row]:
    found: list[scene.Row] = (await calls.ask(client, "contestations", **asked))["items"]
    return found


async def counts(client: httpx.AsyncClient, perimeter: str = "whole") -> scene.Row:
    return calls.by_entity(await calls.counts(client, year=2023, perimeter=perimeter))


@pytest.mark.parametrize("perimeter", ["whole", "permanent"])
async def test_an_entity_claims_a_publication(beta: httpx.AsyncClient, perimeter: str) -> None:
    answer = await scene.claim(beta, ONE, "beta", "attributed", perimeter)
    row = scene.made(answer)
    assert answer.headers["Location"] == f"{scene.V1}/contestations/{row['id']}"
    assert (row["publication"], row["title"], row["entity"]) == (ONE, files.TITLES[0], "beta")
    assert (row["status"], row["perimeter"], row["made_by"], row["version"]) == ("open", perimeter, "bruno", 1)
    assert await contestations(beta) == [row]


async def test_what_may_be_done_depends_on_who_reads(steward: httpx.AsyncClient, beta: httpx.AsyncClient) -> None:
    row = scene.made(await scene.claim(beta, ONE, "beta"))
    shown = [(await contestations(client))[0]["allowedActions"] for client in (beta, steward)]
    explained = (await steward.get(f"{scene.V1}/publications/{ONE}")).json()
    await scene.settle(steward, row["id"])
    after = [(await contestations(client))[0]["allowedActions"] for client in (beta, steward)]
    assert (shown, after) == ([[], ["decide"]], [[], []])
    assert [each["id"] for each in explained["contestations"]] == [row["id"]]


async def test_a_contestation_changes_nothing_before_it_is_decided(
    service: Service, steward: httpx.AsyncClient, beta: httpx.AsyncClient
) -> None:
    before = [await calls.publications(steward), await scene.counted(steward), await calls.last_event(service.database)]
    await scene.claim(beta, ONE, "beta")
    after = [await calls.publications(steward), await scene.counted(steward), await calls.last_event(service.database)]
    assert after == before


async def test_accepted_it_attributes_and_says_why(service: Service, steward: httpx.AsyncClient) -> None:
    last = await calls.last_event(service.database)
    row = await scene.accepted(steward, ONE, "beta")
    assert (row["status"], row["answer"], row["decided_by"], row["version"]) == (
        "accepted", "Après lecture", "camille", 2,
    )  # fmt: skip
    publication = (await steward.get(f"{scene.V1}/publications/{ONE}")).json()
    (found,) = (each for each in publication["attributions"] if each["entity"] == "beta")
    assert found == {
        "entity": "beta",
        "permanent": False,
        "whole": True,
        "evidence": [{"perimeter": "whole", "rule": "decision", "value": "attributed", "text": "", "record": ""}],
    }
    assert (await counts(steward), await counts(steward, "permanent")) == (
        {"alpha": 1, "beta": 2, "gamma": 0}, {"alpha": 1, "beta": 0, "gamma": None},
    )  # fmt: skip
    told = await calls.told(service.database, last)
    assert told["publications/whole/2023/beta"] == "2"
    assert not [each for each in told if "/permanent/" in each]


async def test_attributed_to_the_permanent_staff_is_attributed_to_the_whole(steward: httpx.AsyncClient) -> None:
    await scene.accepted(steward, TWO, "alpha", "attributed", "permanent")
    assert await scene.signers(steward, TWO) == {"alpha": True, "beta": False}
    assert (await counts(steward))["alpha"] == (await counts(steward, "permanent"))["alpha"] == 2


async def test_removed_from_the_whole_is_removed_from_the_permanent_staff(steward: httpx.AsyncClient) -> None:
    await scene.accepted(steward, ONE, "alpha", "removed", "whole")
    assert await scene.signers(steward, ONE) == {}
    assert (await counts(steward))["alpha"] == (await counts(steward, "permanent"))["alpha"] == 0
    assert (await calls.counts(steward, year=2023))["unattributed"] == 1


async def test_removed_from_the_permanent_staff_stays_with_the_whole(steward: httpx.AsyncClient) -> None:
    await scene.accepted(steward, ONE, "alpha", "removed", "permanent")
    assert await scene.signers(steward, ONE) == {"alpha": False}
    assert ((await counts(steward))["alpha"], (await counts(steward, "permanent"))["alpha"]) == (1, 0)


async def test_of_two_that_are_accepted_the_later_wins(steward: httpx.AsyncClient) -> None:
    for said, signed in (("removed", {}), ("attributed", {"alpha": True}), ("removed", {})):
        await scene.accepted(steward, ONE, "alpha", said, "permanent" if said == "attributed" else "whole")
        assert await scene.signers(steward, ONE) == signed


async def test_rejected_it_changes_nothing(
    service: Service, steward: httpx.AsyncClient, beta: httpx.AsyncClient
) -> None:
    row = scene.made(await scene.claim(beta, ONE, "beta"))
    before = [await calls.publications(steward), await scene.counted(steward), await calls.last_event(service.database)]
    answer = await scene.settle(steward, row["id"], "rejected")
    after = [await calls.publications(steward), await scene.counted(steward), await calls.last_event(service.database)]
    assert (answer.status_code, answer.json()["status"]) == (200, "rejected")
    assert after == before
    scene.made(await scene.claim(beta, ONE, "beta"))  # it may be contested anew


async def test_they_are_listed_by_entity_and_by_what_became_of_them(steward: httpx.AsyncClient) -> None:
    first = await scene.accepted(steward, ONE, "beta")
    second = scene.made(await scene.claim(steward, TWO, "beta", "removed"))
    third = scene.made(await scene.claim(steward, TWO, "gamma"))
    asked: list[dict[str, str]] = [{}, {"entity": "beta"}, {"status": "open"}, {"contract": "autre"}]
    found = [[each["id"] for each in await contestations(steward, **each)] for each in asked]
    ids = [each["id"] for each in (first, second, third)]
    assert found == [ids, ids[:2], ids[1:], []]
