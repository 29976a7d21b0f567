"""Answering with a view: refused before it is built, built from one snapshot, not sent again where nothing changed."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts, read_model
from services.gateway.schemas.watermark import Watermarked
from services.gateway.shelf import Shelf, again, key_of
from services.gateway.views.contracts import admit
from shared import conditional
from shared.database import Database
from shared.instants import AS_OF, PastInstant, check_past

Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2018-2022.")]
Entity = Annotated[str, Path(max_length=64, description="Code de l’entité, par exemple telecom-paris.")]
Year = Annotated[int | None, Query(ge=1900, le=2200, description="Par défaut, la dernière année observée.")]
Build = Callable[[AsyncSession, str], Awaitable[Watermarked]]
_Asked = Annotated[PastInstant | None, Query(alias="asOf", description=f"{AS_OF} Rien de simulé n’y paraît.")]


@dataclass(frozen=True, slots=True)
class Time:
    """The day on which a view judges (UTC); the instant that it looks back to, none where it shows what stands."""

    on: date
    as_of: datetime | None = None


def _now(request: Request) -> Time:
    instant: datetime = request.app.state.clock()
    return Time(instant.astimezone(UTC).date())


def _when(request: Request, as_of: _Asked = None) -> Time:
    """Raises Invalid on an instant to come."""
    if as_of is None:
        return _now(request)
    check_past(as_of, request.app.state.clock())
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
    shelf: Shelf = request.app.state.reading.shelf
    async with shelf.turn(request), database.reading() as session:
        if place:
            await place.check(session, time.as_of)
        mark = await read_model.watermark(session, time.on)
        if time.as_of:
            past = _replayable(await build(session, ""))
            return _told_as_of(conditional.answer(request, past, tag=past.watermark), mark)
        if conditional.matches(request, mark):
            return conditional.not_modified(mark)
        if kept := shelf.get(mark, key_of(request.scope)):
            return again(kept)
        body = await build(session, mark)
    answer = conditional.answer(request, body, tag=mark)
    shelf.keep(mark, request, answer)
    return answer


def _told_as_of(answer: Response, mark: str) -> Response:
    """A past view is whole once all that was recorded by then has been read: a header says how far reading is."""
    answer.headers["Cadran-Watermark"] = mark
    return answer


def _replayable(body: Watermarked) -> Watermarked:
    """A past view under a watermark of its own content: what is recorded later leaves its bytes as they are."""
    digest = hashlib.sha256(body.model_dump_json(by_alias=True).encode()).hexdigest()
    return body.marked(f"as-of-{digest[:16]}")
