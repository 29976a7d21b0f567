"""The read model: built anew from the events."""

import asyncio
from uuid import uuid4

from rich.console import Console
from rich.progress import Progress

from services.apart import Owner
from services.gateway import read_model
from services.gateway.rebuilding import rebuild as rebuild_beside
from services.gateway.tables import SCHEMA as GATEWAY
from services.local import Settings, alone, blaming, instance_file
from shared import migrations
from shared.bus.kafka import KafkaBus
from shared.database import Database
from shared.events.catalogue import topic_of
from shared.serving import RefusedError, say
from shared.settings import ServiceSettings

from .application import app


@app.command()
def rebuild() -> None:
    """Reconstruire les vues à partir des événements, à côté de celles qui servent, puis basculer."""
    settings = ServiceSettings()
    if settings.database_url:
        asyncio.run(_rebuild_beside(settings))
    else:
        asyncio.run(_forget(Settings()))


async def _rebuild_beside(settings: ServiceSettings) -> None:
    if not settings.kafka.servers:
        raise RefusedError("réglage manquant : CADRAN_KAFKA__SERVERS (voir docs/operations.md)")
    bus = KafkaBus(settings.kafka, group=f"cadran-rebuild-{uuid4().hex}")
    try:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("Reconstruction", total=None)
            schema = await rebuild_beside(
                settings.database_url,
                bus,
                [topic_of(owner) for owner in Owner],
                lambda read, total: progress.update(task, completed=read, total=total),
            )
    finally:
        await bus.close()
    say(f"Les vues sont reconstruites, et servent désormais (schéma {schema}).")
    say("Les anciennes restent à côté jusqu’à la prochaine reconstruction.")


async def _forget(settings: Settings) -> None:
    """Nothing of the embedded read model stays but what operators decided."""
    database = Database(f"sqlite+aiosqlite:///{instance_file(settings, 'gateway.sqlite3')}")
    with alone(settings), blaming(database):
        try:
            await migrations.upgrade(database, GATEWAY)
            await read_model.clear(database)
        finally:
            await database.close()
    say("Les vues sont oubliées : le prochain « cadran run » les reconstruit à partir des événements.")
