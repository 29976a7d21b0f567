"""Views that were built already, whole: they hold as long as nothing was taken in since."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response

from shared.telemetry import route_template

_MOST_BYTES = 64 * 1024 * 1024
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
        """An answer of 200 with an ETag; more than there is room for is not kept."""
        if mark != self._mark:
            self._mark, self._kept, self._bytes = mark, {}, 0
        body = bytes(answer.body)
        if self._bytes + len(body) <= _MOST_BYTES:
            tag = answer.headers["ETag"].encode()
            self._kept[key_of(request)] = Kept(tag, body, list(answer.raw_headers), route_template(request.scope))
            self._bytes += len(body)

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """Who asks for what is being built waits for it, rather than build it too."""
        key = key_of(request)
        lock = self._turns.get(key) or self._turns.setdefault(key, asyncio.Lock())
        async with lock:
            yield


def key_of(request: Request) -> Key:
    return request.scope["path"], request.scope["query_string"]


def again(kept: Kept) -> Response:
    """The answer, made anew."""
    answer = Response(kept.body)
    answer.raw_headers = list(kept.headers)
    return answer
