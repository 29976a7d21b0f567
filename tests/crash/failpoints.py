"""Cadran with a bomb in it: `python -m tests.crash.failpoints POINT NTH before|after [SIGNAL] -- cadran-arguments…`.

The process sends itself the signal, SIGKILL by default, the NTH time execution comes to the named boundary of the
product, or has just passed it. CADRAN_CRASH_ORDERS names a file of such orders, each obeyed once.
"""

import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from inspect import iscoroutinefunction
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from services import cli


@dataclass(frozen=True, slots=True)
class Point:
    """A function of the product by its dotted name; where `within` is given, only calls made by that one count."""

    function: str
    within: str | None = None


_TRANSACTION = "shared.database.Database.transaction"
POINTS = {
    "owner-commit": Point(_TRANSACTION, within="shared.idempotency.write"),
    "owner-event": Point("shared.outbox.record"),
    "publish": Point("shared.bus.memory.MemoryBus.publish"),
    "publish-kafka": Point("shared.bus.kafka.KafkaBus.publish"),
    "mark-sent": Point("shared.outbox.Relay._mark_sent"),
    "mark-sent-commit": Point(_TRANSACTION, within="shared.outbox.Relay._mark_sent"),
    "projection": Point("services.gateway.projections._keep_newest"),
    "position": Point("services.gateway.consumer._advance"),
    "position-commit": Point(_TRANSACTION, within="services.gateway.consumer.Consumer._take_together"),
    "turn": Point("shared.outbox.turn.Session.check"),
    "rebuild-sweep": Point("services.gateway.rebuilding._sweep"),
    "rebuild-prepare": Point("services.gateway.rebuilding._prepare"),
    "rebuild-switch": Point("services.gateway.rebuilding._switch"),
    "migration": Point("alembic.op.create_table"),
    "republish-commit": Point(_TRANSACTION, within="shared.outbox.republish"),
    "clear-commit": Point(_TRANSACTION, within="services.gateway.read_model.clear"),
    "key": Point("os.fsync"),
    "key-written": Point("shared.issuer._write_whole"),
}


@dataclass(slots=True)
class Fuse:
    """Counts the passages on one side of a point, and sends the process its signal at the last."""

    left: int
    side: str
    number: signal.Signals = signal.SIGKILL

    def passed(self, side: str) -> None:
        if side != self.side:
            return
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), self.number)

    @contextmanager
    def around(self) -> Iterator[None]:
        self.passed("before")
        yield
        self.passed("after")


@dataclass(slots=True)
class Orders:
    """The fuse that a file lights while the process runs; the file is gone once it is read."""

    file: Path
    point: str = ""
    fuse: Fuse = field(default_factory=lambda: Fuse(0, ""))

    def passed(self, point: str, side: str) -> None:
        with suppress(FileNotFoundError):
            self.point, nth, at, number = self.file.read_text("utf-8").split()
            self.file.unlink()
            self.fuse = Fuse(int(nth), at, signal.Signals[number])
        if point == self.point:
            self.fuse.passed(side)


@dataclass(slots=True)
class Ordered(Fuse):
    """The fuse of one point, as the orders say."""

    point: str = ""
    orders: Orders = field(default_factory=lambda: Orders(Path(os.devnull)))

    def passed(self, side: str) -> None:
        self.orders.passed(self.point, side)


def await_orders(orders: Orders) -> None:
    for name, point in POINTS.items():
        arm(point, Ordered(0, "", point=name, orders=orders))


def arm(point: Point, fuse: Fuse) -> None:
    """Wrap the point's function, and the one within which it counts."""
    inside = ContextVar("inside", default=point.within is None)
    _replace(point.function, lambda function: _fused(function, fuse, inside))
    if point.within:
        _replace(point.within, lambda function: _marked(function, inside))


def _replace(name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    place, _, attribute = name.rpartition(".")
    owner = resolve_name(place)
    setattr(owner, attribute, wrap(getattr(owner, attribute)))


def _fused(function: Callable[..., Any], fuse: Fuse, inside: ContextVar[bool]) -> Callable[..., Any]:
    if function.__name__ == "transaction":
        return _fused_transaction(function, fuse, inside)
    if iscoroutinefunction(function):
        return _fused_coroutine(function, fuse)

    @wraps(function)
    def fused(*arguments: Any, **named: Any) -> Any:
        with fuse.around():
            return function(*arguments, **named)

    return fused


def _fused_coroutine(function: Callable[..., Any], fuse: Fuse) -> Callable[..., Any]:
    @wraps(function)
    async def fused(*arguments: Any, **named: Any) -> Any:
        with fuse.around():
            return await function(*arguments, **named)

    return fused


def _fused_transaction(function: Callable[..., Any], fuse: Fuse, inside: ContextVar[bool]) -> Callable[..., Any]:
    """Before: everything is written, and nothing committed. After: it is committed, and nobody knows."""

    @asynccontextmanager
    async def fused(*arguments: Any) -> AsyncIterator[Any]:
        async with function(*arguments) as session:
            yield session
            if inside.get():
                fuse.passed("before")
        if inside.get():
            fuse.passed("after")

    return fused


def _marked(function: Callable[..., Any], inside: ContextVar[bool]) -> Callable[..., Any]:
    @wraps(function)
    async def marked(*arguments: Any, **named: Any) -> Any:
        token = inside.set(True)
        try:
            return await function(*arguments, **named)
        finally:
            inside.reset(token)

    return marked


def live_apart(world: str) -> None:
    """Give the services topics and groups of their own on a broker that serves other worlds too."""
    apps = (f"{app}.app" for app in ("indicators", "milestones", "bibliometrics", "gateway"))
    for place in (f"services.{each}" for each in (*apps, "cli.read_model")):
        _replace(f"{place}.topic_of", lambda topic_of: lambda owner: f"{topic_of(owner)}-{world}")
    _replace("shared.serving.KafkaBus", lambda bus: lambda settings, group: bus(settings, group=f"{group}-{world}"))


def main(arguments: Sequence[str]) -> None:
    """POINT NTH SIDE [SIGNAL] -- what `cadran` takes; without a point, `cadran` as it is."""
    bomb, command = _split(arguments)
    if world := os.environ.get("CADRAN_CRASH_WORLD"):
        live_apart(world)
    if orders := os.environ.get("CADRAN_CRASH_ORDERS"):
        await_orders(Orders(Path(orders)))
    if bomb:
        name, nth, side, *number = bomb
        arm(POINTS[name], Fuse(int(nth), side, *(signal.Signals[each] for each in number)))
    sys.argv = ["cadran", *command]
    cli.main()


def _split(arguments: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    place = arguments.index("--")
    return arguments[:place], arguments[place + 1 :]


if __name__ == "__main__":
    main(sys.argv[1:])
