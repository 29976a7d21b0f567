"""A restore that is killed at any of its steps leaves the instance as it was, or as the backup says: never half."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from services import backing_up, embedded, restoring
from services.local import Settings, instance_file, local_issuer
from shared.serving import RefusedError
from tests.conftest import settings_in

FACTS = ("indicators.sqlite3", "milestones.sqlite3", "bibliometrics.sqlite3", "issuer.json")


class KilledError(BaseException):
    """The process ends here."""


class Steps:
    """Counts what a restore does to files, and kills it before one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self, act: Any) -> Any:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                raise KilledError
            return act(*arguments, **named)

        return counted


@contextmanager
def killed_after(steps: int) -> Iterator[Steps]:
    counting = Steps(steps)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((Path, "replace"), (Path, "touch"), (Path, "unlink"), (Path, "mkdir")):
            patch.setattr(owner, name, counting.step(getattr(owner, name)))
        for name in ("copyfile", "rmtree"):
            patch.setattr(shutil, name, counting.step(getattr(shutil, name)))
        patch.setattr(restoring, "sync", counting.step(backing_up.sync))
        yield counting


def facts_in(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FACTS}


async def instance(folder: Path) -> Settings:
    settings = settings_in(folder)
    async with embedded.system(settings):
        pass
    return settings


def test_killed_at_any_step_it_leaves_one_or_the_other(settings: Settings, backup: Path) -> None:
    before, after = facts_in(settings.data), facts_in(backup)
    found = []
    for steps in range(200):
        left, killed = _restored(settings, backup, steps)
        assert left in (before, after), f"half a restore after {steps} steps"
        assert (settings.data / "gateway.sqlite3").exists() == (left == before)
        found.append(left == after)
        if not killed:
            break
        shutil.copytree(settings.data.with_name("kept"), settings.data, dirs_exist_ok=True)
    assert found[-1]
    assert found == sorted(found)  # from one step on it is the backup, and stays it
    assert found.count(False) > 10
    assert found.count(True) > 10


def _restored(settings: Settings, backup: Path, steps: int) -> tuple[dict[str, bytes], bool]:
    """What is left once the next start has ended what was begun, and whether it was killed."""
    killed = False
    try:
        with killed_after(steps):
            restoring.restore(settings, backup)
    except KilledError:
        killed = True
    restoring.resume(settings)
    assert not (settings.data / "restoring").exists()
    return facts_in(settings.data), killed


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    settings = await instance(tmp_path / "var")
    shutil.copytree(settings.data, tmp_path / "kept")
    return settings


@pytest.fixture
async def backup(tmp_path: Path) -> Path:
    """Of another instance, so that every file differs."""
    other = await instance(tmp_path / "other")
    async with embedded.system(other) as system:
        await embedded.load_missing(system, other.contracts)
    backing_up.take(other, tmp_path / "backup")
    return tmp_path / "backup"


async def test_a_start_ends_what_was_begun(settings: Settings, backup: Path) -> None:
    with pytest.raises(KilledError), killed_after(25):
        restoring.restore(settings, backup)
    assert (settings.data / "restoring" / "ready").exists()
    async with embedded.system(settings) as system, system.client() as client:
        await system.settle()
        assert len((await client.get("/v1/contracts")).json()["items"]) == 2


def test_until_then_nothing_else_touches_the_instance(settings: Settings, backup: Path) -> None:
    with pytest.raises(KilledError), killed_after(25):
        restoring.restore(settings, backup)
    for use in (local_issuer, lambda of: instance_file(of, "indicators.sqlite3")):
        with pytest.raises(RefusedError, match="« cadran run » la termine"):
            use(settings)
