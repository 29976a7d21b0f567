"""`cadran backup`, `restore`, `verify` and `republish` on a local instance, as its operator types them."""

from pathlib import Path

import pytest

from tests.crash.instances import Place, finished, new_place, running
from tests.crash.test_startup import plain
from tests.town import FOLLOW_UP

from .students import correct, shown


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path / "instance")


async def cadran(place: Place, *arguments: str) -> tuple[int, str, str]:
    status, said, complained = await finished(place.folder / "command", *arguments, **place.env, COLUMNS="100")
    return status, plain(said), plain(complained)


async def test_what_an_operator_types_from_one_backup_to_its_restore(place: Place) -> None:
    folder = str(place.folder / "backup")
    async with running(place), place.client() as client:
        subject = await correct(client, "13001")
        status, said, complained = await cadran(place, "backup", folder)
        assert (status, complained) == (0, "")
        assert f"Sauvegarde faite dans {folder}." in said
        assert "indicators.sqlite3 : " in said
        await correct(client, "13002")
        status, said, complained = await cadran(place, "verify")
        assert (status, complained) == (0, "")
        assert said.splitlines()[-1].startswith("Tout concorde")
        assert (await cadran(place, "republish", "indicators", "--subject", subject))[:2] == (
            0, "3 événement(s) seront renvoyés par le service « indicators », dès qu’il est en marche.\n",
        )  # fmt: skip
        assert "rien n’est renvoyé" in (await cadran(place, "republish", "indicators", "--subject", "nobody"))[2]
        status, _, complained = await cadran(place, "restore", folder)
        assert status == 1
        assert "sert déjà à un autre Cadran en marche" in complained
    status, said, complained = await cadran(place, "restore", folder)
    assert (status, complained) == (0, "")
    assert "les vues seront reconstruites par « cadran run »" in said
    async with running(place), place.client() as client:
        assert (await cadran(place, "verify"))[0] == 0
        assert (await client.get(FOLLOW_UP)).status_code == 200
        assert await shown(client) == "13001"


async def test_without_an_instance_that_runs_verify_says_so_in_one_line(place: Place) -> None:
    async with running(place):
        pass
    status, said, complained = await cadran(place, "verify")
    assert (status, said) == (1, "")
    assert complained.count("\n") == 1
    assert "l’instance tourne-t-elle ?" in complained
