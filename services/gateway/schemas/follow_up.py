"""The follow-up of a contract for a year: values, what they are measured against, and the verdicts."""

from datetime import datetime

from pydantic import BaseModel

from .euros import EurosView
from .milestones import FollowedMilestoneView
from .verdicts import VerdictView
from .watermark import Watermarked


class ValueView(BaseModel):
    """One year: a decimal string in the indicator's unit, or null with the reason for its absence."""

    year: int
    value: str | None
    status: str | None
    source: str | None
    note: str | None
    absence: str | None


class BaselineView(BaseModel):
    year: int | None
    value: str | None
    years: list[int]


class ChangeView(BaseModel):
    """`absolute` in the indicator's unit (points for a rate); `relative` as 0.1480 for +14,8 %."""

    absolute: str | None
    relative: str | None


class OperandView(BaseModel):
    kind: str
    value: str | None
    upper: str | None
    year: int | None
    benchmark: str | None


class PointView(BaseModel):
    year: int
    value: str | None


class AssessmentView(BaseModel):
    """A person's own judgement, beside the computed one; `diverges` from which targets' verdicts."""

    level: str
    label: str
    comment: str
    by: str
    at: datetime
    diverges: list[str]


class TargetView(BaseModel):
    """`text` is the contract's own printed words.

    `level` is the operand in the indicator's unit, where one follows; `level_upper` the other end of a range.
    """

    target: str
    comparison: str
    operand: OperandView
    basis: str | None
    accumulation: str
    due_year: int
    level: str | None
    level_upper: str | None
    printed_level: str | None
    trajectory: list[PointView]
    text: str
    source: str
    note: str | None
    verdict: VerdictView
    final_verdict: VerdictView
    euros: EurosView | None


class CompletenessView(BaseModel):
    expected: int
    received: int
    missing: list[str]


class Followed(BaseModel):
    """One line of a follow-up: its values, what they are measured against, and what is said of them."""

    simulated: bool
    values: list[ValueView]
    baseline: BaselineView
    change: ChangeView
    targets: list[TargetView]
    assessment: AssessmentView | None


class EntityFollowed(Followed):
    entity: str
    label: str


class EntityIndicatorView(Followed):
    """`milestones` are the codes of those that serve the indicator."""

    code: str
    label: str
    unit: str
    decimals: int
    direction: str
    domain: str
    objective: str | None
    aggregation: str
    parent: str | None
    source: str
    note: str | None
    declared: str | None
    judged_on: str | None
    provisional: bool
    computed: str | None
    sum: str | None
    gap: str | None
    completeness: CompletenessView
    milestones: list[str]


class IndicatorView(EntityIndicatorView):
    entities: list[EntityFollowed]


class MissingView(BaseModel):
    """A value that is owed for the year, and the reason given for its absence."""

    indicator: str
    label: str
    entity: str
    entity_label: str
    reason: str


class DivergenceView(BaseModel):
    """Where a person and the figures do not say the same."""

    indicator: str
    label: str
    entity: str
    entity_label: str
    target: str
    level: str
    status: str
    sentence: str
    simulated: bool


class FollowedYear(Watermarked):
    """A year of a contract; `summary` counts the year's verdicts by status, `final_summary` those of the objectives.

    `rules` is the version of the rules of judgement, `as_of` the instant whose knowledge this is (now if none).
    """

    contract: str
    contract_version: int
    rules: str
    as_of: datetime | None
    year: int
    entity: str
    label: str
    simulated: bool
    summary: dict[str, int]
    final_summary: dict[str, int]
    missing: list[MissingView]
    divergences: list[DivergenceView]
    milestones: list[FollowedMilestoneView]


class EntityFollowUp(FollowedYear):
    indicators: list[EntityIndicatorView]


class FollowUp(FollowedYear):
    indicators: list[IndicatorView]
