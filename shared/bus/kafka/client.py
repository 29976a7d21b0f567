"""Reaching Kafka: the connection, why there is none, and the topics that are there."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.conn import collect_hosts, create_conn
from aiokafka.errors import (
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)

from shared.settings import KafkaSettings

from .ending import stop
from .making import make, partitions_of
from .topics import topic

# aiokafka raises AttributeError itself while a cluster knows no controller
FAILURES = (KafkaError, OSError, asyncio.TimeoutError, AttributeError)


class UnusableError(KafkaError):  # type: ignore[misc]  # aiokafka ships no types
    """Why Kafka can't be used, as the sentence that an operator reads."""


class DeniedError(UnusableError):
    """It won't be without other settings, however long it is waited for."""


class Cluster:
    """A Kafka cluster as the settings describe it."""

    def __init__(self, settings: KafkaSettings) -> None:
        self.settings = settings
        self._tls = settings.tls()
        self._known: set[str] = set()

    async def ensure_topics(self, names: Sequence[str]) -> None:
        """Raises UnusableError where one is missing that may not be made here."""
        unknown = [name for name in names if name not in self._known]
        if not unknown:
            return
        async with self.administration() as admin:
            present = await partitions_of(admin)
            await self._make(admin, [name for name in unknown if name not in present])
        self._known.update(unknown)

    async def _make(self, admin: AIOKafkaAdminClient, missing: Sequence[str]) -> None:
        settings = self.settings
        if missing and not settings.create_topics:
            raise UnusableError(f"topic(s) manquant(s) : {', '.join(missing)} ; lancez « cadran topics »")
        await make(admin, [topic(name, settings.partitions, settings.replication) for name in missing])

    def forget_topics(self) -> None:
        """Ask again which topics there are, next time."""
        self._known.clear()

    async def ends(self, names: Sequence[str]) -> Mapping[tuple[str, int], int]:
        """The next offset to be written, by topic and partition; nothing of a topic that is not there."""
        async with self.administration() as admin:
            present = await partitions_of(admin)
        places = [TopicPartition(name, each) for name in names for each in present.get(name, {})]
        if not places:
            return {}
        asking = AIOKafkaConsumer(**self.connection(), retry_backoff_ms=20)
        try:
            await asking.start()
            return {(place.topic, place.partition): end for place, end in (await asking.end_offsets(places)).items()}
        finally:
            await stop(asking)

    @asynccontextmanager
    async def administration(self) -> AsyncIterator[AIOKafkaAdminClient]:
        """Raises UnusableError where Kafka is not reached."""
        admin = AIOKafkaAdminClient(**self.connection())
        try:
            try:
                await admin.start()
            except KafkaConnectionError as error:
                raise await self._why() from error
            yield admin
        finally:
            await admin.close()

    async def _why(self) -> UnusableError:
        """What a first connection fails with, which aiokafka only logs."""
        options = {name: value for name, value in self.connection().items() if name not in _OF_CLIENTS}
        for host, port, _ in collect_hosts(self.settings.servers):
            try:
                (await create_conn(host, port, **options)).close()
            except (KafkaError, OSError, TimeoutError) as error:
                return _reason(error, f"{host}:{port}")
        return UnusableError(f"{self.settings.servers} ne répond pas")

    def connection(self) -> dict[str, Any]:
        settings = self.settings
        options: dict[str, Any] = {
            "bootstrap_servers": settings.servers,
            "security_protocol": settings.security_protocol,
            "ssl_context": self._tls,
            "request_timeout_ms": 10_000,
            "metadata_max_age_ms": 10_000,
        }
        if settings.sasl_username:
            options["sasl_mechanism"] = settings.sasl_mechanism
            options["sasl_plain_username"] = settings.sasl_username
            options["sasl_plain_password"] = settings.sasl_password.get_secret_value()
        return options


_OF_CLIENTS = {"bootstrap_servers", "metadata_max_age_ms"}


def _reason(error: BaseException, server: str) -> UnusableError:
    """None repeats a secret."""
    if isinstance(error, SaslAuthenticationFailed):
        return DeniedError(
            f"{server} refuse ce nom ou ce mot de passe : vérifiez CADRAN_KAFKA__SASL_USERNAME et __SASL_PASSWORD"
        )
    if isinstance(error, UnsupportedSaslMechanismError):
        return DeniedError(f"{server} n’accepte pas ce mécanisme : vérifiez CADRAN_KAFKA__SASL_MECHANISM")
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message
        return DeniedError(f"le certificat de {server} n’est pas reconnu ({why}) : vérifiez CADRAN_KAFKA__CA_FILE")
    if isinstance(error, ssl.SSLError):
        return UnusableError(
            f"{server} refuse la connexion chiffrée ({error.reason}) : vérifiez CADRAN_KAFKA__SECURITY_PROTOCOL"
        )
    if isinstance(error, KafkaConnectionError | ConnectionResetError):
        return UnusableError(f"{server} coupe la connexion : vérifiez CADRAN_KAFKA__SECURITY_PROTOCOL et __CERT_FILE")
    return UnusableError(f"{server} ne répond pas ({said(error)})")


def said(error: BaseException) -> str:
    """On one line."""
    if isinstance(error, UnusableError):
        return str(error.args[0])
    return "aucune réponse à temps" if isinstance(error, TimeoutError) else repr(error)
