"""What the topics hold, message by message, as somebody reads them who is no part of the product."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient

_WAIT = 10
_OURS = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Told:
    """One message: which event of which subject it is, and its version."""

    partition: int
    offset: int
    event: str
    subject: str
    version: int


def read(servers: str, topic: str) -> list[Told]:
    """All that a topic holds, partition by partition. Raises where the broker is away."""
    partitions = AdminClient({"bootstrap.servers": servers}).list_topics(topic, timeout=_WAIT).topics[topic].partitions
    consumer = Consumer({"bootstrap.servers": servers, "group.id": uuid4().hex, "enable.auto.commit": False})
    try:
        return [told for partition in partitions for told in _partition(consumer, TopicPartition(topic, partition))]
    finally:
        consumer.close()


def _partition(consumer: Consumer, place: TopicPartition) -> Iterator[Told]:
    first, end = consumer.get_watermark_offsets(place, timeout=_WAIT)
    consumer.assign([TopicPartition(place.topic, place.partition, first)])
    last = first - 1
    while last < end - 1:
        message: Any = consumer.poll(_WAIT)
        assert message is not None, f"{place} is silent after {last}"
        assert not message.error(), message.error()
        last = message.offset()
        headers = {name: value.decode("utf-8", "replace") for name, value in message.headers() or ()}
        if _OURS.fullmatch(headers.get("ce_id", "")):
            version = int(headers["ce_sequence"])
            yield Told(place.partition, last, headers["ce_id"], headers["ce_subject"], version)


def inversions(told: Iterable[Told]) -> list[Told]:
    """Versions that come after a newer one of their subject, and are no repeat of an event."""
    seen: set[str] = set()
    newest: Counter[str] = Counter()
    found = []
    for each in told:
        if each.event not in seen and each.version < newest[each.subject]:
            found.append(each)
        seen.add(each.event)
        newest[each.subject] = max(newest[each.subject], each.version)
    return found


def repeats(told: Sequence[Told]) -> int:
    return len(told) - len({each.event for each in told})
