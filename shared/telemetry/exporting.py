"""Spans as OpenTelemetry keeps and sends them (OTLP over HTTP): in bounded memory, and never in anybody's way."""

import logging
import socket
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shared.settings import Tracing
from shared.version import VERSION

from .tracing import Kind

_QUEUE = 2048
_BATCH = 512
_EVERY_MILLISECONDS = 2000
_EXPORT_SECONDS = 5
_END_SECONDS = 2
_MAX_LINKS = 32
_PATH = "/v1/traces"
_HEADER = "traceparent"
_W3C = TraceContextTextMapPropagator()


class ExportedTraces:
    """The traces of one process, sent in batches by a thread; what cannot be sent in time is dropped."""

    def __init__(self, service: str, settings: Tracing) -> None:
        logging.getLogger("opentelemetry").setLevel(logging.ERROR)  # it warns of each try of each batch
        self._exporter = OTLPSpanExporter(_endpoint(settings.endpoint), timeout=_EXPORT_SECONDS)
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(settings.ratio)),
            resource=Resource.create(_identity(service)),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(self._exporter, _QUEUE, _EVERY_MILLISECONDS, _BATCH, _EXPORT_SECONDS * 1000)
        )
        self._tracer = self._provider.get_tracer("cadran", VERSION)

    def span(
        self, name: str, *, parent: str, links: Iterable[str], kind: Kind, attributes: Mapping[str, Any]
    ) -> AbstractContextManager[Span]:
        others = list(dict.fromkeys(each for each in links if each))[:_MAX_LINKS]
        sole = others.pop() if len(others) == 1 and not parent else ""
        return self._span(
            name,
            context=_below(parent or sole),
            kind=SpanKind[kind.upper()],
            attributes=dict(attributes),
            links=[Link(trace.get_current_span(_below(each)).get_span_context()) for each in others],
        )

    @contextmanager
    def _span(self, name: str, **how: Any) -> Iterator[Span]:
        """An error is told by its class: its message, and its trace, may hold what nobody else is to read."""
        with self._tracer.start_as_current_span(
            name, **how, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except Exception as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def traceparent(self) -> str:
        carrier: dict[str, str] = {}
        _W3C.inject(carrier)
        return carrier.get(_HEADER, "")

    def end(self) -> None:
        """The library's own end may wait for half a minute: it is left to a thread that holds up nobody."""
        ending = threading.Thread(target=self._provider.shutdown, name="traces-end", daemon=True)
        ending.start()
        ending.join(_END_SECONDS)
        if ending.is_alive():
            self._exporter.shutdown()  # type: ignore[no-untyped-call]  # the library leaves it untyped


def _below(parent: str) -> Context | None:
    """Where a span with this traceparent stands; nothing is the current one. A malformed one begins a new trace."""
    return _W3C.extract({_HEADER: parent}, context=Context()) if parent else None


def _endpoint(address: str) -> str:
    """The address of the traces, which is all of it or the collector's own."""
    return address if address.rstrip("/").endswith(_PATH) else address.rstrip("/") + _PATH


def _identity(service: str) -> dict[str, str]:
    return {
        "service.namespace": "cadran",
        "service.name": service,
        "service.version": VERSION,
        "service.instance.id": socket.gethostname(),
    }
