"""The drill of backup and restore, in one process: what was acknowledged before it is there, and nothing else is."""

import asyncio
import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from services import backing_up, embedded, restoring, verifying
from services.local import RESTORING, Settings, alone
from shared.serving import RefusedError
from tests.conftest import settings_in
from tests.waiting import eventually

from .students import correct, shown

FILES = ["bibliometrics.sqlite3", "indicators.sqlite3", "issuer.json", "manifest.json", "milestones.sqlite3"]


async def whole(settings: Settings) -> str | None:
    """The group's students of 2022 in the views of an instance, which hold what its owners told and nothing else."""
    async with embedded.system(settings) as system:
        await system.settle()
        async with system.client() as client:
            report = await verifying.verify(client, lambda _: None)
            assert report.count == 0, list(verifying.lines(report))
            return await shown(client)


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """An instance that was loaded, and corrected once: 13001 students."""
    settings = settings_in(tmp_path / "var")
    async with embedded.system(settings) as system:
        await embedded.load_missing(system, settings.contracts)
        async with system.client() as client:
            await correct(client, "13001")
    return settings


@pytest.fixture
def backup(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "sauvegardes" / "lundi"
    backing_up.take(settings, folder)
    return folder


async def test_the_drill(settings: Settings, tmp_path: Path) -> None:
    """Back up while writes go on, write on, and restore into a new folder and into the same."""
    async with embedded.system(settings) as system, system.client() as client:
        acknowledged: list[int] = []
        writing = asyncio.create_task(_write(client, acknowledged))
        await eventually(lambda: _has(acknowledged, 5))
        before = acknowledged[-1]
        manifest = await asyncio.to_thread(backing_up.take, settings, tmp_path / "backup")
        after = acknowledged[-1]
        await writing
        await correct(client, "99999")
    elsewhere = settings_in(tmp_path / "elsewhere")
    restoring.restore(elsewhere, tmp_path / "backup")
    restoring.restore(settings, tmp_path / "backup")
    found = [int(await whole(each) or 0) for each in (elsewhere, settings)]
    assert found[0] == found[1]
    assert before <= found[0] <= after + 1  # that of which the answer was under way
    assert sum(each.events or 0 for each in manifest.files) > 400


async def _has(acknowledged: list[int], count: int) -> bool:
    return len(acknowledged) >= count


async def _write(client: httpx.AsyncClient, acknowledged: list[int]) -> None:
    for value in range(14000, 14040):
        await correct(client, str(value))
        acknowledged.append(value)


def test_a_backup_says_what_it_holds_and_is_for_its_owner_alone(backup: Path) -> None:
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    assert sorted(each.name for each in backup.iterdir()) == FILES
    assert sorted([*(each["name"] for each in manifest["files"]), "manifest.json"]) == FILES
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert {stat.S_IMODE((backup / name).stat().st_mode) for name in FILES if name != "manifest.json"} == {0o600}


async def test_views_do_not_show_what_an_older_backup_does_not_know(settings: Settings, backup: Path) -> None:
    async with embedded.system(settings) as system, system.client() as client:
        await correct(client, "13002")
        await correct(client, "13003")
    restoring.restore(settings, backup)
    assert await whole(settings) == "13001"


async def test_the_key_of_a_backup_checks_the_tokens_that_it_signed(settings: Settings, backup: Path) -> None:
    async with embedded.system(settings) as system:
        old = system.client()
    elsewhere = settings_in(settings.data.parent / "elsewhere")
    async with embedded.system(elsewhere):
        pass
    restoring.restore(elsewhere, backup)
    async with embedded.system(elsewhere) as system, system.client() as client:
        client.headers["Authorization"] = old.headers["Authorization"]
        assert (await client.get("/v1/contracts")).status_code == 200
    await old.aclose()


def test_a_backup_is_made_in_a_new_folder_and_of_an_instance(settings: Settings, backup: Path) -> None:
    with pytest.raises(RefusedError, match="existe déjà"):
        backing_up.take(settings, backup)
    with pytest.raises(RefusedError, match="aucune instance"):
        backing_up.take(settings_in(backup / "nowhere"), backup / "of-nothing")


def test_no_backup_is_made_of_a_damaged_file(settings: Settings, tmp_path: Path) -> None:
    file = settings.data / "indicators.sqlite3"
    file.write_bytes(file.read_bytes()[:8192] + bytes(8192) + file.read_bytes()[16384:])
    with pytest.raises(RefusedError, match="il n’en reste rien"):
        backing_up.take(settings, tmp_path / "backup")
    assert not [*tmp_path.glob("backup*")]


def _damaged(backup: Path) -> None:
    with (backup / "milestones.sqlite3").open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff")


def _newer(backup: Path) -> None:
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    for each in manifest["files"]:
        each["revision"] = each["revision"] and "9999"
    (backup / "manifest.json").write_text(json.dumps(manifest | {"product": "9.0.0"}), "utf-8")


def _other(backup: Path) -> None:
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    (backup / "manifest.json").write_text(json.dumps(manifest | {"format": 2, "product": "9.0.0"}), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_damaged, "milestones.sqlite3 est abîmé"),
        (_newer, "vient de Cadran 9.0.0, plus récent"),
        (_other, "vient de Cadran 9.0.0, que Cadran"),
        (lambda backup: (backup / "issuer.json").unlink(), "issuer.json n’est pas lisible : il n’existe pas"),
        (lambda backup: (backup / "manifest.json").unlink(), "n’est pas une sauvegarde"),
        (lambda backup: (backup / "manifest.json").write_text("{"), "manifest.json est abîmé"),
        (shutil.rmtree, "n’est pas une sauvegarde"),
    ],
)
def test_a_backup_that_is_not_right_is_refused_and_changes_nothing(
    settings: Settings, backup: Path, spoil: Callable[[Path], object], said: str
) -> None:
    before = {path.name: path.read_bytes() for path in settings.data.iterdir()}
    spoil(backup)
    with pytest.raises(RefusedError) as refused:
        restoring.restore(settings, backup)
    assert said in str(refused.value)
    assert {path.name: path.read_bytes() for path in settings.data.iterdir()} == before


def test_nothing_is_restored_under_a_running_instance(settings: Settings, backup: Path) -> None:
    with alone(settings), pytest.raises(RefusedError, match="sert déjà"):
        restoring.restore(settings, backup)
    assert not (settings.data / RESTORING).exists()
