"""The parts of a request that several routes read."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Header, Path, Query

from shared.instants import AS_OF, PastInstant, check_past

Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2018-2022.")]
DryRun = Annotated[bool, Query(alias="dryRun", description="Rend le plan sans rien écrire.")]
IfMatch = Annotated[str | None, Header(alias="If-Match", description="L’ETag reçu à la lecture.")]
_Asked = Annotated[PastInstant | None, Query(alias="asOf", description=AS_OF)]


def refuse_future(as_of: datetime | None) -> None:
    """Raises Invalid on an instant to come."""
    if as_of is not None:
        check_past(as_of, datetime.now(UTC))


def _as_of(as_of: _Asked = None) -> datetime | None:
    refuse_future(as_of)
    return as_of


AsOf = Annotated[datetime | None, Depends(_as_of)]
