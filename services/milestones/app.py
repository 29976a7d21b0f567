"""The milestones service as an application: its routes, its database, and the relay of its outbox."""

from fastapi import FastAPI

from shared.application import Description, create_application
from shared.bus import Bus
from shared.database import Database
from shared.events.catalogue import topic_of
from shared.events.milestones import OWNER
from shared.guarding import BEHIND, Guard
from shared.identity import Identity
from shared.outbox import Relay
from shared.version import VERSION

from .api import router

ABOUT = Description(
    service=OWNER,
    title="Cadran — jalons",
    summary="Les jalons d’un contrat : leurs lignes, leurs étapes, leur avancement et ses preuves.",
    version=VERSION,
    prefix="/milestones",
    slow=("/milestones/v1/inventory",),
)


def create_app(database: Database, bus: Bus, identity: Identity, *, max_body: int, guard: Guard = BEHIND) -> FastAPI:
    """The application; its lifespan runs the relay, and closes nothing that it was handed."""
    relay = Relay(database, bus, owner=OWNER, topic=topic_of(OWNER))
    app = create_application(
        ABOUT,
        identity=identity,
        checks={"database": database.ping},
        lifespan=relay.running,
        max_body=max_body,
        guard=guard,
    )
    app.state.database, app.state.relay = database, relay
    app.include_router(router)
    return app
