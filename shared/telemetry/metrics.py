"""The Prometheus metrics of every service, and the address they are read at."""

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError
from prometheus_client import Counter, Gauge, Histogram, Info, start_http_server

from shared.version import VERSION

_REQUEST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 600)
_DELAY_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600)
_IMPORT_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
_UNEXPECTED = 500


def _free_ratio() -> float:
    disk = shutil.disk_usage("/")
    return disk.free / disk.total


BUILD = Info("cadran_build", "Which Cadran this is.")
BUILD.info({"version": VERSION})
DISK = Gauge("cadran_disk_free_ratio", "Share of the disk under this process that is free.")
DISK.set_function(_free_ratio)

REQUESTS = Histogram(
    "cadran_http_request_seconds",
    "Duration of HTTP requests, by route template.",
    ["service", "method", "route", "status"],
    buckets=_REQUEST_SECONDS,
)
CHECKS = Gauge(
    "cadran_check_up", "Whether a check of /health/ready passed when it was last asked.", ["service", "check"]
)

OUTBOX_UNSENT = Gauge("cadran_outbox_unsent_events", "Events recorded and not yet on the bus.", ["owner"])
OUTBOX_OLDEST = Gauge(
    "cadran_outbox_oldest_unsent_seconds",
    "Age of the oldest event not yet on the bus; 0 where there is none.",
    ["owner"],
)
RELAY_HOLDS = Gauge("cadran_relay_holds", "1 where the relay of this replica holds the lease, else 0.", ["owner"])
EVENTS_SENT = Counter("cadran_outbox_sent_events", "Events that the bus has taken.", ["owner"])
BUS_FAILURES = Counter("cadran_bus_failures", "Failures of the bus: publish or listen.", ["operation"])
for _operation in ("publish", "listen"):
    BUS_FAILURES.labels(_operation)  # a series that begins at one would never be seen to rise

EVENTS_PROJECTED = Counter("cadran_projected_events", "Events taken into the read model.", ["topic"])
EVENTS_PARKED = Counter("cadran_parked_events", "Events set aside because they cannot be projected.", ["topic"])
PARKED = Gauge("cadran_parked_messages", "Messages that are set aside now.")
POSITION = Gauge("cadran_position", "Offset of the last event taken into the read model.", ["topic", "partition"])
LAG = Gauge("cadran_lag_events", "Messages on the bus that the read model has not taken yet.", ["topic", "partition"])
EVENT_DELAY = Histogram(
    "cadran_event_delay_seconds",
    "From an event's time to its commit in the read model.",
    ["topic"],
    buckets=_DELAY_SECONDS,
)
VIEWS_REMEMBERED = Counter(
    "cadran_views_remembered", "Views answered from memory (hit) or computed (miss).", ["outcome"]
)

IMPORTS = Histogram(
    "cadran_import_seconds", "Duration of imports of publications.", ["source", "outcome"], buckets=_IMPORT_SECONDS
)


def serve_metrics(host: str, port: int) -> int:
    """Serve /metrics on an address of its own; port 0 takes a free one. Returns the port. Raises OSError."""
    server, _thread = start_http_server(port, host)
    return int(server.server_port)


def expect_imports(sources: Iterable[str]) -> None:
    """The sources that there are: a failure is seen as one more, the first too."""
    for source in sources:
        IMPORTS.labels(source, "failed")


@dataclass(slots=True)
class Import:
    """What is told of an import: where it comes from, as soon as that is known, and how it ended."""

    source: str = "unknown"
    outcome: str = ""


@contextmanager
def measured_import() -> Iterator[Import]:
    """Measure the block as one import: `done` unless it says otherwise, `refused`, or `failed` as nobody expected."""
    told, began = Import(), time.perf_counter()
    try:
        yield told
        told.outcome = told.outcome or "done"
    except Exception as error:
        told.outcome = "refused" if _is_refusal(error) else "failed"
        raise
    finally:
        IMPORTS.labels(told.source, told.outcome or "abandoned").observe(time.perf_counter() - began)


def _is_refusal(error: Exception) -> bool:
    status = getattr(error, "status", getattr(error, "status_code", _UNEXPECTED))
    return isinstance(error, RequestValidationError) or status < _UNEXPECTED
