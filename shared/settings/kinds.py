"""Kinds of settings that several have in common: ports, and what a log says how."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

_LAST_PORT = 65535


def port_number(port: int) -> int:
    """A port that can be listened on and told to others: 0 would be any. Raises ValueError."""
    if not 1 <= port <= _LAST_PORT:
        raise ValueError(f"un port est un nombre de 1 à {_LAST_PORT}")
    return port


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


MetricsPort = Annotated[int, Field(ge=0, le=_LAST_PORT)]
LogFormat = Annotated[Literal["console", "json"], BeforeValidator(_lower)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error", "critical"], BeforeValidator(_lower)]
