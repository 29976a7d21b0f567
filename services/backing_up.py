"""Backing the local instance up while it runs: its owners' files and its key, with a manifest that describes them."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from shared.serving import RefusedError
from shared.version import VERSION

from .files import why
from .local import Settings, instance_file
from .owners import OWNERS

MANIFEST = "manifest.json"
KEY = "issuer.json"
FORMAT = 1
_DRAFT = ".draft"


class Copied(BaseModel):
    """A file of a backup; of a database also its revision, its events, and what they are about."""

    name: str
    bytes: int
    sha256: str
    revision: str | None = None
    events: int | None = None
    subjects: int | None = None


class Manifest(BaseModel):
    """What a backup holds; without it, or with another, a folder is no backup."""

    format: int
    product: str
    taken_at: datetime
    files: list[Copied]


def file_of(owner: str) -> str:
    return f"{owner}.sqlite3"


def take(settings: Settings, folder: Path) -> Manifest:
    """A whole backup in a new folder, or none. Raises RefusedError."""
    sources = [instance_file(settings, file_of(owner)) for owner in OWNERS]
    if folder.exists():
        raise RefusedError(f"{folder} existe déjà : une sauvegarde se fait dans un dossier nouveau")
    draft = folder.with_name(folder.name + _DRAFT)
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        manifest = _fill(draft, sources, instance_file(settings, KEY))
        draft.rename(folder)
        sync(folder.parent)
    except (OSError, sqlite3.Error) as error:
        shutil.rmtree(draft, ignore_errors=True)
        said = why(error) if isinstance(error, OSError) else str(error)
        raise RefusedError(f"la sauvegarde dans {folder} a échoué, il n’en reste rien : {said}") from error
    return manifest


def _fill(draft: Path, databases: Sequence[Path], key: Path) -> Manifest:
    copied = [_database(source, draft / source.name) for source in databases]
    copied.append(_file(key, draft / key.name))
    manifest = Manifest(format=FORMAT, product=VERSION, taken_at=datetime.now(UTC), files=copied)
    (draft / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
    sync(draft / MANIFEST)
    sync(draft)
    return manifest


def _database(source: Path, target: Path) -> Copied:
    """One snapshot of it, whoever writes meanwhile, in one file without a journal."""
    address = f"{source.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        target.chmod(0o600)
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        said = _said(copy)
    sync(target)
    return described(target).model_copy(update=said)


def _said(copy: sqlite3.Connection) -> dict[str, str | int]:
    """Of a damaged file nobody makes a backup. Raises sqlite3.DatabaseError."""
    (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"la base est abîmée ({found})")
    (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    events, subjects = copy.execute("SELECT count(*), count(DISTINCT type || ' ' || subject) FROM outbox").fetchone()
    return {"revision": revision, "events": events, "subjects": subjects}


def _file(source: Path, target: Path) -> Copied:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    sync(target)
    return described(target)


def described(file: Path) -> Copied:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Copied(name=file.name, bytes=file.stat().st_size, sha256=digest)


def sync(path: Path) -> None:
    """What was written there, in a file or a folder, survives a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
