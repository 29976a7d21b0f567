"""The event as it travels: CloudEvents 1.0 in Kafka's binary mode."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic_core import from_json

Headers = tuple[tuple[str, bytes], ...]

SPEC_VERSION = "1.0"
_REQUIRED = ("id", "source", "type", "time", "subject", "sequence")


class UnreadableMessageError(ValueError):
    """A message that is not an event of ours; the sentence says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The whole state of `subject` at its version `sequence`; `data` is a JSON object, `trace` a traceparent or ""."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    sequence: int
    data: dict[str, Any]
    correlation_id: str
    causation_id: str
    trace: str = ""


def schema_of(event_type: str) -> str:
    """The `dataschema` of an event type: the name under which `shared/events/schemas` keeps it."""
    return f"urn:cadran:schema:{event_type.removeprefix('fr.imt.cadran.')}"


def attributes(event: Event) -> dict[str, str]:
    """CloudEvents attributes by name; `sequence` is padded, so that its text sorts as its number."""
    traced = {"traceparent": event.trace} if event.trace else {}
    return traced | {
        "specversion": SPEC_VERSION,
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "subject": event.subject,
        "time": event.time.isoformat().replace("+00:00", "Z"),
        "sequence": f"{event.sequence:010d}",
        "partitionkey": event.subject,
        "dataschema": schema_of(event.type),
        "correlationid": event.correlation_id,
        "causationid": event.causation_id,
    }


def seal(event: Event) -> tuple[bytes, bytes, Headers]:
    """The Kafka message of an event: key, value and headers; the value is no longer than the data that was stored."""
    headers = [(f"ce_{name}", text.encode()) for name, text in attributes(event).items()]
    headers.append(("content-type", b"application/json"))
    value = json.dumps(event.data, ensure_ascii=False, separators=(",", ":")).encode()
    return event.subject.encode(), value, tuple(headers)


def open_message(value: bytes | None, headers: Iterable[tuple[str, bytes]]) -> Event:
    """The event of a Kafka message. Raises UnreadableMessageError, never anything else."""
    try:
        return _open(value, {name.lower(): text.decode() for name, text in headers})
    except UnreadableMessageError:
        raise
    except (ValueError, AttributeError, RecursionError) as error:
        raise UnreadableMessageError(f"message illisible : {error}") from error


def _open(value: bytes | None, headers: dict[str, str]) -> Event:
    if headers.get("ce_specversion") != SPEC_VERSION:
        raise UnreadableMessageError("l’en-tête ce_specversion n’est pas 1.0 : ce n’est pas un CloudEvent 1.0")
    if missing := [name for name in _REQUIRED if not headers.get(f"ce_{name}")]:
        raise UnreadableMessageError(f"en-têtes manquants : {', '.join('ce_' + name for name in missing)}")
    data = from_json(value or b"null")
    if not isinstance(data, dict):
        raise UnreadableMessageError("le corps n’est pas un objet JSON")
    return Event(
        id=headers["ce_id"],
        source=headers["ce_source"],
        type=headers["ce_type"],
        subject=headers["ce_subject"],
        time=_instant(headers["ce_time"]),
        sequence=int(headers["ce_sequence"]),
        data=data,
        correlation_id=headers.get("ce_correlationid", headers["ce_id"]),
        causation_id=headers.get("ce_causationid", headers["ce_id"]),
        trace=headers.get("ce_traceparent", ""),
    )


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise UnreadableMessageError(f"ce_time est sans fuseau horaire : {text}")
    return instant
