"""A collector of traces on this machine, for the tests of tracing: it keeps what it is sent, or is away."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared.settings import Tracing
from shared.telemetry import end_tracing, traced


@dataclass(frozen=True, slots=True)
class Seen:
    """A span as the collector has it; `parent` is empty at the beginning of a trace."""

    service: str
    name: str
    kind: str
    trace: str
    id: str
    parent: str
    links: list[str]
    error: str
    attributes: dict[str, Any]

    @property
    def traceparent(self) -> str:
        return f"00-{self.trace}-{self.id}-01"


@dataclass
class Collector:
    """What came, in the order in which it ended."""

    address: str
    raw: list[bytes] = field(default_factory=list)

    def spans(self) -> list[Seen]:
        """What was sent until now, once tracing has ended: nothing waits in this process any more."""
        end_tracing()
        return [
            _seen(resource.resource.attributes, span)
            for body in self.raw
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


def _seen(resource: Any, span: Any) -> Seen:
    return Seen(
        service=_values(resource)["service.name"],
        name=span.name,
        kind=span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_").lower(),
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        links=[link.trace_id.hex() for link in span.links],
        error=span.status.message,
        attributes=_values(span.attributes),
    )


def _values(pairs: Any) -> dict[str, Any]:
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}


@contextmanager
def collecting(*, service: str = "essai", ratio: float = 1.0) -> Iterator[Collector]:
    """Tracing is on in this process, and sends to this collector."""
    found = Collector("")

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.raw.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_port}"
    try:
        with traced(service, Tracing(endpoint=found.address, ratio=ratio)):
            yield found
    finally:
        server.shutdown()
        server.server_close()
