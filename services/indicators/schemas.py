"""The bodies of the indicators service's HTTP API: what is read from a caller, and what is shown."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, Strict

from shared.identity import Caller

from .domain.observation import Status

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


class RowsIn(BaseModel):
    """Observations of one contract, in one go; `reason` holds for every row that corrects and gives none."""

    rows: list[dict[str, Any]] = Field(max_length=50_000)
    reason: str | None = None


class ErrorOut(BaseModel):
    """A refused cell or row; `row` counts from 0, `line` is that of the file where the rows came in one."""

    table: str
    row: int
    column: str | None
    code: str
    message: str
    line: int | None = None


class ChangeOut(BaseModel):
    indicator: str
    entity: str
    year: int
    before: str | None
    after: str


class CountsOut(BaseModel):
    """What became of the rows: created + updated + unchanged + rejected = received."""

    received: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    removed: int = Field(description="Définitions enregistrées qui ne sont plus dans le paquet.")


class PlanOut(CountsOut):
    """What a load or an import did, or would do; `changes` are the first ones only."""

    tables: dict[str, CountsOut]
    changes: list[ChangeOut]
    notices: list[str]
    dry_run: bool = Field(alias="dryRun")
    errors: list[ErrorOut]


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


class ObservationQuery(BaseModel):
    """Which observations are wanted; several values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    contract: str | None = Field(None, max_length=64)
    indicator: list[str] = Field([], max_length=100)
    entity: list[str] = Field([], max_length=100)
    year: list[Annotated[int, Field(ge=1900, le=2200)]] = Field([], max_length=100)
    status: Status | None = None
    as_of: AwareDatetime | None = Field(None, alias="asOf", description="Ce qui était connu à cet instant.")
    updated_after: AwareDatetime | None = Field(
        None, alias="updatedAfter", description="Ce qui a changé depuis, du plus ancien au plus récent."
    )
    include_history: bool = Field(default=False, alias="includeHistory", description="Toutes les versions.")
    limit: int = Field(200, ge=1, le=1000, description="Nombre d’éléments par page.")
    after: str | None = Field(None, max_length=2000, description="Le « next » de la page précédente.")
