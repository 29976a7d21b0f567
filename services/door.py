"""The one door of the embedded system: clients know one base address, whoever answers."""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send


class OneDoor:
    """Sends what is under an owner's prefix to that owner, and the rest to the gateway: the URLs of one base."""

    def __init__(self, gateway: FastAPI, owners: Mapping[str, FastAPI]) -> None:
        self._gateway = gateway
        self._owners = owners

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = scope["path"].split("/", 2)[1] if scope["type"] == "http" else ""
        await self._owners.get(prefix, self._gateway)(scope, receive, send)
