"""A damaged data folder: the file that is damaged is named, with what to do; what can be derived is written again."""

import os
import signal
from pathlib import Path

import pytest

from tests.crash.instances import Place, finished, new_place, running
from tests.crash.stores import OWNERS
from tests.crash.test_startup import SERIES, refused


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


async def run_once(place: Place) -> None:
    """A run that ends in order: its files are whole without what SQLite keeps beside them."""
    async with running(place) as process:
        process.send(signal.SIGTERM)
        assert await process.ended() == 0


@pytest.mark.parametrize("damaged", ["", "{", "null", "[]", '"clef"', "{}", '{"kty": "EC"}', "\x00\xff"])
async def test_a_damaged_key_is_refused_by_name(place: Place, damaged: str) -> None:
    place.data.mkdir()
    (place.data / "issuer.json").write_text(damaged, "latin-1")
    for command in ("run", "token"):
        assert "issuer.json est abîmé" in await refused(place, command)
    assert (place.data / "issuer.json").read_text("latin-1") == damaged


async def test_a_lost_public_key_is_written_again(place: Place) -> None:
    async with running(place):
        pass
    (place.data / "jwks.json").write_text("{")
    async with running(place), place.client() as client:
        assert (await client.get(SERIES)).status_code == 200


@pytest.mark.parametrize("damaged", [b"{", b"\xff\xfe", b""])
async def test_a_damaged_public_key_is_written_again_from_the_key(place: Place, damaged: bytes) -> None:
    status, _, _ = await finished(place.folder / "first", "token", **place.env)
    public = (place.data / "jwks.json").read_bytes()
    (place.data / "jwks.json").write_bytes(damaged)
    again, _, complained = await finished(place.folder / "second", "token", **place.env)
    assert (status, again, complained) == (0, 0, "")
    assert (place.data / "jwks.json").read_bytes() == public


async def test_a_start_sweeps_old_drafts_and_leaves_a_young_one_to_its_writer(place: Place) -> None:
    place.data.mkdir()
    for name in ("issuer.1.draft", "jwks.1.draft", "notes.1.draft", "issuer.2.draft"):
        (place.data / name).write_text("clef")
    for name in ("issuer.1.draft", "jwks.1.draft", "notes.1.draft"):
        os.utime(place.data / name, (0, 0))
    async with running(place):
        assert sorted(file.name for file in place.data.glob("*.draft")) == ["issuer.2.draft", "notes.1.draft"]


_REMEDIES = [
    *((owner, f"{owner}.sqlite3 est abîmé : remettez une sauvegarde de tout le dossier") for owner in OWNERS),
    ("gateway", "gateway.sqlite3 est abîmé : supprimez-le (avec ses -wal et -shm), il sera reconstruit"),
]


@pytest.mark.parametrize(("name", "remedy"), _REMEDIES)
async def test_a_database_that_is_none_is_refused_by_name_and_left_alone(place: Place, name: str, remedy: str) -> None:
    place.data.mkdir()
    garbage = b"Ceci n'est pas une base.\n" * 400
    (place.data / f"{name}.sqlite3").write_bytes(garbage)
    for command in (["run"], ["migrate", name]):
        assert f"{place.data}/{remedy}" in await refused(place, *command)
    assert (place.data / f"{name}.sqlite3").read_bytes() == garbage


@pytest.mark.parametrize(("name", "remedy"), _REMEDIES)
async def test_a_database_that_was_damaged_is_refused_by_name(place: Place, name: str, remedy: str) -> None:
    """Its first page is whole, and the others are not."""
    await run_once(place)
    file = place.data / f"{name}.sqlite3"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xaa" * (len(content) - 4096))
    assert f"{place.data}/{remedy}" in await refused(place, "run")


@pytest.mark.parametrize("name", OWNERS)
async def test_a_database_that_is_a_folder_is_refused_by_name_without_a_word_of_damage(place: Place, name: str) -> None:
    (place.data / f"{name}.sqlite3").mkdir(parents=True)
    assert f"{place.data}/{name}.sqlite3 n’est pas utilisable" in await refused(place, "run")


async def test_a_read_model_that_was_damaged_and_deleted_as_told_comes_back(place: Place) -> None:
    await run_once(place)
    (place.data / "gateway.sqlite3").write_bytes(b"\x00garbage" * 1000)
    await refused(place, "run")
    for file in [*place.data.glob("gateway.sqlite3*")]:
        file.unlink()
    async with running(place), place.client() as client:
        assert (await client.get(SERIES)).status_code == 200
