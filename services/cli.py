"""`cadran`: what an operator types."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Annotated

import httpx
import typer

from shared import migrations, outbox
from shared.database import Database
from shared.identity import ROLES, Right, caller_of
from shared.serving import RefusedError, address, cause, check_schema, guarded, open_database, say
from shared.settings import ServiceSettings

from . import embedded, linting, loading, reaching, rehearsing, showing
from .apart import SCHEMAS, SERVE, Owner, Service
from .local import Settings, blaming, instance_file, local_issuer

app = typer.Typer(help="Le suivi annuel d’un contrat d’objectifs et de performance.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)  # fmt: skip


Url = Annotated[str, typer.Option(envvar="CADRAN_URL", help="L’adresse de l’instance.")]
Token = Annotated[str, typer.Option(envvar="CADRAN_TOKEN", help="Un jeton ; celui de l’instance locale par défaut.")]
Rehearse = Callable[[httpx.AsyncClient, Path | None], AsyncIterator[rehearsing.Said]]


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
    say(f"{count} événement(s) seront renvoyés par le service « {owner} », dès qu’il est en marche.")


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
    url: Url = "",
    token: Token = "",
) -> None:
    """Montrer ce que charger un contrat change, et le charger."""
    package = loading.read_package(path)
    report = asyncio.run(_load(package, _caller(url, token), dry_run))
    showing.show(package, report, dry_run=dry_run)
    if report.errors:
        raise typer.Exit(1)


def _caller(url: str, token: str) -> httpx.AsyncClient:
    settings = Settings()
    return reaching.caller(url or address(settings.host, settings.port), token, settings)


async def _load(package: loading.Package, client: httpx.AsyncClient, dry_run: bool) -> loading.Report:
    async with client:
        return await loading.apply(client, package, dry_run=dry_run)


@app.command()
def lint(paths: Annotated[list[Path], typer.Argument(help="Les dossiers des paquets de données.")]) -> None:
    """Montrer ce que des contrats contredisent ou laissent en suspens."""
    linted = linting.lint_packages(paths)
    for line in linting.report(linted):
        say(line)
    raise typer.Exit(linting.status(linted))


@app.command()
def rehearse(
    folder: Annotated[
        Path | None, typer.Argument(help="Le dossier d’une répétition ; par défaut, toutes.", show_default=False)
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Ôter les valeurs simulées : sans dossier, toutes celles de l’instance.")
    ] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Charger les valeurs simulées de rehearsals/, marquées comme telles, ou les ôter."""
    act = rehearsing.remove_all if remove else rehearsing.stage_all
    if not asyncio.run(_rehearse(act, folder.resolve() if folder else None, _caller(url, token))):
        raise typer.Exit(1)


async def _rehearse(act: Rehearse, folder: Path | None, client: httpx.AsyncClient) -> bool:
    """What is done is said before the next is tried, which may be refused."""
    done = True
    async with client:
        async for said in act(client, folder):
            for line in said.lines:
                say(line)
            done = done and said.done
    return done


def main() -> None:
    sys.exit(guarded(app))
