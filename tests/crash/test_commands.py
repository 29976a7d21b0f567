"""`cadran token` and `cadran load` as an operator types them, with and without an instance in reach."""

import base64
import json
import shutil
from pathlib import Path

import pytest

from services import local
from tests.conftest import COP, ROOT
from tests.crash.instances import Place, finished, new_place, running
from tests.crash.test_startup import observation, plain, refused


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


async def token(place: Place, *arguments: str) -> str:
    status, said, complained = await finished(place.folder / "token", "token", *arguments, **place.env)
    assert (status, complained) == (0, "")
    return said.strip()


async def load(place: Place, *arguments: str) -> tuple[int, str, str]:
    return await finished(place.folder / "load", "load", *arguments, **place.env, COLUMNS="100")


async def test_a_token_from_before_the_first_run_is_valid_in_it(place: Place) -> None:
    early = await token(place)
    async with running(place), place.client() as client:
        answer = await client.get("/v1/contracts", headers={"Authorization": f"Bearer {early}"})
    assert answer.status_code == 200


async def test_a_contributor_s_token_writes_for_its_entity_only(place: Place) -> None:
    async with running(place), place.client() as client:
        written = await token(place, "--role", "contributor", "--entity", "imt-atlantique")
        row = {"contract": COP, "indicator": "students", "year": 2016, "value": 1, "source": "Essai"}
        answers = [
            await client.post(
                "/indicators/v1/observations",
                json=row | {"entity": entity},
                headers={"Authorization": f"Bearer {written}"},
            )
            for entity in ("imt-atlantique", "imt-mines-albi")
        ]
    assert [answer.status_code for answer in answers] == [201, 403]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--role", "roi"], "rôle(s) inconnu(s) : roi"),
        (["--role", "contributor"], "ajoutez --entity"),
        (["--entity", "telecom-paris"], "--entity ne limite pas administrator : demandez --role contributor"),
        (["--role", "reader", "--entity", "telecom-paris"], "--entity ne limite pas reader"),
        (
            ["--role", "contributor", "--role", "steward", "--entity", "telecom-paris"],
            "--entity ne limite pas contributor, steward",
        ),
    ],
)
async def test_a_token_that_would_not_serve_is_refused(place: Place, arguments: list[str], reason: str) -> None:
    assert reason in await refused(place, "token", *arguments)
    assert not place.data.exists()


async def test_a_token_is_an_administrator_s_where_nothing_else_is_asked(place: Place) -> None:
    claims = (await token(place)).split(".")[1]
    claims += "=" * (-len(claims) % 4)
    assert json.loads(base64.urlsafe_b64decode(claims))["roles"] == ["administrator"]


def test_the_data_folder_is_the_project_s_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CADRAN_DATA", raising=False)
    assert local.Settings().data == ROOT / "var"
    monkeypatch.setenv("CADRAN_DATA", "")
    assert local.Settings().data == ROOT / "var"


@pytest.mark.parametrize(
    "arguments",
    [["load", str(ROOT / "contracts" / COP)], ["republish", "indicators"], ["migrate", "gateway"]],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("there", [True, False], ids=["empty-folder", "no-folder"])
async def test_a_command_without_an_instance_is_refused_and_makes_none(
    place: Place, arguments: list[str], there: bool
) -> None:
    if there:
        place.data.mkdir()
    line = await refused(place, *arguments)
    assert f"aucune instance dans {place.data} : lancez d’abord « cadran run »" in line
    assert place.data.exists() is there
    assert not there or not [*place.data.iterdir()]


async def test_a_republication_on_an_instance_counts_its_events(place: Place) -> None:
    async with running(place):
        pass
    status, said, complained = await finished(place.folder / "again", "republish", "indicators", **place.env)
    assert (status, complained) == (0, "")
    assert plain(said).startswith("139 événement(s)")  # the contract and its 138 observations


async def test_a_republication_of_a_damaged_database_names_its_file(place: Place) -> None:
    place.data.mkdir()
    (place.data / "indicators.sqlite3").write_bytes(b"\x00garbage" * 1000)
    line = await refused(place, "republish", "indicators")
    assert f"{place.data}/indicators.sqlite3 est abîmé : remettez une sauvegarde" in line


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
