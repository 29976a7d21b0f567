"""The services as they run apart: how each is started, and the tables of its database."""

from collections.abc import Callable
from enum import StrEnum

from shared.migrations import Schema

from .bibliometrics.__main__ import main as serve_bibliometrics
from .bibliometrics.tables import SCHEMA as BIBLIOMETRICS
from .gateway.__main__ import main as serve_gateway
from .gateway.tables import SCHEMA as GATEWAY
from .indicators.__main__ import main as serve_indicators
from .indicators.tables import SCHEMA as INDICATORS
from .milestones.__main__ import main as serve_milestones
from .milestones.tables import SCHEMA as MILESTONES


class Service(StrEnum):
    INDICATORS = "indicators"
    MILESTONES = "milestones"
    BIBLIOMETRICS = "bibliometrics"
    GATEWAY = "gateway"


class Owner(StrEnum):
    """The services that own facts, and tell them."""

    INDICATORS = "indicators"
    MILESTONES = "milestones"
    BIBLIOMETRICS = "bibliometrics"


SERVE: dict[Service, Callable[[], None]] = {
    Service.INDICATORS: serve_indicators,
    Service.MILESTONES: serve_milestones,
    Service.BIBLIOMETRICS: serve_bibliometrics,
    Service.GATEWAY: serve_gateway,
}
SCHEMAS: dict[Service, Schema] = {
    Service.INDICATORS: INDICATORS,
    Service.MILESTONES: MILESTONES,
    Service.BIBLIOMETRICS: BIBLIOMETRICS,
    Service.GATEWAY: GATEWAY,
}
