"""The bodies of observations: a statement, a correction, what is shown, and which ones are wanted."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, Strict

from services.indicators.domain.observation import Status
from shared.identity import Caller
from shared.versions import VersionQuery

DecimalString = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str)]
Stated = str | Annotated[int, Strict()] | Annotated[float, Strict()] | None


class ObservationOut(BaseModel):
    """An observation, or one of its versions."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    id: str
    contract: str
    indicator: str
    entity: str
    year: int
    basis: str
    perimeter: str
    value: DecimalString | None
    status: str
    absence: str | None
    source: str
    note: str | None
    observed_on: date | None
    version: int
    reason: str | None
    recorded_at: datetime
    recorded_by: str
    allowed_actions: list[str] = Field(default_factory=list, alias="allowedActions")


def shown(row: Any, caller: Caller) -> ObservationOut:
    """A row as this caller sees it: with what they may do with it."""
    observation = ObservationOut.model_validate(row)
    actions = ["correct"] if caller.may_write(observation.entity) else []
    return observation.model_copy(update={"allowed_actions": actions})


class RecordedOut(ObservationOut):
    """An observation that was just recorded; the notices tell which simulated values it took the place of."""

    notices: list[str]


class ObservationPage(BaseModel):
    items: list[ObservationOut]
    next: str | None


class ObservationIn(BaseModel):
    """An observation to record; give a value or a reason for its absence."""

    model_config = ConfigDict(extra="allow")

    contract: str = Field(max_length=64)
    indicator: str
    entity: str
    year: int
    value: Stated = None
    absence: str | None = None
    status: str = "definitive"
    source: str
    note: str | None = None
    observed_on: str | None = None
    basis: str = ""
    perimeter: str = ""
    reason: str | None = Field(None, description="Gardé avec une première valeur ; une correction se fait par PUT.")


class CorrectionIn(BaseModel):
    """A correction: the whole statement anew, and why."""

    model_config = ConfigDict(extra="forbid")

    value: Stated = None
    absence: str | None = None
    status: str = "definitive"
    source: str
    note: str | None = None
    observed_on: str | None = None
    reason: str


class ObservationQuery(VersionQuery):
    """Which observations are wanted; several values of one filter are alternatives."""

    contract: str | None = Field(None, max_length=64)
    indicator: list[str] = Field([], max_length=100)
    entity: list[str] = Field([], max_length=100)
    year: list[Annotated[int, Field(ge=1900, le=2200)]] = Field([], max_length=100)
    status: Status | None = None
