"""The corpus: files, what each said of a record, the records, and the publications that they are of."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import UtcDateTime

from .base import CODE, PUBLICATION, REF, Base


class CorpusRow(Base):
    """The whole: one row, held by whoever writes; `version` grows with every change of it."""

    __tablename__ = "corpus"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ImportRow(Base):
    """A file that changed something, with its report as it was answered."""

    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    source: Mapped[str] = mapped_column(String(16))
    filename: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    layout: Mapped[str] = mapped_column(String(64))
    dataset: Mapped[str] = mapped_column(String(500))
    extracted_on: Mapped[date | None] = mapped_column(Date)
    updated_on: Mapped[date | None] = mapped_column(Date)
    report: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    imported_by: Mapped[str] = mapped_column(String(200))


class SnapshotRow(Base):
    """What one file says of a record, once however many files say the same; `content` is a Record as JSON."""

    __tablename__ = "snapshots"

    ref: Mapped[str] = mapped_column(String(REF), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    extracted_on: Mapped[date] = mapped_column(Date)
    import_id: Mapped[str] = mapped_column(ForeignKey("imports.id"), index=True)
    row: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(Text)


class RecordRow(Base):
    """A record as its snapshots together say it, and the publication that it is of."""

    __tablename__ = "records"

    ref: Mapped[str] = mapped_column(String(REF), primary_key=True)
    publication: Mapped[str] = mapped_column(String(PUBLICATION), index=True)
    content: Mapped[str] = mapped_column(Text)


class TokenRow(Base):
    """What candidates for the same publication have in common."""

    __tablename__ = "tokens"
    __table_args__ = (Index("ix_tokens_ref", "ref"),)

    token: Mapped[str] = mapped_column(String(REF), primary_key=True)
    ref: Mapped[str] = mapped_column(String(REF), primary_key=True)


class PublicationRow(Base):
    """A publication, derived from its records and never edited; `excluded` is why it is not counted."""

    __tablename__ = "publications"

    id: Mapped[str] = mapped_column(String(PUBLICATION), primary_key=True)
    year: Mapped[int | None] = mapped_column(Integer, index=True)
    type: Mapped[str] = mapped_column(String(32))
    excluded: Mapped[str | None] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)


class AttributionRow(Base):
    """That an entity of a contract signs a publication, and why, as JSON; always in the whole institution's name."""

    __tablename__ = "attributions"
    __table_args__ = (Index("ix_attributions_contract_entity", "contract", "entity"),)

    publication: Mapped[str] = mapped_column(ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True)
    contract: Mapped[str] = mapped_column(String(CODE), primary_key=True)
    entity: Mapped[str] = mapped_column(String(CODE), primary_key=True)
    permanent: Mapped[bool] = mapped_column(Boolean)
    evidence: Mapped[str] = mapped_column(Text)
