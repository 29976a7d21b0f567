"""A Kafka broker for the tests: the real one wherever it can be had, else librdkafka's mock."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import confluent_kafka
import pytest
from confluent_kafka.admin import AdminClient

from tests.processes import free_port, running

VERSION = "4.1.1"
GIVEN = "CADRAN_TEST_KAFKA"
_IMAGE = f"apache/kafka:{VERSION}"
_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_SSL")
_CLUSTER = "5L6g3nShT-eMCtK--X86sw"
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>cadran</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{0}</version></dependency>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>{0}</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
</dependencies></project>"""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker listens, and what it is."""

    servers: str
    description: str
    is_ours: bool = True
    mock: confluent_kafka.Producer | None = None
    pid: int = 0

    @property
    def is_real(self) -> bool:
        return self.mock is None


@contextmanager
def without_topic(broker: Broker, topic: str) -> Iterator[None]:
    """A block that begins, and leaves the broker, without the topic. Fails on one that somebody else filled."""
    admin = AdminClient({"bootstrap.servers": broker.servers})
    if topic in admin.list_topics(timeout=10).topics and not broker.is_ours:
        pytest.fail(f"{topic} exists on {broker.servers}: these tests need a broker of their own.")
    _delete(admin, topic)
    yield
    _delete(admin, topic)


@contextmanager
def frozen(broker: Broker) -> Iterator[None]:
    """A broker that takes connections, and answers nothing as long as the block lasts."""
    os.kill(broker.pid, signal.SIGSTOP)
    try:
        os.waitid(os.P_PID, broker.pid, os.WSTOPPED)  # each of its threads has stopped
        yield
    finally:
        os.kill(broker.pid, signal.SIGCONT)


def _delete(admin: AdminClient, topic: str) -> None:
    """Also where it is not there."""
    if error := admin.delete_topics([topic])[topic].exception(20):
        assert error.args[0].code() == confluent_kafka.KafkaError.UNKNOWN_TOPIC_OR_PART, error


@contextmanager
def broker() -> Iterator[Broker]:
    """The broker that CADRAN_TEST_KAFKA names; else Apache Kafka on Java, or in Docker; else the mock."""
    with ExitStack() as stack:
        yield _found(stack)


def _found(stack: ExitStack) -> Broker:
    if servers := os.environ.get(GIVEN):
        return Broker(servers, f"the broker of {GIVEN}, {servers}", is_ours=False)
    if shutil.which("mvn") and shutil.which("java"):
        return stack.enter_context(on_java())
    if _runs(["docker", "info"]):
        return stack.enter_context(_in_docker())
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs a real Kafka broker: install mvn and java, or start Docker, or set {GIVEN}.")
    return _mock()


def _runs(command: list[str]) -> bool:
    return bool(shutil.which(command[0])) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _jars() -> Path:
    """The broker's jar files, downloaded by Maven once; a folder that is there is whole."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cadran"
    ready = cache / f"kafka-{VERSION}"
    if not ready.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".kafka-") as folder:
            _download(Path(folder))
            _publish(Path(folder) / "libs", ready)
    return ready


def _download(folder: Path) -> None:
    pom = folder / "pom.xml"
    pom.write_text(_POM.format(VERSION), "utf-8")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder / 'libs'}"]
    done = subprocess.run(["mvn", "-B", "-q", "-f", str(pom), *goal], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"Maven could not bring Apache Kafka {VERSION} (or set {GIVEN}):\n{done.stdout}{done.stderr}")


def _publish(whole: Path, ready: Path) -> None:
    try:
        whole.rename(ready)
    except OSError:
        if not ready.is_dir():  # where it is there, another run was faster
            raise


@contextmanager
def on_java(
    settings: Mapping[str, str] | None = None, formatting: Sequence[str] = (), **ports: int
) -> Iterator[Broker]:
    """A broker of our own, with more settings, and more listeners than the plain one, each on its port."""
    port, controller, jars = free_port(), free_port(), _jars()
    with tempfile.TemporaryDirectory(prefix="cadran-kafka-", ignore_cleanup_errors=True) as folder:
        settings = _settings(port, controller, **ports) | {"log.dirs": f"{folder}/data", **(settings or {})}
        properties, log = Path(folder) / "server.properties", Path(folder) / "broker.log"
        properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
        java = ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{jars}/*"]
        format_it = ["kafka.tools.StorageTool", "format", "-t", _CLUSTER, "-c", str(properties), "--ignore-formatted"]
        subprocess.run([*java, *format_it, *formatting], capture_output=True, check=True)
        with running([*java, "kafka.Kafka", str(properties)], log=log) as process:
            _await(process, port, log, within=60)
            yield Broker(f"127.0.0.1:{port}", f"Apache Kafka {VERSION} on Java", pid=process.pid)


@contextmanager
def _in_docker() -> Iterator[Broker]:
    """The image, pulled where it is missing; Docker passes the signal that ends it on to the broker."""
    port, controller = free_port(), free_port()
    settings = _settings(port, controller) | {"listeners": f"PLAINTEXT://:{port},CONTROLLER://:{controller}"}
    variables = [f"--env=KAFKA_{name.replace('.', '_').upper()}={value}" for name, value in settings.items()]
    command = ["docker", "run", "--rm", f"--publish=127.0.0.1:{port}:{port}", *variables, _IMAGE]
    with tempfile.TemporaryDirectory(prefix="cadran-kafka-") as folder:
        log = Path(folder) / "broker.log"
        with running(command, log=log) as process:
            _await(process, port, log, within=300)
            yield Broker(f"127.0.0.1:{port}", f"Docker, {_IMAGE}")


def _settings(port: int, controller: int, **ports: int) -> dict[str, str]:
    """One node that is broker and controller, of which every replica is the only one."""
    listeners = [f"{name}://127.0.0.1:{each}" for name, each in {"PLAINTEXT": port, **ports}.items()]
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "listeners": ",".join((*listeners, f"CONTROLLER://127.0.0.1:{controller}")),
        "advertised.listeners": ",".join(listeners),
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": ",".join(("CONTROLLER:PLAINTEXT", *map("{0}:{0}".format, _PROTOCOLS))),
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "offsets.topic.num.partitions": "1",
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
    }


def _await(process: subprocess.Popen[bytes], port: int, log: Path, *, within: float) -> None:
    """Ask for the broker's topics until it answers."""
    admin = AdminClient({"bootstrap.servers": f"127.0.0.1:{port}", "reconnect.backoff.max.ms": 200, "log_level": 2})
    deadline = monotonic() + within
    while process.poll() is None and monotonic() < deadline:
        try:
            admin.list_topics(timeout=1)
        except confluent_kafka.KafkaException:
            continue
        return
    pytest.fail(f"the Kafka broker did not start:\n{log.read_text('utf-8', 'replace')[-4000:]}")


def _mock() -> Broker:
    """The mock of librdkafka: it speaks the protocol, keeps order and offsets, and knows no administration."""
    producer = confluent_kafka.Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "mock", "log_level": 2})
    brokers = producer.list_topics(timeout=10).brokers.values()
    servers = ",".join(f"{each.host}:{each.port}" for each in brokers)
    return Broker(servers, "librdkafka's mock cluster (no mvn with java, no Docker)", mock=producer)
