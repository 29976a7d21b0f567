"""A fetch that stops goes on where it stopped, from the database alone: after a quota, a crash, or too long a call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.bibliometrics.commands import imports
from services.bibliometrics.domain.publication import Source
from services.bibliometrics.tables import SCHEMA, FetchPageRow
from shared.database import Database
from shared.migrations import Schema

from .bibliometrics_calls import plain
from .bibliometrics_fetches import AN_EVENING, SCOPUS, Town, posted, town
from .scopus_server import EXCEEDED, ScopusServer, entry, error


@pytest.fixture
def schema() -> Schema:
    return SCHEMA


@pytest.fixture
def scopus() -> ScopusServer:
    return ScopusServer([entry(number) for number in range(60)])


@pytest.fixture
async def asking(database: Database, tmp_path: Path, scopus: ScopusServer) -> AsyncIterator[Town]:
    async with town(database, tmp_path, Source.SCOPUS, scopus) as found:
        yield found


async def test_a_quota_that_is_used_up_says_when_it_is_whole_again(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {2: EXCEEDED}
    answer = await posted(asking, SCOPUS)
    assert (answer.status_code, answer.json()["status"], answer.json()["received"]) == (202, "paused", 25)
    assert (answer.json()["remaining"], answer.json()["resumes_at"]) == (0, "2026-05-12T00:00:00Z")
    left = datetime(2026, 5, 12, tzinfo=UTC) - AN_EVENING
    assert int(answer.headers["Retry-After"]) == int(left.total_seconds())
    assert await asking.keys() == []


async def test_after_a_quota_only_what_is_missing_is_asked_for(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {2: EXCEEDED}
    paused = await asking.fetch(SCOPUS, 202)
    done = await asking.resume(paused["id"])
    assert (done["status"], done["received"]) == ("done", 60)
    assert scopus.positions == ["*", "Ab=/+25", "Ab=/+25", "Ab=/+50"]
    assert len(await asking.keys()) == 60


async def test_the_same_search_is_resumed_rather_than_begun_again(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {3: EXCEEDED}
    paused = await asking.fetch(SCOPUS, 202)
    done = await asking.fetch(SCOPUS)
    assert (done["id"], done["status"]) == (paused["id"], "done")
    assert scopus.positions == ["*", "Ab=/+25", "Ab=/+50", "Ab=/+50"]


async def test_pages_of_several_days_are_said_to_be_and_dated_of_the_first(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {2: EXCEEDED}
    paused = await asking.fetch(SCOPUS, 202)
    asking.time.at = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
    done = await asking.resume(paused["id"])
    (finding,) = done["report"]["findings"]
    assert (finding["code"], done["report"]["extracted_on"]) == ("several_days", "2026-05-04")
    assert "du 04/05/2026 au 12/05/2026" in finding["message"]


async def test_a_crash_between_two_pages_loses_and_doubles_nothing(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {3: None}
    call = asyncio.create_task(asking.fetch(SCOPUS))
    await scopus.hanging.wait()
    call.cancel()
    with suppress(asyncio.CancelledError):
        await call
    scopus.released.set()
    (interrupted,) = (await asking.ask("fetches"))["items"]
    assert (interrupted["status"], interrupted["pages"]) == ("running", 2)
    done = await asking.resume(interrupted["id"])
    assert (done["status"], done["received"], done["pages"]) == ("done", 60, 3)
    assert scopus.positions == ["*", "Ab=/+25", "Ab=/+50", "Ab=/+50"]
    assert len(await asking.keys()) == 60


async def test_a_crash_before_the_import_asks_for_nothing_again(
    asking: Town, scopus: ScopusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(imports, "take", _crash)
        await asking.fetch(SCOPUS, 500)
    (interrupted,) = (await asking.ask("fetches"))["items"]
    assert (interrupted["status"], interrupted["received"], await asking.keys()) == ("running", 60, [])
    assert (await asking.resume(interrupted["id"]))["status"] == "done"
    assert (len(scopus.asked), len(await asking.keys())) == (3, 60)


async def _crash(*_asked: object) -> None:
    raise RuntimeError("the process ends here")


async def test_of_two_calls_on_one_fetch_one_alone_goes_on(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {2: None}
    first = asyncio.create_task(asking.fetch(SCOPUS, 409))
    await scopus.hanging.wait()
    second = await asking.fetch(SCOPUS)
    assert (second["status"], second["received"]) == ("done", 60)
    scopus.released.set()
    assert "Un autre appel poursuit déjà cette interrogation" in (await first)["detail"]
    assert len(await asking.keys()) == 60


async def test_a_call_that_lasts_too_long_is_to_be_resumed(
    database: Database, tmp_path: Path, scopus: ScopusServer
) -> None:
    async with town(database, tmp_path, Source.SCOPUS, scopus, seconds=0.1) as asking:
        answer = await posted(asking, SCOPUS)
        assert (answer.status_code, answer.headers["Retry-After"]) == (202, "0")
        assert (answer.json()["status"], answer.json()["pages"]) == ("paused", 2)
        assert "rien n’est perdu" in answer.json()["message"]
        assert (await asking.fetch(SCOPUS))["status"] == "done"
        assert len(scopus.asked) == 3


async def test_pages_are_kept_until_they_are_imported(asking: Town, scopus: ScopusServer, database: Database) -> None:
    scopus.troubles = {3: EXCEEDED}
    paused = await asking.fetch(SCOPUS, 202)
    assert await _pages(database) == 2
    await asking.resume(paused["id"])
    assert await _pages(database) == 0


async def _pages(database: Database) -> int | None:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(FetchPageRow))


async def test_what_is_done_is_not_asked_for_again_by_resuming(asking: Town, scopus: ScopusServer) -> None:
    done = await asking.fetch(SCOPUS)
    assert await asking.resume(done["id"]) == done
    assert len(scopus.asked) == 3


async def test_what_is_done_is_asked_for_anew_by_the_same_search(asking: Town, scopus: ScopusServer) -> None:
    first = await asking.fetch(SCOPUS)
    second = await asking.fetch(SCOPUS)
    assert second["id"] != first["id"]
    assert (second["report"]["unchanged"], second["import_id"]) == (60, None)
    assert [each["id"] for each in (await asking.ask("fetches"))["items"]] == [second["id"], first["id"]]


async def test_too_many_requests_of_a_moment_are_waited_for_in_the_call(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {2: error(429, "RATE_LIMIT", "Too many requests", Retry_After="3")}
    assert (await asking.fetch(SCOPUS))["status"] == "done"
    assert asking.time.pauses == [3]


async def test_too_many_requests_for_long_are_to_be_resumed_soon(asking: Town, scopus: ScopusServer) -> None:
    busy = error(429, "RATE_LIMIT", "Too many requests")
    scopus.troubles = dict.fromkeys((2, 3, 4, 5), busy)
    answer = await posted(asking, SCOPUS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (202, "60")
    assert plain(answer.json()["message"]) == "la source reçoit trop de requêtes : reprenez plus tard"
    assert (await asking.fetch(SCOPUS))["received"] == 60


async def test_an_unknown_fetch_is_not_found(asking: Town) -> None:
    problem = await asking.resume("inconnue", 404)
    assert problem["detail"] == "Aucune interrogation n’a cet identifiant."


async def test_a_fetch_says_what_its_reader_may_do(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {2: EXCEEDED}
    paused = await asking.fetch(SCOPUS, 202)
    assert paused["allowedActions"] == ["resume"]
    assert (await asking.ask(f"fetches/{paused['id']}"))["allowedActions"] == []
    assert (await asking.resume(paused["id"]))["allowedActions"] == []
