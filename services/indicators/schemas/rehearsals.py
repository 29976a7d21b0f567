"""The bodies of rehearsals: simulated values to stage, what is staged, and what a write did."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .observations import DecimalString
from .texts import Source


class RehearsalIn(BaseModel):
    """The whole set of a contract's simulated values; each row has the columns of `SimulatedOut`."""

    model_config = ConfigDict(extra="forbid")

    source: Source
    observations: list[dict[str, Any]] = Field(min_length=1, max_length=50_000)


class SimulatedOut(BaseModel):
    """A value that nobody observed."""

    model_config = ConfigDict(from_attributes=True)

    indicator: str
    entity: str
    year: int
    value: DecimalString | None
    absence: str | None
    note: str | None


class StagedOut(BaseModel):
    """What a write did: how many values are staged now, and how many were before."""

    contract: str
    version: int
    count: int
    before: int
    simulated: Literal[True] = True


class RehearsalItem(BaseModel):
    """That a contract has simulated values, and how many."""

    contract: str
    version: int
    source: str
    staged_at: datetime
    staged_by: str
    count: int
    simulated: Literal[True] = True


class RehearsalList(BaseModel):
    items: list[RehearsalItem]


class RehearsalOut(BaseModel):
    """The simulated values of a contract."""

    model_config = ConfigDict(populate_by_name=True)

    contract: str
    version: int
    source: str
    staged_at: datetime
    staged_by: str
    observations: list[SimulatedOut]
    simulated: Literal[True] = True
    allowed_actions: list[str] = Field(default_factory=list, alias="allowedActions")
