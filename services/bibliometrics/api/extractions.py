"""Extractions over HTTP: freeze, make definitive, read, compare."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.commands import extractions as commands
from services.bibliometrics.domain.comparison import Change, Frozen
from services.bibliometrics.domain.extraction import Status
from services.bibliometrics.queries import extractions as queries
from services.bibliometrics.rows import HEADER
from services.bibliometrics.schemas.comparisons import ChangeOut, ComparisonOut, FrozenOut
from services.bibliometrics.schemas.extractions import ExtractionIn, ExtractionOut, ExtractionPage, StatusIn
from services.bibliometrics.tables import ExtractionRow
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Caller, Certifier, Definer, Reader, Right
from shared.intake import answers

from .parts import Contract, Id

router = APIRouter(tags=["extractions"])


@router.get("/extractions", summary="Les extractions gelées", response_model=ExtractionPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_extractions(request: Request, caller: Reader, database: Db, contract: Contract = None) -> Response:
    async with database.reading() as session:
        rows = await queries.extractions(session, contract)
    return conditional.answer(request, ExtractionPage(items=[_extraction(row, caller) for row in rows]))


@router.post("/extractions", summary="Geler le corpus : une extraction provisoire", status_code=201,
             response_model=ExtractionOut)  # fmt: skip
async def freeze(body: ExtractionIn, caller: Definer, database: Db, key: idempotency.Key = None) -> Response:
    wanted = commands.Wanted(**body.model_dump())
    call = Call(caller.subject, key, ("freeze", body.model_dump(mode="json")))

    async def act(session: AsyncSession) -> Answer:
        row = await commands.freeze(session, wanted, Author(caller))
        return Answer(201, _extraction(row, caller).model_dump(mode="json", by_alias=True))

    answer = await idempotency.write(database, call, act)
    return answers.respond_at(f"/bibliometrics/v1/extractions/{answer.body['id']}", answer)


@router.get("/extractions/{extraction}", summary="Une extraction", response_model=ExtractionOut,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def read_extraction(
    request: Request, extraction: Id, caller: Reader, database: Db, contract: Contract = None
) -> Response:
    async with database.reading() as session:
        row = await queries.extraction(session, extraction, contract)
    return conditional.answer(request, _extraction(row, caller), tag=str(row.version))


@router.put("/extractions/{extraction}/status", summary="Rendre une extraction définitive, pour toujours",
            response_model=ExtractionOut)  # fmt: skip
async def make_definitive(
    extraction: Id,
    body: StatusIn,
    caller: Certifier,
    database: Db,
    if_match: conditional.IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    version = conditional.expected_version(if_match)
    call = Call(caller.subject, key, ("status", extraction, body.status, version))

    async def act(session: AsyncSession) -> Answer:
        row = await commands.make_definitive(session, extraction, version, Author(caller))
        return Answer(200, _extraction(row, caller).model_dump(mode="json", by_alias=True))

    answer = await idempotency.write(database, call, act)
    return answers.respond_at(f"/bibliometrics/v1/extractions/{extraction}", answer)


@router.get("/extractions/{extraction}/comparison", summary="Ce qui a changé depuis une autre extraction",
            response_model=ComparisonOut, responses=conditional.NOT_MODIFIED)  # fmt: skip
async def compare(
    request: Request,
    extraction: Id,
    since: Annotated[
        str, Query(alias="with", max_length=64, description="L’extraction d’avant : identifiant ou code.")
    ],
    _caller: Reader,
    database: Db,
    contract: Contract = None,
) -> Response:
    async with database.reading() as session:
        after = await queries.extraction(session, extraction, contract)
        before = await queries.extraction(session, since, after.contract)
        found = await queries.comparison(session, before, after)
    parts = {name: [_change(each) for each in getattr(found, name)] for name in type(found).__dataclass_fields__}
    return conditional.answer(request, ComparisonOut(before=before.code, after=after.code, **parts))


def _extraction(row: ExtractionRow, caller: Caller) -> ExtractionOut:
    header = HEADER.validate_json(row.content)
    may = row.status == Status.PROVISIONAL and Right.CERTIFY in caller.rights
    return ExtractionOut(
        id=row.id,
        version=row.version,
        contract=row.contract,
        code=row.code,
        status=Status(row.status),
        extracted_on=row.extracted_on,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        allowed_actions=["make-definitive"] if may else [],
        **HEADER.dump_python(header),
    )


def _change(change: Change) -> ChangeOut:
    return ChangeOut(id=change.id, before=_frozen(change.before), after=_frozen(change.after))


def _frozen(row: Frozen | None) -> FrozenOut | None:
    if row is None:
        return None
    return FrozenOut(
        id=row.id,
        title=row.title,
        year=row.year,
        type=row.type,
        permanent=sorted(row.permanent),
        whole=sorted(row.whole),
        percentile=row.percentile,
        excluded=row.excluded,
    )
