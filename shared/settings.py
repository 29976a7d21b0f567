"""What an operator may set: every setting is an environment variable that begins with CADRAN_."""

from pathlib import Path

from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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

    model_config = SettingsConfigDict(env_prefix="CADRAN_", env_nested_delimiter="__")

    database_url: str = ""
    kafka: KafkaSettings = KafkaSettings()
    jwks: str = ""
    issuer: str = "cadran-local"
    audience: str = "cadran"
    host: str = "127.0.0.1"
    port: int = 8000
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    log_format: str = "json"
    log_level: str = "info"
    max_body_bytes: int = 16 * 1024 * 1024
