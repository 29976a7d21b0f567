"""Running Cadran: everything in one process, or a service by itself; its database, its events, its tokens."""

import asyncio
import sys
from typing import Annotated

import typer

from services import embedded
from services.apart import SCHEMAS, SERVE, Owner, Service
from services.local import Settings, blaming, instance_file, local_issuer
from shared import inventory, migrations, outbox
from shared.database import Database
from shared.identity import ROLES, Right, caller_of
from shared.serving import RefusedError, cause, check_schema, open_database, say
from shared.settings import ServiceSettings

from .application import app


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
def republish(
    owner: Owner,
    subject: Annotated[str, typer.Option(help="Un seul sujet, tel que « cadran verify » le nomme.")] = "",
) -> None:
    """Renvoyer sur le bus les événements d’un service, dans leur ordre : tous, ou ceux d’un sujet."""
    count = asyncio.run(_republish(owner, subject))
    if subject and not count:
        raise RefusedError(f"le service « {owner} » n’a rien dit de « {subject} » : rien n’est renvoyé")
    say(f"{count} événement(s) seront renvoyés par le service « {owner} », dès qu’il est en marche.")


async def _republish(owner: Owner, subject: str) -> int:
    service = Service(owner)
    database = _database(service)
    try:
        with blaming(database):
            await database.ping()
        await check_schema(service, database, SCHEMAS[service])
        return await (inventory.tell_again(database, subject) if subject else outbox.republish(database))
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
