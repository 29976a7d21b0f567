"""A broker of the faults' own: reached by the services through a wire, and by the tests directly."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import kafka
from tests.faults.wire import Wire, to_port
from tests.processes import free_port, running


@dataclass(frozen=True, slots=True)
class Own:
    """`servers` are for the tests; the services are told of the wire alone."""

    servers: str
    wire: Wire

    @property
    def through_wire(self) -> str:
        return f"127.0.0.1:{self.wire.port}"


@contextmanager
def own_broker() -> Iterator[Own]:
    """Apache Kafka on Java; it takes short sessions, so that a frozen member is not waited for."""
    if not (shutil.which("mvn") and shutil.which("java")):
        pytest.skip("a broker that can be cut off takes mvn and java")
    inside, outside, controller = free_port(), free_port(), free_port()
    wire = Wire(to_port(outside))
    with tempfile.TemporaryDirectory(prefix="cadran-kafka-", ignore_cleanup_errors=True) as folder:
        properties, log = Path(folder) / "server.properties", Path(folder) / "broker.log"
        settings = _settings((inside, outside, wire.port), controller) | {"log.dirs": f"{folder}/data"}
        properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
        java = ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{kafka._jars()}/*"]
        format_it = ["kafka.tools.StorageTool", "format", "-t", kafka._CLUSTER, "-c", str(properties)]
        subprocess.run([*java, *format_it], capture_output=True, check=True)
        with running([*java, "kafka.Kafka", str(properties)], log=log) as process:
            kafka._await(process, inside, log, within=60)
            yield Own(f"127.0.0.1:{inside}", wire)


def _settings(ports: tuple[int, int, int], controller: int) -> dict[str, str]:
    inside, outside, told = ports
    protocols = ",".join(f"{name}:PLAINTEXT" for name in ("CONTROLLER", "INSIDE", "OUTSIDE"))
    here = f"INSIDE://127.0.0.1:{inside}"
    return kafka._settings(inside, controller) | {
        "listeners": f"{here},OUTSIDE://127.0.0.1:{outside},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"{here},OUTSIDE://127.0.0.1:{told}",
        "listener.security.protocol.map": protocols,
        "inter.broker.listener.name": "INSIDE",
        "auto.create.topics.enable": "false",
        "group.min.session.timeout.ms": "1000",
    }
