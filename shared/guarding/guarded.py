"""The guard of an application: sizes, time, rates, and whose body is read, before anything of a call is parsed."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.identity import Caller, Identity, offered_token, without_token
from shared.problems import AddressTooLong, HeadersTooLarge, Problem, Unauthenticated, Unavailable
from shared.settings import Limits

from .exchange import Exchange, too_large
from .policies import NOTHING, Header
from .rates import Rates

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_HEALTH = "/health/"


@dataclass(frozen=True, slots=True)
class Guard:
    """What an operator allows; `rates` are counted at the one door only, not again at the owners behind it."""

    limits: Limits
    rates: Rates | None = None

    @classmethod
    def at_the_door(cls, limits: Limits) -> "Guard":
        return cls(limits, Rates(limits))


BEHIND = Guard(Limits())
"""Behind the door, where nothing is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many bytes a body may hold, by path where that differs; under which paths a call may last longer."""

    body: int
    uploads: Mapping[str, int]
    slow: tuple[str, ...]


class Guarded:
    """ASGI middleware: what passes is of a bounded size, in time, not too frequent, and from somebody where it writes.

    It stands on the way of every answer, those from memory too: one object a call, and no request object.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        guard: Guard,
        identity: Identity,
        bounds: Bounds,
        policies: Mapping[str, tuple[Header, ...]],
    ) -> None:
        self._app = app
        self._limits, self._rates = guard.limits, guard.rates
        self._identity = identity
        self._bounds = bounds
        self._policies = policies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = self._exchange(scope, receive, send)
        seconds = self._seconds(scope["path"])
        try:
            async with asyncio.timeout(seconds) as exchange.timer:
                exchange.refusal = await self._refusal(scope, exchange)
                if not exchange.refusal:
                    await self._app(scope, exchange.receive, exchange.send)
        except TimeoutError:
            if not exchange.timer.expired():
                raise
        await exchange.end(seconds)

    def _exchange(self, scope: Scope, receive: Receive, send: Send) -> Exchange:
        exchange = Exchange(scope, receive, send)
        client = scope.get("client")
        exchange.address = client[0] if client else ""
        exchange.limit = self._bounds.uploads.get(scope["path"], self._bounds.body)
        exchange.policy = self._policies.get(scope["path"], NOTHING)
        exchange.rates = self._rates
        return exchange

    def _seconds(self, path: str) -> float:
        slow = any(path == each or path.startswith(f"{each}/") for each in self._bounds.slow)
        return self._limits.upload_seconds if slow else self._limits.call_seconds

    async def _refusal(self, scope: Scope, exchange: Exchange) -> Problem | None:
        """Why this call goes no further: the cheapest reasons first."""
        size, announced = _sizes(scope["headers"])
        exchange.whole = announced == 0
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._limits.address_bytes:
            return AddressTooLong(f"Une adresse ne dépasse pas {self._limits.address_bytes} octets : demandez moins.")
        if size > self._limits.header_bytes:
            return HeadersTooLarge(f"Les en-têtes ne dépassent pas {self._limits.header_bytes} octets en tout.")
        writes = scope["method"] not in _READING or not exchange.whole
        if (self._rates or writes) and not scope["path"].startswith(_HEALTH):
            refusal = await self._stranger(scope, exchange, writes)
            if refusal:
                return refusal
        return too_large(exchange.limit) if announced > exchange.limit else None

    async def _stranger(self, scope: Scope, exchange: Exchange, writes: bool) -> Problem | None:
        """Counts the call as its caller's. Nobody's body is read."""
        caller, problem = await self._caller(scope)
        subject = caller.subject if caller else None
        too_many = self._rates.call(subject, exchange.address) if self._rates else None
        if too_many or not writes or not problem:
            return too_many
        if self._rates and isinstance(problem, Unauthenticated):
            return self._rates.refusal(exchange.address) or problem
        return problem

    async def _caller(self, scope: Scope) -> tuple[Caller | None, Problem | None]:
        token = offered_token(scope)
        if not token:
            return None, without_token()
        try:
            return self._identity.known(token) or await self._identity.check(token), None
        except (Unauthenticated, Unavailable) as problem:
            return None, problem


def _sizes(headers: Iterable[tuple[bytes, bytes]]) -> tuple[int, int]:
    """How many bytes the headers hold, and the body that they announce: -1 where they do not say how many."""
    size = announced = 0
    for name, value in headers:
        size += len(name) + len(value)
        if name == b"content-length" and value.isdigit():
            announced = int(value[:20])
        elif name == b"transfer-encoding":
            announced = -1
    return size, announced
