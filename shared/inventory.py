"""What an owner has told, counted and digested, so that any reader of its events can show that it holds the same."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from .database import Database
from .events.bibliometrics import MeasuresDefined
from .events.catalogue import Fact
from .events.indicators import ContractDefined, ObservationRecorded, RehearsalStaged
from .events.milestones import PlanDefined
from .identity import Operator
from .outbox import OutboxRow
from .problems import NotFound
from .version import VERSION

LEFT_OUT: Mapping[type[Fact], Mapping[str, Any]] = {
    ContractDefined: {"defined_by": ""},
    ObservationRecorded: {"observed_on": None, "reason": None, "recorded_by": ""},
    RehearsalStaged: {"staged_by": ""},
    PlanDefined: {"defined_by": ""},
    MeasuresDefined: {"defined_by": ""},
}
"""What the owner alone keeps of a fact, and what stands there for the digest on either side."""
UNREADABLE = ""
"""The digest of what today's product can't read: nothing that is held equals it."""
AT_ONCE = 500
_SPAN = 1 << 256
_LINES = "application/x-ndjson"
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"description": "Un objet JSON par ligne.", "content": {_LINES: {"schema": {"type": "string"}}}}
}


@dataclass(frozen=True, slots=True)
class Held:
    """A subject as one side holds it: its newest version, the digest of it, and how many versions are kept.

    `versions` is None where this side keeps no history.
    """

    subject: str
    version: int
    digest: str
    versions: int | None


class Tally(BaseModel):
    """Every subject of a type of facts; the same digest on two sides: the same subjects, versions and contents."""

    type: str
    count: int
    versions: int | None
    digest: str


class Inventory(BaseModel):
    """What an owner has told: `recorded` events, of which `unsent` are not yet on the bus."""

    service: str
    product: str
    recorded: int
    unsent: int
    facts: list[Tally]


def digest_of(fact: Fact) -> str:
    """The SHA-256 of what a reader keeps of a fact, whichever way it was stored."""
    kept = {**fact.model_dump(), **LEFT_OUT.get(type(fact), {})}
    text = json.dumps(kept, default=_plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    assert isinstance(value, date)
    return value.isoformat()


async def tally(model: type[Fact], held: AsyncIterator[Held]) -> Tally:
    """The digests added up: their sum does not depend on an order, which two databases would not share."""
    count, versions, total = 0, 0, 0
    history = True
    async for each in held:
        count, versions, total = count + 1, versions + (each.versions or 0), (total + _number(each)) % _SPAN
        history = history and each.versions is not None
    return Tally(type=model.TYPE, count=count, versions=versions if history else None, digest=f"{total:064x}")


def _number(held: Held) -> int:
    text = f"{held.subject}\n{held.version}\n{held.digest}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest())


async def told(session: AsyncSession, model: type[Fact]) -> AsyncIterator[Held]:
    """The newest fact of each subject of a type, as the outbox keeps it."""
    of_type = OutboxRow.type == model.TYPE
    newest = (
        select(OutboxRow.subject, func.max(OutboxRow.sequence).label("version"), func.count().label("versions"))
        .where(of_type)
        .group_by(OutboxRow.subject)
        .subquery()
    )
    same = (OutboxRow.subject == newest.c.subject) & (OutboxRow.sequence == newest.c.version)
    query = select(newest, OutboxRow.data).join(newest, same).where(of_type)
    rows = await session.stream(query.execution_options(yield_per=AT_ONCE))
    async for row in rows:
        yield Held(row.subject, row.version, _digest_of_text(model, row.data), row.versions)


def _digest_of_text(model: type[Fact], data: str) -> str:
    try:
        return digest_of(model.model_validate_json(data))
    except ValueError:
        return UNREADABLE


async def tell_again(database: Database, subject: str) -> int:
    """Have every event of a subject sent again, in its order; the running relay does it. Returns how many."""
    about = OutboxRow.subject == subject
    async with database.transaction() as session:
        await session.execute(update(OutboxRow).where(about).values(sent_at=None))
        return await session.scalar(select(func.count()).select_from(OutboxRow).where(about)) or 0


def streamed(database: Database, model: type[Fact], held: Any) -> StreamingResponse:
    """Each subject as a line, from one snapshot; `held` is what is asked of it: `told`, or what a reader holds."""

    async def lines() -> AsyncIterator[str]:
        async with database.reading() as session:
            async for each in held(session, model):
                yield json.dumps(asdict(each), ensure_ascii=False) + "\n"

    return StreamingResponse(lines(), media_type=_LINES)


def named(facts: Mapping[str, type[Fact]], name: str) -> type[Fact]:
    """The facts of this type. Raises NotFound."""
    if name not in facts:
        raise NotFound(f"« {name} » n’est pas un type de faits tenu ici ; connus : {', '.join(facts)}.")
    return facts[name]


def router_of(owner: str, facts: Mapping[str, type[Fact]]) -> APIRouter:
    """The routes by which an owner lets its readers be compared with it."""
    router = APIRouter(prefix="/inventory", tags=["operations"])

    @router.get("", summary="Les faits de ce service : leur compte et leur empreinte")
    async def read_inventory(request: Request, _caller: Operator) -> Inventory:
        database: Database = request.app.state.database
        async with database.reading() as session:
            recorded, unsent = (await session.execute(_COUNTS)).one()
            tallies = [await tally(model, told(session, model)) for model in facts.values()]
        return Inventory(service=owner, product=VERSION, recorded=recorded, unsent=unsent, facts=tallies)

    @router.get(
        "/{type}", summary="Chaque sujet d’un type de faits, avec son empreinte", response_class=StreamingResponse,
        responses=STREAMED,
    )  # fmt: skip
    async def read_subjects(
        request: Request, _caller: Operator, name: Annotated[str, Path(alias="type", max_length=200)]
    ) -> StreamingResponse:
        return streamed(request.app.state.database, named(facts, name), told)

    return router


_COUNTS = select(func.count(), func.count().filter(OutboxRow.sent_at.is_(None))).select_from(OutboxRow)
