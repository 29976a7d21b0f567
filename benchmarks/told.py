"""Events of the shape that owners tell, in any number, and the same bytes for whoever sends them raw."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from shared.events.envelope import Event, Headers, seal
from tests.facts import event_of, observation

Sealed = tuple[bytes, bytes, Headers]
_CALL = 25  # events of one call
OLD = datetime(2023, 4, 3, 9, 30, 15, 123456, tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


def events(count: int, at: datetime) -> Iterator[Event]:
    """Each of a figure of its own, so many caused by each call."""
    cause = ""
    for number in range(count):
        cause = cause if number % _CALL else uuid4().hex
        told = event_of(observation(number=number, year=1900 + number % 200, recorded_at=at))
        yield Event(
            id=uuid4().hex,
            source=told.source,
            type=told.type,
            subject=told.subject,
            time=at,
            sequence=told.sequence,
            data=told.data,
            correlation_id=cause,
            causation_id=cause,
        )


def sealed(count: int, at: datetime) -> Sequence[Sealed]:
    return [seal(each) for each in events(count, at)]
