"""Answering with what was built already, before the application is asked; waiting for a write to be in the views."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import func, select
from starlette.types import ASGIApp, Receive, Scope, Send

from shared import watermarks
from shared.database import Database
from shared.identity import Identity, Right, offered_token
from shared.problems import Invalid, Problem, respond
from shared.telemetry import VIEWS_REMEMBERED

from .marks import Marks
from .shelf import Kept, Shelf, key_of
from .tables import RecentEventRow

_OWN = ("/v1/", "/contrats")
_READS = frozenset({"GET", "HEAD"})
_WAIT_SECONDS = 5.0
_STEP_SECONDS = 0.25
_MIN_WATERMARK = watermarks.MIN_HEADER.lower().encode()
_HIT = VIEWS_REMEMBERED.labels("hit")
_MISS = VIEWS_REMEMBERED.labels("miss")
_OF_BODY = {b"content-type", b"content-length"}


class NotYetVisible(Problem):
    status, code, title = 503, "not-yet-visible", "Écriture pas encore visible"


class Remembering:
    """ASGI middleware: a reader that is known gets a view that is known; whoever else goes on to the application."""

    def __init__(self, app: ASGIApp, *, reading: "Reading") -> None:
        self._app = app
        self._reading = reading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _READS or not scope["path"].startswith(_OWN):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        wanted = headers.get(_MIN_WATERMARK)
        if wanted and await self._reading.is_reader(scope):
            await self._once_seen(wanted.decode("latin-1"), scope, receive, send)
        elif kept := self._reading.known(scope):
            _HIT.inc()
            scope["route"] = kept.route
            await _send(send, kept, headers.get(b"if-none-match"))
        else:
            await self._app(scope, receive, send)

    async def _once_seen(self, wanted: str, scope: Scope, receive: Receive, send: Send) -> None:
        """What was built before is not trusted here: another process may have taken the write in."""
        try:
            await self._reading.seen(wanted)
        except Problem as problem:
            await respond(problem)(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def _send(send: Send, kept: Kept, offered: bytes | None) -> None:
    same = offered == kept.tag
    headers = [each for each in kept.headers if each[0] not in _OF_BODY] if same else kept.headers
    await send({"type": "http.response.start", "status": 304 if same else 200, "headers": list(headers)})
    await send({"type": "http.response.body", "body": b"" if same else kept.body})


class Reading:
    """What a gateway knows without building anything: what was built, how far it has read, who may read."""

    def __init__(self, database: Database, identity: Identity, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._identity = identity
        self._clock = clock
        self.marks = Marks(database)
        self.shelf = Shelf()

    def known(self, scope: Scope) -> Kept | None:
        """A view at the newest watermark, for a bearer of a token that was checked a moment ago."""
        mark = self.marks.current(self._clock().astimezone(UTC).date())
        kept = self.shelf.get(mark, key_of(scope)) if mark else None
        if not kept:
            _MISS.inc()
            return None
        caller = self._identity.known(offered_token(scope) or "")
        return kept if caller and Right.READ in caller.rights and scope["method"] == "GET" else None

    async def is_reader(self, scope: Scope) -> bool:
        """Whether this call may wait; the application says why it may not."""
        try:
            return Right.READ in (await self._identity.check(offered_token(scope) or "")).rights
        except Problem:
            return False

    async def seen(self, text: str) -> None:
        """Wait until the events of these writes are in the views. Raises Invalid, or NotYetVisible after a while."""
        try:
            wanted = watermarks.read(text)
        except ValueError as error:
            raise Invalid(
                f"« {watermarks.MIN_HEADER} » : rendez le « {watermarks.HEADER} » reçu à l’écriture."
            ) from error
        deadline = time.monotonic() + _WAIT_SECONDS
        while not await self._have(wanted):
            if time.monotonic() > deadline:
                raise NotYetVisible(
                    "Cette écriture est enregistrée, mais n’est pas encore dans les vues ; réessayez.",
                    headers={"Retry-After": "1"},
                )
            await self.marks.moved(_STEP_SECONDS)

    async def _have(self, wanted: Mapping[str, int]) -> bool:
        query = select(RecentEventRow.causation_id, func.count()).where(RecentEventRow.causation_id.in_([*wanted]))
        async with self._database.reading() as session:
            rows = await session.execute(query.group_by(RecentEventRow.causation_id))
            found = dict(rows.all())
        return all(found.get(cause, 0) >= events for cause, events in wanted.items())
