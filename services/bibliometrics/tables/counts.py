"""What is counted: each count with its version, and the extractions that freeze them with their publications."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import UtcDateTime

from .base import CODE, PUBLICATION, Base


class CountRow(Base):
    """A count as it was last told, whole, as JSON."""

    __tablename__ = "counts"
    __table_args__ = (Index("ix_counts_contract_extraction", "contract", "extraction"),)

    subject: Mapped[str] = mapped_column(String(400), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    contract: Mapped[str] = mapped_column(String(CODE))
    extraction: Mapped[str] = mapped_column(String(36))
    year: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(Text)


class ExtractionRow(Base):
    """A frozen state, made with a version of its registry; of it only the status changes, one way."""

    __tablename__ = "extractions"
    __table_args__ = (UniqueConstraint("contract", "code"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    contract: Mapped[str] = mapped_column(String(CODE))
    code: Mapped[str] = mapped_column(String(CODE))
    status: Mapped[str] = mapped_column(String(16))
    registry_version: Mapped[int] = mapped_column(Integer)
    extracted_on: Mapped[date] = mapped_column(Date)
    content: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class FrozenRow(Base):
    """A publication as an extraction counted it, whole, as JSON."""

    __tablename__ = "frozen_publications"
    __table_args__ = (Index("ix_frozen_publications_year", "extraction", "year"),)

    extraction: Mapped[str] = mapped_column(ForeignKey("extractions.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(PUBLICATION), primary_key=True)
    year: Mapped[int | None] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(Text)
