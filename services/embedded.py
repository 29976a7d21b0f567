"""Everything in one process: SQLite in a data folder, the in-process bus, and a local issuer of tokens."""

import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from services.gateway import read_model
from services.gateway.app import create_app as create_gateway
from services.gateway.tables import SCHEMA as GATEWAY
from services.indicators.app import create_app as create_indicators
from services.indicators.tables import SCHEMA as INDICATORS
from shared import migrations, outbox, serving, telemetry
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from shared.serving import RefusedError
from shared.version import VERSION

from . import loading
from .local import Settings, alone, blaming, local_issuer


@dataclass(frozen=True, slots=True)
class System:
    """The running whole: `app` is the one door, `indicators` and `gateway` what stands behind it."""

    app: "OneDoor"
    issuer: LocalIssuer
    indicators: FastAPI
    gateway: FastAPI

    def client(self, *, role: str = "administrator") -> httpx.AsyncClient:
        """A client of this system that needs no network."""
        token = self.issuer.token(subject="cadran", roles=[role], days=1)
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url="http://cadran.local",
            headers={"Authorization": f"Bearer {token}"},
        )


class OneDoor:
    """Sends what is under an owner's prefix to that owner, and the rest to the gateway: the URLs of one base."""

    def __init__(self, gateway: FastAPI, owners: dict[str, FastAPI]) -> None:
        self._gateway = gateway
        self._owners = owners

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = scope["path"].split("/", 2)[1] if scope["type"] == "http" else ""
        await self._owners.get(prefix, self._gateway)(scope, receive, send)


@asynccontextmanager
async def system(settings: Settings) -> AsyncIterator[System]:
    """The whole, started: migrated, listening, and with every event on its way. Raises RefusedError."""
    issuer = local_issuer(settings)
    facts, views = (_database(settings.data / f"{name}.sqlite3") for name in ("indicators", "gateway"))
    with alone(settings):
        issuer.sweep()
        try:
            await _prepare(facts, views)
            async with _running(settings, issuer, facts, views) as running:
                yield running
        finally:
            await facts.close()
            await views.close()


def _database(path: Path) -> Database:
    return Database(f"sqlite+aiosqlite:///{path}")


async def _prepare(facts: Database, views: Database) -> None:
    """Bring both databases to today's schema, and to each other where one of the files was lost."""
    with blaming(facts):
        await migrations.upgrade(facts, INDICATORS)
        told = await outbox.count(facts) > 0
    with blaming(views):
        await migrations.upgrade(views, GATEWAY)
        await read_model.ensure_named(views)
        heard = not await read_model.is_empty(views)
        if heard and not told:
            await read_model.clear(views)
    with blaming(facts):
        if told and not heard:
            await outbox.republish(facts)


@asynccontextmanager
async def _running(settings: Settings, issuer: LocalIssuer, facts: Database, views: Database) -> AsyncIterator[System]:
    """Both applications in their lifespans: the gateway first, so that it listens before the relay runs."""
    bus = MemoryBus()
    identity = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE)
    gateway = create_gateway(views, bus, identity, owners={}, max_body=settings.max_body_bytes)
    indicators = create_indicators(
        facts, bus, identity, max_body=settings.max_body_bytes, rehearsals=settings.rehearsals
    )
    async with gateway.router.lifespan_context(gateway), indicators.router.lifespan_context(indicators):
        yield System(OneDoor(gateway, {"indicators": indicators}), issuer, indicators, gateway)


async def load_missing(system: System, folder: Path) -> list[str]:
    """Load the packages whose contract is not there yet, and have them shown. Returns every package's contract code."""
    codes = []
    async with system.client() as client:
        for path in loading.packages_in(folder):
            package = loading.read_package(path)
            codes.append(package.code)
            if not await loading.is_loaded(client, package.code):
                _check(package, await loading.apply(client, package, dry_run=False))
    await system.indicators.state.relay.drain()
    return codes


def _check(package: loading.Package, report: loading.Report) -> None:
    if report.errors:
        first = report.errors[0]
        raise RefusedError(f"le paquet {package.code} est refusé : {package.place(first)} : {first['message']}")


async def run(settings: Settings) -> None:
    """Serve until stopped. Raises RefusedError, in one line, where it can't start."""
    telemetry.configure_logs(settings.log_format, settings.log_level)
    packages = loading.packages_in(settings.contracts)
    listener = serving.bind(settings.host, settings.port)
    metrics = serving.serve_metrics("127.0.0.1", settings.metrics_port)
    async with system(settings) as running:
        codes = await load_missing(running, settings.contracts)
        serving.say(_welcome(settings, running.issuer, packages, codes, metrics))
        await serving.run(running.app, listener, lifespan="off")


def _welcome(settings: Settings, issuer: LocalIssuer, packages: list[Path], codes: list[str], metrics: str) -> str:
    address = serving.address(settings.host, settings.port)
    token = issuer.token(subject="local", roles=["administrator"])
    code = codes[-1] if codes else "…"
    command = shlex.quote(str(Path(sys.executable).with_name("cadran")))
    package = shlex.quote(str((packages[-1] if packages else settings.contracts).resolve()))
    return f"""
Cadran {VERSION} est prêt. Ouvrez :

  {address}/?token={token}

À essayer ensuite :
  TOKEN=$({command} token)
  curl -H "Authorization: Bearer $TOKEN" {address}/v1/contracts
  curl -H "Authorization: Bearer $TOKEN" "{address}/v1/contracts/{code}/follow-up"
  {command} load {package} --dry-run

Interfaces : {address}/docs · Mesures : {metrics}
Données : {settings.data.resolve()} · Ctrl-C pour arrêter
"""
