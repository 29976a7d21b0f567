"""The bodies of contracts."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class ContractSummary(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    code: str
    version: int
    label: str
    defined_at: datetime
    defined_by: str


class ContractOut(BaseModel):
    code: str
    version: int
    defined_at: datetime
    defined_by: str
    definition: dict[str, Any]


class ContractPage(BaseModel):
    items: list[ContractSummary]
