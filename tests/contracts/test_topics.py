"""`cadran topics`: what is declared is made where it is missing, what is there is compared, and nothing is altered."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic
from typer.testing import CliRunner, Result

from services.apart import Owner
from services.cli import app
from services.cli.topics import DECLARED
from shared.bus.kafka.topics import FOR_EVER, declared, topic
from shared.events.catalogue import topic_of
from shared.serving import RefusedError
from shared.settings import KafkaSettings
from tests.kafka import Broker, without_topic
from tests.listening import new_topic
from tests.processes import free_port

_CONFIG = ", ".join(f"{name}: {value}" for name, value in FOR_EVER.items())


@pytest.fixture
def real(kafka: Broker) -> Broker:
    if not kafka.is_real:
        pytest.skip("the mock cluster knows no administration")
    return kafka


@pytest.fixture
def name(real: Broker) -> Iterator[str]:
    topic = new_topic()
    with without_topic(real, topic):
        yield topic


@pytest.fixture
def file(tmp_path: Path, name: str) -> Path:
    """One topic, for a cluster of three brokers."""
    path = tmp_path / "topics.yml"
    path.write_text(f"defaults: {{partitions: 2, replication: 3, config: {{{_CONFIG}}}}}\ntopics: {{{name}: {{}}}}\n")
    return path


def run(servers: str, *arguments: object, **env: str) -> Result:
    settings = {"CADRAN_KAFKA__SERVERS": servers, "CADRAN_KAFKA__REPLICATION": "1"} | env
    return CliRunner().invoke(app, ["topics", *map(str, arguments)], env=settings)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def make(broker: Broker, name: str, partitions: int, **config: str) -> None:
    configs = FOR_EVER | {"min.insync.replicas": "1"} | {key.replace("_", "."): value for key, value in config.items()}
    admin = AdminClient({"bootstrap.servers": broker.servers})
    admin.create_topics([NewTopic(name, partitions, 1, config=dict(configs))])[name].result(10)


def test_a_topic_is_declared_for_each_owner_of_facts_and_no_other() -> None:
    assert [each.name for each in declared(DECLARED)] == [topic_of(owner) for owner in Owner]


def test_what_the_bus_makes_by_itself_is_what_is_declared() -> None:
    settings = KafkaSettings()
    made = [topic(topic_of(owner), settings.partitions, settings.replication) for owner in Owner]
    assert made == declared(DECLARED, settings.replication)


@pytest.mark.parametrize(("replication", "in_sync"), [(1, "1"), (2, "1"), (3, "2"), (5, "2")])
def test_a_broker_may_be_away_where_there_is_another(replication: int, in_sync: str) -> None:
    assert {each.config["min.insync.replicas"] for each in declared(DECLARED, replication)} == {in_sync}


def test_a_missing_topic_is_made_and_then_conforms(real: Broker, name: str, file: Path) -> None:
    made = run(real.servers, "--file", file)
    assert plain(made.output) == f"{name} : créé, 2 partition(s), 1 réplique(s).\n1 topic(s) conforme(s).\n"
    again = run(real.servers, "--file", file)
    assert (again.exit_code, plain(again.output)) == (0, "1 topic(s) conforme(s).\n")


def test_comparing_makes_nothing(real: Broker, name: str, file: Path) -> None:
    checked = run(real.servers, "--file", file, "--check")
    assert checked.exit_code == 1
    assert f"{name} : manque." in plain(checked.output)
    assert name not in AdminClient({"bootstrap.servers": real.servers}).list_topics(timeout=5).topics


def test_two_at_once_make_a_topic_once(real: Broker, name: str, file: Path) -> None:
    command = (real.servers, "--file", file)
    with ThreadPoolExecutor() as threads:
        done = [threads.submit(_in_a_process, *command) for _ in range(2)]
    assert [each.result() for each in done] == [0, 0]
    assert len(AdminClient({"bootstrap.servers": real.servers}).list_topics(timeout=5).topics[name].partitions) == 2


def _in_a_process(servers: str, *arguments: object) -> int:
    env = os.environ | {"CADRAN_KAFKA__SERVERS": servers, "CADRAN_KAFKA__REPLICATION": "1"}
    command = [sys.executable, "-c", "from services.cli import main; main()", "topics", *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, check=False, timeout=200).returncode


def test_every_difference_is_named_and_none_is_altered(real: Broker, name: str, file: Path) -> None:
    make(real, name, 1, retention_ms="1000", max_message_bytes="5000000")
    for _ in range(2):
        found = run(real.servers, "--file", file)
        assert found.exit_code == 1
        lines = plain(found.output).splitlines()
        assert lines[0].startswith(
            f"{name} : 1 partition(s), au lieu de 2 ; le nombre de partitions d’un topic ne se change"
        )
        assert lines[1:] == [
            f"{name} : retention.ms vaut 1000, au lieu de -1.",
            f"{name} : max.message.bytes vaut 5000000, au lieu de 4259840.",
            "3 écart(s), que « cadran topics » ne change pas.",
        ]


def test_a_replication_that_is_not_as_declared_is_named(real: Broker, name: str, file: Path) -> None:
    make(real, name, 2)
    found = run(real.servers, "--file", file, "--check", CADRAN_KAFKA__REPLICATION="")
    assert f"{name} : 1 réplique(s), au lieu de 3." in plain(found.output)


def test_more_replicas_than_brokers_are_refused_within_bounded_time(real: Broker, file: Path) -> None:
    refused = run(real.servers, "--file", file, "--wait", 0, CADRAN_KAFKA__REPLICATION="")
    assert isinstance(refused.exception, RefusedError)
    assert "InvalidReplicationFactor" in str(refused.exception)


def test_a_broker_that_is_away_is_waited_for_and_then_said() -> None:
    refused = run(f"127.0.0.1:{free_port()}", "--wait", 1)
    assert isinstance(refused.exception, RefusedError)
    assert "Kafka ne permet pas de vérifier les topics : 127.0.0.1:" in str(refused.exception)
    assert "ne répond pas" in str(refused.exception)


def test_no_address_of_kafka_is_said_at_once() -> None:
    refused = run("")
    assert "CADRAN_KAFKA__SERVERS" in str(refused.exception)


_GOOD = "defaults: {partitions: 3, replication: 1}\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("defaults: {partitions: 3\ntopics: {}", "n’est pas lisible comme du YAML, ligne 2, colonne 7"),
        (_GOOD, "topics : champ obligatoire manquant"),
        (_GOOD + "topics: {}", "topics : au moins 1 élément(s)"),
        (_GOOD + "topics: {a: {partition: 3}}", "topics → a → partition : champ inconnu"),
        (_GOOD + "topics: {a: {partitions: trois}}", "topics → a → partitions : un nombre entier est attendu"),
        (_GOOD + "topics: {a: {partitions: 0}}", "topics → a → partitions : doit être au moins 1"),
        (_GOOD + "topics: {a: {config: {retention.ms: 1000}}}", "topics → a → config : retention.ms vaut -1, car"),
        (_GOOD + "topics: {a: {config: {cleanup.policy: compact}}}", "config : cleanup.policy vaut delete, car"),
        (_GOOD + "topics: {a: {config: {max.message.bytes: 1000}}}", "max.message.bytes est un nombre entier"),
        (_GOOD + "topics: {a: {config: {min.insync.replicas: 0}}}", "min.insync.replicas est un nombre entier"),
        ("[]", "le fichier :"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_is_refused_where_it_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "topics.yml"
    file.write_text(text)
    refused = run("127.0.0.1:9", "--file", file)
    assert isinstance(refused.exception, RefusedError)
    assert str(file) in str(refused.exception)
    assert reason in str(refused.exception)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    refused = run("127.0.0.1:9", "--file", tmp_path / "nulle-part.yml")
    assert str(refused.exception) == f"{tmp_path}/nulle-part.yml : No such file or directory"
