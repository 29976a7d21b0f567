"""The connectors that an operator turned on, opened for the time of a call."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from services.bibliometrics.domain.publication import Source
from shared.problems import Conflict
from shared.version import VERSION

from .addresses import ForbiddenAddressError, check, is_loopback
from .asking import Asker
from .clock import Clock, Pace
from .hal import Hal
from .paging import Connector
from .scopus import Scopus
from .settings import ConnectorSettings, HalSettings, ScopusSettings

_RATE = 6  # requests a second, which both sources allow


class Connectors:
    """Those of an application; each keeps its pace over all calls."""

    def __init__(self, settings: ConnectorSettings, clock: Clock | None = None) -> None:
        self._settings = settings
        self.clock = clock or Clock()
        self._paces = {source: Pace(_RATE, self.clock) for source in (Source.SCOPUS, Source.HAL)}

    @property
    def seconds(self) -> float:
        """How long one call may go on asking."""
        return self._settings.seconds

    def require(self, source: Source) -> None:
        """Raises Conflict on a source that is turned off, lacks its key, or stands at a forbidden address."""
        prefix = f"CADRAN_CONNECTORS__{source.upper()}__"
        if not self._of(source).enabled:
            raise Conflict(f"Le connecteur « {source} » n’est pas activé : un opérateur l’active par {prefix}ENABLED.")
        if source is Source.SCOPUS and not self._settings.scopus.api_key.get_secret_value():
            raise Conflict(f"Le connecteur « {source} » n’a pas de clef : un opérateur la donne par {prefix}API_KEY.")
        try:
            check(self._of(source).base_url, self._settings.allowed_hosts)
        except ForbiddenAddressError as error:
            raise Conflict(f"Le connecteur « {source} » n’est pas utilisable : {error}.") from error

    @asynccontextmanager
    async def open(self, source: Source) -> AsyncIterator[Connector]:
        """The connector of a source. Raises Conflict where it can't be asked."""
        self.require(source)
        async with self._client(self._of(source).base_url) as client:
            asker = Asker(client, self._paces[source], self.clock, seconds=self._settings.answer_seconds)
            yield self._connector(source, asker)

    def _connector(self, source: Source, asker: Asker) -> Connector:
        if source is Source.SCOPUS:
            return Scopus(asker, self._settings.scopus)
        return Hal(asker, self._settings.hal)

    def _of(self, source: Source) -> ScopusSettings | HalSettings:
        return self._settings.scopus if source is Source.SCOPUS else self._settings.hal

    def _client(self, address: str) -> httpx.AsyncClient:
        """Never follows a redirection; this machine is reached without the proxy that others may need."""
        return httpx.AsyncClient(
            timeout=self._settings.answer_seconds,
            follow_redirects=False,
            trust_env=not is_loopback(httpx.URL(address).host),
            headers={"User-Agent": f"Cadran/{VERSION}"},
        )
