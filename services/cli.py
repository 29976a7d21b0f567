"""`cadran`: what an operator types."""

import asyncio
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
from shared.identity import ROLES, Right, caller_of
from shared.migrations import Schema
from shared.sentences import typeset
from shared.serving import RefusedError, address, cause, check_schema, guarded, open_database, say
from shared.settings import ServiceSettings

from . import embedded, loading
from .gateway.__main__ import main as serve_gateway
from .gateway.tables import SCHEMA as GATEWAY
from .indicators.__main__ import main as serve_indicators
from .indicators.tables import SCHEMA as INDICATORS
from .local import Settings, blaming, instance_file, local_issuer

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
        with blaming(database):
            await migrations.upgrade(database, SCHEMAS[service])
    except Exception as error:
        raise RefusedError(f"la migration de {service} a échoué, rien n’a changé : {cause(error)}") from error
    finally:
        await database.close()


@app.command()
def republish(owner: Owner) -> None:
    """Renvoyer sur le bus tous les événements d’un service, dans leur ordre."""
    count = asyncio.run(_republish(owner))
    say(f"{count} événement(s) seront renvoyés par le service « {owner} » en marche.")


async def _republish(owner: Owner) -> int:
    service = Service(owner)
    database = _database(service)
    try:
        with blaming(database):
            await database.ping()
        await check_schema(service, database, SCHEMAS[service])
        return await outbox.republish(database)
    finally:
        await database.close()


def _database(service: Service) -> Database:
    """The database that the environment names, or the local instance's. Raises RefusedError where there is none."""
    url = ServiceSettings().database_url
    return open_database(url or f"sqlite+aiosqlite:///{instance_file(Settings(), f'{service}.sqlite3')}")


@app.command()
def token(
    role: Annotated[list[str], typer.Option(help=f"Parmi {', '.join(ROLES)} ; ce dernier par défaut.")] = [],  # noqa: B006
    entity: Annotated[list[str], typer.Option(help="Entité qu’un contributeur peut renseigner.")] = [],  # noqa: B006
    subject: Annotated[str, typer.Option(help="Nom porté par le jeton.")] = "local",
    days: Annotated[float, typer.Option(min=0.001, max=366, help="Durée de validité, en jours.")] = 30,
) -> None:
    """Imprimer un jeton pour l’instance locale."""
    roles = role or ["administrator"]
    _check_roles(roles, entity)
    issuer = local_issuer(Settings())
    sys.stdout.write(issuer.token(subject=subject, roles=roles, entities=entity, days=days) + "\n")


def _check_roles(roles: list[str], entities: list[str]) -> None:
    """Raises RefusedError on a token that would do nothing, or more than its entities let one think."""
    if unknown := sorted(set(roles) - ROLES.keys()):
        raise RefusedError(f"rôle(s) inconnu(s) : {', '.join(unknown)} ; connus : {', '.join(ROLES)}")
    if "contributor" in roles and not entities:
        raise RefusedError("un contributeur écrit pour une entité : ajoutez --entity CODE")
    caller = caller_of({"sub": "", "roles": roles, "entities": entities})
    if entities and (caller.entities is None or Right.OBSERVE not in caller.rights):
        raise RefusedError(f"--entity ne limite pas {', '.join(roles)} : demandez --role contributor, seul")


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
    settings = Settings()
    place = url or address(settings.host, settings.port)
    report = asyncio.run(_load(package, place, token.strip() or _local_token(settings), dry_run))
    _show(package, report, dry_run)
    if report.errors:
        raise typer.Exit(1)


async def _load(package: loading.Package, url: str, token: str, dry_run: bool) -> loading.Report:
    if not (token.isascii() and token.isprintable()):
        raise RefusedError("CADRAN_TOKEN n’est pas un jeton : reprenez la ligne que « cadran token » imprime")
    try:
        client = httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"})
    except httpx.InvalidURL as error:
        raise RefusedError(f"CADRAN_URL={url} n’est pas une adresse : écrivez http://hôte:port") from error
    async with client:
        return await loading.apply(client, package, dry_run=dry_run)


def _local_token(settings: Settings) -> str:
    instance_file(settings, "issuer.json")
    return local_issuer(settings).token(subject="cadran", roles=["steward"], days=1)


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
