"""A step as it is shown: its date, where it stands, what was stated of it, and by whom."""

from datetime import date, datetime

from pydantic import BaseModel


class DueView(BaseModel):
    """A date as it was written, and the days between which it lies."""

    earliest: date
    latest: date
    text: str
    doubtful: bool


class ForecastView(DueView):
    """`confidence` is `high`, `medium` or `low`."""

    confidence: str


class EvidenceView(BaseModel):
    reference: str | None
    address: str | None
    file: str | None
    sha256: str | None


class StandingView(BaseModel):
    """Where a step stands on the day of the view, and what was stated of it (`planned` where nothing was).

    `lateness` is `on_time`, `at_risk` or `late`; `situation` is what `summary` counts; `share` a decimal string.
    """

    stated: bool
    state: str
    state_label: str
    share: str | None
    done_on: date | None
    due: DueView
    lateness: str
    days_late: int | None
    situation: str
    forecast: ForecastView | None
    evidence: list[EvidenceView]
    reason: str | None
    note: str | None
    recorded_at: datetime | None
    recorded_by: str | None


class EntityStepView(StandingView):
    entity: str
    label: str


class CommentView(BaseModel):
    entity: str
    label: str
    text: str
    by: str
    at: datetime


class StepView(StandingView):
    """A step. One that every school does stands as its entities do together, each of them under `by_entity`.

    `due_signed` is the date of its first version, null where it is still that; `moved` where the contract's own date is
    no longer the one signed. `note` is the entity's, `step_note` the contract's; `version` is the step's.
    """

    id: str
    code: str
    title: str
    year: int
    conditional: bool
    recurrent: bool
    scope: str
    due_signed: DueView | None
    moved: bool
    pilot: str | None
    source: str
    step_note: str | None
    version: int
    comments: list[CommentView]
    by_entity: list[EntityStepView]
