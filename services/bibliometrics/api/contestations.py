"""Contestations over HTTP: an entity says that a publication is its own, or is not; somebody decides, once."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.commands import contestations as commands
from services.bibliometrics.queries import decisions as queries
from services.bibliometrics.schemas.decisions import ContestationIn, ContestationOut, VerdictIn
from services.bibliometrics.schemas.pages import ContestationPage
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Definer, Observer, Reader
from shared.intake import answers

from .parts import Id, contestation_out

router = APIRouter(tags=["contestations"])
_Status = Annotated[Literal["open", "accepted", "rejected"] | None, Query(description="Par défaut, toutes.")]


@router.get("/contestations", summary="Les attributions contestées", response_model=ContestationPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_contestations(
    request: Request,
    caller: Reader,
    database: Db,
    contract: Annotated[str | None, Query(max_length=64)] = None,
    entity: Annotated[str | None, Query(max_length=64)] = None,
    status: _Status = None,
) -> Response:
    async with database.reading() as session:
        rows = await queries.contestations(session, contract, entity, status)
    return conditional.answer(request, ContestationPage(items=[contestation_out(row, caller) for row in rows]))


@router.post("/contestations", summary="Contester une attribution", status_code=201, response_model=ContestationOut)
async def contest(body: ContestationIn, caller: Observer, database: Db, key: idempotency.Key = None) -> Response:
    call = Call(caller.subject, key, ("contest", body.model_dump()))

    async def act(session: AsyncSession) -> Answer:
        row = await commands.contest(session, commands.Claim(**body.model_dump()), Author(caller))
        return Answer(201, contestation_out(row, caller).model_dump(mode="json", by_alias=True))

    answer = await idempotency.write(database, call, act)
    return answers.respond_at(f"/bibliometrics/v1/contestations/{answer.body['id']}", answer)


@router.put("/contestations/{contestation}/decision", summary="Trancher une contestation, une fois",
            response_model=ContestationOut)  # fmt: skip
async def decide(
    contestation: Id, body: VerdictIn, caller: Definer, database: Db, key: idempotency.Key = None
) -> Response:
    call = Call(caller.subject, key, ("verdict", contestation, body.model_dump()))

    async def act(session: AsyncSession) -> Answer:
        row = await commands.decide(session, contestation, body.status, body.answer, Author(caller))
        return Answer(200, contestation_out(row, caller).model_dump(mode="json", by_alias=True))

    answer = await idempotency.write(database, call, act)
    return answers.respond_at(f"/bibliometrics/v1/contestations/{contestation}", answer)
