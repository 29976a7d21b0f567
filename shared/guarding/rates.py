"""How many calls each caller may make in a minute: by subject where a token is valid, else by address."""

import math
import time
from collections.abc import Callable

from shared.problems import TooManyCalls
from shared.settings import Limits

_MINUTE = 60


class Window:
    """Calls by key over a sliding minute: this minute's, and of the minute before the share that is not yet past.

    Two dictionaries and nothing to sweep: each call costs the same however many callers there are.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._minute = 0
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}

    def take(self, key: str, at: float) -> float:
        """Count a call at this instant (seconds). Returns how long to wait where it is one too many, else 0."""
        minute, past = divmod(at, _MINUTE)
        if minute != self._minute:
            self._turn(int(minute))
        now, before = self._now.get(key, 0), self._before.get(key, 0)
        if before * (1 - past / _MINUTE) + now + 1 <= self.limit:
            self._now[key] = now + 1
            return 0
        return self._wait(now, before, past)

    def _turn(self, minute: int) -> None:
        self._before = self._now if minute == self._minute + 1 else {}
        self._now, self._minute = {}, minute

    def _wait(self, now: int, before: int, past: float) -> float:
        """Until enough of the minute before is past; where this one is full by itself, until enough of this one is."""
        room = self.limit - 1 - now
        if room >= 0:
            return max(1.0, _MINUTE * (1 - room / before) - past)
        return _MINUTE - past + _MINUTE * (1 - (self.limit - 1) / now)


class Rates:
    """What the one door has counted. Each process counts for itself."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._callers = Window(limits.calls_per_minute)
        self._strangers = Window(limits.calls_per_minute)
        self._refusals = Window(limits.refusals_per_minute)

    def call(self, subject: str | None, address: str) -> TooManyCalls | None:
        """Count a call of a subject or, where none is known, of an address. Returns its refusal where it has one."""
        window, key = (self._strangers, address) if subject is None else (self._callers, subject)
        return self._taken(window, key, "appels")

    def refusal(self, address: str) -> TooManyCalls | None:
        """Count a call that was refused for its token, or for having none."""
        return self._taken(self._refusals, address, "appels sans jeton valable")

    def _taken(self, window: Window, key: str, what: str) -> TooManyCalls | None:
        wait = window.take(key, self._clock()) if window.limit else 0
        if not wait:
            return None
        seconds = math.ceil(wait)
        detail = f"Plus de {window.limit} {what} en une minute : attendez {seconds} s, puis réessayez."
        return TooManyCalls(detail, headers={"Retry-After": str(seconds)})
