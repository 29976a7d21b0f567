"""How far each topic has been read, what was parked, what came lately, and which read model is the living one."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import UtcDateTime

from .base import Base


class PositionRow(Base):
    """The offset of the last message taken in, written in the transaction that took it in."""

    __tablename__ = "positions"

    topic: Mapped[str] = mapped_column(String(200), primary_key=True)
    partition: Mapped[int] = mapped_column(Integer, primary_key=True)
    offset: Mapped[int] = mapped_column(BigInteger)


class ParkedRow(Base):
    """A message that cannot be projected, whole, with the reason."""

    __tablename__ = "parked_messages"
    __table_args__ = (UniqueConstraint("topic", "partition", "offset"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    topic: Mapped[str] = mapped_column(String(200))
    partition: Mapped[int] = mapped_column(Integer)
    offset: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    value: Mapped[bytes | None] = mapped_column(LargeBinary)
    headers: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    parked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReadModelRow(Base):
    """The read model's own name, new with each rebuild: no ETag outlives the rows that it spoke of."""

    __tablename__ = "read_models"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    epoch: Mapped[str] = mapped_column(String(16))


class RecentEventRow(Base):
    """An event taken in lately, by the call that caused it: who waits for a write sees when all of it is there."""

    __tablename__ = "recent_events"

    causation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    time: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class GenerationRow(Base):
    """In which schema of the database the living read model is; this one row counts in `public` alone."""

    __tablename__ = "generations"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    schema: Mapped[str] = mapped_column(String(63))
