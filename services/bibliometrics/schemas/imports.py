"""Imports: the report that answers a file, and the files that made the corpus."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field


class FindingOut(BaseModel):
    """What is said of a place: `row` is the line of the file, or the rank of the item; none of the whole file."""

    row: int | None
    column: str | None
    code: str
    severity: str
    message: str


class ReportOut(BaseModel):
    """What a file did, or would do: created + updated + unchanged + duplicates + rejected = received.

    `duplicates` are rows of the file that say again what another row of it is of; `excluded` counts by reason those
    that, by themselves, would not be counted.
    """

    received: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    duplicates: int
    excluded: dict[str, int]
    findings: list[FindingOut]
    sha256: str
    extracted_on: date | None
    updated_on: date | None
    layout: str
    source: str
    filename: str
    dataset: str
    announced: int | None
    id: str | None = None
    dry_run: bool = Field(alias="dryRun")


class ImportOut(BaseModel):
    """A file that changed something, with the report that it was answered with."""

    id: str
    source: str
    filename: str
    sha256: str
    layout: str
    dataset: str
    extracted_on: date | None
    updated_on: date | None
    imported_at: datetime
    imported_by: str
    report: dict[str, Any]


class ImportPage(BaseModel):
    items: list[ImportOut]
