"""What calls may take, and where traces of them are sent."""

import re
from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field


def _collector(address: str) -> str:
    """Nothing, or an address without credentials. Raises ValueError."""
    if address and not re.fullmatch(r"https?://[^/?#@\s]+(/[^?#\s]*)?", address):
        raise ValueError("une adresse comme http://collecteur:4318 est attendue, sans identifiants")
    return address


class Tracing(BaseModel):
    """Where traces are sent (OTLP over HTTP), and which share of them; `CADRAN_TRACING__ENDPOINT`: off without it."""

    endpoint: Annotated[str, AfterValidator(_collector)] = ""
    ratio: Annotated[float, Field(ge=0, le=1)] = 1.0


def _network(address: str) -> str:
    """An address of a proxy, or a network of them. Raises ValueError."""
    try:
        return str(ip_network(address))
    except ValueError as error:
        raise ValueError('une liste d’adresses est attendue, comme ["10.0.0.4", "172.16.0.0/12"]') from error


class Limits(BaseModel):
    """What a call may take, and how many a caller may make; `CADRAN_LIMITS__CALLS_PER_MINUTE` and so on.

    A number of calls that is 0 is no limit.
    """

    call_seconds: Annotated[float, Field(gt=0)] = 30.0
    upload_seconds: Annotated[float, Field(gt=0)] = 600.0
    address_bytes: Annotated[int, Field(gt=0)] = 12 * 1024
    header_bytes: Annotated[int, Field(gt=0)] = 16 * 1024
    calls_per_minute: Annotated[int, Field(ge=0)] = 1200
    refusals_per_minute: Annotated[int, Field(ge=0)] = 60
    trusted_proxies: list[Annotated[str, AfterValidator(_network)]] = []
