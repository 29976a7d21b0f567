"""Publications as they are read: what they are, who signs them, and all that explains it."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from services.bibliometrics.domain.attribution import Evidence
from services.bibliometrics.domain.consolidation import Conflict
from services.bibliometrics.domain.publication import Goals, Percentile

from .decisions import ContestationOut, MergeOut


class AttributionOut(BaseModel):
    """An entity that signs: in its permanent staff's name, or in the whole institution's alone."""

    entity: str
    permanent: bool
    whole: bool
    evidence: tuple[Evidence, ...]


class PublicationOut(BaseModel):
    """A publication, with why it is not counted if it is not."""

    id: str
    refs: tuple[str, ...]
    sources: tuple[str, ...]
    title: str
    year: int | None
    type: str
    source_title: str
    doi: str
    eid: str
    hal_id: str
    openalex_id: str
    published_on: date | None
    author_count: int | None
    citations: int | None
    cited_in: str | None
    field_weighted: Percentile | None
    plain: Percentile | None
    goals: tuple[Goals, ...]
    flags: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    excluded: str | None
    attributions: list[AttributionOut]


class PublicationPage(BaseModel):
    items: list[PublicationOut]
    next: str | None


class SnapshotOut(BaseModel):
    """Which row of which file says something of a record."""

    ref: str
    import_id: str
    row: int
    extracted_on: date


class ExplainedOut(PublicationOut):
    """A publication with its records as their sources give them, and what was decided of it."""

    records: list[dict[str, Any]]
    snapshots: list[SnapshotOut]
    merges: list[MergeOut]
    container_dois: list[str]
    contestations: list[ContestationOut]
