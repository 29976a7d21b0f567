"""Everything in one process: SQLite in a data folder, the in-process bus, and a local issuer of tokens."""

import shlex
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import FastAPI

from services.gateway import read_model
from services.gateway.app import create_app as create_gateway
from services.gateway.tables import SCHEMA as GATEWAY
from shared import migrations, outbox, serving, telemetry
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.events.catalogue import topic_of
from shared.guarding import Guard, server
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from shared.serving import RefusedError
from shared.version import VERSION

from . import loading, restoring
from .door import OneDoor
from .local import Settings, alone, blaming, local_issuer
from .owners import OWNERS


@dataclass(frozen=True, slots=True)
class System:
    """The running whole: `app` is the one door, the owners and the gateway are what stands behind it."""

    app: OneDoor
    issuer: LocalIssuer
    owners: Mapping[str, FastAPI]
    gateway: FastAPI

    def client(self, *, role: str = "administrator") -> httpx.AsyncClient:
        """A client of this system that needs no network."""
        token = self.issuer.token(subject="cadran", roles=[role], days=1)
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url="http://cadran.local",
            headers={"Authorization": f"Bearer {token}"},
        )

    async def settle(self) -> None:
        """Have every recorded event in the views."""
        for owner in self.owners.values():
            await owner.state.relay.drain()


@asynccontextmanager
async def system(settings: Settings) -> AsyncIterator[System]:
    """The whole, started: migrated, listening, and with every event on its way. Raises RefusedError."""
    restoring.resume(settings)
    issuer = local_issuer(settings)
    facts = {owner: _database(settings.data / f"{owner}.sqlite3") for owner in OWNERS}
    views = _database(settings.data / "gateway.sqlite3")
    with alone(settings):
        issuer.sweep()
        try:
            await _prepare(facts, views)
            async with _running(settings, issuer, facts, views) as running:
                yield running
        finally:
            for database in (*facts.values(), views):
                await database.close()


def _database(path: Path) -> Database:
    return Database(f"sqlite+aiosqlite:///{path}")


async def _prepare(facts: Mapping[str, Database], views: Database) -> None:
    """Bring every database to today's schema, and to the others where one of the files was lost."""
    told = {topic_of(owner): await _told(owner, database) for owner, database in facts.items()}
    with blaming(views):
        await migrations.upgrade(views, GATEWAY)
        await read_model.ensure_named(views)
        heard = await read_model.heard(views)
        if any(topic in heard and not has_told for topic, has_told in told.items()):
            await read_model.clear(views)
            heard = set()
    for owner, database in facts.items():
        if told[topic_of(owner)] and topic_of(owner) not in heard:
            with blaming(database):
                await outbox.republish(database)


async def _told(owner: str, database: Database) -> bool:
    """Whether an owner, brought to today's schema, has ever told anything."""
    with blaming(database):
        await migrations.upgrade(database, OWNERS[owner].schema)
        return await outbox.count(database) > 0


@asynccontextmanager
async def _running(
    settings: Settings, issuer: LocalIssuer, facts: Mapping[str, Database], views: Database
) -> AsyncIterator[System]:
    """Every application in its lifespan: the gateway first, so that it listens before the relays run."""
    bus = MemoryBus()
    identity = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE)
    guard = Guard.at_the_door(settings.limits)  # one for all: each call is answered, and counted, by one of them
    gateway = create_gateway(views, bus, identity, owners={}, max_body=settings.max_body_bytes, guard=guard)
    owners = {name: OWNERS[name].create(database, bus, identity, settings, guard) for name, database in facts.items()}
    async with AsyncExitStack() as stack:
        for app in (gateway, *owners.values()):
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield System(OneDoor(gateway, owners), issuer, owners, gateway)


async def load_missing(system: System, folder: Path) -> list[str]:
    """Load the packages whose contract is not there yet, and have them shown. Returns every package's contract code."""
    codes = []
    async with system.client() as client:
        for path in loading.packages_in(folder):
            package = loading.read_package(path)
            codes.append(package.code)
            _check(package, await loading.apply_missing(client, package))
    await system.settle()
    return codes


def _check(package: loading.Package, report: loading.Report | None) -> None:
    if report and report.errors:
        first = report.errors[0]
        raise RefusedError(f"le paquet {package.code} est refusé : {package.place(first)} : {first['message']}")


async def run(settings: Settings) -> None:
    """Serve until stopped. Raises RefusedError, in one line, where it can't start."""
    telemetry.configure_logs(settings.log_format, settings.log_level)
    packages = loading.packages_in(settings.contracts)
    listener = serving.bind(settings.host, settings.port)
    metrics = serving.serve_metrics("127.0.0.1", settings.metrics_port)
    with telemetry.traced("cadran", settings.tracing):
        async with system(settings) as running:
            codes = await load_missing(running, settings.contracts)
            serving.say(_welcome(settings, running.issuer, packages, codes, metrics))
            await server.run(running.app, listener, settings.limits, lifespan="off")


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
