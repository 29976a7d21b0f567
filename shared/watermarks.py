"""What a write tells its caller, so that a read can ask to see it: which events it recorded, and how many."""

import re
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .telemetry import request_id

HEADER = "Cadran-Watermark"
MIN_HEADER = "Cadran-Min-Watermark"
_COUNT = "recorded events"
_MARK = re.compile(r"[a-z]{1,32}\.([0-9a-f]{32})\.([1-9][0-9]{0,6})")


@dataclass(slots=True)
class _Told:
    """What the call under way has recorded for good; nothing yet, or ever."""

    cause: str = ""
    events: int = 0


_told: ContextVar[_Told | None] = ContextVar("told", default=None)


def read(text: str) -> dict[str, int]:
    """How many events each call of a header recorded, with commas between. Raises ValueError on what no write told."""
    wanted: dict[str, int] = {}
    for part in text.split(","):
        found = _MARK.fullmatch(part.strip())
        if not found:
            raise ValueError(part)
        wanted[found[1]] = max(int(found[2]), wanted.get(found[1], 0))
    return wanted


def count(session: AsyncSession) -> None:
    """One more event in this transaction."""
    session.info[_COUNT] = session.info.get(_COUNT, 0) + 1


def forget(session: AsyncSession) -> None:
    """Nothing of this transaction stays."""
    session.info.pop(_COUNT, None)


def committed(session: AsyncSession) -> None:
    """All of this transaction stays."""
    _add(request_id.get(), session.info.pop(_COUNT, 0))


def mark(session: AsyncSession) -> str:
    """What `replay` takes, of the transaction so far; "" where it recorded nothing."""
    events = session.info.get(_COUNT, 0)
    return f"{request_id.get()}.{events}" if events and request_id.get() else ""


def replay(mark: str) -> None:
    """Say again what a former call was told."""
    cause, _, events = mark.partition(".")
    _add(cause, int(events or 0))


def _add(cause: str, events: int) -> None:
    told = _told.get()
    if told and cause and events:
        told.cause, told.events = cause, told.events + events


class Telling:
    """ASGI middleware of an owner: what a call has recorded is said in a header of its answer."""

    def __init__(self, app: ASGIApp, *, owner: str) -> None:
        self._app = app
        self._owner = owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        told = _Told()
        _told.set(told)

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start" and told.events:
                MutableHeaders(scope=message)[HEADER] = f"{self._owner}.{told.cause}.{told.events}"
            await send(message)

        await self._app(scope, receive, telling)
