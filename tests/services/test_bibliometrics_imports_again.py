"""Sending a file more than once, or two at once: one effect for one key, nothing lost, the newest word kept."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from services.bibliometrics.tables import ImportRow, SnapshotRow
from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper
from .conftest import Service

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward") as client:
        await calls.load(client)
        yield client


async def test_one_key_has_one_effect_and_one_answer(service: Service, steward: httpx.AsyncClient) -> None:
    content = files.scopus(paper(1, (PERRIN, ALPHA)))
    first = await calls.send(steward, "scopus", content, key="cle-1")
    before, events = await calls.state(steward), await calls.last_event(service.database)
    again = await calls.send(steward, "scopus", content, key="cle-1")
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    assert again.json()["created"] == 1
    assert await calls.state(steward) == before
    assert await calls.last_event(service.database) == events


async def test_a_key_that_served_another_file_is_refused(steward: httpx.AsyncClient) -> None:
    await calls.send(steward, "scopus", files.scopus(paper(1)), key="cle-1")
    other = await calls.send(steward, "scopus", files.scopus(paper(2)), key="cle-1")
    assert other.status_code == 422
    assert "clé d’idempotence" in other.json()["detail"]


async def test_a_key_may_serve_again_after_a_trial_and_after_a_refusal(steward: httpx.AsyncClient) -> None:
    bad, good = files.scopus(paper(1, Source="Ailleurs")), files.scopus(paper(1))
    assert (await calls.send(steward, "scopus", good, key="cle-1", dryRun="true")).json()["created"] == 1
    assert (await calls.send(steward, "scopus", bad, key="cle-1")).status_code == 422
    assert (await calls.send(steward, "scopus", good, key="cle-1")).json()["created"] == 1


async def test_files_sent_at_once_all_land(service: Service, steward: httpx.AsyncClient) -> None:
    sent = [files.scopus(*(paper(1 + 3 * rank + place, (PERRIN, ALPHA)) for place in range(3))) for rank in range(5)]
    reports = await asyncio.gather(*(calls.take(steward, "scopus", each) for each in sent))
    assert [each["created"] for each in reports] == [3, 3, 3, 3, 3]
    assert len((await calls.ask(steward, "imports"))["items"]) == 5
    assert len(await calls.publications(steward)) == 15
    assert calls.by_entity(await calls.counts(steward, year=2023))["alpha"] == 15
    told = [
        row for row in await calls.events(service.database) if row.subject.endswith("/publications/whole/2023/alpha")
    ]
    assert [row.sequence for row in told] == [1, 2, 3, 4, 5]


async def test_the_same_file_sent_twice_at_once_is_taken_once(steward: httpx.AsyncClient) -> None:
    content = files.scopus(paper(1), paper(2))
    reports = await asyncio.gather(*(calls.take(steward, "scopus", content) for _ in range(2)))
    assert sorted(each["created"] for each in reports) == [0, 2]
    assert len((await calls.ask(steward, "imports"))["items"]) == 1


async def test_two_sources_of_one_publication_sent_at_once_are_one(steward: httpx.AsyncClient) -> None:
    both = (("scopus", files.scopus(paper(1))), ("scival", files.scival(files.measured(1))))
    await asyncio.gather(*(calls.take(steward, source, content) for source, content in both))
    assert await calls.ids(steward) == [files.ref(1)]


async def test_the_same_file_on_another_day_changes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    """A file that does not say when it was exported is no newer for being sent again."""
    content = files.scopus(paper(1, (PERRIN, ALPHA)))
    await calls.take(steward, "scopus", content)
    await _long_ago(service)
    before, events = await calls.state(steward), await calls.last_event(service.database)
    assert calls.numbers(await calls.take(steward, "scopus", content)) == (0, 0, 1, 0, 0)
    assert await calls.state(steward) == before
    assert await calls.last_event(service.database) == events


async def test_a_file_without_a_day_is_newer_than_those_of_the_days_before(
    service: Service, steward: httpx.AsyncClient
) -> None:
    await calls.take(steward, "scopus", files.scopus(paper(1, **{"Cited by": "12"})))
    await _long_ago(service)
    report = await calls.take(steward, "scopus", files.scopus(paper(1, **{"Cited by": "4"})))
    (publication,) = await calls.publications(steward)
    assert (report["updated"], publication["citations"]) == (1, 4)


async def test_what_an_old_export_said_and_a_later_one_says_again_is_the_newest_word(
    steward: httpx.AsyncClient,
) -> None:
    for day, count in (("2026-01-01", "5"), ("2026-02-01", "6"), ("2026-03-01", "5")):
        await calls.take(steward, "scopus", files.scopus(paper(1, **{"Cited by": count})), extractedOn=day)
    (publication,) = await calls.publications(steward)
    assert publication["citations"] == 5


async def test_a_row_that_moves_takes_its_counts_with_it(steward: httpx.AsyncClient) -> None:
    """A later export gives another address and another year: nothing is left of the former ones."""
    await calls.take(steward, "scopus", files.scopus(paper(1, (PERRIN, ALPHA))), extractedOn="2026-01-01")
    moved = files.scopus(paper(1, (60, BETA), year=2024))
    await calls.take(steward, "scopus", moved, extractedOn="2026-02-01")
    assert calls.by_entity(await calls.counts(steward, year=2023)) == {"alpha": 0, "beta": 0, "gamma": 0}
    assert calls.by_entity(await calls.counts(steward, year=2024)) == {"alpha": 0, "beta": 1, "gamma": 0}


async def _long_ago(service: Service) -> None:
    """As if all that was imported had been on another day."""
    async with service.database.transaction() as session:
        await session.execute(update(ImportRow).values(imported_at=LONG_AGO))
        await session.execute(update(SnapshotRow).values(extracted_on=date(2025, 1, 1)))
