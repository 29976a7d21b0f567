"""Views that were built already, whole: they hold as long as nothing was taken in since."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from shared.telemetry import route_template

_MOST_BYTES = 64 * 1024 * 1024
_HEAD_BYTES = 2048
_LONGEST_QUERY = 256
Key = tuple[str, bytes]
"""A path and a query."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent, what it is sent as where the reader has it, and the route that it is counted under."""

    tag: bytes
    body: bytes
    headers: list[tuple[bytes, bytes]]
    route: str


class Shelf:
    """What was built at one watermark; the first view of another one takes the place of them all."""

    def __init__(self) -> None:
        self._mark = ""
        self._kept: dict[Key, Kept] = {}
        self._bytes = 0
        self._turns: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()

    def get(self, mark: str, key: Key) -> Kept | None:
        return self._kept.get(key) if mark == self._mark else None

    def keep(self, mark: str, request: Request, answer: Response) -> None:
        """An answer of 200 with an ETag; where there is no room, nothing of before is kept."""
        body, key = bytes(answer.body), key_of(request.scope)
        size = len(body) + len(key[0]) + len(key[1]) + _HEAD_BYTES
        if mark != self._mark or self._bytes + size > _MOST_BYTES:
            self._mark, self._kept, self._bytes = mark, {}, 0
        if len(key[1]) <= _LONGEST_QUERY and key not in self._kept:
            tag = answer.headers["ETag"].encode()
            self._kept[key] = Kept(tag, body, list(answer.raw_headers), route_template(request.scope))
            self._bytes += size

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """Who asks for what is being built waits for it, rather than build it too."""
        key = key_of(request.scope)
        lock = self._turns.get(key) or self._turns.setdefault(key, asyncio.Lock())
        async with lock:
            yield


def key_of(scope: Scope) -> Key:
    return scope["path"], scope["query_string"]


def again(kept: Kept) -> Response:
    """The answer, made anew."""
    answer = Response(kept.body)
    answer.raw_headers = list(kept.headers)
    return answer
