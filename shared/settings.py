"""What an operator may set: every setting is an environment variable that begins with CADRAN_."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_LAST_PORT = 65535


def port_number(port: int) -> int:
    """A port that can be listened on and told to others: 0 would be any. Raises ValueError."""
    if not 1 <= port <= _LAST_PORT:
        raise ValueError(f"un port est un nombre de 1 à {_LAST_PORT}")
    return port


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


MetricsPort = Annotated[int, Field(ge=0, le=_LAST_PORT)]
LogFormat = Annotated[Literal["console", "json"], BeforeValidator(_lower)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error", "critical"], BeforeValidator(_lower)]


class KafkaSettings(BaseModel):
    """How to reach Kafka, and how its topics are made; `CADRAN_KAFKA__SERVERS` and so on."""

    servers: str = ""
    partitions: int = 3
    replication: int = 1
    send_seconds: float = 20.0
    session_seconds: int = 10
    security_protocol: str = "PLAINTEXT"
    sasl_mechanism: str = "PLAIN"
    sasl_username: str = ""
    sasl_password: SecretStr = SecretStr("")
    ca_file: Path | None = None


class ServiceSettings(BaseSettings):
    """The settings of one service that runs by itself."""

    model_config = SettingsConfigDict(env_prefix="CADRAN_", env_nested_delimiter="__", env_ignore_empty=True)

    database_url: str = ""
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
    max_body_bytes: int = 16 * 1024 * 1024

    _port_number = field_validator("port")(port_number)  # a service that declares its own default keeps it
