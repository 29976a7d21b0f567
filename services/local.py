"""The local instance's data folder: its settings, its issuer of tokens, its lock, and whom to blame in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from alembic.util.exc import CommandError
from filelock import FileLock, Timeout
from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import DatabaseError

from shared.database import Database
from shared.issuer import LocalIssuer
from shared.serving import RefusedError, cause
from shared.settings import Limits, LogFormat, LogLevel, MetricsPort, Tracing, port_number

from .bibliometrics.connectors import ConnectorSettings

RESTORING = "restoring"
"""The folder of a restore under way, in the data folder: as long as it is there, the instance may be of two times."""
_PROJECT = Path(__file__).resolve().parent.parent
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY_CODE = 0xFF
_RESTORE = "remettez une sauvegarde de tout le dossier"
_REMEDIES = {"gateway.sqlite3": "supprimez-le (avec ses -wal et -shm), il sera reconstruit"}


class Settings(BaseSettings):
    """What may be set: PORT, and any other name in capitals after CADRAN_; see docs/operations.md."""

    model_config = SettingsConfigDict(
        env_prefix="CADRAN_", env_nested_delimiter="__", populate_by_name=True, env_ignore_empty=True
    )

    data: Path = _PROJECT / "var"
    contracts: Path = _PROJECT / "contracts"
    host: str = "127.0.0.1"
    port: Annotated[int, AfterValidator(port_number)] = Field(default=8000, validation_alias="PORT")
    metrics_port: MetricsPort = 0
    log_format: LogFormat = "console"
    log_level: LogLevel = "warning"
    tracing: Tracing = Tracing()
    max_body_bytes: int = 16 * 1024 * 1024
    max_upload_bytes: int = 256 * 1024 * 1024
    limits: Limits = Limits()
    rehearsals: bool = True
    connectors: ConnectorSettings = ConnectorSettings()


def local_issuer(settings: Settings) -> LocalIssuer:
    """The data folder's issuer. Raises RefusedError on a folder that can't be written, or a damaged key."""
    _check_whole(settings)
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        issuer = LocalIssuer(settings.data)
        issuer.prepare()
    except OSError as error:
        raise RefusedError(f"le dossier de données {settings.data} n’est pas utilisable : {error.strerror}") from error
    except ValueError as error:
        damaged = settings.data / "issuer.json"
        raise RefusedError(f"{damaged} est abîmé : supprimez-le (les jetons déjà émis ne vaudront plus)") from error
    return issuer


def instance_file(settings: Settings, name: str) -> Path:
    """A file of the instance in the data folder. Raises RefusedError where there is none, and makes nothing."""
    _check_whole(settings)
    file = settings.data / name
    if not file.exists():
        raise RefusedError(f"aucune instance dans {settings.data} : lancez d’abord « cadran run »")
    return file


def _check_whole(settings: Settings) -> None:
    """Raises RefusedError."""
    if (settings.data / RESTORING).exists():
        raise RefusedError(f"une restauration de {settings.data} n’est pas finie : « cadran run » la termine")


@contextmanager
def blaming(database: Database) -> Iterator[None]:
    """What a database in a file can't do is said of this file. Raises RefusedError."""
    if not database.is_sqlite:
        yield
        return
    file = Path(database.engine.url.database or "")
    try:
        yield
    except CommandError as error:
        raise RefusedError(f"{file} vient d’une autre version de Cadran : {error}") from error
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY_CODE in _DAMAGED:
            raise RefusedError(f"{file} est abîmé : {_REMEDIES.get(file.name, _RESTORE)}") from error
        raise RefusedError(f"{file} n’est pas utilisable : {cause(error)}") from error


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the data folder: two processes on one folder would each relay its events."""
    lock = FileLock(settings.data / "cadran.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RefusedError(f"le dossier de données {settings.data} sert déjà à un autre Cadran en marche") from error
    except OSError as error:
        raise RefusedError(f"le dossier de données {settings.data} n’est pas utilisable : {error.strerror}") from error
    with lock:
        yield
