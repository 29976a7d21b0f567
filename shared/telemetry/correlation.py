"""Which story a line of the log, an event and an answer belong to: the correlation id."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

CORRELATION_HEADER = "X-Correlation-Id"
_MAX_ID = 64

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")
request_id: ContextVar[str] = ContextVar("request_id", default="")


def begin(offered: str) -> str:
    """A request begins: its correlation id is the caller's where that is a plain short token, else a new one."""
    own = token_hex(16)
    correlation = offered if offered and _is_plain(offered) else own
    request_id.set(own)
    correlation_id.set(correlation)
    return correlation


def _is_plain(offered: str) -> bool:
    letters = offered.replace("-", "").replace("_", "").replace(".", "")
    return len(offered) <= _MAX_ID and letters.isascii() and letters.isalnum()


@contextmanager
def correlated(correlation: str) -> Iterator[None]:
    """What is logged in this block belongs to that story: a background task says so of the event it works on."""
    before = correlation_id.set(correlation)
    try:
        yield
    finally:
        correlation_id.reset(before)
