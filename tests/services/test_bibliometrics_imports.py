"""Importing a file over HTTP: what its report says, what a trial writes, and what a second time changes."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper
from .conftest import Service

SHA256_LETTERS = 64
TWO = files.scopus(paper(1, (PERRIN, ALPHA)), paper(2, (PERRIN, ALPHA), (60, BETA)))


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        yield client


async def test_the_report_says_what_became_of_every_row(steward: httpx.AsyncClient) -> None:
    erratum, retracted = paper(2, **{"Document Type": "Erratum"}), paper(3, **{"Document Type": "Retracted"})
    rows = [paper(1), paper(1), erratum, erratum, retracted]
    report = await calls.take(steward, "scopus", files.scopus(*rows), name="a.csv", extractedOn="2026-03-01")
    assert report.pop("findings") == []
    assert len(report.pop("sha256")) == SHA256_LETTERS
    assert report.pop("id")
    assert report == {
        "received": 5, "created": 3, "updated": 0, "unchanged": 0, "rejected": 0, "duplicates": 2,
        "excluded": {"erratum": 1, "retracted": 1}, "extracted_on": "2026-03-01", "updated_on": None,
        "layout": "scopus-d-2023", "source": "scopus", "filename": "a.csv", "dataset": "", "announced": None,
        "dryRun": False,
    }  # fmt: skip


async def test_the_file_is_listed_with_its_report_and_who_sent_it(steward: httpx.AsyncClient) -> None:
    report = await calls.take(steward, "scopus", TWO, name="a.csv")
    (listed,) = (await calls.ask(steward, "imports"))["items"]
    assert (listed["id"], listed["filename"], listed["imported_by"]) == (report["id"], "a.csv", "camille")
    assert listed["report"]["created"] == 2
    assert await calls.ask(steward, f"imports/{report['id']}") == listed


async def test_an_import_that_nobody_made_is_not_found(steward: httpx.AsyncClient) -> None:
    assert (await steward.get(f"{calls.V1}/imports/jamais")).status_code == 404


async def test_a_trial_gives_the_report_and_writes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    before, events = await calls.state(steward), await calls.last_event(service.database)
    trial = await calls.take(steward, "scopus", TWO, dryRun="true", extractedOn="2026-03-01")
    assert (trial["created"], trial["dryRun"]) == (2, True)
    assert await calls.state(steward) == before
    assert await calls.last_event(service.database) == events
    done = await calls.take(steward, "scopus", TWO, extractedOn="2026-03-01")
    assert done | {"id": trial["id"], "dryRun": True} == trial


async def test_a_trial_names_no_import_as_there_is_none(steward: httpx.AsyncClient) -> None:
    trial = await calls.take(steward, "scopus", TWO, dryRun="true")
    assert trial.get("id") is None


async def test_the_same_file_again_changes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    await calls.take(steward, "scopus", TWO)
    before, events = await calls.state(steward), await calls.last_event(service.database)
    again = await calls.take(steward, "scopus", TWO, name="another-name.csv")
    assert calls.numbers(again) == (0, 0, 2, 0, 0)
    assert await calls.state(steward) == before
    assert await calls.last_event(service.database) == events


async def test_the_rows_in_another_order_change_nothing(steward: httpx.AsyncClient) -> None:
    await calls.take(steward, "scopus", files.scopus(paper(1), paper(2)), extractedOn="2026-03-01")
    before = await calls.state(steward)
    again = await calls.take(steward, "scopus", files.scopus(paper(2), paper(1)), extractedOn="2026-03-01")
    assert calls.numbers(again) == (0, 0, 2, 0, 0)
    assert await calls.state(steward) == before


async def test_a_newer_export_updates_and_an_older_one_no_more(steward: httpx.AsyncClient) -> None:
    cited = [files.scopus(paper(1, **{"Cited by": count})) for count in ("3", "9", "1")]
    await calls.take(steward, "scopus", cited[0], extractedOn="2026-02-01")
    newer = await calls.take(steward, "scopus", cited[1], extractedOn="2026-03-01")
    older = await calls.take(steward, "scopus", cited[2], extractedOn="2026-01-01")
    assert (calls.numbers(newer), calls.numbers(older)) == ((0, 1, 0, 0, 0), (0, 0, 1, 0, 0))
    assert [each["code"] for each in older["findings"] if each["code"] in {"overtaken", "undated"}] == ["overtaken"]
    assert "overtaken" not in {each["code"] for each in newer["findings"]}
    (publication,) = await calls.publications(steward)
    assert publication["citations"] == 9


async def test_a_file_that_tells_no_day_says_so(steward: httpx.AsyncClient) -> None:
    report = await calls.take(steward, "scopus", files.scopus(paper(1)))
    assert (report["extracted_on"], "undated" in {each["code"] for each in report["findings"]}) == (None, True)


async def test_columns_that_a_later_export_lacks_erase_nothing(steward: httpx.AsyncClient) -> None:
    signed = paper(1, (PERRIN, ALPHA))
    await calls.take(steward, "scopus", files.scopus(signed), extractedOn="2026-02-01")
    unticked = ["Affiliations", "Authors with affiliations", "Author(s) ID", "Author full names", "DOI"]
    later = files.scopus(signed | {"Cited by": "8"}, without=unticked)
    report = await calls.take(steward, "scopus", later, extractedOn="2026-03-01")
    assert report["updated"] == 1
    (publication,) = await calls.publications(steward)
    assert [each["entity"] for each in publication["attributions"]] == ["alpha"]
    assert (publication["doi"], publication["citations"]) == ("10.9999/inv.1", 8)
    assert calls.by_entity(await calls.counts(steward, perimeter="permanent"))["alpha"] == 1


async def test_an_empty_export_is_taken_as_nothing(steward: httpx.AsyncClient) -> None:
    before = await calls.state(steward)
    report = await calls.take(steward, "scopus", files.scopus())
    assert (report["received"], calls.numbers(report)) == (0, (0, 0, 0, 0, 0))
    assert await calls.state(steward) == before


async def test_titles_and_identifiers_of_any_length_are_kept(steward: httpx.AsyncClient) -> None:
    """A database bounds its columns; a title or a DOI of a damaged file may be of any length."""
    long = paper(1, Title="Très longue étude " * 300, DOI=f"10.9999/{'x' * 900}")
    await calls.take(steward, "scopus", files.scopus(long, paper(2, Title="Z" * 5000)))
    bare = {"EID": "", "Link": "", "Title": "Sans EID"}
    await calls.take(steward, "scopus", files.scopus(long | bare, long | bare | {"DOI": ""}))
    rows = [{name: cell for name, cell in files.measured(3, DOI=f"10.9999/{'y' * 900}").items() if name != "EID"}]
    await calls.take(steward, "scival", files.scival(*rows))
    listed = await calls.publications(steward)
    assert len(listed) >= 4
    for each in listed:
        assert (await steward.get(f"{calls.V1}/publications/{each['id']}".replace("#", "%23"))).status_code == 200
