"""The keys that tokens are checked with, as they change: read again without a restart."""

import asyncio
import json
from pathlib import Path
from time import monotonic

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.problems import Unavailable, named

_SECONDS = 5
log = structlog.get_logger(__name__)


class Keys:
    """The key set of a file or of an address.

    It is read again once it has aged, so that a key which was removed is refused; and where a token names a key that
    is not in it, so that a new key is taken at once. An address is not asked more than once a second.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self._is_address = place.startswith(("http://", "https://"))
        self._fresh, self._pause = (60.0, 1.0) if self._is_address else (1.0, 0.0)
        self._keys: KeySet | None = None
        self._ids: frozenset[str | None] = frozenset()
        self._document = ""
        self._read_at = 0.0
        self._turn = asyncio.Lock()

    @property
    def current(self) -> KeySet | None:
        """The key set, unless it is to be read again first. It is another object only where its content is another."""
        return self._keys if monotonic() - self._read_at <= self._fresh else None

    async def for_token(self, key_id: str | None) -> KeySet:
        """A key set that knows the key where one can be had. Raises Unavailable where none was ever read."""
        if not self._serves(key_id):
            async with self._turn:
                if not self._serves(key_id):
                    await self._refresh()
        assert self._keys is not None
        return self._keys

    def _serves(self, key_id: str | None) -> bool:
        if self.current is None:
            return False
        return key_id in self._ids or monotonic() - self._read_at < self._pause

    async def _refresh(self) -> None:
        """Where it can't be read the former one goes on serving: what issues tokens may be away for a while."""
        try:
            self._take(await self._read())
        except (OSError, ValueError, KeyError, TypeError, httpx.HTTPError, JoseError) as error:
            log.warning("keys-not-read", **named(error))
            if self._keys is None:
                raise Unavailable("Les clefs de vérification des jetons sont injoignables ; réessayez.") from error
        self._read_at = monotonic()

    def _take(self, document: str) -> None:
        if document == self._document:
            return
        self._keys = KeySet.import_key_set(json.loads(document))
        self._ids = frozenset({None, *(key.kid for key in self._keys.keys)})
        self._document = document

    async def _read(self) -> str:
        if not self._is_address:
            return await asyncio.to_thread(Path(self._place).read_text, "utf-8")
        async with httpx.AsyncClient(timeout=_SECONDS) as client:
            answer = await client.get(self._place)
            return answer.raise_for_status().text
