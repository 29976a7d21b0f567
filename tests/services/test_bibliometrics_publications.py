"""One publication whatever the sources that tell of it and the order of their files; and all that explains it."""

from collections.abc import AsyncIterator
from itertools import permutations
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import Databases, Folder

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, BETA, GAMMA, PERRIN, deposit, measured, paper, work
from .conftest import Service

BOOK = {"isbn_s": "9782000000001", "authIdHasStructure_fs": ["1-1_FacetSep_Xavier Tiers_JoinSep_500002_FacetSep_Bêta"]}
FOUR = (
    ("scopus", files.scopus(
        paper(1, (PERRIN, ALPHA)), paper(2, (60, BETA)), paper(3, (60, GAMMA), DOI="10.9999/book"),
        paper(4, (60, GAMMA), DOI="10.9999/book"), paper(5, (60, ALPHA), **{"Document Type": "Erratum"}),
    )),
    ("scival", files.scival(measured(1), measured(2), measured(6), dataset="Publications at École Gamma")),
    ("hal", files.hal(
        deposit(1, "ART", doiId_s="10.9999/inv.1"), deposit(7, "OUV", **BOOK), deposit(8, "ART"),
        deposit(2, "ART", title_s=["Bread ovens seen by radio telescopes"], doiId_s="10.9999/other"),
        deposit(12, "ART", title_s=["Chess endings played by two octopuses"]),
    )),
    ("openalex", files.openalex(
        work(1, BETA), work(9, ALPHA), work(7, BETA, doi=None, type="book", publication_year=2023),
        work(12, ALPHA, doi=None),
    )),
)  # fmt: skip
"""Of each source some that others know, some that they do not, a container, look-alikes and what does not count."""


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward") as client:
        await calls.load(client)
        yield client


async def test_every_source_of_a_publication_makes_one(steward: httpx.AsyncClient) -> None:
    for source, content in FOUR:
        await calls.take(steward, source, content)
    listed = {each["id"]: each for each in await calls.publications(steward)}
    first = listed[files.ref(1)]
    assert first["sources"] == ["scopus", "scival", "hal", "openalex"]
    assert first["refs"] == ["hal:hal-09990001", "openalex:W990001", "scival:85000000001", files.ref(1)]
    assert [each["entity"] for each in first["attributions"]] == ["alpha", "beta", "gamma"]
    assert (listed[files.ref(2)]["sources"], listed["scival:85000000006"]["excluded"]) == (["scopus", "scival"], None)
    assert listed["hal:hal-09990007"]["sources"] == ["hal", "openalex"]
    reasons = {name: each["excluded"] for name, each in listed.items() if each["excluded"]}
    assert reasons == {
        files.ref(5): "erratum", "hal:hal-09990008": "hal_outside_scope", "hal:hal-09990002": "hal_outside_scope",
        "hal:hal-09990012": "hal_outside_scope", "openalex:W990009": "cross_check_only",
        "openalex:W990012": "cross_check_only",
    }  # fmt: skip
    counted = await calls.counts(steward, year=2023)
    assert calls.by_entity(counted) == {"alpha": 1, "beta": 3, "gamma": 5}
    assert calls.together(counted) == (9, 3, 6)


async def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    """All the orders of four files, without a day as with one."""
    found = []
    for rank, order in enumerate(permutations(FOUR)):
        (tmp_path / str(rank)).mkdir()
        found.append(await _after(order, tmp_path / str(rank)))
    assert len(found) == 24
    assert found[0]["review"]
    assert [each["doi"] for each in found[0]["containers"]] == ["10.9999/book"]
    assert all(each == found[0] for each in found)


async def _after(order: tuple[tuple[str, bytes], ...], folder: Path) -> dict[str, Any]:
    async with calls.opened(Folder(folder), folder) as service, service.client("steward") as client:
        await calls.load(client)
        for source, content in order:
            await calls.take(client, source, content, extractedOn="2026-03-01")
        return {
            "publications": await calls.publications(client),
            "counts": [await _counted(client, perimeter) for perimeter in ("whole", "permanent")],
            "review": (await calls.ask(client, "review"))["items"],
            "containers": (await calls.ask(client, "container-dois"))["items"],
        }


async def _counted(client: httpx.AsyncClient, perimeter: str) -> dict[str, Any]:
    return await calls.counts(client, perimeter=perimeter) | {"watermark": None}


async def test_a_publication_is_explained_to_the_row_of_each_file(steward: httpx.AsyncClient) -> None:
    imported = {source: (await calls.take(steward, source, content))["id"] for source, content in FOUR}
    found = await calls.ask(steward, f"publications/{files.ref(2)}")
    assert [(each["source"], each["key"]) for each in found["records"]] == [
        ("scival", "85000000002"), ("scopus", "85000000002"),
    ]  # fmt: skip
    assert [(each["ref"], each["row"], each["import_id"]) for each in found["snapshots"]] == [
        ("scival:85000000002", 14, imported["scival"]), (files.ref(2), 3, imported["scopus"]),
    ]  # fmt: skip
    (merge,) = found["merges"]
    assert merge["links"] == [["scival:85000000002", files.ref(2), "eid", "85000000002"]]
    beta, gamma = (each["evidence"] for each in found["attributions"])
    assert [(each["rule"], each["value"], each["text"], each["record"]) for each in beta] == [
        ("name_pattern", "École Bêta", BETA, files.ref(2)),
    ]  # fmt: skip
    assert [(each["rule"], each["text"]) for each in gamma] == [("name_pattern", "Publications at École Gamma")]


async def test_staff_that_signs_is_given_as_the_reason(steward: httpx.AsyncClient) -> None:
    await calls.take(steward, "scopus", files.scopus(paper(1, (PERRIN, ALPHA))))
    found = await calls.ask(steward, f"publications/{files.ref(1)}")
    (alpha,) = found["attributions"]
    assert (alpha["permanent"], alpha["whole"]) == (True, True)
    assert [(each["perimeter"], each["rule"], each["value"]) for each in alpha["evidence"]] == [
        ("permanent", "staff_scopus_author_id", "p1"), ("whole", "name_pattern", "École Alpha"),
    ]  # fmt: skip


async def test_each_export_of_a_record_is_kept_with_its_row(steward: httpx.AsyncClient) -> None:
    for day, rows in (("2026-01-01", [paper(1)]), ("2026-02-01", [paper(2), paper(1, **{"Cited by": "7"})])):
        await calls.take(steward, "scopus", files.scopus(*rows), extractedOn=day)
    found = await calls.ask(steward, f"publications/{files.ref(1)}")
    kept = sorted((each["extracted_on"], each["row"]) for each in found["snapshots"])
    assert kept == [("2026-01-01", 2), ("2026-02-01", 3)]


async def test_any_record_of_a_publication_leads_to_it(steward: httpx.AsyncClient) -> None:
    for source, content in FOUR:
        await calls.take(steward, source, content)
    whole = await calls.ask(steward, f"publications/{files.ref(1)}")
    for name in whole["refs"]:
        assert await calls.ask(steward, f"publications/{name}") == whole
    assert (await steward.get(f"{calls.V1}/publications/scopus:1")).status_code == 404
