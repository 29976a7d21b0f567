"""Loading a package into its two owners: one plan of both, and nothing written unless both accept."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services import embedded, local, showing
from services.embedded import System
from services.loading import apply_missing, read_package
from shared.serving import RefusedError

from .small_package import (
    NOTHING,
    ROWS,
    WHOLE,
    change,
    counters,
    kept,
    load,
    small_package,
    steps,
    told,
    without_milestones,
)


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[System]:
    """The embedded system, without a contract."""
    async with embedded.system(local.Settings(data=tmp_path / "var", contracts=tmp_path)) as running:
        yield running


@pytest.fixture
async def client(system: System) -> AsyncIterator[httpx.AsyncClient]:
    async with system.client(role="steward") as caller:
        yield caller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_package(tmp_path)


async def test_one_plan_counts_the_rows_of_both_owners(system: System, client: httpx.AsyncClient, folder: Path) -> None:
    report = await load(client, read_package(folder))
    received = {name: counts["received"] for name, counts in report.plan["tables"].items() if counts["received"]}
    assert (received, report.plan["received"], counters(report)) == (ROWS, 16, (16, 0, 0, 0, 0))
    assert await kept(system) == WHOLE
    assert await steps(client) == ["J1.1-1 2024", "J1.1-3 2024", "J1.1-2 2025", "J1.1-3 2025", "J1.1-3 2026"]


async def test_a_dry_run_writes_nothing_anywhere(system: System, client: httpx.AsyncClient, folder: Path) -> None:
    package = read_package(folder)
    assert counters(await load(client, package, dry_run=True)) == (16, 0, 0, 0, 0)
    assert await kept(system) == NOTHING


async def test_a_second_load_changes_nothing_in_either_owner(
    system: System, client: httpx.AsyncClient, folder: Path
) -> None:
    await load(client, read_package(folder))
    assert counters(await load(client, read_package(folder))) == (0, 0, 16, 0, 0)
    assert await kept(system) == WHOLE


async def test_what_the_milestones_refuse_changes_nothing_in_the_indicators(
    system: System, client: httpx.AsyncClient, folder: Path
) -> None:
    change(folder / "steps.csv", "fin 2025", "un jour")
    package = read_package(folder)
    (line,) = told(package, report := await load(client, package))
    assert line.startswith("steps.csv, ligne 3, colonne due : « un jour » n’est pas une date lisible")
    assert (report.plan["rejected"], await kept(system)) == (report.plan["tables"]["steps"]["rejected"], NOTHING)


async def test_what_the_indicators_refuse_changes_nothing_in_the_milestones(
    system: System, client: httpx.AsyncClient, folder: Path
) -> None:
    change(folder / "observations.csv", "Relevé,20", "Relevé,vingt")
    package = read_package(folder)
    (line,) = told(package, await load(client, package))
    assert line.startswith("observations.csv, ligne 4, colonne value : « vingt » n’est pas un nombre")
    assert await kept(system) == NOTHING


async def test_what_both_owners_refuse_is_told_once_and_counted_once(client: httpx.AsyncClient, folder: Path) -> None:
    change(folder / "entities.csv", "nord,Site nord,school", "nord,Site nord,école")
    change(folder / "milestones.csv", "J1,Accueil", "J 1,Accueil")
    package = read_package(folder)
    report = await load(client, package)
    places = [(error["table"], error["row"], error["column"]) for error in report.errors]
    assert places == [("entities", 1, "kind"), ("milestones", 0, "code")]
    assert report.plan["tables"]["entities"]["rejected"] == 1


async def test_what_one_owner_alone_refuses_of_a_table_that_both_take_is_counted(
    client: httpx.AsyncClient, folder: Path
) -> None:
    change(folder / "entities.csv", "Site nord", "N" * 1001)  # longer than the milestones keep
    package = read_package(folder)
    report = await load(client, package)
    assert told(package, report) == ["entities.csv, ligne 3, colonne label : texte trop long (au plus 1000 caractères)"]
    assert (report.plan["tables"]["entities"]["rejected"], report.plan["rejected"]) == (1, 1)


async def test_a_table_that_nobody_knows_is_refused(system: System, client: httpx.AsyncClient, folder: Path) -> None:
    change(folder / "datapackage.json", '"name": "steps", "path"', '"name": "stairs", "path"')
    with pytest.raises(RefusedError, match="stairs"):
        await load(client, read_package(folder))
    assert await kept(system) == NOTHING


async def test_a_package_without_milestones_is_the_indicators_alone(
    system: System, client: httpx.AsyncClient, folder: Path
) -> None:
    package = without_milestones(folder)
    assert counters(await load(client, package)) == (8, 0, 0, 0, 0)  # 1 contract, 3 entities, 1 indicator, 3 values
    assert (await kept(system), await apply_missing(client, package)) == (NOTHING | {"indicators": 4}, None)


async def test_a_package_that_leaves_its_milestones_out_withdraws_the_steps(
    client: httpx.AsyncClient, folder: Path
) -> None:
    await load(client, read_package(folder))
    report = await load(client, without_milestones(folder))
    assert counters(report) == (0, 0, 8, 8, 0)  # a milestone, a line, a result, and 5 steps
    assert (await steps(client), len(await steps(client, withdrawn=True))) == ([], 5)


async def test_a_load_tells_a_mistake_of_the_steps_by_file_line_and_column(
    client: httpx.AsyncClient, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "steps.csv", ",2024,2026,", ",2024,2023,")
    package = read_package(folder)
    showing.show(package, await load(client, package), dry_run=False)
    shown = capsys.readouterr().out.translate(str.maketrans("\u00a0\u202f", "  "))
    assert "refusé : steps.csv, ligne 4, colonne until : 2023 est hors des années du contrat" in shown
    assert "Rien n’a été enregistré" in shown
