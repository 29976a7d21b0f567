"""The settings of a service that runs by itself, from the environment or from files."""

import os
from pathlib import Path
from typing import Self

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NestedSecretsSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from .kafka import KafkaSettings
from .kinds import LogFormat, LogLevel, MetricsPort, port_number
from .limits import Limits, Tracing


class ServiceSettings(BaseSettings):
    """The settings of one service that runs by itself.

    The folder that CADRAN_SECRETS_DIR names may hold any of them in a file of its own, CADRAN_DATABASE_PASSWORD or
    CADRAN_KAFKA__SASL_PASSWORD; a variable of that name goes before it.
    """

    model_config = SettingsConfigDict(env_prefix="CADRAN_", env_nested_delimiter="__", env_ignore_empty=True)

    database_url: str = ""
    database_password: SecretStr = SecretStr("")
    kafka: KafkaSettings = KafkaSettings()
    jwks: str = ""
    issuer: str = "cadran-local"
    audience: str = "cadran"
    host: str = "127.0.0.1"
    port: int = 8000
    metrics_host: str = "127.0.0.1"
    metrics_port: MetricsPort = 0
    log_format: LogFormat = "json"
    log_level: LogLevel = "info"
    tracing: Tracing = Tracing()
    max_body_bytes: int = 16 * 1024 * 1024
    limits: Limits = Limits()

    _port_number = field_validator("port")(port_number)  # a service that declares its own default keeps it

    @model_validator(mode="after")
    def _add_the_password(self) -> Self:
        """An address without a password takes the one that is told apart from it."""
        self.database_url = _with_password(self.database_url, self.database_password.get_secret_value())
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        files = NestedSecretsSettingsSource(file_secret_settings, secrets_dir=_secrets_folder())
        return init_settings, env_settings, dotenv_settings, files


def _with_password(address: str, password: str) -> str:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # told where the database is opened
        return address
    if not password or url.password is not None:
        return address
    return url.set(password=password).render_as_string(hide_password=False)


def _secrets_folder() -> Path | None:
    """The folder of secrets, where one is named. Raises OSError where it can't be read, which would go unsaid."""
    named = os.environ.get("CADRAN_SECRETS_DIR", "")
    for _ in Path(named).iterdir() if named else ():
        break
    return Path(named) if named else None
