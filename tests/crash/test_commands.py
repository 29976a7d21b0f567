"""`cadran token`, `republish` and `migrate` as an operator types them, with and without an instance in reach."""

import base64
import json
from pathlib import Path

import pytest

from services import local
from services.apart import Service
from tests.conftest import COP, ROOT
from tests.crash import oracle
from tests.crash.changing import LOADED, TOLD, stored
from tests.crash.instances import Place, finished, new_place, running
from tests.crash.stores import OWNERS
from tests.crash.test_startup import plain, refused


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


async def token(place: Place, *arguments: str) -> str:
    status, said, complained = await finished(place.folder / "token", "token", *arguments, **place.env)
    assert (status, complained) == (0, "")
    return said.strip()


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
    [
        ["load", str(ROOT / "contracts" / COP)],
        *(["republish", owner] for owner in OWNERS),
        *(["migrate", service] for service in Service),
    ],
    ids=lambda arguments: f"{arguments[0]}-{arguments[-1].rpartition('/')[2]}",
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


@pytest.mark.parametrize(("owner", "events"), TOLD.items())
async def test_a_republication_on_an_instance_counts_its_events(place: Place, owner: str, events: int) -> None:
    async with running(place):
        pass
    status, said, complained = await finished(place.folder / "again", "republish", owner, **place.env)
    assert (status, complained) == (0, "")
    told = f"{events} événement(s) seront renvoyés par le service « {owner} », dès qu’il est en marche.\n"
    assert plain(said) == told
    async with running(place):
        pass
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert (state.shown, state.events) == (LOADED, TOLD)


@pytest.mark.parametrize("owner", OWNERS)
async def test_a_republication_of_a_damaged_database_names_its_file(place: Place, owner: str) -> None:
    place.data.mkdir()
    (place.data / f"{owner}.sqlite3").write_bytes(b"\x00garbage" * 1000)
    line = await refused(place, "republish", owner)
    assert f"{place.data}/{owner}.sqlite3 est abîmé : remettez une sauvegarde" in line


@pytest.mark.parametrize("service", Service)
async def test_a_migration_on_an_instance_finds_it_up_to_date(place: Place, service: Service) -> None:
    async with running(place):
        pass
    status, said, complained = await finished(place.folder / "again", "migrate", service, **place.env)
    assert (status, plain(said), complained) == (0, f"{service} : schéma à jour.\n", "")
