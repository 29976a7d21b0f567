"""Fetches over HTTP: asking Scopus or HAL themselves, as long as one call may last; and how far each is."""

import json
import math
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.responses import JSONResponse

from services.bibliometrics.commands import fetches as commands
from services.bibliometrics.commands.fetches import DONE, PAUSED
from services.bibliometrics.connectors import Connectors, Query, hal
from services.bibliometrics.domain.publication import Source
from services.bibliometrics.queries import fetches as queries
from services.bibliometrics.schemas.fetches import BOOKS, FetchIn, FetchOut, FetchPage, HalFetchIn, ScopusFetchIn
from services.bibliometrics.tables import FetchRow
from shared import conditional
from shared.application import Db
from shared.authorship import Author
from shared.database import Database
from shared.identity import Caller, Definer, Reader, Right

from .parts import Id, columns

router = APIRouter(tags=["fetches"])
_PAUSED: dict[int | str, dict[str, Any]] = {
    202: {"model": FetchOut, "description": "À reprendre, après « Retry-After » secondes."}
}


def connectors_of(request: Request) -> Connectors:
    connectors: Connectors = request.app.state.connectors
    return connectors


Asking = Annotated[Connectors, Depends(connectors_of)]


@router.post("/fetches", summary="Interroger Scopus ou HAL, ou poursuivre la même recherche", response_model=FetchOut,
             responses=_PAUSED)  # fmt: skip
async def fetch(body: Annotated[FetchIn, Body()], caller: Definer, database: Db, connectors: Asking) -> Response:
    source = Source(body.source)
    connectors.require(source)
    async with database.transaction() as session:
        row = await commands.start(session, source, _query(body), Author(caller))
    return await _go_on(row, caller, database, connectors)


@router.post("/fetches/{fetch_id}/resume", summary="Poursuivre une interrogation", response_model=FetchOut,
             responses=_PAUSED)  # fmt: skip
async def resume(fetch_id: Id, caller: Definer, database: Db, connectors: Asking) -> Response:
    async with database.reading() as session:
        row = await queries.fetch(session, fetch_id)
    return await _go_on(row, caller, database, connectors)


@router.get("/fetches", summary="Les interrogations, la plus récente d’abord", response_model=FetchPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_fetches(request: Request, caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        rows = await queries.fetches(session)
    return conditional.answer(request, FetchPage(items=[_out(row, caller) for row in rows]))


@router.get("/fetches/{fetch_id}", summary="Une interrogation")
async def read_fetch(fetch_id: Id, caller: Reader, database: Db) -> FetchOut:
    async with database.reading() as session:
        return _out(await queries.fetch(session, fetch_id), caller)


async def _go_on(row: FetchRow, caller: Caller, database: Database, connectors: Connectors) -> Response:
    async with connectors.open(Source(row.source)) as connector:
        fetching = commands.Fetching(database, connector, connectors.clock, connectors.seconds, Author(caller))
        row = await fetching.run(row.id)
    body = _out(row, caller).model_dump(mode="json", by_alias=True)
    if row.status != PAUSED or row.resumes_at is None:
        return JSONResponse(body)
    seconds = max(0, math.ceil((row.resumes_at - connectors.clock.now()).total_seconds()))
    return JSONResponse(body, 202, {"Retry-After": str(seconds)})


def _query(body: ScopusFetchIn | HalFetchIn) -> Query:
    if isinstance(body, HalFetchIn):
        return _filters(body)
    if not body.years:
        return (body.query,)
    years = " OR ".join(f"PUBYEAR IS {year}" for year in sorted(set(body.years)))
    return (f"({body.query}) AND ({years})",)


def _filters(body: HalFetchIn) -> Query:
    types = body.types if body.types is not None else () if body.query else BOOKS
    built = hal.filters(collections=body.collections, structures=body.structures, types=types)
    years = (hal.of_years(body.years),) if body.years else ()
    return (*(body.query or ()), *built, *years)


def _out(row: FetchRow, caller: Caller) -> FetchOut:
    may_resume = row.status != DONE and Right.DEFINE in caller.rights
    parts = {"query": json.loads(row.query), "report": json.loads(row.report) if row.report else None}
    return FetchOut(**columns(row) | parts, allowed_actions=["resume"] if may_resume else [])
