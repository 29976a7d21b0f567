"""What people decided: which records are one publication, and which entity signs it; and what awaits a decision."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import UtcDateTime

from .base import CODE, PUBLICATION, REF, Base


class DecisionRow(Base):
    """That two records are of the same publication, or of two; it stands until it is withdrawn."""

    __tablename__ = "decisions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    left: Mapped[str] = mapped_column(String(REF), index=True)
    right: Mapped[str] = mapped_column(String(REF), index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(1000))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str | None] = mapped_column(String(200))
    withdrawn_because: Mapped[str | None] = mapped_column(String(1000))


class CandidateRow(Base):
    """Two records that a person is to look at: `ratio` of their titles, with two decimals."""

    __tablename__ = "candidates"

    left: Mapped[str] = mapped_column(String(REF), primary_key=True)
    right: Mapped[str] = mapped_column(String(REF), primary_key=True)
    reason: Mapped[str] = mapped_column(String(32))
    ratio: Mapped[str] = mapped_column(String(8))


class ContainerRow(Base):
    """A DOI that several publications bear: a book's, which its chapters repeat."""

    __tablename__ = "containers"

    doi: Mapped[str] = mapped_column(String(REF), primary_key=True)
    ref: Mapped[str] = mapped_column(String(REF), primary_key=True)


class MergeRow(Base):
    """That records became one publication, or several; never changed."""

    __tablename__ = "merges"
    __table_args__ = (Index("ix_merges_publication", "publication"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(16))
    publication: Mapped[str] = mapped_column(String(PUBLICATION))
    refs: Mapped[str] = mapped_column(Text)
    links: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(200))


class ContestationRow(Base):
    """What an entity contests: that a publication is attributed to it, or is not; and what was decided."""

    __tablename__ = "contestations"
    __table_args__ = (Index("ix_contestations_contract_entity", "contract", "entity"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    contract: Mapped[str] = mapped_column(String(CODE))
    ref: Mapped[str] = mapped_column(String(REF), index=True)
    title: Mapped[str] = mapped_column(Text)
    entity: Mapped[str] = mapped_column(String(CODE))
    perimeter: Mapped[str] = mapped_column(String(16))
    claim: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(1000))
    status: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    answer: Mapped[str | None] = mapped_column(String(1000))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(200))
