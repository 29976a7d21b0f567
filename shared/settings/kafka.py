"""How to reach Kafka, checked before anything connects: protocol, credentials, certificates."""

import os
from pathlib import Path
from ssl import SSLContext, SSLError, create_default_context
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationInfo, field_validator


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


SecurityProtocol = Annotated[Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], BeforeValidator(_upper)]
SaslMechanism = Annotated[Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], BeforeValidator(_upper)]


class KafkaSettings(BaseModel):
    """How to reach Kafka, and how its topics are made; `CADRAN_KAFKA__SERVERS` and so on."""

    model_config = ConfigDict(validate_default=True)

    servers: str = ""
    partitions: Annotated[int, Field(ge=1)] = 3
    replication: Annotated[int, Field(ge=1)] = 1
    create_topics: bool = True
    send_seconds: Annotated[float, Field(gt=0)] = 20.0
    session_seconds: Annotated[int, Field(ge=1)] = 10
    security_protocol: SecurityProtocol = "PLAINTEXT"
    sasl_mechanism: SaslMechanism = "PLAIN"
    sasl_username: str = ""
    sasl_password: SecretStr = SecretStr("")
    ca_file: Path | None = None
    key_file: Path | None = None
    key_password: SecretStr = SecretStr("")
    cert_file: Path | None = None  # after the key, which it is checked with

    @field_validator("sasl_username", "sasl_password")
    @classmethod
    def _known_to_a_protocol(cls, value: str | SecretStr, info: ValidationInfo) -> str | SecretStr:
        """Raises ValueError; on a password, only where there is none to repeat."""
        protocol = info.data.get("security_protocol", "")
        if protocol.startswith("SASL_") and not value:
            raise ValueError(f"manque, et {protocol} le demande")
        if protocol in {"PLAINTEXT", "SSL"} and value and info.field_name == "sasl_username":
            raise ValueError(f"{protocol} n’en fait rien : écrivez CADRAN_KAFKA__SECURITY_PROTOCOL=SASL_SSL")
        return value

    @field_validator("ca_file", "key_file", "cert_file")
    @classmethod
    def _readable(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        if file and info.data.get("security_protocol") in {"PLAINTEXT", "SASL_PLAINTEXT"}:
            raise ValueError("ne sert à rien sans TLS : écrivez CADRAN_KAFKA__SECURITY_PROTOCOL=SSL ou SASL_SSL")
        if file and not os.access(file, os.R_OK):
            raise ValueError("ce fichier n’existe pas, ou ne peut pas être lu")
        return file

    @field_validator("ca_file")
    @classmethod
    def _authority(cls, file: Path | None) -> Path | None:
        try:
            create_default_context(cafile=file)
        except (SSLError, OSError) as error:
            raise ValueError("ce fichier n’est pas un certificat au format PEM") from error
        return file

    @field_validator("cert_file")
    @classmethod
    def _pair(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        key, password = info.data.get("key_file"), info.data.get("key_password", SecretStr(""))
        if key and not file:
            raise ValueError("manque : CADRAN_KAFKA__KEY_FILE est la clef d’un certificat")
        if file:
            load_client_certificate(create_default_context(), file, key, password)
        return file

    def tls(self) -> SSLContext | None:
        """What the connection is encrypted with; nothing where the protocol does not."""
        if not self.security_protocol.endswith("SSL"):
            return None
        context = create_default_context(cafile=self.ca_file)
        if self.cert_file:
            load_client_certificate(context, self.cert_file, self.key_file, self.key_password)
        return context


def load_client_certificate(context: SSLContext, file: Path, key: Path | None, password: SecretStr) -> None:
    """Raises ValueError. OpenSSL asks at the terminal for a password that is not given, were it the empty one."""
    try:
        context.load_cert_chain(file, key, password.get_secret_value)
    except (SSLError, OSError) as error:
        raise ValueError("ce certificat, sa clef et le mot de passe de sa clef ne vont pas ensemble") from error
