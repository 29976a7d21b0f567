"""Making topics, and comparing those that are there with what they have to be; nothing is ever altered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import NoError, TopicAlreadyExistsError, for_code

from .topics import Topic

Partitions = Mapping[int, int]  # replicas, by partition


async def partitions_of(admin: AIOKafkaAdminClient) -> dict[str, Partitions]:
    """Of every topic that is there; to ask for one by its name could make it."""
    return {
        each["topic"]: {partition["partition"]: len(partition["replicas"]) for partition in each["partitions"]}
        for each in await admin.describe_topics()
    }


async def make(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> None:
    """Make those that nobody else made meanwhile. Raises what keeps one from being made.

    Its absence would not: the broker may make it by itself at the first event, and not for ever.
    """
    if not topics:
        return
    answer = await admin.create_topics(
        [NewTopic(each.name, each.partitions, each.replication, topic_configs=dict(each.config)) for each in topics]
    )
    for name, code, *_ in answer.topic_errors:
        if code not in (NoError.errno, TopicAlreadyExistsError.errno):
            raise for_code(code)(name)


async def missing(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> list[Topic]:
    present = await partitions_of(admin)
    return [each for each in topics if each.name not in present]


async def differences(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> list[str]:
    """A sentence for each point on which a topic that is there is not as it has to be."""
    present = await partitions_of(admin)
    there = [each for each in topics if each.name in present]
    configs = await _configs(admin, there)
    return [line for each in there for line in _differences(each, present[each.name], configs[each.name])]


def _differences(topic: Topic, partitions: Partitions, config: Mapping[str, str | None]) -> Iterator[str]:
    if len(partitions) != topic.partitions:
        yield f"{topic.name} : {len(partitions)} partition(s), au lieu de {topic.partitions} ; {_NEVER_GROWN}"
    if set(partitions.values()) != {topic.replication}:
        found = ", ".join(map(str, sorted(set(partitions.values()))))
        yield f"{topic.name} : {found} réplique(s), au lieu de {topic.replication}"
    for name, value in topic.config.items():
        if config.get(name) != value:
            yield f"{topic.name} : {name} vaut {config.get(name)}, au lieu de {value}"


_NEVER_GROWN = (
    "le nombre de partitions d’un topic ne se change pas, car des sujets changeraient de partition et leur ordre "
    "serait perdu : supprimez le topic, relancez « cadran topics », puis « cadran republish » de son service"
)


async def _configs(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> dict[str, dict[str, str | None]]:
    if not topics:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, each.name, dict(each.config)) for each in topics]
    found: dict[str, dict[str, str | None]] = {}
    for answer in await admin.describe_configs(asked):
        for code, _message, _kind, name, entries in answer.resources:
            if code != NoError.errno:
                raise for_code(code)(name)
            found[name] = _values(entries)
    return found


def _values(entries: Sequence[Any]) -> dict[str, str | None]:
    return {name: value for name, value, *_ in entries}
