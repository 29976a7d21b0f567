"""Reaching Kafka: the connection, the topics, and clients that start and stop within bounded time."""

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, NoError, TopicAlreadyExistsError, for_code

from shared.bus import MAX_EVENT_BYTES
from shared.settings import KafkaSettings

ENVELOPE_BYTES = 65536
# aiokafka raises AttributeError itself while a cluster knows no controller
FAILURES = (KafkaError, OSError, asyncio.TimeoutError, AttributeError)


class Cluster:
    """A Kafka cluster as the settings describe it."""

    def __init__(self, settings: KafkaSettings) -> None:
        self.settings = settings
        self._known: set[str] = set()

    async def ensure_topics(self, topics: Sequence[str]) -> None:
        missing = [topic for topic in topics if topic not in self._known]
        if not missing:
            return
        admin = AIOKafkaAdminClient(**self.connection())
        try:
            await admin.start()
            known = set(await admin.list_topics())
            _check(await admin.create_topics([self._new_topic(topic) for topic in missing if topic not in known]))
        finally:
            await admin.close()
        self._known.update(missing)

    def forget_topics(self) -> None:
        """Ask again which topics there are, next time."""
        self._known.clear()

    def _new_topic(self, topic: str) -> NewTopic:
        """Kept for ever: the topic is the history."""
        configs = {
            "retention.ms": "-1",
            "cleanup.policy": "delete",
            "max.message.bytes": str(MAX_EVENT_BYTES + ENVELOPE_BYTES),
        }
        return NewTopic(topic, self.settings.partitions, self.settings.replication, topic_configs=configs)

    def connection(self) -> dict[str, Any]:
        settings = self.settings
        options: dict[str, Any] = {
            "bootstrap_servers": settings.servers,
            "security_protocol": settings.security_protocol,
            "request_timeout_ms": 10_000,
            "metadata_max_age_ms": 10_000,
        }
        if settings.sasl_username:
            options["sasl_mechanism"] = settings.sasl_mechanism
            options["sasl_plain_username"] = settings.sasl_username
            options["sasl_plain_password"] = settings.sasl_password.get_secret_value()
        if settings.security_protocol.endswith("SSL"):
            options["ssl_context"] = ssl.create_default_context(cafile=settings.ca_file)
        return options


async def start(client: AIOKafkaProducer | AIOKafkaConsumer) -> None:
    try:
        await client.start()
    except BaseException:
        await stop(client)
        raise


async def stop(client: AIOKafkaProducer | AIOKafkaConsumer) -> None:
    """Stop within bounded time: a broker that is gone must not hold a process back."""
    with suppress(Exception):
        async with asyncio.timeout(5):
            await client.stop()


def _check(answer: Any) -> None:
    """Raise what kept a topic from being made: the broker would make it by itself, and not for ever."""
    for topic, code, *_ in answer.topic_errors:
        if code not in (NoError.errno, TopicAlreadyExistsError.errno):
            raise for_code(code)(topic)
