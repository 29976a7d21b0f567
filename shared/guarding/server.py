"""The server as it is run here: heads in bounded time, trusted proxies only, an end in order, and no trace in a log."""

import asyncio
import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from shared.settings import Limits

from .heads import timely

_LONGEST_HEAD = 64 * 1024  # what is longer than the settings allow is refused with a problem, up to here


async def run(app: ASGIApp, listener: socket.socket, limits: Limits, *, lifespan: Literal["on", "off"] = "on") -> None:
    """Serve on the socket until SIGINT or SIGTERM, then end in order."""
    await _Server(configured(app, limits, lifespan)).serve(sockets=[listener])


def configured(app: ASGIApp, limits: Limits, lifespan: Literal["on", "off"]) -> uvicorn.Config:
    """How uvicorn serves an application within these limits."""
    logging.getLogger("uvicorn.error").addFilter(_without_trace)
    return uvicorn.Config(
        app,
        http=timely(limits.call_seconds),
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        proxy_headers=bool(limits.trusted_proxies),
        forwarded_allow_ips=limits.trusted_proxies,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        lifespan=lifespan,
    )


def _without_trace(record: logging.LogRecord) -> bool:
    """What was raised is in our own line already, without what it says; uvicorn tells it once more, in full."""
    record.exc_info = None
    return True


class _Server(uvicorn.Server):
    """Ends on a signal and returns, where uvicorn's own would raise it again and skip what closes after it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
                signal.signal(number, signal.SIG_DFL)
