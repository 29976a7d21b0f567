"""Traces through HTTP, the outbox, the bus and the projection; off, and then free, unless an endpoint is set."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Literal, Protocol

from shared.settings import Tracing

Kind = Literal["internal", "server", "client", "producer", "consumer"]
_NOTHING: AbstractContextManager[Any] = nullcontext()


class Traces(Protocol):
    """Where spans go, while tracing is on."""

    def span(
        self, name: str, *, parent: str, links: Iterable[str], kind: Kind, attributes: dict[str, Any]
    ) -> AbstractContextManager[Any]: ...

    def traceparent(self) -> str: ...

    def end(self) -> None: ...


class _Switch:
    """The process's traces; none where tracing is off."""

    traces: Traces | None = None


def configure_tracing(service: str, settings: Tracing) -> None:
    """Have this process send its spans to the endpoint; without one, nothing is loaded and nothing is sent."""
    end_tracing()
    if settings.endpoint:
        from .exporting import ExportedTraces  # noqa: PLC0415 - its libraries are loaded only where they serve

        _Switch.traces = ExportedTraces(service, settings)


def end_tracing() -> None:
    """Send what waits, within two seconds, and stop; what is left then is lost."""
    ending, _Switch.traces = _Switch.traces, None
    if ending:
        ending.end()


@contextmanager
def traced(service: str, settings: Tracing) -> Iterator[None]:
    """Tracing as long as the block lasts: that is, as long as the service runs."""
    configure_tracing(service, settings)
    try:
        yield
    finally:
        end_tracing()


def is_tracing() -> bool:
    return _Switch.traces is not None


def span(
    name: str, *, parent: str = "", links: Iterable[str] = (), kind: Kind = "internal", **attributes: Any
) -> AbstractContextManager[Any]:
    """A span as long as the block lasts, below `parent` (a traceparent) or else below the current span.

    `links` are the traceparents of those whose work it carries on together, as a batch does: where they are all the
    same, that one is the parent. Attributes name things, and never hold personal data, a query or a token.
    """
    traces = _Switch.traces
    if traces is None:
        return _NOTHING
    return traces.span(name, parent=parent, links=links, kind=kind, attributes=attributes)


def traceparent() -> str:
    """The current span as a W3C `traceparent` header; nothing where tracing is off, or outside of every span."""
    traces = _Switch.traces
    return traces.traceparent() if traces else ""
