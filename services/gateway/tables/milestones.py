"""What the milestones service states: plans, their steps, the progress of each, and remarks."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import DecimalText, UtcDateTime

from .base import Base


class _Plan:
    definition: Mapped[str] = mapped_column(Text)
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlanRow(_Plan, Base):
    """A contract's milestones and lines as they stand."""

    __tablename__ = "plans"

    contract: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class PlanVersionRow(_Plan, Base):
    """A contract's milestones and lines as they stood from `defined_at` until their next version."""

    __tablename__ = "plan_versions"

    contract: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Recorded:
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class _Step(_Recorded):
    """`due` is a date as JSON."""

    contract: Mapped[str] = mapped_column(String(64))
    line: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64))
    year: Mapped[int] = mapped_column(Integer)
    place: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(Text)
    due: Mapped[str] = mapped_column(Text)
    conditional: Mapped[bool] = mapped_column(Boolean)
    recurrent: Mapped[bool] = mapped_column(Boolean)
    scope: Mapped[str] = mapped_column(String(16))
    pilot: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    signed: Mapped[bool] = mapped_column(Boolean)
    withdrawn: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(Text)


class StepRow(_Step, Base):
    """A step as it stands."""

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class StepVersionRow(_Step, Base):
    """A step as it stood from `recorded_at` until its next version."""

    __tablename__ = "step_versions"
    __table_args__ = (Index("ix_step_versions_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Progress(_Recorded):
    """`due` and `forecast` are dates as JSON, `evidence` a list."""

    step: Mapped[str] = mapped_column(String(36))
    contract: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    share: Mapped[Decimal | None] = mapped_column(DecimalText)
    done_on: Mapped[date | None] = mapped_column(Date)
    evidence: Mapped[str] = mapped_column(Text)
    due: Mapped[str | None] = mapped_column(Text)
    forecast: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class ProgressRow(_Progress, Base):
    """What an entity says of a step, as it stands."""

    __tablename__ = "progress"
    __table_args__ = (Index("ix_progress_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class ProgressVersionRow(_Progress, Base):
    """What an entity said of a step, as it stood from `recorded_at` until its next version."""

    __tablename__ = "progress_versions"
    __table_args__ = (Index("ix_progress_versions_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class CommentRow(_Recorded, Base):
    """A remark on a step; it is never changed."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    step: Mapped[str] = mapped_column(String(36))
    contract: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
