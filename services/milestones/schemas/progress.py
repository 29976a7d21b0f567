"""The bodies of progress: a statement, what is shown, and which ones are wanted."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from services.milestones.domain.evidence import Evidence
from services.milestones.domain.plan import date_in
from services.milestones.domain.progress import Confidence, Forecast, Statement, allowed_actions
from services.milestones.domain.transitions import State
from services.milestones.rows import STATEMENT
from shared.identity import Caller
from shared.spreadsheets import number
from shared.versions import VersionQuery

from .dates import Day, DueOut, ForecastOut
from .steps import Year
from .texts import Words

Share = Annotated[Decimal, BeforeValidator(lambda given: number(given) if isinstance(given, str) else given)]
DecimalString = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str)]


class EvidenceIn(BaseModel):
    """A document: its reference or its address; `sha256` is the digest of the named file, in hexadecimal."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    reference: str | None = None
    address: str | None = None
    file: str | None = None
    sha256: str | None = None


class ForecastIn(BaseModel):
    """When the step is now expected, in words, and how sure that is."""

    model_config = ConfigDict(extra="forbid")

    text: Words
    confidence: Confidence


class ProgressIn(BaseModel):
    """What is stated of a step: the whole of it anew. `due` is the new date of a step that is postponed."""

    model_config = ConfigDict(extra="forbid")

    state: State
    share: Share | None = Field(None, description="Entre 0 et 1, d’une étape partiellement réalisée.")
    done_on: Day | None = None
    evidence: list[EvidenceIn] = Field([], max_length=20)
    due: Words | None = None
    forecast: ForecastIn | None = None
    reason: str | None = None
    note: str | None = None


class ProgressOut(BaseModel):
    """Progress, or one of its versions; version 0 is that of what nobody has stated anything of."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    step: str
    contract: str
    entity: str
    state: str
    share: DecimalString | None
    done_on: date | None
    evidence: list[EvidenceIn]
    due: DueOut | None
    forecast: ForecastOut | None
    reason: str | None
    note: str | None
    version: int
    recorded_at: datetime | None
    recorded_by: str | None
    allowed_actions: list[str] = Field(default_factory=list, alias="allowedActions")


_OWN = ("id", "step", "contract", "entity", "version", "reason", "recorded_at", "recorded_by")


def shown(row: Any, caller: Caller, *, is_open: bool) -> ProgressOut:
    """A row as this caller sees it: with what they may do next, where something may be stated at all."""
    statement = STATEMENT.validate_json(row.statement)
    return told({name: getattr(row, name) for name in _OWN}, statement, caller, is_open=is_open)


def told(own: dict[str, Any], statement: Statement, caller: Caller, *, is_open: bool) -> ProgressOut:
    may_write = is_open and caller.may_write(own["entity"])
    return ProgressOut(
        **own,
        state=statement.state,
        share=statement.share,
        done_on=statement.done_on,
        evidence=[EvidenceIn.model_validate(each) for each in statement.evidence],
        due=DueOut.model_validate(statement.due) if statement.due else None,
        forecast=_forecast(statement.forecast) if statement.forecast else None,
        note=statement.note,
        allowed_actions=list(allowed_actions(statement)) if may_write else [],
    )


def _forecast(forecast: Forecast) -> ForecastOut:
    return ForecastOut(**DueOut.model_validate(forecast.due).model_dump(), confidence=forecast.confidence)


def statement_of(stated: ProgressIn, year: int) -> Statement:
    """What a body says, words without a year being of the given one; UnreadableError names what can't be read."""
    return Statement(
        state=stated.state,
        share=stated.share,
        done_on=stated.done_on,
        evidence=tuple(Evidence(**each.model_dump()) for each in stated.evidence),
        due=date_in("due", stated.due, year),
        forecast=_forecast_in(stated.forecast, year),
        reason=stated.reason,
        note=stated.note,
    )


def _forecast_in(stated: ForecastIn | None, year: int) -> Forecast | None:
    due = date_in("forecast/text", stated.text, year) if stated else None
    return Forecast(due, stated.confidence) if stated and due else None


class ProgressPage(BaseModel):
    items: list[ProgressOut]
    next: str | None


class ProgressQuery(VersionQuery):
    """Which progress is wanted; several values of one filter are alternatives."""

    contract: str | None = Field(None, max_length=64)
    milestone: list[str] = Field([], max_length=100)
    line: list[str] = Field([], max_length=100)
    step: list[str] = Field([], max_length=100)
    year: list[Year] = Field([], max_length=100)
    entity: list[str] = Field([], max_length=100)
    state: list[State] = Field([], max_length=10)
