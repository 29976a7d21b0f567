"""The milestones of a contract: its plan, where each step stands, and what became of what was signed."""

from datetime import datetime

from pydantic import BaseModel

from .steps import DueView, StepView
from .watermark import Watermarked


class ResultView(BaseModel):
    year: int
    text: str
    source: str


class LineView(BaseModel):
    code: str
    title: str
    description: str | None
    target: str | None
    pilot: str | None
    source: str
    note: str | None
    results: list[ResultView]
    steps: list[StepView]


class NamedView(BaseModel):
    code: str
    label: str


class MilestoneView(BaseModel):
    code: str
    title: str
    objective: str | None
    objective_label: str | None
    indicators: list[NamedView]
    pilot: str | None
    source: str
    note: str | None
    summary: dict[str, int]
    lines: list[LineView]


class AwaitedView(BaseModel):
    entity: str
    label: str


class MissingStepView(BaseModel):
    """A shared step that has begun, and the entities that stated nothing of it."""

    step: str
    code: str
    title: str
    year: int
    entities: list[AwaitedView]


class StepChangeView(BaseModel):
    """`entity` is the one that postponed its part, null where the plan itself was changed."""

    step: str
    code: str
    title: str
    year: int
    line: str
    milestone: str | None
    entity: str | None
    label: str | None
    kind: str
    kind_label: str
    before: str | None
    after: str | None
    reason: str | None
    by: str
    at: datetime


class IntegrityView(BaseModel):
    """Numbers of steps against the plan that was signed, and the changes since, oldest first.

    `told` is how many changes there are; of very many only the newest are in `changes`.
    """

    signed: int
    kept: int
    moved: int
    reworded: int
    added: int
    withdrawn: int
    told: int
    changes: list[StepChangeView]


class MilestonesView(Watermarked):
    """`year` is null where every year is shown; `years` are those that have steps; `at_risk` is a number of steps.

    `summary` counts the steps by situation; `as_of` is the instant whose knowledge this is (now if none).
    """

    contract: str
    year: int | None
    as_of: datetime | None
    entity: str
    label: str
    years: list[int]
    summary: dict[str, int]
    at_risk: int
    missing: list[MissingStepView]
    milestones: list[MilestoneView]
    integrity: IntegrityView


class DatedStepView(BaseModel):
    id: str
    code: str
    title: str
    due: DueView


class FollowedMilestoneView(BaseModel):
    """A milestone in a followed year: `late` and `at_risk` are the steps that ask for attention."""

    code: str
    title: str
    objective: str | None
    summary: dict[str, int]
    steps: int
    late: list[DatedStepView]
    at_risk: list[DatedStepView]
