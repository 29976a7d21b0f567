"""`cadran load`, and the packages of a first start, as an operator meets them: shown, done, or refused with a place."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import COP, ROOT
from tests.crash.changing import observation
from tests.crash.instances import Place, finished, new_place, running
from tests.crash.test_commands import token
from tests.crash.test_startup import plain, refused


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the contract 2018-2022, to be spoilt."""
    return Path(shutil.copytree(ROOT / "contracts" / COP, tmp_path / "contracts" / COP))


def restate(package: Path, value: str) -> None:
    """The group's students of 2022, on line 7 of the observations."""
    lines = (package / "observations.csv").read_text("utf-8").splitlines()
    assert lines[6].endswith(",13606,definitive,,,,,")
    lines[6] = lines[6].replace(",13606,", f",{value},")
    (package / "observations.csv").write_text("\n".join(lines) + "\n", "utf-8")


async def load(place: Place, *arguments: str) -> tuple[int, str, str]:
    return await finished(place.folder / "load", "load", *arguments, **place.env, COLUMNS="100")


async def test_a_broken_package_is_refused_with_its_place(place: Place, package: Path) -> None:
    restate(package, "treize mille")
    line = await refused(place, "run", CADRAN_CONTRACTS=str(package.parent))
    assert "observations.csv, ligne 7, colonne value : « treize mille » n’est pas un nombre" in line


async def test_a_package_whose_file_is_missing_is_refused_by_name(place: Place, package: Path) -> None:
    (package / "targets.csv").unlink()
    assert "targets.csv" in await refused(place, "run", CADRAN_CONTRACTS=str(package.parent))


async def test_a_broken_package_leaves_nothing_and_a_mended_one_loads(place: Place, package: Path) -> None:
    restate(package, "-")
    await refused(place, "run", CADRAN_CONTRACTS=str(package.parent))
    shutil.copytree(ROOT / "contracts" / COP, package, dirs_exist_ok=True)
    async with running(place, CADRAN_CONTRACTS=str(package.parent)):
        assert (await observation(place, 2022))["version"] == 1


async def test_a_load_shows_its_plan_then_does_it(place: Place, package: Path) -> None:
    restate(package, "14001")
    async with running(place):
        for arguments, verdict, value in (
            (["--dry-run"], "Rien n’a été écrit : c’était un essai.", "13606"),
            ([], "C’est enregistré.", "14001"),
        ):
            status, said, complained = await load(place, str(package), *arguments)
            assert (status, complained) == (0, "")
            assert "modifie students, imt, 2022 : 13606 → 14001" in plain(said)
            assert verdict in said
            assert (await observation(place, 2022))["value"] == value


async def test_a_load_that_is_rejected_says_where_and_writes_nothing(place: Place, package: Path) -> None:
    restate(package, "beaucoup")
    async with running(place):
        status, said, complained = await load(place, str(package))
        assert (status, complained) == (1, "")
        assert "observations.csv, ligne 7, colonne value : « beaucoup » n’est pas un nombre" in plain(said)
        assert "Rien n’a été enregistré" in said
        assert (await observation(place, 2022))["version"] == 1


async def test_a_load_while_the_instance_is_stopped_is_refused(place: Place) -> None:
    await token(place)
    assert "ne répond pas" in await refused(place, "load", str(ROOT / "contracts" / COP))


async def test_a_load_of_no_package_is_refused(place: Place) -> None:
    assert "nulle-part/datapackage.json n’existe pas" in await refused(place, "load", "nulle-part")


async def test_a_load_with_another_instance_s_token_is_refused(place: Place) -> None:
    foreign = await token(new_place(place.folder / "autre"))
    async with running(place):
        assert "401" in await refused(place, "load", str(ROOT / "contracts" / COP), CADRAN_TOKEN=foreign)
