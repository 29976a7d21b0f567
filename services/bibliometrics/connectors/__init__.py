"""Asking Scopus and HAL themselves; off until an operator turns them on."""

from .clock import Clock
from .harvesting import Harvest
from .opening import Connectors
from .paging import Connector, FailedError, Page, Position, Query, Quota, WaitingError
from .settings import ConnectorSettings

__all__ = [
    "Clock",
    "Connector",
    "ConnectorSettings",
    "Connectors",
    "FailedError",
    "Harvest",
    "Page",
    "Position",
    "Query",
    "Quota",
    "WaitingError",
]
