"""Decisions of people: of two records, and of an attribution that an entity contests; and what awaits them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from services.bibliometrics.domain.registry import Perimeter

from .parts import Code, Name, Reason


class DecisionIn(BaseModel):
    """That two records (`source:key`) are of the same publication, or are distinct."""

    left: Name
    right: Name
    verdict: Literal["same", "distinct"]
    reason: Reason


class DecisionOut(BaseModel):
    id: str
    left: str
    right: str
    verdict: str
    reason: str
    decided_at: datetime
    decided_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_because: str | None


class RecordOut(BaseModel):
    """What is needed to tell a record from another."""

    ref: str
    publication: str
    title: str
    year: int | None
    type: str
    doi: str
    source_title: str


class CandidateOut(BaseModel):
    """Two records that may be of one publication; `ratio` is how alike their titles are, 1 being the same."""

    left: RecordOut
    right: RecordOut
    reason: str
    ratio: str


class MergeOut(BaseModel):
    """What became one publication (`merged`) or several (`split`); `links` say by which rules and words."""

    id: int
    kind: str
    publication: str
    refs: list[str]
    links: list[list[str]]
    recorded_at: datetime
    recorded_by: str


class ContainerOut(BaseModel):
    """A DOI that several publications bear."""

    doi: str
    refs: list[str]


class ContestationIn(BaseModel):
    """That a publication is an entity’s (`attributed`), or is not (`removed`), in a perimeter."""

    contract: Code
    publication: Name = Field(description="Son identifiant, par exemple scopus:85012345678.")
    entity: Code
    perimeter: Perimeter
    claim: Literal["attributed", "removed"]
    reason: Reason


class VerdictIn(BaseModel):
    """What is decided of a contestation, once, and why."""

    status: Literal["accepted", "rejected"]
    answer: Reason


class ContestationOut(BaseModel):
    """A contestation; `allowed_actions` is what its reader may do with it."""

    id: str
    version: int
    contract: str
    publication: str
    title: str
    entity: str
    perimeter: str
    claim: str
    reason: str
    status: str
    made_at: datetime
    made_by: str
    answer: str | None
    decided_at: datetime | None
    decided_by: str | None
    allowed_actions: list[str] = Field(default_factory=list, serialization_alias="allowedActions")
