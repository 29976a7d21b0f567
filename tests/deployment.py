"""Cadran as it is deployed: each service a process of its own, with its database, its port and the broker."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from shared.issuer import LocalIssuer
from tests.processes import free_port, running
from tests.waiting import eventually

_COMMAND = str(Path(sys.executable).with_name("cadran"))
_STARTS_WITHIN = 90


@dataclass(frozen=True, slots=True)
class Service:
    """One service as its environment describes it, running or not."""

    name: str
    folder: Path
    env: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.env['CADRAN_PORT']}"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}-{self.env['CADRAN_PORT']}.log"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A `cadran` command of this service, to its end."""
        return subprocess.run(
            [_COMMAND, *arguments],
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[subprocess.Popen[bytes]]:
        """`cadran serve`, from its first answer to the end of the block; then it must end in order."""
        with running([_COMMAND, "serve", self.name], log=self.log, env=self.env) as process:
            await eventually(lambda: self._answers(process), within=_STARTS_WITHIN)
            yield process
        assert process.returncode == 0, self.log.read_text("utf-8")

    async def _answers(self, process: subprocess.Popen[bytes]) -> bool:
        assert process.poll() is None, self.log.read_text("utf-8")
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get(f"{self.url}/health/live")).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the services have in common: a broker, and an issuer of tokens."""

    folder: Path
    issuer: LocalIssuer
    servers: str

    def service(self, name: str, database: str, **settings: str) -> Service:
        env = {
            "CADRAN_DATABASE_URL": database,
            "CADRAN_KAFKA__SERVERS": self.servers,
            "CADRAN_KAFKA__SESSION_SECONDS": "6",
            "CADRAN_JWKS": str(self.issuer.public),
            "CADRAN_LIMITS__CALLS_PER_MINUTE": "0",
            "CADRAN_PORT": str(free_port()),
        }
        return Service(name, self.folder, _bare_environment() | env | settings)

    def client(
        self,
        service: Service,
        roles: Sequence[str] = ("administrator",),
        *,
        entities: Sequence[str] = (),
        subject: str = "test",
    ) -> httpx.AsyncClient:
        token = self.issuer.token(subject=subject, roles=roles, entities=entities, days=1)
        return httpx.AsyncClient(base_url=service.url, headers={"Authorization": f"Bearer {token}"}, timeout=30)


def new_deployment(folder: Path, servers: str) -> Deployment:
    issuer = LocalIssuer(folder)
    issuer.prepare()
    return Deployment(folder, issuer, servers)


def _bare_environment() -> dict[str, str]:
    """Ours, without what the developer set for Cadran."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CADRAN_")}
