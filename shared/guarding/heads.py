"""HTTP/1.1 whose calls begin in time: uvicorn by itself waits for the rest of a head for ever."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from shared.problems import CallTimeout, respond


class TimelyProtocol(H11Protocol):
    """Closes a connection on which no whole head has arrived within `seconds`, saying so where one had begun."""

    seconds = 30.0
    _overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        self._overdue = self.loop.call_later(self.seconds, self._end)

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._arrived()
        elif self._overdue is None:
            self._overdue = self.loop.call_later(self.seconds, self._end)

    def _arrived(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def _end(self) -> None:
        if self.conn.trailing_data[0] and self.conn.our_state is h11.IDLE:
            self._say()
        self.transport.close()

    def _say(self) -> None:
        answer = respond(
            CallTimeout(f"L’appel n’était pas arrivé en entier au bout de {self.seconds:g} s : renvoyez-le.")
        )
        headers = [*answer.raw_headers, (b"connection", b"close")]
        for event in (
            h11.Response(status_code=answer.status_code, headers=headers),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")


def timely(seconds: float) -> type[TimelyProtocol]:
    return type("Timely", (TimelyProtocol,), {"seconds": seconds})
