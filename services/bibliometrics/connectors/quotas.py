"""The quota of a key as the headers of an answer tell it: what is left of it, and when it is whole again."""

from collections.abc import Mapping
from datetime import UTC, datetime

from services.bibliometrics.importing import json_fields

from .paging import Quota

_FIRST_MILLISECOND = 10**11  # as seconds, the year 5138
_LATEST = 10**10
_A_DAY = 86_400


def quota_of(headers: Mapping[str, str]) -> Quota:
    """X-RateLimit-Remaining, and X-RateLimit-Reset, which is in seconds or in milliseconds."""
    remaining = json_fields.count(headers.get("X-RateLimit-Remaining"))
    return Quota(remaining=remaining, resets_at=_instant(_number(headers.get("X-RateLimit-Reset"))))


def is_exceeded(headers: Mapping[str, str]) -> bool:
    """Whether the week's requests are used up, rather than those of the second."""
    return "QUOTA_EXCEEDED" in headers.get("X-ELS-Status", "").upper()


def retry_after(headers: Mapping[str, str]) -> int | None:
    """The seconds that Retry-After asks for, a day at most."""
    seconds = _number(headers.get("Retry-After"))
    return None if seconds is None else min(seconds, _A_DAY)


def _instant(number: int | None) -> datetime | None:
    if not number:
        return None
    seconds = number // 1000 if number >= _FIRST_MILLISECOND else number
    return datetime.fromtimestamp(seconds, UTC) if seconds < _LATEST else None


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None  # noqa: PLR2004 - a millisecond
