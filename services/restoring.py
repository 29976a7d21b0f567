"""Putting a backup in the place of the local instance: all of it or nothing, and views that are built again from it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from alembic.script import ScriptDirectory
from pydantic import ValidationError

from shared.serving import RefusedError
from shared.version import VERSION

from .backing_up import FORMAT, KEY, MANIFEST, Copied, Manifest, described, file_of, sync
from .files import why
from .local import RESTORING, Settings, alone
from .owners import OWNERS

_READY = "ready"
_NEW = "new"
_OLD = "old"
_JOURNALS = ("", "-wal", "-shm", "-journal")


def restore(settings: Settings, folder: Path) -> Manifest:
    """Put a backup in place while nothing runs; the next start builds the views again. Raises RefusedError.

    Killed half-way it leaves the instance as it was or, from the moment that the whole backup is in the data folder, as
    the backup says: the next start, or the next restore, then ends what was begun.
    """
    manifest = checked(folder)
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with alone(settings):
            finish(settings.data)
            _stage(manifest, folder, settings.data / RESTORING)
            finish(settings.data)
    except OSError as error:
        raise RefusedError(f"la restauration dans {settings.data} a échoué : {why(error)}") from error
    return manifest


def checked(folder: Path) -> Manifest:
    """What a backup says of itself, once that is seen to be so. Raises RefusedError."""
    manifest = _manifest(folder)
    names = [each.name for each in manifest.files]
    if manifest.format != FORMAT or sorted(names) != sorted([KEY, *(file_of(owner) for owner in OWNERS)]):
        raise RefusedError(f"{folder} vient de Cadran {manifest.product}, que Cadran {VERSION} ne sait pas relire")
    for each in manifest.files:
        _check(folder, each)
    for owner in OWNERS:
        _check_revision(manifest, owner)
    return manifest


def _manifest(folder: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise RefusedError(f"{folder} n’est pas une sauvegarde : {MANIFEST} : {why(error)}") from error
    except ValidationError as error:
        raise RefusedError(f"{folder / MANIFEST} est abîmé : prenez une autre sauvegarde") from error


def _check(folder: Path, expected: Copied) -> None:
    try:
        found = described(folder / expected.name)
    except OSError as error:
        raise RefusedError(f"{folder / expected.name} n’est pas lisible : {why(error)}") from error
    if (found.bytes, found.sha256) != (expected.bytes, expected.sha256):
        raise RefusedError(f"{folder / expected.name} est abîmé : prenez une autre sauvegarde")


def _check_revision(manifest: Manifest, owner: str) -> None:
    """A backup of an older version is migrated at the next start; one of a newer version can't be."""
    scripts = ScriptDirectory.from_config(OWNERS[owner].schema.config())
    known = {each.revision for each in scripts.walk_revisions()}
    (file,) = [each for each in manifest.files if each.name == file_of(owner)]
    if file.revision not in known:
        raise RefusedError(
            f"{file.name} vient de Cadran {manifest.product}, plus récent que Cadran {VERSION} : mettez celui-ci à jour"
        )


def _stage(manifest: Manifest, folder: Path, stage: Path) -> None:
    """The whole backup in the data folder, seen to be whole there; only then it counts."""
    (stage / _NEW).mkdir(parents=True, mode=0o700)
    for each in manifest.files:
        target = stage / _NEW / each.name
        shutil.copyfile(folder / each.name, target)
        target.chmod(0o600)
        sync(target)
        _check(stage / _NEW, each)
    sync(stage / _NEW)
    (stage / _READY).touch()
    sync(stage)


def resume(settings: Settings) -> None:
    """What every start does first: end a restore that was killed half-way. Raises RefusedError."""
    if (settings.data / RESTORING).exists():
        with alone(settings):
            finish(settings.data)


def finish(data: Path) -> bool:
    """End a restore that was begun, or forget one that had not got so far; whether there was one to end.

    Only while nothing else uses the folder. What it replaces is kept aside until all is in place.
    """
    stage = data / RESTORING
    ready = (stage / _READY).exists()
    if ready:
        _swap(data, stage)
        (stage / _READY).unlink()
        sync(stage)
    shutil.rmtree(stage, ignore_errors=True)
    return ready


def _swap(data: Path, stage: Path) -> None:
    """Journals of what is replaced go first, for none may be read with the new file; each step may be done again."""
    (stage / _OLD).mkdir(exist_ok=True)
    new = sorted((stage / _NEW).iterdir())
    for name in _replaced(new):
        if (data / name).exists():
            (data / name).replace(stage / _OLD / name)
    for each in new:
        each.replace(data / each.name)
    sync(data)


def _replaced(new: list[Path]) -> Iterator[str]:
    """The views go too, for they would show what the owners no longer know."""
    for name in ("gateway.sqlite3", *(each.name for each in new)):
        yield from (name + journal for journal in reversed(_JOURNALS))
