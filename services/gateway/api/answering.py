"""Answering with a view: refused before it is built, built from one snapshot, not sent again where nothing changed."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.contracts import admit
from shared import conditional
from shared.database import Database
from shared.problems import Invalid

Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2018-2022.")]
Entity = Annotated[str, Path(max_length=64, description="Code de l’entité, par exemple telecom-paris.")]
Year = Annotated[int | None, Query(ge=1900, le=2200, description="Par défaut, la dernière année observée.")]
Build = Callable[[AsyncSession, str], Awaitable[Watermarked]]
_DAY, _DATED = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-")


def _instant(text: str) -> str:
    """A day alone goes on to its end; a number, which Pydantic would count in seconds from 1970, is no date."""
    if not _DATED.match(text):
        raise PydanticCustomError("datetime_parsing", "not an ISO 8601 instant")
    return f"{text}T23:59:59.999999Z" if _DAY.fullmatch(text) else text


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


_Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_instant),
    AfterValidator(_in_utc),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}),
]
_Asked = Annotated[
    _Instant | None,
    Query(
        alias="asOf",
        description=(
            "Ce qui était connu à cet instant, par exemple 2023-01-31T12:00:00Z. Un jour seul, par exemple 2023-01-31, "
            "va jusqu’à sa fin (minuit UTC). Un instant à venir est refusé. Rien de simulé n’y paraît."
        ),
    ),
]


@dataclass(frozen=True, slots=True)
class Time:
    """The day on which a view judges (UTC); the instant that it looks back to, none where it shows what stands."""

    on: date
    as_of: datetime | None = None


def _now(request: Request) -> Time:
    instant: datetime = request.app.state.clock()
    return Time(instant.astimezone(UTC).date())


def _when(request: Request, as_of: _Asked = None) -> Time:
    """Raises Invalid on an instant to come: what will be known by then can't be told."""
    if as_of is None:
        return _now(request)
    if as_of > request.app.state.clock():
        told = "cet instant n’est pas encore passé ; un jour seul va jusqu’à minuit UTC"
        raise Invalid(f"asOf : {told}.", errors=[{"place": "query.asOf", "code": "not-yet", "message": told}])
    return Time(as_of.date(), as_of)


Now = Annotated[Time, Depends(_now)]
When = Annotated[Time, Depends(_when)]


@dataclass(frozen=True, slots=True)
class Place:
    """Which view is asked for, so that it can be refused before it is built."""

    contract: str
    entity: str | None = None
    year: int | None = None

    async def check(self, session: AsyncSession, as_of: datetime | None) -> None:
        """Raises NotFound or Invalid where there is, or was, no such view."""
        admit(await facts.definition(session, self.contract, as_of), self.entity, self.year)


async def view(request: Request, database: Database, place: Place | None, time: Time, build: Build) -> Response:
    """The view with its watermark as ETag, both of one snapshot; 304 where the reader has it already."""
    async with database.reading() as session:
        if place:
            await place.check(session, time.as_of)
        if time.as_of:
            body = _replayable(await build(session, ""))
            return conditional.answer(request, body, tag=body.watermark)
        mark = await facts.watermark(session, time.on.year)
        if conditional.matches(request, mark):
            return conditional.not_modified(mark)
        body = await build(session, mark)
    return conditional.answer(request, body, tag=mark)


def _replayable(body: Watermarked) -> Watermarked:
    """A past view under a watermark of its own content: the same bytes for ever, whatever is read later."""
    digest = hashlib.sha256(body.model_dump_json(by_alias=True).encode()).hexdigest()
    return body.model_copy(update={"watermark": f"as-of-{digest[:16]}"})
