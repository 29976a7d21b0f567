"""The instants that readers look back to (`asOf`): a moment that has passed, or a whole day, up to its end."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from .problems import Invalid

AS_OF = (
    "Ce qui était connu à cet instant, par exemple 2023-01-31T12:00:00Z. Un jour seul, par exemple 2023-01-31, "
    "va jusqu’à sa fin (minuit UTC). Un instant à venir est refusé."
)
_DAY, _DATED = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-")


def _instant(asked: Any) -> Any:
    """A day alone goes on to its end; a number, which Pydantic would count in seconds from 1970, is no date."""
    if not isinstance(asked, str):
        return asked
    if not _DATED.match(asked):
        raise PydanticCustomError("datetime_parsing", "not an ISO 8601 instant")
    return f"{asked}T23:59:59.999999Z" if _DAY.fullmatch(asked) else asked


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


PastInstant = Annotated[
    AwareDatetime,
    BeforeValidator(_instant),
    AfterValidator(_in_utc),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}),
]


def check_past(as_of: datetime, now: datetime) -> None:
    """Raises Invalid on an instant to come: what will be known by then can't be told."""
    if as_of > now:
        told = "cet instant n’est pas encore passé ; un jour seul va jusqu’à minuit UTC"
        raise Invalid(f"asOf : {told}.", errors=[{"place": "query.asOf", "code": "not-yet", "message": told}])


def refuse_future(as_of: datetime | None) -> None:
    """Raises Invalid on an instant to come."""
    if as_of is not None:
        check_past(as_of, datetime.now(UTC))


def _as_of(as_of: Annotated[PastInstant | None, Query(alias="asOf", description=AS_OF)] = None) -> datetime | None:
    refuse_future(as_of)
    return as_of


AsOf = Annotated[datetime | None, Depends(_as_of)]
