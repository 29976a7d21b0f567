"""Running one service by itself, and refusing in one line where it can't."""

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Callable

from fastapi import FastAPI
from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError

from . import migrations, telemetry
from .bus import Bus
from .bus.kafka import KafkaBus
from .database import Database
from .guarding.server import run
from .identity import Identity
from .migrations import Schema
from .sentences import sentence, typeset
from .settings import ServiceSettings

Create = Callable[[Database, Bus, Identity], FastAPI]


class RefusedError(Exception):
    """Why a command can't go on, as the one line that its user reads."""


def serve(name: str, settings: ServiceSettings, schema: Schema, create: Create) -> None:
    """Serve until stopped. Raises RefusedError."""
    require(settings)
    telemetry.configure_logs(settings.log_format, settings.log_level)
    with telemetry.traced(name, settings.tracing):
        asyncio.run(_serve(name, settings, schema, create))


def require(settings: ServiceSettings) -> None:
    needed = {"CADRAN_DATABASE_URL": settings.database_url, "CADRAN_KAFKA__SERVERS": settings.kafka.servers}
    missing = [name for name, value in {**needed, "CADRAN_JWKS": settings.jwks}.items() if not value]
    if missing:
        raise RefusedError(f"réglage(s) manquant(s) : {', '.join(missing)} (voir docs/operations.md)")
    if settings.jwks.startswith("http://"):
        raise RefusedError(
            "CADRAN_JWKS est une adresse que d’autres pourraient contrefaire : écrivez https://… ou un fichier"
        )


async def _serve(name: str, settings: ServiceSettings, schema: Schema, create: Create) -> None:
    database = open_database(settings.database_url)
    bus = KafkaBus(settings.kafka, group=f"cadran-{name}")
    try:
        await check_schema(name, database, schema)
        identity = Identity(jwks=settings.jwks, issuer=settings.issuer, audience=settings.audience)
        listener = bind(settings.host, settings.port, setting="CADRAN_PORT")
        metrics = serve_metrics(settings.metrics_host, settings.metrics_port)
        say(f"{name} : {address(settings.host, settings.port)} · mesures : {metrics}")
        await run(create(database, bus, identity), listener, settings.limits)
    finally:
        await bus.close()
        await database.close()


def open_database(url: str) -> Database:
    """The database at this address. Raises RefusedError, which does not repeat the address: it holds a password."""
    try:
        return Database(url)
    except (ArgumentError, InvalidRequestError, ImportError, ValueError) as error:
        raise RefusedError(
            "CADRAN_DATABASE_URL ne mène à aucune base : écrivez postgresql+asyncpg://utilisateur:mot-de-passe@hôte/base"
        ) from error


async def check_schema(name: str, database: Database, schema: Schema) -> None:
    """Raises RefusedError on a database that can't be reached, or whose tables are not those of this version."""
    try:
        current = await migrations.is_current(database, schema)
    except Exception as error:
        raise RefusedError(f"la base de données ne répond pas : {cause(error)}") from error
    if not current:
        raise RefusedError(f"le schéma de la base n’est pas à jour : lancez « cadran migrate {name} »")


def address(host: str, port: int) -> str:
    """As a browser takes it: an IPv6 host stands in brackets."""
    return f"http://{_authority(host, port)}"


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def serve_metrics(host: str, port: int) -> str:
    """Serve /metrics; port 0 takes a free one. Returns its address. Raises RefusedError where it can't be taken."""
    try:
        return address(host, telemetry.serve_metrics(host, port)) + "/metrics"
    except (OSError, UnicodeError) as error:
        raise _untaken(host, port, error, "CADRAN_METRICS_HOST", "CADRAN_METRICS_PORT") from error


def bind(host: str, port: int, *, setting: str = "PORT") -> socket.socket:
    """A listening socket, taken before anything else starts. Raises RefusedError where it can't be taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sets TCP_NODELAY on no other
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, UnicodeError) as error:
        listener.close()
        raise _untaken(host, port, error, "CADRAN_HOST", setting) from error
    return listener


def _untaken(host: str, port: int, error: Exception, host_setting: str, port_setting: str) -> RefusedError:
    """Why an address can't be listened on, and which setting to change."""
    number = getattr(error, "errno", None)
    if isinstance(error, socket.gaierror | UnicodeError) or number == errno.EADDRNOTAVAIL:
        return RefusedError(f"{host_setting}={host} n’est pas une adresse de cette machine : écrivez 127.0.0.1")
    why = "n’est pas libre" if number == errno.EADDRINUSE else f"ne peut pas être prise ({cause(error)})"
    return RefusedError(f"l’adresse {_authority(host, port)} {why} : choisissez un autre port par {port_setting}")


def guarded(main: Callable[[], None]) -> int:
    """Run a command; where it can't go on, one line says why. Returns the exit status.

    Ctrl-C ends what is not serving at once, as a kill would: nothing written is lost by it, and a cancellation in the
    middle of a transaction would only have the libraries complain.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        main()
    except Exception as error:
        reason = _reason(error)
        if not reason:
            raise
        sys.stderr.write(typeset(f"Cadran ne peut pas continuer : {reason}") + "\n")
        return 1
    return 0


def _reason(error: Exception) -> str:
    """What its user can do something about; nothing for a bug, whose trace is to be seen."""
    if isinstance(error, RefusedError):
        return str(error)
    if isinstance(error, ValidationError) and error.title.endswith("Settings"):
        return " ; ".join(f"{_variable(each['loc'])}={each['input']} : {sentence(each)}" for each in error.errors())
    if isinstance(error, SettingsError):
        field = str(error).split('"')[1]  # it is said nowhere else
        return f"{_variable((field,))} : un objet JSON est attendu"
    if isinstance(error, DBAPIError):
        return f"une base de données n’est pas utilisable : {cause(error)}"
    return cause(error) if isinstance(error, OSError) else ""


def _variable(place: tuple[int | str, ...]) -> str:
    name = "__".join(map(str, place))
    return name if name.isupper() else f"CADRAN_{name.upper()}"


def cause(error: BaseException) -> str:
    """What an error says, on one line and without what SQLAlchemy wraps around it."""
    inner = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(inner, OSError) and inner.strerror:
        return f"{inner.filename} : {inner.strerror}" if inner.filename else inner.strerror
    return next(iter(str(inner).splitlines()), type(inner).__name__)


def say(line: str) -> None:
    """A line for the person at the terminal, at once."""
    sys.stdout.write(typeset(line) + "\n")
    sys.stdout.flush()
