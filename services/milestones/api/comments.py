"""Comments over HTTP: read those of a step, add one."""

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.commands import comments as commands
from services.milestones.queries import comments as queries
from services.milestones.schemas.comments import CommentIn, CommentOut, CommentPage
from shared import conditional, idempotency, pages
from shared.application import Db
from shared.authorship import Author
from shared.idempotency import Answer, Call
from shared.identity import Observer, Reader
from shared.instants import AsOf
from shared.intake import answers

from .parts import StepId

router = APIRouter(tags=["comments"])
_ALL = "/steps/{step}/comments"


@router.get(_ALL, summary="Les commentaires d’une étape", response_model=CommentPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_comments(
    request: Request,
    step: StepId,
    _caller: Reader,
    database: Db,
    as_of: AsOf,
    limit: pages.Limit = 200,
    after: pages.After = None,
) -> Response:
    cursor = pages.read_cursor(after, queries.CURSOR)
    async with database.reading() as session:
        rows, last = await queries.comments(session, step, as_of, cursor, limit)
    items = [CommentOut.model_validate(row) for row in rows]
    return conditional.answer(request, CommentPage(items=items, next=pages.write_cursor(last) if last else None))


@router.post(_ALL, summary="Commenter une étape", status_code=201, response_model=CommentOut)
async def add_comment(
    step: StepId, caller: Observer, database: Db, stated: CommentIn, key: idempotency.Key = None
) -> Response:
    call = Call(caller.subject, key, ("comment", step, stated.model_dump()))

    async def act(session: AsyncSession) -> Answer:
        row = await commands.add(session, step, stated.entity, stated.text, Author(caller))
        return Answer(201, CommentOut.model_validate(row).model_dump(mode="json"))

    return answers.respond(await idempotency.write(database, call, act))
