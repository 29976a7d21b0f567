"""`cadran rehearse`: the product's simulated values on its contracts, and what an operator reads."""

import csv
from pathlib import Path

import pytest

from services import loading, rehearsing, showing
from services.cli import packages
from shared.serving import RefusedError
from tests.conftest import COP, World
from tests.crash.instances import Place, finished, new_place, running
from tests.crash.test_startup import plain, refused

CONTRACTS = Path(__file__).parents[2] / "contracts"
ROWS = "indicator,entity,year,value,absence,note\n"
BRANCH = f"/indicators/v1/contracts/{COP}/rehearsal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small rehearsal of a year after the contract 2018-2022."""
    folder = tmp_path / COP
    folder.mkdir()
    (folder / "observations.csv").write_text(f"{ROWS}students,imt,2024,13001,,\nstudents,imt-bs,2024,,late,\n", "utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path / "instance")


async def rehearse(place: Place, *arguments: str) -> tuple[int, str, str]:
    return await finished(place.folder / "rehearse", "rehearse", *arguments, **place.env, COLUMNS="100")


@pytest.mark.parametrize("path", rehearsing.every_folder(), ids=lambda path: path.name)
async def test_a_rehearsal_of_the_product_loads_in_full(world: World, path: Path) -> None:
    with (path / "observations.csv").open(encoding="utf-8", newline="") as file:
        count = len(list(csv.DictReader(file)))
    async with world.client("steward") as client:
        said = await rehearsing.stage(client, path)
        shown = (await client.get(f"/indicators/v1/contracts/{path.name}/rehearsal")).json()
    assert said.done, said.lines
    assert len(shown["observations"]) == count
    assert shown["source"] == "Répétition\u00a0: valeurs simulées"


async def test_what_was_loaded_and_removed_is_said(place: Place, folder: Path) -> None:
    async with running(place), place.client() as client:
        status, said, complained = await rehearse(place, str(folder))
        assert (status, complained) == (0, "")
        assert f"{COP} : 2 valeur(s) simulée(s) chargée(s)." in plain(said)
        assert "Aucune n’est réelle" in plain(said)
        assert len((await client.get(BRANCH)).json()["observations"]) == 2
        status, said, complained = await rehearse(place, str(folder), "--remove")
        assert (status, complained) == (0, "")
        assert f"{COP} : 2 valeur(s) simulée(s) ôtée(s) ; il n’en reste aucune." in plain(said)
        assert (await client.get(BRANCH)).status_code == 404


async def test_without_a_folder_every_rehearsal_of_the_instance_is_removed(place: Place, folder: Path) -> None:
    """Also one that the product does not ship."""
    (shipped,) = rehearsing.every_folder()
    async with running(place, CADRAN_CONTRACTS=str(CONTRACTS)), place.client() as client:
        await rehearse(place, str(folder))
        await rehearse(place)
        status, said, complained = await rehearse(place, "--remove")
        assert (status, complained) == (0, "")
        removed = [line.partition(" : ")[0] for line in plain(said).splitlines()]
        assert removed == [COP, shipped.name]
        assert (await client.get("/indicators/v1/rehearsals")).json()["items"] == []
        assert "Aucune valeur simulée n’est chargée." in plain((await rehearse(place, "--remove"))[1])


async def test_what_was_done_is_said_even_where_the_next_is_refused(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stray = folder.with_name("zzz")
    stray.mkdir()
    (stray / "observations.csv").write_text((folder / "observations.csv").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(rehearsing, "FOLDER", folder.parent)
    with pytest.raises(RefusedError, match="zzz"):
        await packages._rehearse(rehearsing.stage_all, None, world.client("steward"))
    assert f"{COP} : 2 valeur(s) simulée(s) chargée(s)." in plain(capsys.readouterr().out)


def test_a_load_says_which_simulated_values_went(capsys: pytest.CaptureFixture[str]) -> None:
    notice = "2 valeur(s) simulée(s) ôtée(s), le contrat ne les suit plus : students 2024"
    counts = dict.fromkeys(("received", "created", "updated", "unchanged", "removed", "rejected"), 0)
    report = loading.Report(counts | {"tables": {}, "changes": [], "notices": [notice]}, [])
    showing.show(loading.Package(COP, {}, {}), report, dry_run=False)
    assert f"à noter : {notice}\n" in plain(capsys.readouterr().out)


async def test_what_is_loaded_again_takes_the_place_of_the_former(world: World, folder: Path) -> None:
    async with world.client("steward") as client:
        await rehearsing.stage(client, folder)
        (folder / "observations.csv").write_text(f"{ROWS}students,imt,2024,13002,,\n", "utf-8")
        said = await rehearsing.stage(client, folder)
    assert said.lines[0] == f"{COP} : 1 valeur(s) simulée(s) chargée(s), à la place de 2."


async def test_nothing_to_remove_is_no_failure(world: World, folder: Path) -> None:
    async with world.client("steward") as client:
        said = await rehearsing.remove(client, folder.name)
    assert (said.lines, said.done) == ([f"{COP} : aucune valeur simulée n’est chargée."], True)


async def test_a_refused_row_is_named_by_its_line(world: World, folder: Path) -> None:
    (folder / "observations.csv").write_text(f"{ROWS}students,imt,2024,1,,\nstudents,imt,2023,beaucoup,,\n", "utf-8")
    async with world.client("steward") as client:
        said = await rehearsing.stage(client, folder)
    assert not said.done
    assert plain(said.lines[0]).startswith(
        "refusé : observations.csv, ligne 3, colonne value : « beaucoup » n’est pas un nombre"
    )
    assert plain(said.lines[1]).startswith(f"{COP} : rien n’a été chargé.")


async def test_a_year_that_has_real_values_is_named(world: World, folder: Path) -> None:
    (folder / "observations.csv").write_text(f"{ROWS}students,imt,2022,1,,\n", "utf-8")
    async with world.client("steward") as client:
        said = await rehearsing.stage(client, folder)
    assert not said.done
    assert "observations.csv, ligne 2, colonne year" in plain(said.lines[0])
    assert "une somme ne mêle jamais le réel et le simulé" in plain(said.lines[1])


@pytest.fixture
def stray(folder: Path) -> Path:
    """A rehearsal of a contract that nobody knows."""
    return folder.rename(folder.with_name("autre"))


async def test_an_unknown_contract_is_refused_in_one_sentence(world: World, stray: Path) -> None:
    async with world.client("steward") as client:
        with pytest.raises(RefusedError, match="404 : Le contrat «\u00a0autre\u00a0» n’existe pas"):
            await rehearsing.stage(client, stray)


async def test_a_folder_without_values_is_refused(world: World, tmp_path: Path) -> None:
    async with world.client("steward") as client:
        with pytest.raises(RefusedError, match="une répétition est un dossier"):
            await rehearsing.stage(client, tmp_path / "vide")


async def test_without_an_instance_it_says_what_to_do(place: Place, folder: Path) -> None:
    assert "lancez d’abord « cadran run »" in await refused(place, "rehearse", str(folder))


async def test_while_the_instance_is_stopped_it_says_so(place: Place, folder: Path) -> None:
    await finished(place.folder / "token", "token", **place.env)
    assert "ne répond pas" in await refused(place, "rehearse", str(folder))


async def test_an_instance_that_forbids_rehearsals_says_which_setting(place: Place, folder: Path) -> None:
    async with running(place, CADRAN_REHEARSALS="false"):
        assert "CADRAN_REHEARSALS=true" in await refused(place, "rehearse", str(folder))
