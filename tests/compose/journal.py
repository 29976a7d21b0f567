"""What the drill tells as it goes: one line a step, with how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_started = time.monotonic()


@contextmanager
def step(what: str) -> Iterator[None]:
    """One line once it is over: when it began, how long it took, whether it went well."""
    began = time.monotonic()
    outcome = "FAILED"
    try:
        yield
        outcome = "ok"
    finally:
        took = time.monotonic() - began
        sys.stdout.write(f"\n[{began - _started:6.1f} s] {what:<86} {outcome:>6} {took:7.1f} s")
        sys.stdout.flush()


def note(what: str) -> None:
    sys.stdout.write(f"\n{'':>11}{what}")
    sys.stdout.flush()
