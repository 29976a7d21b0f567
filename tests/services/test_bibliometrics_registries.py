"""A contract's registry: loaded alone or with its package, and what a new version changes at once in the counts."""

import csv
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services import embedded, loading
from tests.conftest import settings_in
from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import essai
from .bibliometrics_files import ALPHA, BETA, FORMER, PERRIN, paper
from .conftest import Service
from .test_bibliometrics_counts import PLAIN


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """Three publications are in, and no contract."""
    rows = [paper(1, (PERRIN, ALPHA)), paper(2, (60, BETA)), paper(3, (61, FORMER))]
    async with service.client("steward") as client:
        await calls.take(client, "scopus", files.scopus(*rows))
        yield client


async def test_as_long_as_there_is_no_contract_nothing_is_anybody_s(steward: httpx.AsyncClient) -> None:
    found = await calls.counts(steward, year=2023)
    assert (found["entities"], calls.together(found), found["missing"]) == ([], (0, 0, 0), ["no_registry"])
    assert (found["contract"], found["group"], found["watermark"]) == (None, None, "bibliometrics@1")
    assert [each["attributions"] for each in await calls.publications(steward)] == [[], [], []]


async def test_a_contract_that_comes_after_the_files_counts_them(steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    assert calls.by_entity(await calls.counts(steward)) == {"alpha": 1, "beta": 1, "gamma": 0}


async def test_new_affiliations_change_what_is_counted_at_once(steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    package = files.package()
    package["affiliations"] += [files.signing("gamma", "name_pattern", "Institut Ancien", valid_from="2023")]
    package["affiliations"] = [each for each in package["affiliations"] if each["value"] != "École Bêta"]
    await calls.load(steward, package)
    assert calls.by_entity(await calls.counts(steward, year=2023)) == {"alpha": 1, "beta": 0, "gamma": 1}
    assert await calls.ids(steward, entity="gamma") == [files.ref(3)]
    summary = await calls.ask(steward, "contracts/boreal")
    assert (summary["version"], summary["affiliations_version"], summary["staff_version"]) == (2, 2, 1)


async def test_what_a_version_changes_is_told_and_nothing_else(service: Service, steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    before = await calls.last_event(service.database)
    package = files.package()
    package["affiliations"] += [files.signing("gamma", "name_pattern", "Institut Ancien")]
    await calls.load(steward, package)
    defined, *counted = [row for row in await calls.events(service.database) if row.id > before]
    assert defined.type.endswith("measures-defined.v1")
    told = {row.subject.split("/current/")[1]: json.loads(row.data)["value"] for row in counted}
    assert {name: value for name, value in told.items() if name.startswith("publications/")} == {
        "publications/whole/2023/gamma": "1", "publications/whole/2023/groupe": "3",
    }  # fmt: skip


async def test_the_same_registry_again_changes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    before, events = await calls.state(steward), await calls.last_event(service.database)
    plan = await calls.load(steward)
    assert (plan["created"], plan["updated"], plan["removed"], plan["rejected"]) == (0, 0, 0, 0)
    assert await calls.state(steward) == before
    assert await calls.last_event(service.database) == events


async def test_a_trial_of_a_registry_writes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    before, events = await calls.state(steward), await calls.last_event(service.database)
    trial = await steward.put(files.CONTRACT, params={"dryRun": "true"}, json=files.package())
    assert (trial.status_code, trial.json()["created"]) == (200, 17)
    assert await calls.state(steward) == before
    assert await calls.last_event(service.database) == events


async def test_a_registry_that_contradicts_itself_is_refused_whole(steward: httpx.AsyncClient) -> None:
    package = files.package()
    package["affiliations"].append(files.signing("omega", "name_pattern", "École Oméga"))
    answer = await steward.put(files.CONTRACT, json=package)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    (error,) = answer.json()["errors"]
    assert (error["table"], error["row"], error["column"]) == ("affiliations", 7, "entity")
    assert (await steward.get(files.CONTRACT)).status_code == 404


async def test_a_list_of_staff_gives_the_permanent_perimeter(steward: httpx.AsyncClient) -> None:
    package = files.package()
    staff, package["staff"] = package["staff"], []
    await calls.load(steward, package)
    found = await calls.counts(steward, perimeter="permanent")
    assert (set(calls.by_entity(found).values()), found["group"]["missing"]) == ({None}, "no_staff_list")
    await calls.load(steward, package | {"staff": [*staff, files.employed("p5", "gamma", "chercheur", "1", 60)]})
    found = await calls.counts(steward, perimeter="permanent")
    assert (calls.by_entity(found), found["group"]["count"]) == ({"alpha": 1, "beta": 0, "gamma": 1}, 2)


async def test_staff_is_told_to_those_alone_who_define_it(service: Service, steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    async with service.client("reader") as reader:
        read = await calls.ask(reader, "contracts/boreal")
    assert (read["staff_count"], read["staff"]) == (4, [])
    assert len((await calls.ask(steward, "contracts/boreal"))["staff"]) == 4


async def test_only_the_plain_column_gives_no_top_10(steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    await calls.take(steward, "scival", files.scival(files.measured(1, **{PLAIN: "1"})))
    found = await calls.counts(steward, year=2023, measure="publications-top-10")
    assert found["missing"] == ["no_field_weighted_column", "plain_only"]
    assert set(calls.by_entity(found).values()) == {None}


async def test_an_import_tells_each_count_that_it_changes_once(service: Service, steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    before = await calls.last_event(service.database)
    await calls.take(steward, "scopus", files.scopus(paper(4, (60, BETA), (PERRIN, ALPHA))))
    told = await calls.told(service.database, before)
    assert {name: value for name, value in told.items() if not name.startswith(("sdg", "publications-top"))} == {
        "publications/permanent/2023/alpha": "2", "publications/permanent/2023/groupe": None,
        "publications/whole/2023/alpha": "2", "publications/whole/2023/beta": "2",
        "publications/whole/2023/groupe": "3",
        "publications-per-fte/permanent/2023/alpha": "1.538462", "publications-per-fte/permanent/2023/groupe": None,
        "publications-per-fte/whole/2023/alpha": "1.538462", "publications-per-fte/whole/2023/beta": None,
        "publications-per-fte/whole/2023/groupe": None,
    }  # fmt: skip


async def test_an_import_that_changes_no_count_tells_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    await calls.load(steward)
    before = await calls.last_event(service.database)
    await calls.take(steward, "scopus", files.scopus(paper(4, (70, "Nowhere, Oslo, Norway"))))
    await calls.take(steward, "scopus", files.scopus(paper(1, (PERRIN, ALPHA), **{"Cited by": "99"})))
    assert await calls.told(service.database, before) == {}


async def test_the_whole_package_is_loaded_into_every_owner(tmp_path: Path) -> None:
    """As `cadran load` does: one folder, each owner its tables."""
    package = files.package() | {"indicators": [essai.INDICATOR | {"code": "publications", "label": "Publications"}]}
    folder = _written(tmp_path / "boreal", package)
    async with embedded.system(settings_in(tmp_path / "var")) as system, system.client() as client:
        report = await loading.apply(client, loading.read_package(folder), dry_run=False)
        assert report.errors == []
        for path in ("/indicators/v1/contracts/boreal", files.CONTRACT):
            assert (await client.get(path)).status_code == 200
        await calls.take(client, "scopus", files.scopus(paper(1, (PERRIN, ALPHA))))
        found = await calls.counts(client, contract="boreal", year=2023)
        assert (calls.by_entity(found), found["distinct"]) == ({"alpha": 1, "beta": 0, "gamma": 0}, 1)
        assert [each["measure"] for each in (await calls.ask(client, "contracts/boreal"))["measures"]] == [
            "publications"
        ]


def _written(folder: Path, package: dict[str, list[dict[str, Any]]]) -> Path:
    folder.mkdir()
    for name, rows in package.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            written = csv.DictWriter(file, list(dict.fromkeys(column for row in rows for column in row)))
            written.writeheader()
            written.writerows(rows)
    resources = [{"name": name, "path": f"{name}.csv"} for name in package]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    return folder
