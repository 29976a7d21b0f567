"""Access to Kafka is checked as the settings are read: what can't be is refused by name, and no secret is repeated."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from shared.sentences import sentence
from shared.settings import KafkaSettings, ServiceSettings

_SASL = {"security_protocol": "SASL_SSL", "sasl_username": "cadran", "sasl_password": "tr3s-s3cret"}
_HERE = Path(__file__)


def mistakes(**settings: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as raised:
        KafkaSettings(**settings)
    assert "s3cret" not in str([each["input"] for each in raised.value.errors()])
    return {str(each["loc"][0]): sentence(each) for each in raised.value.errors()}


@pytest.mark.parametrize(
    ("settings", "name", "reason"),
    [
        ({"security_protocol": "TLS"}, "security_protocol", "attendu : PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL"),
        (_SASL | {"sasl_mechanism": "GSSAPI"}, "sasl_mechanism", "attendu : PLAIN, SCRAM-SHA-256, SCRAM-SHA-512"),
        (_SASL | {"sasl_username": ""}, "sasl_username", "manque, et SASL_SSL le demande"),
        (_SASL | {"sasl_password": ""}, "sasl_password", "manque, et SASL_SSL le demande"),
        ({"sasl_username": "cadran"}, "sasl_username", "PLAINTEXT n’en fait rien"),
        (_SASL | {"ca_file": "/nulle-part"}, "ca_file", "ce fichier n’existe pas, ou ne peut pas être lu"),
        (_SASL | {"ca_file": _HERE}, "ca_file", "ce fichier n’est pas un certificat au format PEM"),
        ({"ca_file": _HERE}, "ca_file", "ne sert à rien sans TLS"),
        ({"security_protocol": "SSL", "cert_file": _HERE}, "cert_file", "ne vont pas ensemble"),
        ({"security_protocol": "SSL", "key_file": _HERE}, "cert_file", "manque"),
        ({"replication": 0}, "replication", "doit être au moins 1"),
    ],
)
def test_access_that_cannot_be_is_refused_by_name(settings: dict[str, Any], name: str, reason: str) -> None:
    assert reason in mistakes(**settings)[name]


def test_access_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**_SASL, "sasl_mechanism": "scram-sha-512", "create_topics": "false"}.items():
        monkeypatch.setenv(f"CADRAN_KAFKA__{name.upper()}", value)
    kafka = ServiceSettings().kafka
    assert (kafka.sasl_mechanism, kafka.create_topics) == ("SCRAM-SHA-512", False)
    assert kafka.sasl_password.get_secret_value() == "tr3s-s3cret"
