"""Who writes, and when: the instants of one subject's writes follow their order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .identity import Caller

_TICK = timedelta(microseconds=1)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes; the clock is read once the subject is held, so that instants follow the order of the writes."""

    caller: Caller
    clock: Callable[[], datetime] = _utc

    def after(self, last: datetime) -> datetime:
        """The time of a write, always later than the last: who reads `updatedAfter` misses nothing."""
        return max(self.clock(), last + _TICK)
