"""A gateway alone and its callers, and a product that can't project until it is mended."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.gateway import projections, read_model
from services.gateway.app import create_app
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer


async def calling(database: Database, folder: Path, role: str) -> AsyncIterator[httpx.AsyncClient]:
    issuer = LocalIssuer(folder)
    issuer.prepare()
    identity = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE)
    await read_model.ensure_named(database)
    app = create_app(database, MemoryBus(), identity, owners={}, max_body=1024)
    token = issuer.token(subject="olivier", roles=[role], days=1)
    headers = {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test", headers=headers) as client:
        yield client


class Mended:
    """A projection that fails as long as it is not mended."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._real = projections.project

    def broken(self, by: str = "division par zéro") -> None:
        async def fails(*_: Any) -> None:
            raise ZeroDivisionError(by)

        self._set(fails)

    def mended(self) -> None:
        self._set(self._real)

    def _set(self, project: Any) -> None:
        for module in ("consumer", "replaying"):
            self._patch.setattr(f"services.gateway.{module}.project", project)
