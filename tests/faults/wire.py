"""The network between the services and what they stand on: it passes everything on, holds it back, or is cut."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from tests.processes import free_port

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Reach = Callable[[], Awaitable[Streams]]
_PIECE = 64 * 1024


class Wire:
    """Listens on a port of its own, and reaches the other end anew for each connection."""

    def __init__(self, reach: Reach) -> None:
        self.port = free_port()
        self.delay = 0.0
        self._reach = reach
        self._open = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator["Wire"]:
        await self.mend()
        try:
            yield self
        finally:
            self._open.set()
            await self.cut()

    async def mend(self) -> None:
        """Let everything through, what was held back first."""
        self._open.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    def freeze(self) -> None:
        """Let nothing through, and tell nobody."""
        self._open.clear()

    async def cut(self) -> None:
        """End every connection, and refuse new ones."""
        server, self._server = self._server, None
        if server:
            server.close()
        self.drop()

    def drop(self) -> None:
        """End every connection; new ones are taken."""
        for end in self._ends:
            end.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            there, back = await self._reach()
        except OSError:
            self._forget(writer)
            return
        self._ends.add(back)
        try:
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        finally:
            self._forget(writer, back)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(_PIECE):
                await self._open.wait()
                await asyncio.sleep(self.delay)
                writer.write(piece)
                await writer.drain()
        writer.transport.abort() if self._server is None else writer.close()

    def _forget(self, *ends: asyncio.StreamWriter) -> None:
        for end in ends:
            self._ends.discard(end)
            end.transport.abort()


def to_port(port: int) -> Reach:
    return lambda: asyncio.open_connection("127.0.0.1", port)


def to_socket(path: str) -> Reach:
    return lambda: asyncio.open_unix_connection(path)
