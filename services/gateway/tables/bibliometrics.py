"""What the bibliometrics service states: what a contract's measures are, what was extracted, and each count."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import DecimalText, UtcDateTime

from .base import Base


class _Measures:
    """`measures` and `declared` are lists as JSON."""

    measures: Mapped[str] = mapped_column(Text)
    declared: Mapped[str] = mapped_column(Text)
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeasuresRow(_Measures, Base):
    """A contract's measures as they stand."""

    __tablename__ = "measures"

    contract: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class MeasuresVersionRow(_Measures, Base):
    """A contract's measures as they stood from `defined_at` until their next version."""

    __tablename__ = "measures_versions"

    contract: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Recorded:
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class _Extraction(_Recorded):
    """`years` and `files` are lists as JSON."""

    contract: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    extracted_on: Mapped[date] = mapped_column(Date)
    rules: Mapped[str] = mapped_column(Text)
    affiliations: Mapped[int] = mapped_column(Integer)
    staff: Mapped[int] = mapped_column(Integer)
    years: Mapped[str] = mapped_column(Text)
    publications: Mapped[int] = mapped_column(Integer)
    files: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class ExtractionRow(_Extraction, Base):
    """A frozen state of the corpus, as it stands."""

    __tablename__ = "extractions"
    __table_args__ = (Index("ix_extractions_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class ExtractionVersionRow(_Extraction, Base):
    """A frozen state of the corpus, as it stood from `recorded_at` until its next version."""

    __tablename__ = "extraction_versions"
    __table_args__ = (Index("ix_extraction_versions_contract", "contract"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)


class _Count(_Recorded):
    """`together` is JSON, told of the group alone."""

    contract: Mapped[str] = mapped_column(String(64))
    extraction: Mapped[str] = mapped_column(String(36))
    measure: Mapped[str] = mapped_column(String(64))
    perimeter: Mapped[str] = mapped_column(String(16))
    year: Mapped[int] = mapped_column(Integer)
    entity: Mapped[str] = mapped_column(String(64))
    value: Mapped[Decimal | None] = mapped_column(DecimalText)
    missing: Mapped[str | None] = mapped_column(Text)
    fractional: Mapped[Decimal | None] = mapped_column(DecimalText)
    numerator: Mapped[Decimal | None] = mapped_column(DecimalText)
    denominator: Mapped[Decimal | None] = mapped_column(DecimalText)
    counted_on: Mapped[date | None] = mapped_column(Date)
    known: Mapped[int | None] = mapped_column(Integer)
    low: Mapped[Decimal | None] = mapped_column(DecimalText)
    high: Mapped[Decimal | None] = mapped_column(DecimalText)
    column: Mapped[str | None] = mapped_column(Text)
    mapping: Mapped[str | None] = mapped_column(Text)
    together: Mapped[str | None] = mapped_column(Text)


class CountRow(_Count, Base):
    """A count as it stands."""

    __tablename__ = "counts"
    __table_args__ = (Index("ix_counts_contract", "contract", "extraction"),)

    subject: Mapped[str] = mapped_column(String(400), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class CountVersionRow(_Count, Base):
    """A count as it stood from `recorded_at` until its next version."""

    __tablename__ = "count_versions"
    __table_args__ = (Index("ix_count_versions_contract", "contract", "extraction"),)

    subject: Mapped[str] = mapped_column(String(400), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
