"""The rows of the indicators service: what is versioned keeps every version it ever had; what is simulated, none."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared import idempotency, outbox
from shared.database import DecimalText, UtcDateTime, named_metadata
from shared.migrations import Schema


class Base(DeclarativeBase):
    metadata = named_metadata()


class ContractRow(Base):
    """A contract as it stands; `changed_at` is the latest change of the contract or of one of its observations."""

    __tablename__ = "contracts"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    definition: Mapped[str] = mapped_column(Text)
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    defined_by: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContractVersionRow(Base):
    __tablename__ = "contract_versions"

    code: Mapped[str] = mapped_column(ForeignKey("contracts.code"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    definition: Mapped[str] = mapped_column(Text)
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    defined_by: Mapped[str] = mapped_column(String(200))


class _Statement:
    """What somebody stated of an observation; `origin` is `package` or `api`."""

    version: Mapped[int] = mapped_column(Integer)
    value: Mapped[Decimal | None] = mapped_column(DecimalText)
    status: Mapped[str] = mapped_column(String(16))
    absence: Mapped[str | None] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(1000))
    note: Mapped[str | None] = mapped_column(Text)
    observed_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str | None] = mapped_column(String(1000))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    recorded_by: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(16))


class ObservationRow(_Statement, Base):
    """An observation as it stands."""

    __tablename__ = "observations"
    __table_args__ = (UniqueConstraint("contract", "indicator", "entity", "year", "basis", "perimeter"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    contract: Mapped[str] = mapped_column(ForeignKey("contracts.code"))
    indicator: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(64))
    year: Mapped[int] = mapped_column(Integer)
    basis: Mapped[str] = mapped_column(String(64))
    perimeter: Mapped[str] = mapped_column(String(64))


class ObservationVersionRow(_Statement, Base):
    """An observation as it stood from `recorded_at` until its next version."""

    __tablename__ = "observation_versions"

    id: Mapped[str] = mapped_column(ForeignKey("observations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Judgement:
    """What somebody thought of an entity's year; no level: the assessment is withdrawn."""

    version: Mapped[int] = mapped_column(Integer)
    level: Mapped[str | None] = mapped_column(String(16))
    comment: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class AssessmentRow(_Judgement, Base):
    """An assessment as it stands."""

    __tablename__ = "assessments"
    __table_args__ = (UniqueConstraint("contract", "indicator", "entity", "year"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    contract: Mapped[str] = mapped_column(ForeignKey("contracts.code"))
    indicator: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(64))
    year: Mapped[int] = mapped_column(Integer)


class AssessmentVersionRow(_Judgement, Base):
    """An assessment as it stood from `recorded_at` until its next version."""

    __tablename__ = "assessment_versions"

    id: Mapped[str] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class RehearsalRow(Base):
    """The simulated values of a contract, as JSON; once they are removed, the version stays alone."""

    __tablename__ = "rehearsals"

    contract: Mapped[str] = mapped_column(ForeignKey("contracts.code"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    source: Mapped[str | None] = mapped_column(String(1000))
    observations: Mapped[str | None] = mapped_column(Text)
    staged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    staged_by: Mapped[str | None] = mapped_column(String(200))


SCHEMA = Schema(
    (Base.metadata, outbox.metadata, idempotency.metadata),
    Path(__file__).parent / "migrations",
)
