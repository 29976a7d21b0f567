"""What the indicators service states: contracts, observations, assessments and rehearsals."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import DecimalText, UtcDateTime

from .base import Base


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
