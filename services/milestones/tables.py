"""The rows of the milestones service: plans, steps and their progress keep every version that they ever had."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared import idempotency, outbox
from shared.database import UtcDateTime, named_metadata
from shared.migrations import Schema


class Base(DeclarativeBase):
    metadata = named_metadata()


class _Plan:
    version: Mapped[int] = mapped_column(Integer)
    definition: Mapped[str] = mapped_column(Text)
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    defined_by: Mapped[str] = mapped_column(String(200))


class PlanRow(_Plan, Base):
    """A contract's milestones and lines as they stand; `changed_at` is the latest change of anything under it."""

    __tablename__ = "plans"

    contract: Mapped[str] = mapped_column(String(64), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlanVersionRow(_Plan, Base):
    __tablename__ = "plan_versions"

    contract: Mapped[str] = mapped_column(ForeignKey("plans.contract"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Recorded:
    """Who said it when, and why; `origin` is `package` or `api`."""

    version: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(String(1000))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    recorded_by: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(16))


class _Step(_Recorded):
    """A step's definition as JSON, and the parts of it that lists are filtered by."""

    definition: Mapped[str] = mapped_column(Text)
    line: Mapped[str] = mapped_column(String(64))
    milestone: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(16))
    earliest: Mapped[date] = mapped_column(Date)
    latest: Mapped[date] = mapped_column(Date)
    withdrawn: Mapped[bool] = mapped_column(Boolean)


class StepRow(_Step, Base):
    """A step as it stands; `signed` where it was in its contract's first plan, `place` its rank there."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("contract", "code", "year"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    contract: Mapped[str] = mapped_column(ForeignKey("plans.contract"))
    code: Mapped[str] = mapped_column(String(64))
    year: Mapped[int] = mapped_column(Integer)
    place: Mapped[int] = mapped_column(Integer)
    signed: Mapped[bool] = mapped_column(Boolean)


class StepVersionRow(_Step, Base):
    """A step as it stood from `recorded_at` until its next version."""

    __tablename__ = "step_versions"

    id: Mapped[str] = mapped_column(ForeignKey("steps.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Progress(_Recorded):
    """What was stated, as JSON, and its state, by which lists are filtered."""

    statement: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))


class ProgressRow(_Progress, Base):
    """The progress of a step for an entity, as it stands."""

    __tablename__ = "progress"
    __table_args__ = (UniqueConstraint("step", "entity"), Index("ix_progress_contract", "contract"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    step: Mapped[str] = mapped_column(ForeignKey("steps.id"))
    contract: Mapped[str] = mapped_column(ForeignKey("plans.contract"))
    entity: Mapped[str] = mapped_column(String(64))


class ProgressVersionRow(_Progress, Base):
    """Progress as it stood from `recorded_at` until its next version."""

    __tablename__ = "progress_versions"

    id: Mapped[str] = mapped_column(ForeignKey("progress.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class CommentRow(Base):
    """A remark on a step, of an entity; it is never changed."""

    __tablename__ = "comments"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    step: Mapped[str] = mapped_column(ForeignKey("steps.id"), index=True)
    contract: Mapped[str] = mapped_column(ForeignKey("plans.contract"))
    entity: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


SCHEMA = Schema(
    (Base.metadata, outbox.metadata, idempotency.metadata),
    Path(__file__).parent / "migrations",
)
