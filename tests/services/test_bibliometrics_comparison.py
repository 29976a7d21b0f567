"""What changed between two extractions: each change under its name, with the publication before and after."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import Databases
from tests.importing.scival_files import FIELD_WEIGHTED

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import bibliometrics_scene as scene
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper, ref

KINDS = (
    "added", "removed", "moved", "changed_percentile", "changed_year", "changed_type", "changed_exclusion",
)  # fmt: skip
PERCENTILE, YEAR, TYPE, MOVED, REMOVED, NOTICE, SAME, ADDED, OTHER = (ref(number) for number in range(1, 10))


@pytest.fixture
async def steward(databases: Databases, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    service = await calls.service(databases, tmp_path)
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        yield client


@pytest.fixture
async def twice(steward: httpx.AsyncClient) -> httpx.AsyncClient:
    """Seven publications are frozen, then one changes in each way, and they are frozen again."""
    rows = [paper(number, (PERRIN, ALPHA)) for number in range(1, 8)]
    await calls.take(steward, "scopus", files.scopus(*rows), extractedOn="2026-03-01")
    await calls.take(steward, "scival", cited("8"))
    await scene.frozen(steward, "avant")
    rows[1]["Year"] = "2024"
    rows[2]["Document Type"] = "Review"
    rows[5]["Document Type"] = "Erratum"
    later = files.scopus(*rows, paper(8, (60, BETA)))
    await calls.take(steward, "scopus", later, extractedOn="2026-09-01")
    await calls.take(steward, "scival", cited("12", exported="1 September 2026"))
    await scene.accepted(steward, MOVED, "beta")
    await scene.accepted(steward, REMOVED, "alpha", "removed")
    await scene.frozen(steward, "apres")
    return steward


def cited(percentile: str, exported: str = "3 March 2026") -> bytes:
    return files.scival(files.measured(1, **{FIELD_WEIGHTED: percentile}), exported=exported)


async def compare(client: httpx.AsyncClient, after: str, before: str) -> dict[str, list[Any]]:
    found = await calls.ask(client, f"extractions/{after}/comparison", **{"with": before})
    assert (found.pop("before"), found.pop("after")) == (before, after)
    assert list(found) == list(KINDS)
    return found


async def test_each_change_is_under_its_name(twice: httpx.AsyncClient) -> None:
    found = await compare(twice, "apres", "avant")
    assert {kind: [each["id"] for each in changes] for kind, changes in found.items()} == {
        "added": [ADDED],
        "removed": [REMOVED],
        "moved": [MOVED],
        "changed_percentile": [PERCENTILE],
        "changed_year": [YEAR],
        "changed_type": [TYPE, NOTICE],
        "changed_exclusion": [NOTICE],
    }


async def test_each_change_shows_what_was_and_what_is(twice: httpx.AsyncClient) -> None:
    found = await compare(twice, "apres", "avant")

    def change(kind: str, part: str) -> tuple[Any, Any]:
        first = found[kind][0]
        return tuple(first[side] and first[side][part] for side in ("before", "after"))

    assert change("added", "whole") == (None, ["beta"])
    assert change("removed", "whole") == (["alpha"], None)
    assert change("moved", "whole") == (["alpha"], ["alpha", "beta"])
    assert change("moved", "permanent") == (["alpha"], ["alpha"])
    assert change("changed_percentile", "percentile") == ("8", "12")
    assert change("changed_year", "year") == (2023, 2024)
    assert change("changed_type", "type") == ("article", "review")
    assert change("changed_exclusion", "excluded") == (None, "erratum")
    assert found["added"][0]["after"]["title"] == files.TITLES[7]


async def test_the_other_way_round_what_came_has_gone(twice: httpx.AsyncClient) -> None:
    found = await compare(twice, "avant", "apres")
    assert ([each["id"] for each in found["added"]], [each["id"] for each in found["removed"]]) == ([REMOVED], [ADDED])
    assert (found["changed_year"][0]["before"]["year"], found["changed_year"][0]["after"]["year"]) == (2024, 2023)


async def test_nothing_changed_since_itself(twice: httpx.AsyncClient) -> None:
    assert await compare(twice, "apres", "apres") == {kind: [] for kind in KINDS}


async def test_two_that_became_one_are_one_that_moved_and_one_that_went(steward: httpx.AsyncClient) -> None:
    await calls.take(steward, "scopus", scene.alike())
    await scene.frozen(steward, "avant")
    await scene.decided(steward, scene.ONE, scene.TWO)
    await scene.frozen(steward, "apres")
    found = await compare(steward, "apres", "avant")
    assert [each["id"] for each in found["removed"]] == [scene.TWO]
    assert [each["after"]["whole"] for each in found["moved"]] == [["alpha", "beta"]]


async def test_extractions_of_two_contracts_are_not_compared(steward: httpx.AsyncClient) -> None:
    other = files.package()
    other["contract"] = [files.header(code="austral", end_year=2026)]
    assert (await steward.put(f"{scene.V1}/contracts/austral", json=other)).status_code == 200
    await calls.take(steward, "scopus", files.scopus(paper(1, (PERRIN, ALPHA))))
    mine, theirs = await scene.frozen(steward, "avant"), await scene.frozen(steward, "ailleurs", contract="austral")
    for name in (theirs["id"], theirs["code"]):
        answer = await steward.get(f"{scene.V1}/extractions/{mine['id']}/comparison", params={"with": name})
        assert (answer.status_code, "connues\u00a0: avant" in answer.json()["detail"]) == (404, True)


async def test_contracts_may_have_extractions_of_one_code(steward: httpx.AsyncClient) -> None:
    other = files.package()
    other["contract"] = [files.header(code="austral", end_year=2026)]
    await steward.put(f"{scene.V1}/contracts/austral", json=other)
    await calls.take(steward, "scopus", files.scopus(paper(1, (PERRIN, ALPHA))))
    for code in ("avant", "apres"):
        await scene.frozen(steward, code)
        await scene.frozen(steward, code, contract="austral")
    answer = await steward.get(f"{scene.V1}/extractions/apres")
    assert (answer.status_code, "précisez" in answer.json()["detail"]) == (422, True)
    found = await calls.ask(steward, "extractions/apres/comparison", **{"with": "avant", "contract": "austral"})
    assert (found["before"], found["after"]) == ("avant", "apres")


async def test_what_is_compared_must_be_said_and_known(steward: httpx.AsyncClient) -> None:
    await calls.take(steward, "scopus", files.scopus(paper(1, (PERRIN, ALPHA))))
    row = await scene.frozen(steward, "avant")
    address = f"{scene.V1}/extractions/{row['id']}/comparison"
    assert (await steward.get(address)).status_code == 422
    assert (await steward.get(address, params={"with": "jamais"})).status_code == 404
