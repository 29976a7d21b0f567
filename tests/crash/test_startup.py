"""Starting on real folders and ports: what cannot be used is refused in one line, what was lost is built again."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import text

from services.apart import SCHEMAS, Owner, Service
from shared import migrations
from shared.database import Database
from tests.conftest import COP
from tests.crash import oracle
from tests.crash.changing import (
    CHANGED,
    LOADED,
    SHOWN_CHANGED,
    SHOWN_LOST,
    TOLD,
    TOLD_CHANGED,
    UNCHANGED,
    change,
    correct,
    lose,
    observation,
    progress,
    stored,
    versions,
)
from tests.crash.instances import Place, finished, launched, new_place, running

without_its_journal = pytest.mark.parametrize("files", ["", "*"], ids=["file", "all-its-files"])
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


@pytest.mark.parametrize("name", Service)
async def test_an_empty_database_file_is_a_new_database(place: Place, name: Service) -> None:
    place.data.mkdir()
    (place.data / f"{name}.sqlite3").touch()
    async with running(place), place.client() as client:
        assert (await client.get(SERIES)).status_code == 200
    assert (await stored(place)).shown == LOADED


@without_its_journal
async def test_a_read_model_that_is_lost_comes_back_from_every_owner(place: Place, files: str) -> None:
    async with running(place):
        await change(place)
    lose(place, "gateway", files)
    async with running(place):
        pass
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert (state.shown, state.events) == (SHOWN_CHANGED, TOLD_CHANGED)


@without_its_journal
@pytest.mark.parametrize("name", Owner)
async def test_facts_that_are_lost_leave_no_ghosts_and_the_others_as_they_were(
    place: Place, name: Owner, files: str
) -> None:
    async with running(place):
        await change(place)
    lose(place, name, files)
    async with running(place):
        assert await versions(place) == CHANGED | {name: UNCHANGED[name]}
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert (state.shown, state.events) == (SHOWN_LOST[name], TOLD_CHANGED | {name: TOLD[name]})


@pytest.mark.parametrize("newer", [["bibliometrics"], ["bibliometrics", "milestones"]], ids="-and-".join)
async def test_an_instance_from_before_an_owner_receives_it(place: Place, newer: list[str]) -> None:
    """It has neither its database nor anything of its topic."""
    async with running(place):
        await correct(place, await observation(place, 2022), 14000)
    for name in (*newer, "gateway"):
        lose(place, name)
    async with running(place):
        assert (await observation(place, 2022))["version"] == 2
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert (state.shown, state.events) == (LOADED, TOLD | {"indicators": TOLD_CHANGED["indicators"]})


async def test_a_restart_does_not_load_again(place: Place) -> None:
    async with running(place):
        await change(place)
    async with running(place):
        assert await versions(place) == CHANGED
        assert (await observation(place, 2022))["value"] == "14000"
        assert (await progress(place))["state"] == "in_progress"
    state = await stored(place)
    assert oracle.incoherences(state) == []
    assert state.events == TOLD_CHANGED


@pytest.mark.parametrize("name", Service)
async def test_a_schema_of_another_version_is_refused(place: Place, name: Service) -> None:
    """A database that a newer Cadran has migrated."""
    place.data.mkdir()
    database = Database(f"sqlite+aiosqlite:///{place.data}/{name}.sqlite3")
    await migrations.upgrade(database, SCHEMAS[name])
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    assert f"{place.data}/{name}.sqlite3 vient d’une autre version de Cadran" in await refused(place, "run")


async def test_start_up_that_was_killed_is_done_again(place: Place) -> None:
    async with launched(place, bomb=("migration", "3", "after")) as process:
        assert await process.ended() == -9
    async with running(place), place.client() as client:
        assert (await client.get(SERIES)).status_code == 200
