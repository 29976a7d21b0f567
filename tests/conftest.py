"""What the tests stand on: `world`, the embedded system with the real contract, and callers with chosen roles."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from services import embedded

ROOT = Path(__file__).parent.parent
COP = "cop-2018-2022"


@dataclass(frozen=True, slots=True)
class World:
    """The whole system in this process, and its folder."""

    system: embedded.System
    folder: Path

    def client(self, *roles: str, entities: Sequence[str] = (), subject: str = "test") -> httpx.AsyncClient:
        """A caller with these roles; without any, a caller without a token."""
        token = self.system.issuer.token(subject=subject, roles=roles, entities=entities, days=1) if roles else ""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.system.app, raise_app_exceptions=False),
            base_url="http://cadran.test",
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )

    async def settled(self) -> None:
        """Every recorded event is in the views."""
        await self.system.indicators.state.relay.drain()


def settings_in(folder: Path) -> embedded.Settings:
    return embedded.Settings(data=folder, contracts=ROOT / "contracts")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The embedded system on its own SQLite files, with the contracts of the product loaded."""
    settings = settings_in(tmp_path / "var")
    async with embedded.system(settings) as system:
        await embedded.load_missing(system, settings.contracts)
        yield World(system, settings.data)
