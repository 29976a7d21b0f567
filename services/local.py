"""The local instance's data folder: its settings, its issuer of tokens, and the lock that keeps others out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.issuer import LocalIssuer
from shared.serving import RefusedError

_PROJECT = Path(__file__).parent.parent


class Settings(BaseSettings):
    """What may be set: PORT, and CADRAN_ before DATA, HOST, CONTRACTS, METRICS_PORT, LOG_FORMAT, MAX_BODY_BYTES."""

    model_config = SettingsConfigDict(env_prefix="CADRAN_", populate_by_name=True)

    data: Path = Path("var")
    contracts: Path = _PROJECT / "contracts"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, validation_alias="PORT")
    metrics_port: int = 0
    log_format: str = "console"
    log_level: str = "warning"
    max_body_bytes: int = 16 * 1024 * 1024


def local_issuer(settings: Settings) -> LocalIssuer:
    """The data folder's issuer. Raises RefusedError on a folder that can't be written, or a damaged key."""
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
