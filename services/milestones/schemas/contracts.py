"""The bodies of contracts' milestones, and of the plan of a load or an import."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from shared.intake.schemas import Planned


class ContractSummary(BaseModel):
    code: str
    version: int
    label: str
    defined_at: datetime
    defined_by: str


class ContractOut(BaseModel):
    """The milestones and lines of a contract; its steps are read by themselves."""

    code: str
    version: int
    defined_at: datetime
    defined_by: str
    definition: dict[str, Any]


class ContractPage(BaseModel):
    items: list[ContractSummary]


class ChangeOut(BaseModel):
    """What changes of a step; `entity` where it is its progress."""

    step: str
    year: int
    entity: str | None
    before: str | None
    after: str


class PlanOut(Planned):
    """What a load or an import did, or would do; `changes` are the first ones only."""

    changes: list[ChangeOut]
