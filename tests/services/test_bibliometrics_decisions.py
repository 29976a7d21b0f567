"""Decisions over HTTP: what is to be looked at, what joining and parting two records changes, and going back on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_scene as scene
from .bibliometrics_scene import FOUR, ONE, THREE, TWO
from .conftest import Service

JOINED = [
    "publications/whole/2023/alpha",  # shared out between two, though it stays one
    "publications/whole/2023/beta",
    "publications/whole/2023/groupe",
    "publications-top-10/whole/2023/groupe",  # what is signed together, whatever the measure
    "publications-per-fte/whole/2023/groupe",
    "sdg-publications/whole/2023/groupe",
]


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        yield client


@pytest.fixture
async def alike(steward: httpx.AsyncClient) -> httpx.AsyncClient:
    """A steward before two records whose titles are alike."""
    await calls.take(steward, "scopus", scene.alike())
    return steward


@pytest.fixture
async def joined(steward: httpx.AsyncClient) -> httpx.AsyncClient:
    """A steward before two records that their DOI joins."""
    await calls.take(steward, "scopus", scene.same_doi())
    return steward


async def test_titles_that_are_alike_are_to_be_looked_at(alike: httpx.AsyncClient) -> None:
    (pair,) = (await calls.ask(alike, "review"))["items"]
    assert (pair["reason"], pair["ratio"]) == ("fuzzy_title", "0.98")
    assert pair["right"] == {
        "ref": TWO,
        "publication": TWO,
        "title": "Tidal kelp routing in sheltered bay",
        "year": 2023,
        "type": "article",
        "doi": "",
        "source_title": "Journal of Invented Tides",
    }
    assert pair["left"]["ref"] == ONE


async def test_the_same_said_of_two_makes_one_publication(alike: httpx.AsyncClient) -> None:
    before = await calls.counts(alike, year=2023)
    decision = await scene.decided(alike, TWO, ONE)
    after = await calls.counts(alike, year=2023)
    assert (decision["left"], decision["right"], decision["decided_by"]) == (ONE, TWO, "camille")
    assert await scene.records(alike) == [[ONE, TWO]]
    assert (calls.together(before), calls.together(after)) == ((2, 0, 2), (2, 1, 1))
    assert calls.by_entity(after) == {"alpha": 1, "beta": 1, "gamma": 0}
    assert calls.pairs(after) == {("alpha", "beta"): 1}
    assert await scene.review(alike) == []


async def test_each_count_that_a_decision_changes_is_told_once(service: Service, alike: httpx.AsyncClient) -> None:
    last = await calls.last_event(service.database)
    await scene.decided(alike, ONE, TWO)
    told = await calls.told(service.database, last)
    assert list(told) == JOINED
    assert told["publications/whole/2023/groupe"] == "1"
    assert len(await calls.events(service.database)) == last + len(JOINED)


async def test_what_is_joined_is_logged_with_what_joined_it(alike: httpx.AsyncClient) -> None:
    await scene.decided(alike, ONE, TWO)
    (merge,) = (await calls.ask(alike, "merges"))["items"]
    assert (merge["kind"], merge["publication"], merge["refs"]) == ("merged", ONE, [ONE, TWO])
    assert (merge["links"], merge["recorded_by"]) == ([[ONE, TWO, "decision", ""]], "camille")
    explained = (await alike.get(f"{scene.V1}/publications/{TWO}")).json()
    assert (explained["id"], explained["merges"]) == (ONE, [merge])


async def test_going_back_on_a_decision_restores_what_was(service: Service, alike: httpx.AsyncClient) -> None:
    before = [await calls.publications(alike), await scene.counted(alike, year=2023), await scene.review(alike)]
    decision = await scene.decided(alike, ONE, TWO)
    last = await calls.last_event(service.database)
    answer = await scene.withdraw(alike, decision["id"], "Deux articles")
    withdrawn = answer.json()
    assert (answer.status_code, withdrawn["withdrawn_by"]) == (200, "camille")
    assert (withdrawn["withdrawn_because"], withdrawn["reason"]) == ("Deux articles", "Relu")
    after = [await calls.publications(alike), await scene.counted(alike, year=2023), await scene.review(alike)]
    assert after == before
    assert list(await calls.told(service.database, last)) == JOINED
    kinds = [(each["kind"], each["refs"]) for each in (await calls.ask(alike, "merges"))["items"]]
    assert kinds == [("merged", [ONE, TWO]), ("split", [ONE, TWO])]


async def test_a_decision_that_was_withdrawn_stays_known(alike: httpx.AsyncClient) -> None:
    decision = await scene.decided(alike, ONE, TWO)
    await scene.withdraw(alike, decision["id"])
    again = await scene.decided(alike, ONE, TWO, "distinct")
    listed = (await calls.ask(alike, "decisions"))["items"]
    assert [each["id"] for each in listed] == [decision["id"], again["id"]]
    assert [each["verdict"] for each in listed if each["withdrawn_at"] is None] == ["distinct"]


async def test_a_pair_that_was_decided_is_not_shown_again(alike: httpx.AsyncClient) -> None:
    decision = await scene.decided(alike, ONE, TWO, "distinct")
    assert await scene.review(alike) == []
    await calls.take(alike, "scopus", scene.alike(), extractedOn="2026-10-01")
    assert await scene.review(alike) == []
    await scene.withdraw(alike, decision["id"])
    assert await scene.review(alike) == [(ONE, TWO)]


async def test_distinct_parts_what_a_doi_joined(joined: httpx.AsyncClient) -> None:
    assert await scene.records(joined) == [[THREE, FOUR]]
    assert calls.together(await calls.counts(joined, year=2023)) == (2, 1, 1)
    await scene.decided(joined, THREE, FOUR, "distinct")
    assert await scene.records(joined) == [[THREE], [FOUR]]
    assert calls.together(await calls.counts(joined, year=2023)) == (2, 0, 2)
    assert await scene.review(joined) == []


async def test_the_doi_of_two_publications_is_listed_as_a_container(joined: httpx.AsyncClient) -> None:
    assert (await calls.ask(joined, "container-dois"))["items"] == []
    decision = await scene.decided(joined, THREE, FOUR, "distinct")
    assert (await calls.ask(joined, "container-dois"))["items"] == [{"doi": "10.9999/inv.3", "refs": [THREE, FOUR]}]
    explained = (await joined.get(f"{scene.V1}/publications/{FOUR}")).json()
    assert explained["container_dois"] == ["10.9999/inv.3"]
    await scene.withdraw(joined, decision["id"])
    assert (await calls.ask(joined, "container-dois"))["items"] == []
    assert await scene.records(joined) == [[THREE, FOUR]]


async def test_each_page_of_the_review_and_of_the_log_follows_the_other(joined: httpx.AsyncClient) -> None:
    await calls.take(joined, "scopus", scene.alike())
    await scene.decided(joined, ONE, TWO)
    first = await calls.ask(joined, "merges", limit=1)
    second = await calls.ask(joined, "merges", limit=1, after=first["next"])
    assert [each["refs"] for page in (first, second) for each in page["items"]] == [[THREE, FOUR], [ONE, TWO]]
    assert second["next"] is None
