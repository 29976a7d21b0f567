"""Starting on real folders and ports: what cannot be used is refused in one line, what was lost is built again."""

import socket
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services.gateway.tables import SCHEMA as GATEWAY
from shared import migrations
from shared.database import Database
from tests.conftest import COP
from tests.crash import oracle
from tests.crash.instances import Place, finished, launched, new_place, running

SERIES = f"/v1/contracts/{COP}/entities/imt/follow-up?year=2022"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


def plain(text: str) -> str:
    """What was said, with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def is_one_line(complaint: str) -> bool:
    return complaint.startswith("Cadran ne peut pas continuer") and complaint.count("\n") == 1


async def refused(place: Place, *arguments: str, **env: str) -> str:
    """The one line of a command that can't go on."""
    status, said, complained = await finished(place.folder / "refused", *arguments, **place.env | env)
    assert (status, said) == (1, "")
    assert is_one_line(complained), complained
    return plain(complained)


async def observation(place: Place, year: int) -> Any:
    """The group's students of that year."""
    asked = {"contract": COP, "indicator": "students", "entity": "imt", "year": str(year)}
    async with place.client() as client:
        (found,) = (await client.get("/indicators/v1/observations", params=asked)).json()["items"]
    return found


async def correct(place: Place, found: Any, value: int) -> None:
    statement = {"value": value, "source": "Essai", "reason": "erreur de saisie"}
    async with place.client() as client:
        headers = {"If-Match": f'"{found["version"]}"'}
        answer = await client.put(f"/indicators/v1/observations/{found['id']}", json=statement, headers=headers)
    assert answer.status_code == 200


async def stored(place: Place) -> oracle.State:
    """Both databases of an instance, as they are on the disk."""
    opened = [Database(f"sqlite+aiosqlite:///{place.data}/{name}.sqlite3") for name in ("indicators", "gateway")]
    try:
        return await oracle.read(*opened)
    finally:
        for database in opened:
            await database.close()


async def test_a_taken_port_is_refused_before_anything_is_touched(place: Place) -> None:
    with socket.create_server(("127.0.0.1", place.port)):
        line = await refused(place, "run")
    assert f"127.0.0.1:{place.port} n’est pas libre" in line
    assert not place.data.exists()


async def test_a_second_instance_on_the_same_folder_is_refused(place: Place) -> None:
    async with running(place):
        line = await refused(place, "run", PORT=str(new_place(place.folder).port))
        assert "sert déjà à un autre Cadran" in line
        async with place.client() as client:
            assert (await client.get(SERIES)).status_code == 200


@pytest.mark.parametrize("under", ["taken", "taken/var", "/proc/cadran", "/dev/null"])
async def test_a_data_folder_that_cannot_be_is_refused(place: Place, under: str) -> None:
    (place.folder / "taken").write_text("un fichier")
    data = str(place.folder / under)
    for command in ("run", "token"):
        assert data in await refused(place, command, CADRAN_DATA=data)
    assert (place.folder / "taken").read_text() == "un fichier"


@pytest.mark.parametrize("name", ["indicators", "gateway"])
async def test_an_empty_database_file_is_a_new_database(place: Place, name: str) -> None:
    place.data.mkdir()
    (place.data / f"{name}.sqlite3").touch()
    async with running(place), place.client() as client:
        assert (await client.get(SERIES)).status_code == 200


@pytest.mark.parametrize("lost", ["gateway.sqlite3", "gateway.sqlite3*"])
async def test_a_read_model_that_is_lost_comes_back(place: Place, lost: str) -> None:
    async with running(place):
        await correct(place, await observation(place, 2022), 14000)
    for file in [*place.data.glob(lost)]:
        file.unlink()
    async with running(place):
        pass
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert len(state.shown) == 138


@pytest.mark.parametrize("lost", ["indicators.sqlite3", "indicators.sqlite3*"])
async def test_facts_that_are_lost_leave_no_ghosts(place: Place, lost: str) -> None:
    async with running(place):
        await correct(place, await observation(place, 2022), 14000)
    for file in [*place.data.glob(lost)]:
        file.unlink()
    async with running(place):
        assert (await observation(place, 2022))["version"] == 1
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert len(state.shown) == 138


async def test_a_restart_does_not_load_again(place: Place) -> None:
    async with running(place):
        await correct(place, await observation(place, 2022), 14000)
    async with running(place):
        found = await observation(place, 2022)
    assert (found["value"], found["version"]) == ("14000", 2)
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert len(state.outbox) == 140  # the contract, its 138 observations, the correction


async def test_a_schema_of_another_version_is_refused(place: Place) -> None:
    """A database that a newer Cadran has migrated."""
    place.data.mkdir()
    database = Database(f"sqlite+aiosqlite:///{place.data}/gateway.sqlite3")
    await migrations.upgrade(database, GATEWAY)
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    assert f"{place.data}/gateway.sqlite3 vient d’une autre version de Cadran" in await refused(place, "run")


async def test_start_up_that_was_killed_is_done_again(place: Place) -> None:
    async with launched(place, bomb=("migration", "3", "after")) as process:
        assert await process.ended() == -9
    async with running(place), place.client() as client:
        assert (await client.get(SERIES)).status_code == 200
