"""The gateway as an application: its views, its consumer, and the way to the owners."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import httpx
from fastapi import FastAPI
from starlette.middleware import Middleware

from shared.application import Description, create_application
from shared.bus import Bus
from shared.database import Database
from shared.events.bibliometrics import OWNER as BIBLIOMETRICS
from shared.events.catalogue import topic_of
from shared.events.indicators import OWNER as INDICATORS
from shared.events.milestones import OWNER as MILESTONES
from shared.guarding import BEHIND, Guard
from shared.identity import Identity
from shared.version import VERSION

from . import forwarding, generations, read_model
from .api import router
from .consumer import Consumer
from .pages import router as pages
from .remembering import Reading, Remembering

OWNERS = (INDICATORS, MILESTONES, BIBLIOMETRICS)
ABOUT = Description(
    service="gateway",
    title="Cadran — passerelle",
    summary="Le suivi annuel du contrat : les vues du groupe et de chaque entité, et la porte des services.",
    version=VERSION,
    slow=(*forwarding.SLOW, "/v1/inventory", "/v1/parked-events/replay"),
)


def create_app(  # noqa: PLR0913 - what it stands on, and what an operator sets
    database: Database,
    bus: Bus,
    identity: Identity,
    *,
    owners: Mapping[str, str],
    max_body: int,
    max_upload: int = 0,
    guard: Guard = BEHIND,
) -> FastAPI:
    """The application; `owners` are the addresses to forward to, none where the owners share the process.

    `max_upload` bounds the files that are forwarded, where they may hold more than other bodies.
    """
    client = httpx.AsyncClient(timeout=forwarding.TIMEOUT, follow_redirects=False)
    generations.follow(database)
    reading = Reading(database, identity, lambda: app.state.clock())  # noqa: PLW0108 - the clock is replaced in tests

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await read_model.ensure_named(database)
        topics = [topic_of(owner) for owner in OWNERS]
        async with client, bus.listening(topics, Consumer(database)), reading.marks.following():
            yield

    app = create_application(
        replace(ABOUT, uploads=dict.fromkeys(forwarding.UPLOADS, max(max_upload, max_body))),
        identity=identity,
        checks={"database": database.ping},
        lifespan=lifespan,
        max_body=max_body,
        guard=guard,
    )
    app.user_middleware.append(Middleware(Remembering, reading=reading))
    app.state.database = database
    app.state.clock = lambda: datetime.now(UTC)
    app.state.reading = reading
    app.include_router(router)
    app.include_router(pages)
    forwarding.install(app, owners, client)
    return app
