"""The stack of the drill: one project of compose, with its own image, secrets, key set, ports and volumes."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.processes import free_port

SERVICES = ("postgres", "kafka", "indicators", "milestones", "bibliometrics", "gateway")
OWNERS = ("indicators", "milestones", "bibliometrics")
ONCE = ("topics", *(f"migrate-{each}" for each in (*OWNERS, "gateway")))
DEPLOY = ROOT / "deploy"
_PATIENCE_SECONDS = 600


def composing() -> list[str]:
    """The compose of this machine: the plugin of the engine, else the older program."""
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return ["docker", "compose"] if plugin.returncode == 0 else ["docker-compose"]


def ran(command: Sequence[str], env: Mapping[str, str], *, fails: bool = False) -> str:
    """What it said on both outputs. Fails where it does, unless it is to fail, and then where it does not."""
    done = subprocess.run(
        command,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=_PATIENCE_SECONDS,
    )
    assert (done.returncode != 0) == fails, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-6000:]}"
    return done.stdout


@dataclass(frozen=True, slots=True)
class Stack:
    """`env` is what an operator sets, and nothing of what the machine's own deployment may have set."""

    folder: Path
    env: Mapping[str, str]

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    def compose(self, *arguments: str, fails: bool = False, **settings: str) -> str:
        nothing = self.folder / "no.env"
        nothing.touch()
        command = [*composing(), "-f", str(DEPLOY / "docker-compose.yml"), "--env-file", str(nothing)]
        return ran([*command, *arguments], {**self.env, **settings}, fails=fails)

    def script(self, name: str, *arguments: str, fails: bool = False, **settings: str) -> str:
        return ran([str(DEPLOY / name), *arguments], {**self.env, **settings}, fails=fails)

    def scheduled(self, name: str, *arguments: str) -> str:
        """As cron runs a script: all that it knows of the settings is in the `.env` beside it."""
        deploy = self.folder / "deploy"
        shutil.copytree(DEPLOY, deploy, ignore=lambda *_: [".env", "secrets", "backups"])
        settings = {key: value for key, value in self.env.items() if key.startswith(("CADRAN_", "COMPOSE_"))}
        (deploy / ".env").write_text("".join(f"{key}={value}\n" for key, value in settings.items()), "utf-8")
        bare = {key: self.env[key] for key in ("PATH", "HOME")}
        return ran([str(deploy / name), *arguments], bare)

    def docker(self, *arguments: str, fails: bool = False) -> str:
        return ran(["docker", *arguments], self.env, fails=fails)

    def containers(self, service: str = "") -> list[dict[str, Any]]:
        """What the engine knows of each container of a service, running or not; of all of them without a name."""
        project = f"label=com.docker.compose.project={self.env['COMPOSE_PROJECT_NAME']}"
        found = self.docker("ps", "--all", "--quiet", "--no-trunc", "--filter", project).split()
        told: list[dict[str, Any]] = json.loads(self.docker("inspect", *found)) if found else []
        return [each for each in told if service in {"", service_of(each)}]

    def doors(self) -> list[str]:
        """Where each running gateway is published."""
        running = [each for each in self.containers("gateway") if each["State"]["Running"]]
        (ports,) = {tuple(each["NetworkSettings"]["Ports"]) for each in running}
        found = [port for each in running for port in each["NetworkSettings"]["Ports"][ports[0]]]
        return sorted({f"http://{each['HostIp']}:{each['HostPort']}" for each in found})

    def up(self, **scale: int) -> None:
        scaled = [word for service, count in scale.items() for word in ("--scale", f"{service}={count}")]
        try:
            self.compose("up", "-d", *scaled)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.compose('logs', '--no-color', '--tail', '15')}") from None

    def sql(self, database: str, statement: str, role: str = "postgres", *, fails: bool = False) -> str:
        asked = ["psql", "-U", role, "-d", database, "-At", "-c", statement]
        return self.compose("exec", "-T", "postgres", *asked, fails=fails)

    def counts(self) -> dict[str, str]:
        """How many rows each table of each owner has: nothing is lost where these are the same."""
        return {owner: self._counts(owner) for owner in OWNERS}

    def _counts(self, owner: str) -> str:
        names = self.sql(owner, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").split()
        kept = [each for each in names if each != "relay_leases"]  # who sends now, which is no fact
        return self.sql(owner, " UNION ALL ".join(f"SELECT '{each}', count(*) FROM {each}" for each in kept))

    def remove(self) -> None:
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "20")


def service_of(container: Mapping[str, Any]) -> str:
    return str(container["Config"]["Labels"]["com.docker.compose.service"])


def environment(folder: Path, jwks: Path) -> dict[str, str]:
    """Two ports that follow each other, for two gateways; names that nothing else on the machine has."""
    first = _two_free_ports()
    mine = {key: value for key, value in os.environ.items() if not key.startswith(("CADRAN_", "COMPOSE_"))}
    return mine | {
        "COMPOSE_PROJECT_NAME": f"cadran-drill-{first}",
        "CADRAN_IMAGE": "cadran-drill",
        "CADRAN_SECRETS": str(folder / "secrets"),
        "CADRAN_JWKS_FILE": str(jwks),
        "CADRAN_PUBLISH": f"127.0.0.1:{first}-{first + 1}",
        "DOCKER_CLI_HINTS": "false",
    }


def _two_free_ports() -> int:
    """The first of two that follow each other."""
    while True:
        first = free_port()
        with suppress(OSError), socket.socket() as second:
            second.bind(("127.0.0.1", first + 1))
            return first
