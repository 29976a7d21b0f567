"""Registries as they are read, and what a load of one did."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from services.bibliometrics.domain.registry import Affiliation, Declared, Employment, Entity, Measure
from shared.intake.schemas import Planned


class RegistrySummary(BaseModel):
    """A version of a contract's registry, and those of its affiliations and of its list of staff."""

    code: str
    version: int
    affiliations_version: int
    staff_version: int
    defined_at: datetime
    defined_by: str


class RegistryPage(BaseModel):
    items: list[RegistrySummary]


class RegistryOut(RegistrySummary):
    """A registry; the staff is shown to those alone who may define it."""

    entities: tuple[Entity, ...]
    measures: tuple[Measure, ...]
    affiliations: tuple[Affiliation, ...]
    declared: tuple[Declared, ...] = Field(description="Comptes publiés sans leurs notices, avec leur source.")
    staff_count: int
    staff: tuple[Employment, ...]


class PlanOut(Planned):
    changes: list[dict[str, Any]]
