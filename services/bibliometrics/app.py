"""The bibliometrics service as an application: its routes, its database, and the relay of its outbox."""

from dataclasses import replace

from fastapi import FastAPI

from shared.application import Description, create_application
from shared.bus import Bus
from shared.database import Database
from shared.events.bibliometrics import OWNER
from shared.events.catalogue import topic_of
from shared.guarding import BEHIND, Guard
from shared.identity import Identity
from shared.outbox import Relay
from shared.version import VERSION

from .api import router
from .connectors import Connectors, ConnectorSettings

ABOUT = Description(
    service=OWNER,
    title="Cadran — bibliométrie",
    summary="Les publications : d’où elles viennent, qui les signe, combien il y en a, et ce qui l’explique.",
    version=VERSION,
    prefix="/bibliometrics",
    slow=("/bibliometrics/v1/imports", "/bibliometrics/v1/fetches", "/bibliometrics/v1/inventory"),
)


def create_app(  # noqa: PLR0913 - what it stands on, and what an operator sets
    database: Database,
    bus: Bus,
    identity: Identity,
    *,
    max_body: int,
    max_upload: int,
    connectors: ConnectorSettings | None = None,
    guard: Guard = BEHIND,
) -> FastAPI:
    """The application; its lifespan runs the relay, and closes nothing that it was handed."""
    relay = Relay(database, bus, owner=OWNER, topic=topic_of(OWNER))
    app = create_application(
        replace(ABOUT, uploads={f"/{OWNER}/v1/imports": max_upload}),
        identity=identity,
        checks={"database": database.ping},
        lifespan=relay.running,
        max_body=max_body,
        guard=guard,
    )
    app.state.database, app.state.relay = database, relay
    app.state.connectors = Connectors(connectors or ConnectorSettings())
    app.include_router(router)
    return app
