"""Fetching from Scopus: every page once, by the best means that the key is entitled to, and all imported in the end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.bibliometrics.domain.publication import Source
from shared.database import Database

from .bibliometrics_calls import plain
from .bibliometrics_fetches import SCOPUS, Row, Town, alone, town
from .scopus_server import KEY, TOKEN, ScopusServer, affiliation, entry


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with alone(tmp_path) as found:
        yield found


@pytest.fixture
def scopus() -> ScopusServer:
    return ScopusServer([entry(number) for number in range(60)])


@pytest.fixture
async def asking(database: Database, tmp_path: Path, scopus: ScopusServer) -> AsyncIterator[Town]:
    async with town(database, tmp_path, Source.SCOPUS, scopus) as found:
        yield found


def codes(fetch: Row) -> list[str]:
    return [each["code"] for each in fetch["report"]["findings"]]


async def test_every_page_is_asked_for_once_and_everything_is_imported(asking: Town, scopus: ScopusServer) -> None:
    fetch = await asking.fetch(SCOPUS)
    assert (fetch["status"], fetch["pages"], fetch["received"], fetch["total"]) == ("done", 3, 60, 60)
    assert scopus.positions == ["*", "Ab=/+25", "Ab=/+50"]
    assert len(await asking.keys()) == 60


async def test_the_import_says_what_it_came_from(asking: Town) -> None:
    fetch = await asking.fetch(SCOPUS)
    assert fetch["report"]["created"] == 60
    assert (fetch["report"]["source"], fetch["report"]["layout"]) == ("scopus", "scopus-search-api")
    assert (fetch["report"]["extracted_on"], fetch["report"]["announced"]) == ("2026-05-04", 60)
    imported = await asking.ask(f"imports/{fetch['import_id']}")
    assert (imported["dataset"], imported["sha256"]) == ("AF-ID(60000001)", fetch["report"]["sha256"])


async def test_the_years_are_added_to_the_search(asking: Town, scopus: ScopusServer) -> None:
    fetch = await asking.fetch({**SCOPUS, "years": [2025, 2024]})
    assert fetch["query"] == ["(AF-ID(60000001)) AND (PUBYEAR IS 2024 OR PUBYEAR IS 2025)"]
    assert scopus.asked[0]["query"] == "(AF-ID(60000001)) AND (PUBYEAR IS 2024 OR PUBYEAR IS 2025)"


async def test_the_keys_are_sent_as_headers(asking: Town, scopus: ScopusServer) -> None:
    await asking.fetch(SCOPUS)
    assert (scopus.headers[0]["x-els-apikey"], scopus.headers[0]["x-els-insttoken"]) == (KEY, TOKEN)
    assert scopus.asked[0] == {"query": "AF-ID(60000001)", "view": "COMPLETE", "count": "25", "cursor": "*"}


async def test_what_is_left_of_the_quota_is_known(asking: Town) -> None:
    fetch = await asking.fetch(SCOPUS)
    assert (fetch["remaining"], fetch["resets_at"]) == (19_997, "2026-05-12T00:00:00Z")


async def test_no_more_than_six_requests_go_in_a_second(asking: Town) -> None:
    await asking.fetch(SCOPUS)
    assert asking.time.slept == pytest.approx([1 / 6, 1 / 6])


async def test_nothing_found_is_done(asking: Town, scopus: ScopusServer) -> None:
    scopus.entries = ()
    fetch = await asking.fetch(SCOPUS)
    assert (fetch["status"], fetch["total"], fetch["import_id"]) == ("done", 0, None)
    assert codes(fetch) == ["no_record"]


async def test_one_result_may_come_by_itself(asking: Town, scopus: ScopusServer) -> None:
    scopus.entries = [entry(1)]
    assert (await asking.fetch(SCOPUS))["received"] == 1
    assert await asking.keys() == ["scopus:85000000001"]


async def test_pages_may_be_smaller_than_asked_for(asking: Town, scopus: ScopusServer) -> None:
    scopus.largest_page = 20
    assert (await asking.fetch(SCOPUS))["status"] == "done"
    assert scopus.positions == ["*", "Ab=/+20", "Ab=/+40"]


async def test_without_the_complete_view_the_standard_one_is_taken(asking: Town, scopus: ScopusServer) -> None:
    scopus.is_complete = False
    fetch = await asking.fetch(SCOPUS)
    assert [each["view"] for each in scopus.asked] == ["COMPLETE", "STANDARD"]
    assert "vue STANDARD" in fetch["note"]
    assert codes(fetch) == ["first_authors"]


async def test_a_key_without_subscription_gets_pages_of_25(asking: Town, scopus: ScopusServer) -> None:
    scopus.is_complete, scopus.most = False, 25
    assert (await asking.fetch(SCOPUS))["received"] == 60
    assert [each["count"] for each in scopus.asked] == ["25", "200", "25", "25", "25"]


async def test_without_cursors_results_are_asked_for_by_rank(asking: Town, scopus: ScopusServer) -> None:
    scopus.has_cursor, scopus.largest_page = False, 20
    fetch = await asking.fetch(SCOPUS)
    assert (fetch["status"], scopus.positions) == ("done", ["*", "0", "20", "40"])
    assert "5000 résultats" in fetch["note"]


async def test_by_rank_more_than_5000_results_are_refused(asking: Town, scopus: ScopusServer) -> None:
    scopus.has_cursor, scopus.announced = False, 5001
    fetch = await asking.fetch(SCOPUS)
    assert (fetch["status"], fetch["pages"]) == ("failed", 0)
    assert plain(fetch["message"]).endswith("par recherche : faites une recherche par année")


async def test_authors_beyond_the_hundredth_are_missed_aloud(asking: Town, scopus: ScopusServer) -> None:
    scopus.entries = [entry(1, **{"author-count": {"@limit": "100", "@total": "143", "$": "143"}}), entry(2)]
    fetch = await asking.fetch(SCOPUS)
    (finding,) = fetch["report"]["findings"]
    assert (finding["code"], finding["severity"]) == ("cut_authors", "warning")
    assert "100 premiers : 1 ;" in plain(finding["message"])


async def test_an_affiliation_without_identifier_is_kept_as_text(asking: Town, scopus: ScopusServer) -> None:
    scopus.entries = [entry(1, affiliation=affiliation("", "Labo Un", "Brest"))]
    await asking.fetch(SCOPUS)
    record = (await asking.ask("publications/scopus:85000000001"))["records"][0]
    assert record["affiliations"] == ["Labo Un, Brest, France"]
