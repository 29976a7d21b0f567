"""A Kafka broker that wants to know who speaks to it: over TLS, by a password or by a client's certificate."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.kafka import Broker, on_java
from tests.processes import free_port

PASSWORD = "tr3s-s3cret"
KEY_PASSWORD = "clef-s3crete"
_SECURITY = "org.apache.kafka.common.security"


@dataclass(frozen=True, slots=True)
class Secured:
    """Where it listens; the files that lead there, and the authority that signed nothing of it."""

    broker: Broker
    by_password: str
    by_certificate: str
    authority: Path
    stranger: Path
    certificate: Path
    key: Path

    def named(self, mechanism: str, password: str = PASSWORD) -> dict[str, Any]:
        """The settings of who says a password."""
        return {
            "servers": self.by_password,
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": mechanism,
            "sasl_username": "cadran",
            "sasl_password": password,
            "ca_file": self.authority,
        }

    def certified(self) -> dict[str, Any]:
        """The settings of who shows a certificate."""
        return {
            "servers": self.by_certificate,
            "security_protocol": "SSL",
            "ca_file": self.authority,
            "cert_file": self.certificate,
            "key_file": self.key,
            "key_password": KEY_PASSWORD,
        }


class _Authority:
    """Signs certificates, and says by its own how to know them."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        self.certificate = self._sign(self._name, self._key, constraints)

    def sign(self, name: str, key: ec.EllipticCurvePrivateKey) -> bytes:
        here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        return self._sign(_name(name), key, here)

    def _sign(self, name: x509.Name, key: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType) -> bytes:
        now, builder = datetime.now(UTC), x509.CertificateBuilder(issuer_name=self._name, subject_name=name)
        signed = (
            builder.public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=5))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(extension, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        return signed.public_bytes(serialization.Encoding.PEM)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(key: ec.EllipticCurvePrivateKey, encryption: serialization.KeySerializationEncryption) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)


@contextmanager
def secured(folder: Path) -> Iterator[Secured]:
    """The broker, as long as the block lasts; its keys are made in the folder."""
    if not (shutil.which("mvn") and shutil.which("java")):
        pytest.skip("a secured broker needs mvn and java")
    authority = _Authority("Autorité des essais")
    files = {name: folder / f"{name}.pem" for name in ("authority", "stranger", "certificate", "key", "store")}
    key, client = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    files["authority"].write_bytes(authority.certificate)
    files["stranger"].write_bytes(_Authority("Autorité d'ailleurs").certificate)
    files["store"].write_bytes(_pem(key, serialization.NoEncryption()) + authority.sign("kafka", key))
    files["certificate"].write_bytes(authority.sign("cadran", client))
    files["key"].write_bytes(_pem(client, serialization.BestAvailableEncryption(KEY_PASSWORD.encode())))
    by_password, by_certificate = free_port(), free_port()
    settings = _settings(files["store"], files["authority"])
    scram = ["--add-scram", f"SCRAM-SHA-256=[name=cadran,password={PASSWORD}]"]
    scram += ["--add-scram", f"SCRAM-SHA-512=[name=cadran,password={PASSWORD}]"]
    with on_java(settings, scram, SASL_SSL=by_password, SSL=by_certificate) as broker:
        places = {"by_password": f"127.0.0.1:{by_password}", "by_certificate": f"127.0.0.1:{by_certificate}"}
        yield Secured(broker, **places, **{name: files[name] for name in files if name != "store"})  # type: ignore[arg-type]


def _settings(store: Path, authority: Path) -> dict[str, str]:
    scram, sasl = f"{_SECURITY}.scram.ScramLoginModule required;", "listener.name.sasl_ssl"
    return {
        "auto.create.topics.enable": "false",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(store),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(authority),
        "listener.name.ssl.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
        f"{sasl}.plain.sasl.jaas.config": f'{_SECURITY}.plain.PlainLoginModule required user_cadran="{PASSWORD}";',
        f"{sasl}.scram-sha-256.sasl.jaas.config": scram,
        f"{sasl}.scram-sha-512.sasl.jaas.config": scram,
    }
