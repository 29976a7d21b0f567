"""Fetches: what was asked of Scopus or HAL themselves, how far it is, and the pages that came."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import UtcDateTime

from .base import Base


class FetchRow(Base):
    """A search, page after page. `query` is a JSON list; `remaining` and `resets_at` are the quota of the key.

    `position` is where the next page begins, as JSON: empty at the beginning, none once every page has come.
    `extracted_on` is the day of the first page. A fetch that is `running` may have been interrupted: it goes on.
    """

    __tablename__ = "fetches"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    source: Mapped[str] = mapped_column(String(16))
    query: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), index=True)
    position: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int] = mapped_column(Integer)
    received: Mapped[int] = mapped_column(Integer)
    total: Mapped[int | None] = mapped_column(Integer)
    remaining: Mapped[int | None] = mapped_column(Integer)
    resets_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resumes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    extracted_on: Mapped[date | None] = mapped_column(Date)
    import_id: Mapped[str | None] = mapped_column(ForeignKey("imports.id"))
    report: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    started_by: Mapped[str] = mapped_column(String(200))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FetchPageRow(Base):
    """A page as it came, without keys; it is kept until the fetch is imported."""

    __tablename__ = "fetch_pages"

    fetch: Mapped[str] = mapped_column(ForeignKey("fetches.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
