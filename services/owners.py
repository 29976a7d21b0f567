"""The owners of facts as they run in one process: the tables of each, and its application."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI

from services.bibliometrics.app import create_app as create_bibliometrics
from services.bibliometrics.tables import SCHEMA as BIBLIOMETRICS
from services.indicators.app import create_app as create_indicators
from services.indicators.tables import SCHEMA as INDICATORS
from services.milestones.app import create_app as create_milestones
from services.milestones.tables import SCHEMA as MILESTONES
from shared.bus import Bus
from shared.database import Database
from shared.guarding import Guard
from shared.identity import Identity
from shared.migrations import Schema

from .local import Settings


@dataclass(frozen=True, slots=True)
class Owner:
    """How an owner of facts is made: its tables, and its application on a database of its own."""

    schema: Schema
    create: Callable[[Database, Bus, Identity, Settings, Guard], FastAPI]


OWNERS = {
    "indicators": Owner(
        INDICATORS,
        lambda database, bus, identity, settings, guard: create_indicators(
            database, bus, identity, max_body=settings.max_body_bytes, rehearsals=settings.rehearsals, guard=guard
        ),
    ),
    "milestones": Owner(
        MILESTONES,
        lambda database, bus, identity, settings, guard: create_milestones(
            database, bus, identity, max_body=settings.max_body_bytes, guard=guard
        ),
    ),
    "bibliometrics": Owner(
        BIBLIOMETRICS,
        lambda database, bus, identity, settings, guard: create_bibliometrics(
            database,
            bus,
            identity,
            max_body=settings.max_body_bytes,
            max_upload=settings.max_upload_bytes,
            connectors=settings.connectors,
            guard=guard,
        ),
    ),
}
