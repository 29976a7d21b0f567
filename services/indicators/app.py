"""The indicators service as an application: its routes, its database, and the relay of its outbox."""

from fastapi import FastAPI

from shared.application import Description, create_application
from shared.bus import Bus
from shared.database import Database
from shared.events.catalogue import topic_of
from shared.events.indicators import OWNER
from shared.guarding import BEHIND, Guard
from shared.identity import Identity
from shared.outbox import Relay
from shared.version import VERSION

from .api import router

ABOUT = Description(
    service=OWNER,
    title="Cadran — indicateurs",
    summary="Les contrats (entités, définitions, cibles) et leurs observations.",
    version=VERSION,
    prefix="/indicators",
    slow=("/indicators/v1/inventory",),
)


def create_app(  # noqa: PLR0913 - what it stands on, and what an operator sets
    database: Database,
    bus: Bus,
    identity: Identity,
    *,
    max_body: int,
    rehearsals: bool = False,
    guard: Guard = BEHIND,
) -> FastAPI:
    """The application; its lifespan runs the relay, and closes nothing that it was handed.

    `rehearsals` is the setting of that name: whether simulated values may be staged.
    """
    relay = Relay(database, bus, owner=OWNER, topic=topic_of(OWNER))
    app = create_application(
        ABOUT,
        identity=identity,
        checks={"database": database.ping},
        lifespan=relay.running,
        max_body=max_body,
        guard=guard,
    )
    app.state.database, app.state.relay, app.state.rehearsals = database, relay, rehearsals
    app.include_router(router)
    return app
