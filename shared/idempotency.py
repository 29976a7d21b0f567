"""Idempotency keys: the same call with the same key has one effect and one answer."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import Header
from sqlalchemy import Integer, String, Text, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from . import watermarks
from .database import Database, UtcDateTime, insert_into, named_metadata
from .problems import Invalid

KEPT = timedelta(days=7)
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=1, max_length=200, description="Rejouer l’appel rend la même réponse."),
]


class _Base(DeclarativeBase):
    metadata = named_metadata()


class IdempotencyRow(_Base):
    """What was answered to a caller's key, for as long as KEPT says."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer, default=0)
    body: Mapped[str] = mapped_column(Text, default="")
    watermark: Mapped[str] = mapped_column(String(64), server_default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


metadata = _Base.metadata


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write answers: an HTTP status and a JSON object."""

    status: int
    body: dict[str, Any]
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, with which key, for what; `request` is all that makes two calls the same."""

    caller: str
    key: str | None
    request: tuple[Any, ...]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(json.dumps(self.request, default=str, sort_keys=True).encode()).hexdigest()


async def once(session: AsyncSession, call: Call, act: Callable[[], Awaitable[Answer]]) -> Answer:
    """Act, or give the answer that this key had. Raises Invalid where the key served another call."""
    if call.key is None:
        return await act()
    if not await _claim(session, call):
        return await _former(session, call)
    answer = await act()
    row = update(IdempotencyRow).where(IdempotencyRow.caller == call.caller, IdempotencyRow.key == call.key)
    told = watermarks.mark(session)
    await session.execute(row.values(status=answer.status, body=json.dumps(answer.body), watermark=told))
    return answer


async def write(
    database: Database, call: Call, act: Callable[[AsyncSession], Awaitable[Answer]], *, dry_run: bool = False
) -> Answer:
    """One transaction for a write, its events and its key; a dry run leaves nothing of them."""
    async with database.transaction() as session:
        answer = await once(session, call, lambda: act(session))
        if dry_run:
            await session.rollback()
            watermarks.forget(session)
    return answer


async def _claim(session: AsyncSession, call: Call) -> bool:
    """Insert first: a concurrent call with the same key waits here for this one to end."""
    now = datetime.now(UTC)
    await session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < now - KEPT))
    row = {
        "caller": call.caller,
        "key": call.key,
        "fingerprint": call.fingerprint,
        "status": 0,
        "body": "",
        "created_at": now,
    }
    claimed = insert_into(session, IdempotencyRow).values(row).on_conflict_do_nothing().returning(IdempotencyRow.key)
    return (await session.scalar(claimed)) is not None


async def _former(session: AsyncSession, call: Call) -> Answer:
    query = select(IdempotencyRow).where(IdempotencyRow.caller == call.caller, IdempotencyRow.key == call.key)
    row = (await session.scalars(query)).one()
    if row.fingerprint != call.fingerprint:
        raise Invalid("Cette clé d’idempotence a déjà servi à un autre appel : prenez-en une nouvelle.")
    watermarks.replay(row.watermark)
    return Answer(row.status, json.loads(row.body), replayed=True)
