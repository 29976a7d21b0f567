"""`cadran`: what an operator types."""

import asyncio
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.table import Table

from shared import migrations, outbox
from shared.database import Database
from shared.identity import ROLES
from shared.migrations import Schema
from shared.sentences import typeset
from shared.serving import RefusedError, guarded, say
from shared.settings import ServiceSettings

from . import embedded, loading
from .gateway.__main__ import main as serve_gateway
from .gateway.read_model import ensure_named
from .gateway.tables import SCHEMA as GATEWAY
from .indicators.__main__ import main as serve_indicators
from .indicators.tables import SCHEMA as INDICATORS
from .local import Settings, local_issuer

app = typer.Typer(help="Le suivi annuel d’un contrat d’objectifs et de performance.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)  # fmt: skip


class Service(StrEnum):
    INDICATORS = "indicators"
    GATEWAY = "gateway"


class Owner(StrEnum):
    INDICATORS = "indicators"


SERVE: dict[Service, Callable[[], None]] = {Service.INDICATORS: serve_indicators, Service.GATEWAY: serve_gateway}
SCHEMAS: dict[Service, Schema] = {Service.INDICATORS: INDICATORS, Service.GATEWAY: GATEWAY}


@app.command()
def run() -> None:
    """Tout démarrer dans un seul processus, sur SQLite."""
    asyncio.run(embedded.run(Settings()))


@app.command()
def serve(service: Service) -> None:
    """Démarrer un seul service, sur sa base et sur Kafka."""
    SERVE[service]()


@app.command()
def migrate(service: Service) -> None:
    """Amener la base d’un service au schéma de cette version."""
    asyncio.run(_migrate(service))
    say(f"{service} : schéma à jour.")


async def _migrate(service: Service) -> None:
    database = _database(service)
    try:
        await migrations.upgrade(database, SCHEMAS[service])
        if service is Service.GATEWAY:
            await ensure_named(database)
    except Exception as error:
        raise RefusedError(f"la migration de {service} a échoué, rien n’a changé : {error}") from error
    finally:
        await database.close()


@app.command()
def republish(owner: Owner) -> None:
    """Renvoyer sur le bus tous les événements d’un service, dans leur ordre."""
    count = asyncio.run(_republish(owner))
    say(f"{count} événement(s) seront renvoyés par le service « {owner} » en marche.")


async def _republish(owner: Owner) -> int:
    database = _database(Service(owner))
    try:
        return await outbox.republish(database)
    except Exception as error:
        raise RefusedError(f"la base de {owner} ne répond pas : {error}") from error
    finally:
        await database.close()


def _database(service: Service) -> Database:
    """The database that the environment names, or the local instance's."""
    url = ServiceSettings().database_url
    return Database(url or f"sqlite+aiosqlite:///{Settings().data / service}.sqlite3")


@app.command()
def token(
    role: Annotated[list[str], typer.Option(help=f"Parmi {', '.join(ROLES)}.")] = ["administrator"],  # noqa: B006
    entity: Annotated[list[str], typer.Option(help="Entité qu’un contributeur peut renseigner.")] = [],  # noqa: B006
    subject: Annotated[str, typer.Option(help="Nom porté par le jeton.")] = "local",
    days: Annotated[float, typer.Option(min=0.001, max=366, help="Durée de validité, en jours.")] = 30,
) -> None:
    """Imprimer un jeton pour l’instance locale."""
    if unknown := sorted(set(role) - ROLES.keys()):
        raise RefusedError(f"rôle(s) inconnu(s) : {', '.join(unknown)} ; connus : {', '.join(ROLES)}")
    if "contributor" in role and not entity:
        raise RefusedError("un contributeur écrit pour une entité : ajoutez --entity CODE")
    issuer = local_issuer(Settings())
    sys.stdout.write(issuer.token(subject=subject, roles=role, entities=entity, days=days) + "\n")


@app.command()
def load(
    path: Annotated[Path, typer.Argument(help="Le dossier du paquet de données.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montrer le plan sans rien écrire.")] = False,
    url: Annotated[str, typer.Option(envvar="CADRAN_URL", help="L’adresse de l’instance.")] = "",
    token: Annotated[
        str, typer.Option(envvar="CADRAN_TOKEN", help="Un jeton ; celui de l’instance locale par défaut.")
    ] = "",
) -> None:
    """Montrer ce que charger un contrat change, et le charger."""
    package = loading.read_package(path)
    report = asyncio.run(_load(package, url or _local_address(), token or _local_token(), dry_run))
    _show(package, report, dry_run)
    if report.errors:
        raise typer.Exit(1)


async def _load(package: loading.Package, url: str, token: str, dry_run: bool) -> loading.Report:
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}) as client:
        return await loading.apply(client, package, dry_run=dry_run)


def _local_address() -> str:
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def _local_token() -> str:
    return local_issuer(Settings()).token(subject="cadran", roles=["steward"], days=1)


_COUNTS = {
    "created": "créées",
    "updated": "modifiées",
    "unchanged": "inchangées",
    "removed": "retirées",
    "rejected": "refusées",
}


def _show(package: loading.Package, report: loading.Report, dry_run: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    table = Table("tableau", *_COUNTS.values(), title=f"{package.code} : {'plan' if dry_run else 'chargement'}")
    for name, counts in report.plan["tables"].items():
        if counts["received"] or counts["removed"]:
            table.add_row(name, *(str(counts[each]) for each in _COUNTS))
    table.add_section()
    table.add_row("total", *(str(report.plan[each]) for each in _COUNTS))
    console.print(table)
    for each in report.plan["changes"]:
        if each["before"] is not None:
            place = f"{each['indicator']}, {each['entity']}, {each['year']}"
            console.print(typeset(f"modifie {place} : {each['before']} → {each['after']}"), markup=False)
    for error in report.errors:
        console.print(typeset(f"refusé : {package.place(error)} : {error['message']}"), markup=False)
    console.print(_verdict(report, dry_run), markup=False)


def _verdict(report: loading.Report, dry_run: bool) -> str:
    if report.errors:
        return "Rien n’a été enregistré : corrigez ces lignes, puis recommencez."
    return "Rien n’a été écrit : c’était un essai." if dry_run else "C’est enregistré."


def main() -> None:
    sys.exit(guarded(app))
