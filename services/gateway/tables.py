"""The read model: every subject as it stands and stood, how far each topic has been read, and what was parked."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.database import DecimalText, UtcDateTime, named_metadata
from shared.migrations import Schema


class Base(DeclarativeBase):
    metadata = named_metadata()


class _Contract:
    definition: Mapped[str] = mapped_column(Text)
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContractRow(_Contract, Base):
    """A contract as it stands."""

    __tablename__ = "contracts"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class ContractVersionRow(_Contract, Base):
    """A contract as it stood from `defined_at` until its next version."""

    __tablename__ = "contract_versions"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Place:
    """What is spoken of: an indicator of an entity in a year, under a contract."""

    contract: Mapped[str] = mapped_column(String(64))
    indicator: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(64))
    year: Mapped[int] = mapped_column(Integer)


class _Observation(_Place):
    basis: Mapped[str] = mapped_column(String(64))
    perimeter: Mapped[str] = mapped_column(String(64))
    value: Mapped[Decimal | None] = mapped_column(DecimalText)
    status: Mapped[str] = mapped_column(String(16))
    absence: Mapped[str | None] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(1000))
    note: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ObservationRow(_Observation, Base):
    """An observation as it stands."""

    __tablename__ = "observations"
    __table_args__ = (Index("ix_observations_follow_up", "contract", "entity", "year"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class ObservationVersionRow(_Observation, Base):
    """An observation as it stood from `recorded_at` until its next version."""

    __tablename__ = "observation_versions"
    __table_args__ = (Index("ix_observation_versions_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Assessment(_Place):
    """A person's judgement; no level: it was withdrawn."""

    level: Mapped[str | None] = mapped_column(String(64))
    comment: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class AssessmentRow(_Assessment, Base):
    """An assessment as it stands."""

    __tablename__ = "assessments"
    __table_args__ = (Index("ix_assessments_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class AssessmentVersionRow(_Assessment, Base):
    """An assessment as it stood from `recorded_at` until its next version."""

    __tablename__ = "assessment_versions"
    __table_args__ = (Index("ix_assessment_versions_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class RehearsalRow(Base):
    """The simulated values of a contract, all of them, as JSON; they have no history."""

    __tablename__ = "rehearsals"

    contract: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(1000))
    observations: Mapped[str] = mapped_column(Text)
    staged_at: Mapped[datetime] = mapped_column(UtcDateTime)


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


SCHEMA = Schema((Base.metadata,), Path(__file__).parent / "migrations")
