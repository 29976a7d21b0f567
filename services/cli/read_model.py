"""The read model: built anew from the events."""

import asyncio
from uuid import uuid4

from rich.console import Console
from rich.progress import Progress

from services.apart import Owner
from services.gateway.rebuilding import rebuild as rebuild_beside
from services.local import Settings, alone, instance_file
from shared.bus.kafka import KafkaBus
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
        _forget(Settings())


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


def _forget(settings: Settings) -> None:
    """The embedded read model is a file that every start makes where it is missing."""
    file = instance_file(settings, "gateway.sqlite3")
    with alone(settings):
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            file.with_name(name).unlink(missing_ok=True)
    say("Les vues sont oubliées : le prochain « cadran run » les reconstruit à partir des événements.")
