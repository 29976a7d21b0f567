"""Running one service by itself, and refusing in one line where it can't."""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from . import migrations, telemetry
from .bus import Bus
from .bus.kafka import KafkaBus
from .database import Database
from .identity import Identity
from .migrations import Schema
from .sentences import typeset
from .settings import ServiceSettings

Create = Callable[[Database, Bus, Identity], FastAPI]


class RefusedError(Exception):
    """Why a command can't go on, as the one line that its user reads."""


def serve(name: str, settings: ServiceSettings, schema: Schema, create: Create) -> None:
    """Serve until stopped. Raises RefusedError."""
    require(settings)
    telemetry.configure_logs(settings.log_format, settings.log_level)
    asyncio.run(_serve(name, settings, schema, create))


def require(settings: ServiceSettings) -> None:
    needed = {"CADRAN_DATABASE_URL": settings.database_url, "CADRAN_KAFKA__SERVERS": settings.kafka.servers}
    missing = [name for name, value in {**needed, "CADRAN_JWKS": settings.jwks}.items() if not value]
    if missing:
        raise RefusedError(f"réglage(s) manquant(s) : {', '.join(missing)} (voir docs/operations.md)")


async def _serve(name: str, settings: ServiceSettings, schema: Schema, create: Create) -> None:
    database = Database(settings.database_url)
    bus = KafkaBus(settings.kafka, group=f"cadran-{name}")
    try:
        await _check_schema(name, database, schema)
        identity = Identity(jwks=settings.jwks, issuer=settings.issuer, audience=settings.audience)
        port = telemetry.serve_metrics(settings.metrics_host, settings.metrics_port)
        say(
            f"{name} : http://{settings.host}:{settings.port} · mesures : http://{settings.metrics_host}:{port}/metrics"
        )
        await run(create(database, bus, identity), bind(settings.host, settings.port))
    finally:
        await bus.close()
        await database.close()


async def _check_schema(name: str, database: Database, schema: Schema) -> None:
    try:
        current = await migrations.is_current(database, schema)
    except Exception as error:
        raise RefusedError(f"la base de données ne répond pas : {error}") from error
    if not current:
        raise RefusedError(f"le schéma de la base n’est pas à jour : lancez « cadran migrate {name} »")


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything else starts. Raises RefusedError where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise RefusedError(
            f"l’adresse {host}:{port} n’est pas libre ({error.strerror}) : choisissez-en une autre"
        ) from error
    return listener


async def run(app: ASGIApp, listener: socket.socket, *, lifespan: Literal["on", "off"] = "on") -> None:
    """Serve on the socket until SIGINT or SIGTERM, then end in order."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10, lifespan=lifespan
    )
    await _Server(config).serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Ends on a signal and returns, where uvicorn's own would raise it again and skip what closes after it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


def guarded(main: Callable[[], None]) -> int:
    """Run a command; where it can't go on, one line says why. Returns the exit status."""
    try:
        main()
    except RefusedError as error:
        sys.stderr.write(typeset(f"Cadran ne peut pas continuer : {error}") + "\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def say(line: str) -> None:
    """A line for the person at the terminal, at once."""
    sys.stdout.write(typeset(line) + "\n")
    sys.stdout.flush()
