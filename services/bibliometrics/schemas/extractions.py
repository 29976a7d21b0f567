"""Extractions: what is asked of one, what it rests on, and what changed since another."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from services.bibliometrics.domain.extraction import File, Status

from .parts import Reason

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class ExtractionIn(BaseModel):
    """What is frozen: the corpus as it stands under a contract; of all its years, or of some."""

    contract: str = Field(max_length=64)
    code: Code = Field(description="Par exemple « 2026-05 ».")
    label: Reason
    years: list[int] | None = Field(None, min_length=1, description="Par défaut, toutes les années du corpus.")
    extracted_on: date | None = Field(
        None, alias="extractedOn", description="Par défaut, le jour d’export le plus récent des fichiers."
    )
    note: Reason | None = None


class StatusIn(BaseModel):
    """A provisional extraction becomes definitive, for good."""

    status: Literal["definitive"]


class ExtractionOut(BaseModel):
    """An extraction and what it was counted with; `allowed_actions` is what its reader may do with it."""

    id: str
    version: int
    contract: str
    code: str
    label: str
    status: Status
    extracted_on: date
    rules: str
    affiliations: int
    staff: int
    years: tuple[int, ...]
    publications: int
    files: tuple[File, ...]
    note: str | None
    recorded_at: datetime
    recorded_by: str
    allowed_actions: list[str] = Field(serialization_alias="allowedActions")


class ExtractionPage(BaseModel):
    items: list[ExtractionOut]
