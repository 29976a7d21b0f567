"""A client that costs little: keep-alive connections, the request written in advance, nothing of the answer read."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

_END_OF_HEAD = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"
_LENGTH = b"content-length:"
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked, and where."""

    port: int
    path: str
    token: str = ""

    @property
    def request(self) -> bytes:
        sign_in = f"Authorization: Bearer {self.token}\r\n" if self.token else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{sign_in}\r\n".encode()

    async def answer(self) -> httpx.Response:
        """As any client reads it, once."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with httpx.AsyncClient(timeout=60) as client:
            answer = await client.get(f"http://127.0.0.1:{self.port}{self.path}", headers=headers)
        return answer.raise_for_status()


@dataclass(frozen=True, slots=True)
class Burst:
    """How long a number of calls took together, and each by itself, in seconds."""

    elapsed: float
    calls: Sequence[float]

    @property
    def rate(self) -> float:
        return len(self.calls) / self.elapsed


async def burst(target: Target, count: int, connections: int = 1) -> Burst:
    """So many calls, one after the other on each connection."""
    loop = asyncio.get_running_loop()
    lines = [_Line(target.request, count // connections, loop.create_future()) for _ in range(connections)]
    for line in lines:
        await loop.create_connection(lambda line=line: line, "127.0.0.1", target.port)  # type: ignore[misc]
    began = time.perf_counter()
    for line in lines:
        line.ask()
    await asyncio.gather(*(line.done for line in lines))
    return Burst(time.perf_counter() - began, [each for line in lines for each in line.seconds])


class _Line(asyncio.Protocol):
    """One connection: the next call as soon as the answer is whole."""

    def __init__(self, request: bytes, count: int, done: "asyncio.Future[None]") -> None:
        self.seconds: list[float] = []
        self.done = done
        self._request = request
        self._left = count
        self._transport: Any = None
        self._head = self._tail = b""
        self._due: int | None = None
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def ask(self) -> None:
        self._head, self._tail, self._due = b"", b"", None
        self._began = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._due is None:
            data = self._read_head(data)
        if self._due is not None:
            self._due -= len(data)
            self._tail = (self._tail + data)[-len(_LAST_CHUNK) :]
            if self._due == 0 or (self._due < 0 and self._tail == _LAST_CHUNK):
                self._next()

    def _read_head(self, data: bytes) -> bytes:
        """What is left of the data once the head is whole; an answer of unknown length is due less than nothing."""
        self._head += data
        head, end, body = self._head.partition(_END_OF_HEAD)
        if not end:
            return b""
        if int(head[9:12]) != HTTPStatus.OK:
            self.done.set_exception(RuntimeError(self._head[:400].decode()))
        _, found, after = head.lower().partition(_LENGTH)
        self._due = int(after.partition(b"\r\n")[0]) if found else _UNKNOWN
        return body

    def _next(self) -> None:
        self.seconds.append(time.perf_counter() - self._began)
        self._left -= 1
        if self._left and not self.done.done():
            self.ask()
            return
        self._transport.close()
        if not self.done.done():
            self.done.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server left"))
